"""The projects service of one workspace."""

from talkinghead.catalogue import Catalogue
from talkinghead.core.errors import InvalidPortrait, NotFound
from talkinghead.jobs.job import Video
from talkinghead.portraits.service import PortraitService
from talkinghead.projects.orders import VideoOrder, draft_order, render_order
from talkinghead.projects.repository import ProjectRepository
from talkinghead.projects.reuse import VideoInputs
from talkinghead.projects.stored_form import project_of, stored
from talkinghead.projects.values import Project
from talkinghead.speech.pronunciations.service import PronunciationService


class ProjectService:
    """The projects of one workspace.

    Args:
        workspace: its id.
        repository: where they are kept.
        portraits: cuts the pictures of what is ordered.
        pronunciations: how names are said.
        video_inputs: what videos were made from.
        catalogue: the models to choose from.
    """

    def __init__(
        self,
        workspace: str,
        repository: ProjectRepository,
        portraits: PortraitService,
        pronunciations: PronunciationService,
        video_inputs: VideoInputs,
        catalogue: Catalogue,
    ) -> None:
        self._workspace = workspace
        self._repository = repository
        self._portraits = portraits
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

    def save(self, project_id: str, project: Project) -> None:
        """Store the contents of a project.

        Raises:
            NotFound: this workspace has no such project.
        """
        self._repository.save(self._workspace, project_id, stored(project))

    def copy(self, project_id: str, new_id: str) -> None:
        """Store the same project under a second id, unchanged and in its version.

        Raises:
            NotFound: this workspace has no such project.
        """
        content = self._repository.find(self._workspace, project_id)
        if content is None:
            raise NotFound("This project is not here any more.")
        self._repository.add(self._workspace, content, new_id)

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

    def picture(self, project: Project) -> str:
        """Crop the portrait for the video on the chosen model; returns its reference.

        Where no part of it was chosen, it is head and shoulders of the face that speaks.

        Raises:
            InvalidPortrait: there is none.
            NotFound: it is not in this workspace.
        """
        portrait, geometry = project.portrait, project.geometry
        if portrait is None:
            raise InvalidPortrait("There is no portrait yet. Choose one.")
        box = project.crop or self._portraits.default_crop(
            portrait, geometry.aspect, project.face or 0
        )
        return self._portraits.crop(portrait, box, geometry)

    def render_order(self, project: Project) -> VideoOrder:
        """Return the order of the project's video on its chosen model; nothing is ordered.

        Raises:
            InvalidInput: something is missing or out of its range.
            NotFound: the portrait is not in this workspace.
        """
        project = self.in_workspace(project)
        return render_order(project, self.picture(project))

    def draft_order(self, project: Project) -> VideoOrder:
        """Return the order of the free draft of the same video; nothing is ordered.

        Raises:
            InvalidInput: there is no portrait, or nothing to say.
            NotFound: the portrait is not in this workspace.
        """
        project = self.in_workspace(project)
        return draft_order(project, self.picture(project))
