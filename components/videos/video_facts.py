"""What is known of an opened video: its script, model, price, voice, portrait and the rest."""

from collections.abc import Iterator

import streamlit as st

from components.content_credentials.signed_row import signed_row
from components.speech.voice_picker import LOCAL_NAMES
from components.ui.blind_label import blind_title
from components.ui.datetimes import show_day, show_moment
from components.ui.fact_table import facts
from components.ui.media import jpeg_address, picture
from components.ui.memo import memo
from talkinghead import Workspace
from talkinghead.av.cropping import CropBox
from talkinghead.catalogue import Catalogue
from talkinghead.core.errors import NotFound, StudioError
from talkinghead.core.money import show_dollars, show_seconds
from talkinghead.jobs.job import Job, Video
from talkinghead.videos.values import BlindEntry

SHOWN_BY_THEMSELVES = frozenset({"stands_for", "seed", "width", "height", "image_url", "voice"})
LONG_SCRIPT, SCRIPT_HEIGHT = 600, 180  # characters; px of the box in which a longer one scrolls
PORTRAIT_WIDTH = 88  # px
Row = tuple[str, str]


def video_facts(workspace: Workspace, video: Video) -> None:
    """Show the script and the details."""
    script = workspace.captions.spoken_script(video.id)
    if script:
        st.header("Script", anchor=False)
        long = len(script) > LONG_SCRIPT
        with st.container(
            height=SCRIPT_HEIGHT if long else "content", border=False, key="video_script"
        ):
            st.text(script)
    job = _job(workspace, video)
    st.header("Details", anchor=False)
    with st.container(key="video_facts", gap="small"):
        with st.container(horizontal=True, gap="medium", wrap=False):
            with st.container():
                facts(main_facts(workspace.catalogue, video, job))
            _portrait(workspace, video)
        with st.expander("More details", type="compact"):
            facts(more_facts(workspace.catalogue, video, job))
        signed_row(workspace, video.id)


def blind_facts(video: Video, blind: BlindEntry) -> None:
    """Show the facts that do not reveal the model; the words would, because not every model is
    given a script."""
    st.header("Details", anchor=False)
    rows = [("Model", blind_title(blind)), ("Comparison", blind.title or "Untitled")]
    with st.container(key="video_facts"):
        facts([*rows, ("Created", show_day(video.created_at))])


def main_facts(catalogue: Catalogue, video: Video, job: Job | None = None) -> Iterator[Row]:
    """Yield (name, value) rows of what a person asks first.

    Args:
        catalogue: the models.
        video: which.
        job: what made it, where it is on record: it knows the estimate and the bill.
    """
    yield "Model", catalogue.title_of(video.endpoint_id)
    stands_for = video.arguments.get("stands_for")
    if stands_for:
        yield "Draft of", catalogue.title_of(str(stands_for))
    yield "Price", price_of(video, job)
    voice = video.arguments.get("voice")
    if voice:
        yield "Voice", LOCAL_NAMES.get(str(voice), str(voice))
    yield "Length", show_seconds(video.seconds)
    yield "Created", show_moment(video.created_at)


def more_facts(catalogue: Catalogue, video: Video, job: Job | None = None) -> Iterator[Row]:
    """Yield (name, value) rows of the rest: size, bill, seed and the model's settings."""
    yield "Size", f"{video.width} × {video.height}, {video.fps:g} frames per second"
    if job is not None and _is_paid(video):
        yield "Estimated", show_dollars(job.estimate)
        yield "Billed", "Not known yet" if job.billed is None else show_dollars(job.billed)
        if job.request_id:
            yield "Request ID", job.request_id
    if video.seed is not None:
        yield "Seed", str(video.seed)
    names = {catalogue.recording_field_of(video.endpoint_id): "Recording"}
    unshown = SHOWN_BY_THEMSELVES | {catalogue.script_field_of(video.endpoint_id)}
    for name, value in video.arguments.items():
        if name not in unshown and value is not None:
            yield names.get(name, name.replace("_", " ").capitalize()), _value(value)


def price_of(video: Video, job: Job | None = None) -> str:
    """Return the price as text: the bill where it is known, else the estimate."""
    if job is not None and _is_paid(video):
        return show_dollars(job.estimate if job.billed is None else job.billed)
    return "Free" if video.dollars == 0 else show_dollars(video.dollars)


def _is_paid(video: Video) -> bool:
    return video.made_from is None and video.kind.paid


def _job(workspace: Workspace, video: Video) -> Job | None:
    """Return the job that made the video, or None if it is no longer stored."""
    try:
        return workspace.jobs.find(video.job_id)
    except NotFound:
        return None


def _portrait(workspace: Workspace, video: Video) -> None:
    """Show the portrait, if it is still stored."""
    crop = str(video.arguments.get("image_url"))
    jpeg = memo("video_portrait", crop, lambda: _small_portrait(workspace, crop))
    if jpeg is not None:
        with st.container(width=PORTRAIT_WIDTH, key="video_portrait"):
            picture(jpeg_address(jpeg), shape="1", alt="The portrait of this video")


def _small_portrait(workspace: Workspace, crop: str) -> bytes | None:
    try:
        portrait = workspace.portraits.whole_of(crop)
        return workspace.portraits.preview(portrait, CropBox(0, 0, 1, 1), 2 * PORTRAIT_WIDTH)
    except StudioError:
        return None


def _value(value: object) -> str:
    if isinstance(value, str) and value.startswith("asset:"):
        return "Saved with this video"
    return _setting(value)[:400]


def _setting(value: object) -> str:
    """Return a setting's value as text."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
