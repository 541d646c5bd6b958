"""The projects of a workspace: begun, found again, kept."""

from talkinghead.core.errors import NotFound
from talkinghead.projects.repository import ProjectRepository
from talkinghead.projects.stored_form import project_of, stored
from talkinghead.projects.values import Project


class ProjectService:
    """The projects of one workspace.

    Args:
        workspace_id: whose.
        repository: where they are kept.
    """

    def __init__(self, workspace_id: str, repository: ProjectRepository) -> None:
        self._workspace_id = workspace_id
        self._repository = repository

    def create(self, project: Project, project_id: str | None = None) -> str:
        """Keep a new project; returns its id, which stands in the page's address.

        Args:
            project: what it holds at first.
            project_id: an id that was made elsewhere, such as that of a job whose inputs it holds.
        """
        return self._repository.add(self._workspace_id, stored(project), project_id)

    def find(self, project_id: str) -> Project | None:
        """The project of this id, or None where this workspace has none.

        Raises:
            UnreadableProject: another version of the studio wrote it; it stays as it is.
        """
        content = self._repository.find(self._workspace_id, project_id)
        return None if content is None else project_of(content)

    def save(self, project_id: str, project: Project) -> None:
        """Keep what a project holds now.

        Raises:
            NotFound: this workspace has no such project.
        """
        self._repository.save(self._workspace_id, project_id, stored(project))

    def copy(self, project_id: str, new_id: str) -> None:
        """Keep the same project under a second id, as it stands and of whatever version.

        Raises:
            NotFound: this workspace has no such project.
        """
        content = self._repository.find(self._workspace_id, project_id)
        if content is None:
            raise NotFound("This project is not here any more.")
        self._repository.add(self._workspace_id, content, new_id)
