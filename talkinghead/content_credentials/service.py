"""The content credentials service of one workspace: what signs, what was signed, what a file
carries."""

from collections.abc import Callable
from typing import Any

from talkinghead.content_credentials.key_setup import CredentialParts
from talkinghead.content_credentials.values import SigningStatus, Verification
from talkinghead.content_credentials.verification import upload_turn, verify_in
from talkinghead.core.store import Store
from talkinghead.videos.repository import VideoRepository

ENDED = (
    "The certificate in C2PA_CERTIFICATE expired on {day}. Until it's renewed, versions are signed "
    "with this studio's own certificate."
)
SAVED_AND_LOCKED = (
    "A signing key is saved here, but STUDIO_SECRET isn't set, so it can't be used. Versions are "
    "signed with this studio's own certificate."
)


class ContentCredentialsService:
    """Content credentials in one workspace.

    Args:
        workspace: its id.
        client: whose turn an upload takes.
        videos: the videos repository.
        store: where their files are.
        parts: what it shares with the other workspaces.
    """

    def __init__(
        self,
        workspace: str,
        client: str,
        videos: VideoRepository,
        store: Store,
        parts: CredentialParts,
    ) -> None:
        self._workspace = workspace
        self._client = client
        self._videos = videos
        self._store = store
        self._desk = parts.desk
        self._keys = parts.keys
        self._signed = parts.signed
        self._trust_list = parts.trust_list

    def status(self) -> SigningStatus:
        """Return what versions are signed with, and what to know of it."""
        certificate = self._desk.certificate()
        saved = self._keys.has_key()
        note = ""
        if (ended := self._desk.ended_at) is not None:
            note = ENDED.format(day=f"{ended:%B} {ended.day}, {ended:%Y}")
        elif certificate.own and saved:
            note = SAVED_AND_LOCKED
        return SigningStatus(
            own=certificate.own,
            subject=certificate.subject,
            issuer=certificate.issuer,
            ends_at=certificate.ends_at,
            timestamps=self._desk.asks_for_timestamps,
            key_saved=saved,
            note=note,
        )

    def facts(self, video_id: str) -> dict[str, Any] | None:
        """Return what a version was signed with; None of an original, and of versions from before
        they were signed.

        "subject" and "issuer" name the certificate, "own" says whether the studio made it for
        itself; "timestamp" is the time by the authority as ISO 8601, or null, and
        "timestamp_expected" whether there is an authority; "original_carried_credentials" says
        whether those of the original were kept.

        Raises:
            NotFound: this workspace has no such video.
        """
        video = self._videos.video(self._workspace, video_id)
        return self._signed.facts(self._workspace, video.id)

    def verify(self, read: Callable[[], bytes]) -> Verification:
        """Return what an uploaded file carries, and whether it was changed; nothing of it is kept.

        Args:
            read: returns its bytes, once it is its turn.

        Raises:
            InvalidInput: it is no MP4, it cannot be opened, or too many uploads wait already.
        """
        with upload_turn(self._client) as turn:
            return verify_in(turn, turn.file(read()), self._trust_list)

    def verify_video(self, video_id: str) -> Verification:
        """Return what a video of the gallery carries, and whether it was changed.

        Raises:
            NotFound: this workspace has no such video.
            InvalidInput: it cannot be opened.
        """
        video = self._videos.video(self._workspace, video_id)
        with upload_turn(self._client) as turn:
            path = turn.stored(self._store, self._workspace, video.file)
            return verify_in(turn, path, self._trust_list)
