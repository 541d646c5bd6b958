"""Finds the video that an export was made from."""

from talkinghead.core.errors import NotFound
from talkinghead.jobs.job import Video
from talkinghead.videos.repository import VideoRepository


def original_of(videos: VideoRepository, workspace: str, video_id: str) -> Video:
    """Return the video itself, or the one that it is an export of.

    Raises:
        NotFound: this workspace has no such video, or the original is gone.
    """
    video = videos.video(workspace, video_id)
    if video.made_from is None:
        return video
    try:
        return videos.video(workspace, video.made_from)
    except NotFound as error:
        raise NotFound("The original of this version is no longer available.") from error
