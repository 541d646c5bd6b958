"""One opened video: the player, its facts, and what can be done with it."""

from collections.abc import Iterator
from typing import Literal

import streamlit as st

from components.facts import facts
from components.moments import show_moment
from components.notices import plain
from components.video_card import model_badge, model_title
from talkinghead import Workspace
from talkinghead.draft.voices import VOICES
from talkinghead.errors import NotFound, StudioError
from talkinghead.jobs.job import Job, Video
from talkinghead.models import model_of
from talkinghead.money import show_dollars, show_seconds

PLAYER_WIDTH, PLAYER_HEIGHT = 700, 460
"""Pixels at most, so that what can be done with it stands on the same screen."""
NAMES = {"image_url": "Portrait", "audio_url": "Recording"}
VOICE_NAMES = {voice.id: voice.name for voice in VOICES}
SHOWN_BY_THEMSELVES = frozenset({"stands_for", "seed", "width", "height"})


Action = Literal["reuse", "delete"]


def video_player(workspace: Workspace, video: Video) -> Action | None:
    """Show the video with its facts and actions; returns what a person wants to do with it."""
    _player(workspace, video)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        model_badge(video.endpoint_id)
        st.caption(plain(f"{show_moment(video.created_at)} · {show_seconds(video.seconds)}"))
    action = _actions(workspace, video)
    _facts(workspace, video)
    return action


def file_name(title: str) -> str:
    """A name for the download that every system takes."""
    words = "".join(c if c.isalnum() else " " for c in title).split()
    return ("-".join(words)[:60].strip("-") or "video") + ".mp4"


def _player(workspace: Workspace, video: Video) -> None:
    try:
        file = workspace.video_file(video.id)
    except StudioError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    width = min(PLAYER_WIDTH, PLAYER_HEIGHT * video.width // max(video.height, 1))
    with st.container(horizontal_alignment="center", key="player"):
        st.video(file, alt=video.title, width=max(width, 1))


def _actions(workspace: Workspace, video: Video) -> Action | None:
    with st.container(horizontal=True, gap="small"):
        reuse = st.button(
            "Use these inputs again",
            key="reuse_video",
            type="primary",
            icon=":material/replay:",
        )
        st.download_button(
            "Download",
            data=lambda: workspace.video_bytes(video.id),
            file_name=file_name(video.title),
            mime="video/mp4",
            key="download_video",
            icon=":material/download:",
            on_click="ignore",
        )
        delete = st.button("Delete", key="delete_video", icon=":material/delete:")
    if reuse:
        return "reuse"
    return "delete" if delete else None


def _facts(workspace: Workspace, video: Video) -> None:
    script = spoken(video)
    if script:
        with st.container(border=True, key="video_script", height="content"):
            st.text(script)
    with st.container(border=True, key="video_facts"):
        facts(facts_of(video, _job(workspace, video)))


def _job(workspace: Workspace, video: Video) -> Job | None:
    """The job that made it, where it is still on record."""
    try:
        return workspace.job(video.job_id)
    except NotFound:
        return None


def cost_words(job: Job) -> str:
    """What a paid video was said to cost and what is known of the bill."""
    estimate = f"estimated {show_dollars(job.estimate)}"
    if job.billed is None:
        return f"{estimate}, the bill is not known yet"
    return f"{estimate}, billed {show_dollars(job.billed)}"


def spoken(video: Video) -> str:
    """The words it says, or nothing where it was made from a recording."""
    field = _script_field(video.endpoint_id)
    if field is None or video.arguments.get("audio_url"):
        return ""
    return str(video.arguments.get(field) or "")


def _script_field(endpoint_id: str) -> str | None:
    try:
        return model_of(endpoint_id).script_field
    except NotFound:
        return None


def facts_of(video: Video, job: Job | None = None) -> Iterator[tuple[str, str]]:
    """Name and value of everything worth knowing.

    Args:
        video: which.
        job: what made it, where it is on record: it knows the estimate, the bill and the request.
    """
    yield "Model", model_title(video.endpoint_id)
    stands_for = video.arguments.get("stands_for")
    if stands_for:
        yield "Draft of", model_title(str(stands_for))
    yield "Length", show_seconds(video.seconds)
    yield "Picture", f"{video.width} × {video.height}, {video.fps:g} frames a second"
    yield from _money(video, job)
    yield "Made", show_moment(video.created_at)
    if video.seed is not None:
        yield "Seed", str(video.seed)
    unshown = SHOWN_BY_THEMSELVES | {_script_field(video.endpoint_id)}
    for name, value in video.arguments.items():
        if name not in unshown and value is not None:
            yield NAMES.get(name, name.replace("_", " ").capitalize()), _value(value)


def _money(video: Video, job: Job | None) -> Iterator[tuple[str, str]]:
    if job is None or video.endpoint_id == "draft":
        yield "Cost", "free" if video.dollars == 0 else show_dollars(video.dollars)
        return
    yield "Estimated", show_dollars(job.estimate)
    yield "Billed", "not known" if job.billed is None else show_dollars(job.billed)
    if job.request_id:
        yield "Request id", job.request_id


def _value(value: object) -> str:
    if isinstance(value, str) and value.startswith("asset:"):
        return "kept with this video"
    return VOICE_NAMES.get(str(value), str(value))[:400]
