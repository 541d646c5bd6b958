"""The opened video: player, facts and actions."""

from collections.abc import Callable, Iterator
from typing import Literal

import streamlit as st
from streamlit.elements.media import SubtitleData

from components.captions.caption_panel import caption_panel
from components.comparisons.rerender_panel import rerender_panel
from components.exports.export_panel import export_panel
from components.shell.notices import plain
from components.speech.voice_picker import LOCAL_NAMES
from components.ui.blind_label import blind_badge, blind_title, choose_first, title_with_letter
from components.ui.datetimes import show_day, show_moment
from components.ui.fact_table import facts
from components.ui.last_refusal import show_refusal
from components.ui.video_card import model_badge
from talkinghead import Workspace
from talkinghead.catalogue import Catalogue
from talkinghead.core.errors import NotFound, StudioError
from talkinghead.core.money import show_dollars, show_seconds
from talkinghead.jobs.job import Job, Video
from talkinghead.videos.values import BlindEntry

PLAYER_WIDTH, PLAYER_HEIGHT, WORKING_HEIGHT = 700, 460, 300
"""Pixels at most, so that its actions are on the same screen."""
SHOWN_BY_THEMSELVES = frozenset({"stands_for", "seed", "width", "height"})


Action = Literal["reuse", "delete"]
DETAILS, CAPTIONS, VERSIONS = "Details", "Captions", "Other versions"
AGAIN = "Again on another model"


def video_player(
    workspace: Workspace,
    video: Video,
    on_open: Callable[[str], None],
    blind: BlindEntry | None = None,
) -> Action | None:
    """Show the video with its facts and actions; returns the action that was clicked.

    Args:
        workspace: whose video it is.
        video: which.
        on_open: opens another video by its id.
        blind: what hides its model; then nothing that reveals it is shown or offered.
    """
    if blind:
        return _blind_player(workspace, video, on_open, blind)
    _player(workspace, video)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        model_badge(workspace.catalogue, video.endpoint_id)
        st.caption(plain(f"{show_moment(video.created_at)} · {show_seconds(video.seconds)}"))
    action = _actions(workspace, video)
    _tabs(workspace, video, on_open)
    return action


def _blind_player(
    workspace: Workspace, video: Video, on_open: Callable[[str], None], blind: BlindEntry
) -> Action | None:
    """Player of a video in an undecided blind comparison: available once all videos are ready."""
    if blind.letter:
        _player(workspace, video, show_captions=False)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        blind_badge(blind)
        st.caption(plain(show_day(video.created_at)))
    choose_first(blind, "choose_first")
    if not blind.letter:
        return None
    action = _actions(workspace, video, blind)
    _tabs(workspace, video, on_open, blind)
    return action


def _tabs(
    workspace: Workspace,
    video: Video,
    on_open: Callable[[str], None],
    blind: BlindEntry | None = None,
) -> None:
    """Show the tabs; only the selected one is computed. The prices of other models would reveal the
    model of a blind one."""
    names = [DETAILS, CAPTIONS, VERSIONS, *([] if blind else [AGAIN])]
    with st.container(key="video_tabs"):
        tabs = dict(zip(names, st.tabs(names, key=_tab_key(video), on_change="rerun"), strict=True))
    show_refusal()
    shown = next((name for name, tab in tabs.items() if tab.open), DETAILS)
    with tabs[shown]:
        if shown == CAPTIONS:
            _attempt(lambda: caption_panel(workspace, video, blind))
        elif shown == VERSIONS:
            _attempt(lambda: export_panel(workspace, video, on_open))
        elif shown == AGAIN:
            rerender_panel(workspace, video)
        elif blind:
            _blind_facts(video, blind)
        else:
            _facts(workspace, video)


def _tab_key(video: Video) -> str:
    """Return the tab's widget key; each video starts with its details."""
    return f"video_tab {video.id}"


def _attempt(show: Callable[[], None]) -> None:
    try:
        show()
    except StudioError as error:
        st.error(plain(str(error)), icon=":material/error:")


