"""A studio is the whole application without its pages; `opening` builds it."""

import hashlib
import hmac
import re
import secrets
from threading import Timer

from talkinghead.billing.key_expiry import KeyExpiry
from talkinghead.billing.typed_keys import Connected
from talkinghead.catalogue import Catalogue
from talkinghead.core.database import Database
from talkinghead.core.errors import NotFound
from talkinghead.core.installation_repository import InstallationRepository
from talkinghead.core.settings import Settings
from talkinghead.core.workers.decoding import start_decoding_ahead
from talkinghead.fal.privacy.cleanup import ProviderCleanup
from talkinghead.retention.purge import Purge
from talkinghead.speech.speaker_process import Speaker
from talkinghead.speech.text.language import load_recogniser
from talkinghead.teams.client_address import client_address
from talkinghead.teams.permissions import OWNER
from talkinghead.teams.values import Actor, Visit
from talkinghead.wiring import StudioParts
from talkinghead.workspace import Workspace

LOCAL_WORKSPACE = "local"  # everybody's on one's own machine

NO_SUCH_GALLERY = (
    "We don't know this gallery link. Check that it's complete, or open the app without it to "
    "start a new gallery."
)
FIRST_PAGE = 1.0  # seconds in which it is drawn
_TOKEN_BYTES = 32  # 256 bits, 43 characters; fewer than 22 would be under 128 bits
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22,128}")  # what can be one; earlier ones may be shorter


class Studio:
    """The services of this process: database, files, engine. Closed once, at the end.

    Args:
        settings: what it runs on.
        database: the database.
        parts: what its workspaces share.
        speaker: the process of this machine's voices.
        purge: forgets what was deleted.
        key_expiry: forgets typed keys whose time is over.
        provider_cleanup: closes and deletes at fal what is not needed there.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        parts: StudioParts,
        speaker: Speaker,
        purge: Purge,
        key_expiry: KeyExpiry,
        provider_cleanup: ProviderCleanup,
    ) -> None:
        self.settings = settings
        self._database = database
        self._parts = parts
        self._speaker = speaker
        self._purge = purge
        self._key_expiry = key_expiry
        self._ahead: Timer | None = None
        self._provider_cleanup = provider_cleanup

    def new_token(self) -> str:
        """Issue a token, the secret that opens a workspace, which is created with it; only its hash
        is stored."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        self._parts.workspaces.create(_hash(token))
        return token

    def is_issued(self, token: str) -> bool:
        """Whether this token opens a workspace: it was issued here, by this version or an earlier
        one."""
        return self._find(token) is not None

    def workspace(
        self,
        token: str | None = None,
        actor: Actor | None = None,
        visit: Visit | None = None,
    ) -> Workspace:
        """Return the workspace of the visitor.

        Args:
            token: their secret; None where the settings say that this machine has one user.
            actor: who acts there; else its owner.
            visit: how the owner came; else by a new session.

        Raises:
            NotFound: the token was never issued here.
        """
        if self.settings.single_user:
            workspace_id = self._parts.workspaces.find_or_create_fixed(LOCAL_WORKSPACE)
        elif token is not None and (found := self._find(token)) is not None:
            workspace_id = found
        else:
            raise NotFound(NO_SUCH_GALLERY)
        actor = actor or _owner(workspace_id, visit or Visit())
        if not self.settings.single_user:
            # An address is the same in every tab, a tab's own id is not.
            known = actor.visit.client is not None
            self._parts.workspaces.set_client(workspace_id, actor.client, replace=known)
        return Workspace(workspace_id, actor, self._parts)

    def _find(self, token: str) -> str | None:
        return self._parts.workspaces.find(_hash(token)) if _TOKEN.fullmatch(token) else None

    def connect(self, session: str, connection: str, connected: Connected) -> None:
        """Note a connection of a browser tab: a key that was typed there is held as long as one is
        open, and for a while after.

        Args:
            session: the tab's id.
            connection: a name for it.
            connected: whether it is open at the moment it is asked; called from any thread.
        """
        self._parts.billing.credentials.connect(session, connection, connected)

    def holds_key(self, session: str) -> bool:
        """Whether a key was typed in this browser tab."""
        return self._parts.billing.credentials.payer(session) == "session"

    def client(self, peer: str | None, forwarded: str | None) -> str | None:
        """Return a fingerprint of the network address that a visitor comes from, by which the day's
        limit of a person is counted; None if the address is not known. It is stored in place of
        the address, which it does not reveal.

        Args:
            peer: the other end of the connection.
            forwarded: the header `X-Forwarded-For`.
        """
        address = client_address(peer, forwarded, self.settings.trusted_proxies)
        if address is None:
            return None
        secret = InstallationRepository(self._database).address_secret()
        return hmac.new(secret.encode(), address.encode(), hashlib.sha256).hexdigest()[:40]

    @property
    def catalogue(self) -> Catalogue:
        """The models and voices that can be chosen."""
        return self._parts.catalogue

    @property
    def drives(self) -> bool:
        """Whether jobs run in this process; if not, another one on the same data runs them."""
        return self._parts.engine.drives

    @property
    def is_driven(self) -> bool:
        """Whether jobs run on these data at all, in this process or in another one."""
        return self._parts.engine.is_driven

    def engine_damage(self) -> str | None:
        """Return what is wrong with the engine's own file, or None; asked where no process drives
        jobs."""
        return self._parts.engine.damage()

    def jobs_to_drive(self) -> int:
        """How many open jobs go on by themselves where jobs are driven, of all workspaces."""
        return self._parts.engine.jobs_to_drive()

    def start(self) -> None:
        """Resume every open job, and purge in the background what was deleted."""
        self._parts.engine.start()
        self._purge.start()
        self._key_expiry.start()
        self._provider_cleanup.start()

    def load_ahead(self, after: float = FIRST_PAGE) -> None:
        """Load in the background what the first visitor would wait for: the processes that open
        pictures and sounds, what recognises languages, and the queues of jobs. Idempotent.

        Args:
            after: seconds; the page that is drawn meanwhile comes first.
        """
        if self._ahead is not None:
            return
        self._ahead = Timer(after, self._load)
        self._ahead.daemon = True
        self._ahead.start()

    def _load(self) -> None:
        start_decoding_ahead()
        load_recogniser()
        self._parts.engine.load_ahead()

    def close(self) -> None:
        """Stop, as a crash would but orderly: open jobs continue at the next start."""
        if self._ahead is not None:
            self._ahead.cancel()
        self._parts.watcher.close()
        self._purge.close()
        self._key_expiry.close()
        self._provider_cleanup.close()
        self._parts.engine.close()
        self._parts.billing.provider_accounts.close()
        self._parts.engine.loop.close()
        self._speaker.close()
        self._parts.caption_writer.close()
        self._parts.preview_drawer.close()
        self._database.close()

    def clean_up_provider(self) -> None:
        """Close and delete at fal what is not needed there any more, now instead of within
        a minute."""
        self._provider_cleanup.look()

    def purge(self) -> int:
        """Delete permanently what was deleted more than a day ago; returns how many videos that
        were."""
        return self._purge.purge()


def _owner(workspace_id: str, visit: Visit) -> Actor:
    """Return the actor who opens a workspace: the holder of its URL, or the only person of this
    machine."""
    return Actor(id=workspace_id, display_name="You", role=OWNER, visit=visit)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
