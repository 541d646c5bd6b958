"""The player of a finished video."""

import streamlit as st
from streamlit.elements.media import SubtitleData

from components.shell.notices import plain
from components.videos.player_fit import player_fit
from talkinghead import Workspace
from talkinghead.core.errors import StudioError
from talkinghead.core.money import show_dollars
from talkinghead.jobs.job import Job, Video

PLAYER = "player"
"""The key of the container that holds the video."""
USUAL_HEIGHT = 440  # px until the browser has fitted it into its window


def video_player(
    workspace: Workspace, video: Video, *, back: str, show_captions: bool = True
) -> None:
    """Show the video with its captions, as large as the window has room for.

    Args:
        workspace: whose video it is.
        video: which.
        back: the key of the button that leads back.
        show_captions: False in a blind comparison: some models bring captions of their own.
    """
    try:
        file = workspace.gallery.file(video.id)
        subtitles = subtitles_of(workspace, video) if show_captions else None
    except StudioError as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    width = max(USUAL_HEIGHT * video.width // max(video.height, 1), 1)
    with st.container(horizontal_alignment="center", key=PLAYER, gap=None):
        st.video(file, subtitles=subtitles, alt=video.title, width=width)
        player_fit(video.width, video.height, player=PLAYER, back=back)


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


def cost_words(job: Job) -> str:
    """Return the estimated price of a paid video and what is known of the bill, as text."""
    estimate = f"estimated {show_dollars(job.estimate)}"
    if job.billed is None:
        return f"{estimate}, not billed yet"
    return f"{estimate}, billed {show_dollars(job.billed)}"
