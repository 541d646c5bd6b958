"""Finds everything of one portrait: its pictures, the jobs that were given them, and their videos.

A picture belongs to a portrait if it was cropped or rotated from it; a job, if its inputs name such
a picture; a video, if such a job made it or if it is a version of one that does.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from talkinghead.consent.gate import digest_of
from talkinghead.consent.repository import count_consents, proofs_of
from talkinghead.core.asset_repository import picture_references, whole_pictures
from talkinghead.core.assets import references_in
from talkinghead.core.database import Transaction
from talkinghead.jobs.records.reference_repository import JobOfWorkspace, jobs_of_workspace
from talkinghead.projects.repository import StoredProject, projects_of_workspace
from talkinghead.videos.purge_repository import VideoOfWorkspace, videos_of_workspace

_AT_ONCE = 400  # references in one query: databases bound the number of parameters


@dataclass(frozen=True)
class Face:
    """A portrait and all that was made of it.

    Attributes:
        workspace: whose.
        portrait: the SHA-256 of the whole picture.
        pictures: the references of its pictures.
        jobs: that were given one of them, or made a version of what came of it.
        videos: what came of them.
        projects: that hold one of the pictures.
        consents: how many statements there are of it.
        proofs: their files, without those that show the permission for another portrait as well.
        kept: files that something else uses, too.
    """

    workspace: str
    portrait: str
    pictures: frozenset[str]
    jobs: tuple[JobOfWorkspace, ...]
    videos: tuple[VideoOfWorkspace, ...]
    projects: tuple[StoredProject, ...]
    consents: int
    proofs: frozenset[str]
    kept: frozenset[str]

    @property
    def files(self) -> set[str]:
        """The stored files that go with it."""
        made = {file for video in self.videos for file in (video.file, video.thumbnail)}
        return {*self.pictures, *made, *self.proofs} - self.kept

    @property
    def job_ids(self) -> list[str]:
        """The ids of its jobs."""
        return [job.id for job in self.jobs]

    @property
    def video_ids(self) -> list[str]:
        """The ids of its videos."""
        return [video.id for video in self.videos]


def find_face(connection: Transaction, workspace: str, picture: str) -> Face:
    """Return everything of the portrait that a picture is, or was made from."""
    known = picture_references(connection, workspace)
    wholes = _wholes(connection, workspace, {*known, picture})
    whole = wholes.get(picture, picture)
    pictures = {one for one, root in wholes.items() if root == whole} | {whole, picture}
    every_video = videos_of_workspace(connection, workspace)
    videos = _videos(every_video, pictures)
    made = {video.job_id for video in videos}
    every = jobs_of_workspace(connection, workspace)
    jobs = [job for job in every if job.id in made or references_in(job.arguments) & pictures]
    stored = projects_of_workspace(connection, workspace)
    digest = digest_of(whole)
    return Face(
        workspace,
        digest,
        frozenset(pictures),
        tuple(jobs),
        tuple(videos),
        tuple(each for each in stored if references_in(each.content) & pictures),
        count_consents(connection, workspace, digest),
        frozenset(proofs_of(connection, workspace, digest)),
        _used_by_others(every_video, videos, every, jobs),
    )


def _used_by_others(
    every_video: Sequence[VideoOfWorkspace],
    videos: Sequence[VideoOfWorkspace],
    every_job: Sequence[JobOfWorkspace],
    jobs: Sequence[JobOfWorkspace],
) -> frozenset[str]:
    """Return the files of other videos and jobs: two of the same content are one file."""
    own_videos, own_jobs = {video.id for video in videos}, {job.id for job in jobs}
    others = [video for video in every_video if video.id not in own_videos]
    given = [job.arguments for job in every_job if job.id not in own_jobs]
    of_videos = {file for video in others for file in (video.file, video.thumbnail)}
    return frozenset(of_videos.union(references_in(given), *(each.references for each in others)))


def _wholes(connection: Transaction, workspace: str, pictures: Collection[str]) -> dict[str, str]:
    asked, found = sorted(pictures), dict[str, str]()
    for start in range(0, len(asked), _AT_ONCE):
        some = whole_pictures(connection, workspace, asked[start : start + _AT_ONCE])
        found |= {one: whole.reference for one, whole in some.items()}
    return found


def _videos(every: list[VideoOfWorkspace], pictures: set[str]) -> list[VideoOfWorkspace]:
    own = {video.id for video in every if video.references & pictures}
    return [video for video in every if video.id in own or video.made_from in own]