def _player(workspace: Workspace, video: Video, *, show_captions: bool = True) -> None:
    """Show the video with its captions, which are hidden in a blind comparison: some models bring
    their own."""
    try:
        file = workspace.gallery.file(video.id)
        subtitles = subtitles_of(workspace, video) if show_captions else None
    except StudioError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    at_work = st.session_state.get(_tab_key(video), DETAILS) != DETAILS
    height = WORKING_HEIGHT if at_work else PLAYER_HEIGHT
    width = min(PLAYER_WIDTH, height * video.width // max(video.height, 1))
    with st.container(horizontal_alignment="center", key="player"):
        st.video(file, subtitles=subtitles, alt=video.title, width=max(width, 1))


def subtitles_of(workspace: Workspace, video: Video) -> SubtitleData:
    """Return the subtitle track for the player; None without captions or if they are burned in.

    Raises:
        NotFound: the video is not in this workspace.
    """
    version = workspace.exports.describe(video.id)
    burned_in = version is not None and version.style is not None
    if burned_in or workspace.captions.find(video.id) is None:
        return None
    return {"Captions": workspace.captions.subtitles(video.id, "vtt")}


def _actions(workspace: Workspace, video: Video, blind: BlindEntry | None = None) -> Action | None:
    """Show the buttons and return the action clicked. Reusing the inputs is not offered in a blind
    comparison: it would reveal the model."""
    with st.container(horizontal=True, gap="small"):
        reuse = blind is None and st.button(
            "Use these inputs again",
            key="reuse_video",
            type="primary",
            icon=":material/replay:",
        )
        st.download_button(
            "Download",
            data=lambda: workspace.gallery.content(video.id),
            file_name=workspace.downloads.file_name(
                video.id, title=title_with_letter(video.title, blind) if blind else None
            ),
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
    script = spoken(workspace.catalogue, video)
    if script:
        with st.container(border=True, key="video_script", height="content"):
            st.text(script)
    with st.container(border=True, key="video_facts"):
        facts(facts_of(workspace.catalogue, video, _job(workspace, video)))


def _blind_facts(video: Video, blind: BlindEntry) -> None:
    """Show the facts that do not reveal the model; the words would, because not every model is
    given a script."""
    rows = [("Model", blind_title(blind)), ("Comparison", blind.title or "Untitled")]
    with st.container(border=True, key="video_facts"):
        facts([*rows, ("Made", show_day(video.created_at))])


def _job(workspace: Workspace, video: Video) -> Job | None:
    """Return the job that made the video, or None if it is no longer stored."""
    try:
        return workspace.jobs.find(video.job_id)
    except NotFound:
        return None


def cost_words(job: Job) -> str:
    """Return the estimated price of a paid video and what is known of the bill, as text."""
    estimate = f"estimated {show_dollars(job.estimate)}"
    if job.billed is None:
        return f"{estimate}, the bill is not known yet"
    return f"{estimate}, billed {show_dollars(job.billed)}"


def spoken(catalogue: Catalogue, video: Video) -> str:
    """Return the words spoken in the video; "" if it was made from a recording."""
    row = video.endpoint_id, video.arguments
    return "" if catalogue.recording_in(*row) else catalogue.script_in(*row)


def facts_of(
    catalogue: Catalogue, video: Video, job: Job | None = None
) -> Iterator[tuple[str, str]]:
    """Yield (name, value) rows of everything known about the video.

    Args:
        catalogue: the models.
        video: which.
        job: what made it, where it is on record: it knows the estimate, the bill and the request.
    """
    yield "Model", catalogue.title_of(video.endpoint_id)
    stands_for = video.arguments.get("stands_for")
    if stands_for:
        yield "Draft of", catalogue.title_of(str(stands_for))
    yield "Length", show_seconds(video.seconds)
    yield "Picture", f"{video.width} × {video.height}, {video.fps:g} frames a second"
    yield from _money(video, job)
    yield "Made", show_moment(video.created_at)
    if video.seed is not None:
        yield "Seed", str(video.seed)
    names = {"image_url": "Portrait", catalogue.recording_field_of(video.endpoint_id): "Recording"}
    unshown = SHOWN_BY_THEMSELVES | {catalogue.script_field_of(video.endpoint_id)}
    for name, value in video.arguments.items():
        if name not in unshown and value is not None:
            yield names.get(name, name.replace("_", " ").capitalize()), _value(value)


def _money(video: Video, job: Job | None) -> Iterator[tuple[str, str]]:
    if job is None or video.made_from is not None or not video.kind.paid:
        yield "Cost", "free" if video.dollars == 0 else show_dollars(video.dollars)
        return
    yield "Estimated", show_dollars(job.estimate)
    yield "Billed", "not known" if job.billed is None else show_dollars(job.billed)
    if job.request_id:
        yield "Request id", job.request_id


def _value(value: object) -> str:
    if isinstance(value, str) and value.startswith("asset:"):
        return "kept with this video"
    return LOCAL_NAMES.get(str(value), str(value))[:400]
