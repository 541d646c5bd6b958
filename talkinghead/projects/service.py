"""The projects service of one workspace."""

from talkinghead.catalogue import Catalogue
from talkinghead.core.errors import InvalidPortrait, NotFound, StorageFailed
from talkinghead.jobs.job import Video
from talkinghead.portraits.service import PortraitService
from talkinghead.projects.listing.repository import ProjectListRepository
from talkinghead.projects.listing.summaries import ProjectSummary, summary_of
from talkinghead.projects.merging import changed_fields, merged, settled
from talkinghead.projects.orders import VideoOrder, draft_order, render_order
from talkinghead.projects.repository import ProjectRepository
from talkinghead.projects.reuse import VideoInputs
from talkinghead.projects.stored_form import project_of, stored
from talkinghead.projects.values import Conflict, Project, SavedProject
from talkinghead.speech.pronunciations.service import PronunciationService
from talkinghead.speech.recordings.service import RecordingService

LONGEST_NAME = 200  # characters
MOST_TRIES = 20
"""So often a project may change meanwhile, each time before it is saved."""


class ProjectService:
    """The projects of one workspace.

    Args:
        workspace: its id.
        repository: where they are kept.
        project_list: the list of them.
        portraits, recordings: cut and edit what is ordered.
        pronunciations: how names are said.
        video_inputs: what videos were made from.
        catalogue: the models to choose from.
    """

    def __init__(
        self,
        workspace: str,
        repository: ProjectRepository,
        project_list: ProjectListRepository,
        portraits: PortraitService,
        recordings: RecordingService,
        pronunciations: PronunciationService,
        video_inputs: VideoInputs,
        catalogue: Catalogue,
    ) -> None:
        self._workspace = workspace
        self._repository = repository
        self._list = project_list
        self._portraits = portraits
        self._recordings = recordings
        self._pronunciations = pronunciations
        self._video_inputs = video_inputs
        self._catalogue = catalogue

    def create(self, project: Project, project_id: str | None = None) -> str:
        """Store a new project; returns its id, which is put into the page's URL.

        Args:
            project: what it holds at first.
            project_id: an id that was made elsewhere, such as that of a job whose inputs it holds.
        """
        return self._repository.add(self._workspace, stored(project), project_id)

    def find(self, project_id: str) -> Project | None:
        """Return the project with this id, or None if this workspace has none.

        Raises:
            UnreadableProject: another version of the studio wrote it; it stays as it is.
        """
        content = self._repository.find(self._workspace, project_id)
        return None if content is None else self.in_workspace(project_of(content, self._catalogue))

    def open(self, project_id: str) -> SavedProject | None:
        """Return the project to change it, or None if this workspace has none.

        Raises:
            UnreadableProject: another version of the studio wrote it; it stays as it is.
        """
        found = self._repository.find_revision(self._workspace, project_id)
        if found is None:
            return None
        content, revision = found
        return SavedProject(self.in_workspace(project_of(content, self._catalogue)), revision)

    def save(self, project_id: str, project: Project, base: SavedProject) -> SavedProject:
        """Store the contents of a project, merged with what was changed elsewhere meanwhile.

        Args:
            project_id: which.
            project: as it is here.
            base: what was stored when the change began.

        Raises:
            NotFound: this workspace has no such project.
            UnreadableProject: a newer version of the studio wrote it meanwhile.
            StorageFailed: it changes all the time.
        """
        for _ in range(MOST_TRIES):
            content, known = stored(project), base.revision
            revision = self._repository.save(self._workspace, project_id, content, known)
            if revision is not None:
                return SavedProject(project, revision)
            now = self.open(project_id)
            if now is None:
                raise NotFound("This project is no longer available. Start a new one.")
            project, base = merged(base.project, project, now.project), now
        raise StorageFailed("This project is being changed in another tab. Try again in a moment.")

    def merge(self, base: Project, mine: Project, theirs: Project) -> Project:
        """Return `theirs` with what changed from `base` to `mine`; nothing is stored."""
        return merged(base, mine, theirs)

    def settle(self, project: Project, field: str, chosen: Conflict | None) -> Project:
        """Return the project without the conflicts of a field: as it is, or with the chosen value;
        nothing is stored."""
        return settled(project, field, chosen)

    def changed_fields(self, before: Project, after: Project) -> list[str]:
        """Return the fields that differ, named as in a `Conflict`."""
        return changed_fields(before, after)

    def copy(self, project_id: str, new_id: str) -> None:
        """Store the same project under a second id, unchanged and in its version.

        Raises:
            NotFound: this workspace has no such project.
        """
        content = self._repository.find(self._workspace, project_id)
        if content is None:
            raise NotFound("This project is no longer available.")
        self._repository.add(self._workspace, content, new_id)

    def recent(self, limit: int = 10) -> list[ProjectSummary]:
        """Return the projects that were changed last, the newest first, without empty ones."""
        # A few more, because some of them may be empty.
        listed = self._list.recent(self._workspace, 2 * limit)
        summaries = map(summary_of, listed)
        return [summary for summary in summaries if not summary.is_empty][:limit]

    def rename(self, project_id: str, name: str) -> None:
        """Give a project a name of at most 200 characters; "" takes it away.

        Raises:
            NotFound: this workspace has no such project.
        """
        self._list.rename(
            self._workspace, project_id, " ".join(name.split())[:LONGEST_NAME] or None
        )

    def delete(self, project_id: str) -> None:
        """Delete a project; until it is purged a day later it can be restored. Its videos stay.

        Raises:
            NotFound: this workspace has no such project.
        """
        self._list.delete(self._workspace, project_id)

    def restore(self, project_id: str) -> None:
        """Undo a deletion.

        Raises:
            NotFound: this workspace has no such project, or it was purged.
        """
        self._list.restore(self._workspace, project_id)

    def titles_of_jobs(self) -> dict[str, tuple[str, str]]:
        """Return the id and title of the project that each job was ordered for, by the job's id."""
        of_jobs = self._list.of_jobs(self._workspace)
        listed = self._list.several(self._workspace, sorted(set(of_jobs.values())))
        titles = {project.id: summary_of(project).title for project in listed}
        return {
            job_id: (project, titles.get(project, "Deleted project"))
            for job_id, project in of_jobs.items()
        }

    def use_again(self, video: Video) -> str:
        """Store a new project with the inputs of a video; returns its id.

        They are those that were kept when it was rendered, else what can be derived from the video
        itself.

        Raises:
            NotFound: the video's portrait is gone.
            UnreadableProject: another version of the studio kept them.
        """
        kept = self.find(video.job_id)
        if kept is None:
            return self.create(self._video_inputs.project_of(video))
        return self.create(self._video_inputs.with_sound_of_deleted(kept, video))

    def in_workspace(self, project: Project) -> Project:
        """Return the project with the workspace's models and pronunciation list."""
        said = tuple(self._pronunciations.list())
        return project.with_(pronunciations=said, catalogue=self._catalogue)

    def with_edit(self, project: Project) -> Project:
        """Return the project with its edited recording, made now if it is not there.

        Raises:
            InvalidRecording: the edit leaves nothing to hear.
            NotFound: the recording is not in this workspace.
        """
        if project.recording is None or not project.needs_edit:
            return project
        return project.with_(edited=self._recordings.edit(project.recording, project.edit))

    def picture(self, project: Project) -> str:
        """Crop the portrait for the video on the chosen model; returns its reference.

        Where no part of it was chosen, it is head and shoulders of the face that speaks.

        Raises:
            InvalidPortrait: there is none.
            NotFound: it is not in this workspace.
        """
        portrait, geometry = project.portrait, project.geometry
        if portrait is None:
            raise InvalidPortrait("Choose a portrait first.")
        surround = project.surround
        box = project.crop or self._portraits.default_crop(
            portrait, geometry.aspect, project.face or 0, surround
        )
        return self._portraits.crop(portrait, box, geometry, surround)

    def render_order(self, project: Project) -> VideoOrder:
        """Return the order of the project's video on its chosen model; nothing is ordered.

        Raises:
            InvalidInput: something is missing or out of its range.
            NotFound: the portrait is not in this workspace.
        """
        project = self.with_edit(self.in_workspace(project))
        return render_order(project, self.picture(project))

    def draft_order(self, project: Project) -> VideoOrder:
        """Return the order of the free draft of the same video; nothing is ordered.

        Raises:
            InvalidInput: there is no portrait, or nothing to say.
            NotFound: the portrait is not in this workspace.
        """
        project = self.with_edit(self.in_workspace(project))
        return draft_order(project, self.picture(project))
