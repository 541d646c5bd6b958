"""The workspace: its services, which pages and the command line call.

A workspace sees and touches only its own things; another workspace's id is treated as unknown.
"""

from talkinghead.services import Services
from talkinghead.teams.permissions import guarded
from talkinghead.teams.values import Actor
from talkinghead.wiring import StudioParts


class Workspace:
    """The services of one workspace.

    Each verb of a service asks first whether the actor's role holds such an act.

    Args:
        workspace_id: its id.
        actor: who acts in it.
        parts: what it shares with the others of the studio.
    """

    def __init__(self, workspace_id: str, actor: Actor, parts: StudioParts) -> None:
        self.id = workspace_id
        self.actor = actor
        self.catalogue = parts.catalogue
        services = Services(workspace_id, actor, parts)
        self.portraits = guarded(services.portraits, "portraits", actor)
        self.portrait_library = guarded(services.portrait_library, "portrait_library", actor)
        self.consent = guarded(services.privacy.consent, "consent", actor)
        self.recordings = guarded(services.recordings, "recordings", actor)
        self.speech = guarded(services.speech, "speech", actor)
        self.voices = guarded(services.voices, "voices", actor)
        self.pronunciations = guarded(services.pronunciations, "pronunciations", actor)
        self.billing = guarded(services.billing, "billing", actor)
        self.renders = guarded(services.renders, "renders", actor)
        self.captions = guarded(services.captions, "captions", actor)
        self.exports = guarded(services.exports, "exports", actor)
        self.content_credentials = guarded(
            services.privacy.content_credentials, "content_credentials", actor
        )
        self.downloads = guarded(services.downloads, "downloads", actor)
        self.gallery = guarded(services.gallery, "gallery", actor)
        self.comparisons = guarded(services.comparisons, "comparisons", actor)
        self.rerenders = guarded(services.rerenders, "rerenders", actor)
        self.jobs = guarded(services.jobs, "jobs", actor)
        self.projects = guarded(services.projects, "projects", actor)
        self.receipts = guarded(services.privacy.receipts, "receipts", actor)
        self.retention = guarded(services.privacy.retention, "retention", actor)
