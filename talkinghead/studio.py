"""Entry point: a studio is the whole application without its pages."""

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from talkinghead.billing.checkout import Billing
from talkinghead.billing.credentials import Credentials
from talkinghead.billing.key_expiry import KeyExpiry
from talkinghead.billing.provider_account import ProviderAccounts
from talkinghead.billing.repository import LedgerRepository
from talkinghead.billing.typed_keys import Connected
from talkinghead.catalogue import BUILT_IN, Catalogue
from talkinghead.core.database import Database, sqlite_url
from talkinghead.core.errors import ConfigurationError, NotFound
from talkinghead.core.installation_repository import InstallationRepository
from talkinghead.core.money import Budget
from talkinghead.core.settings import Settings, read_settings
from talkinghead.core.store import Store, make_folder, open_store
from talkinghead.fal.renderer import FalRenderer
from talkinghead.fal.transport import PROXY_HOLDS_KEY
from talkinghead.fal.upload_repository import UploadRepository
from talkinghead.jobs.engine import Engine
from talkinghead.jobs.execution.running import HEARTBEAT, Heartbeat
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.renderer import Renderer
from talkinghead.retention.purge import Purge
from talkinghead.speech.pronunciations.repository import PronunciationRepository
from talkinghead.speech.speaker_process import Speaker
from talkinghead.teams.client_address import client_address
from talkinghead.teams.permissions import OWNER
from talkinghead.teams.values import Actor, Visit
from talkinghead.videos.repository import write_video
from talkinghead.wiring import StudioParts, job_kinds, our_renderers, studio_parts
from talkinghead.workspace import Workspace

LOCAL_WORKSPACE = "local"  # everybody's on one's own machine

NO_SUCH_GALLERY = (
    "No gallery has this link. Check that it is complete, or open the app without it to start a "
    "new gallery."
)
_TOKEN_BYTES = 32  # 256 bits, 43 characters; fewer than 22 would be under 128 bits
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22,128}")  # what can be one; earlier ones may be shorter


class Studio:
    """The services of this process: database, files, engine. Closed once, at the end.

    Args:
        settings: what it runs on.
        database: the database.
        parts: what its workspaces share.
        speaker: the process of this machine's voices.
        housekeeping: forgets what was deleted.
        key_expiry: forgets typed keys whose time is over.
    """

    def __init__(
        self,
        settings: Settings,
        database: Database,
        parts: StudioParts,
        speaker: Speaker,
        housekeeping: Purge,
        key_expiry: KeyExpiry,
    ) -> None:
        self.settings = settings
        self._database = database
        self._parts = parts
        self._speaker = speaker
        self._housekeeping = housekeeping
        self._key_expiry = key_expiry

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
        return Workspace(workspace_id, actor or _owner(workspace_id, visit or Visit()), self._parts)

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
        self._housekeeping.start()
        self._key_expiry.start()

    def close(self) -> None:
        """Stop, as a crash would but orderly: open jobs continue at the next start."""
        self._parts.watcher.close()
        self._housekeeping.close()
        self._key_expiry.close()
        self._parts.engine.close()
        self._parts.billing.provider_accounts.close()
        self._parts.engine.loop.close()
        self._speaker.close()
        self._parts.caption_writer.close()
        self._database.close()

    def purge(self) -> int:
        """Delete permanently what was deleted more than a day ago; returns how many videos that
        were."""
        return self._housekeeping.purge()


def open_studio(
    settings: Settings | None = None,
    renderers: Callable[[Store], Mapping[str, Renderer]] | None = None,
    pace: Mapping[str, Any] = MappingProxyType({}),
    catalogue: Catalogue = BUILT_IN,
    *,
    heartbeat: Heartbeat = HEARTBEAT,
    start: bool = True,
) -> Studio:
    """Build a studio from the settings, and resume every open job.

    Args:
        settings: else those of the environment.
        renderers: what renders beside fal, and in its place, for `our_renderers`; the tests give
            others.
        pace: how patient the renderer of fal is, by its own arguments; the tests are in a hurry.
        catalogue: the models and voices that can be chosen.
        heartbeat: when another process on the same data is taken for dead.
        start: False leaves that to `Studio.start`: until then nothing runs here, and jobs are only
            read and ordered.

    Raises:
        ConfigurationError: a setting is wrong.
    """
    settings = settings or read_settings()
    credentials = _credentials(settings)
    folder = settings.data_dir.absolute()
    make_folder(folder, "DATA_DIR")
    store = open_store(settings.media_url or (folder / "media").as_uri())
    database = Database(settings.database_url or sqlite_url(folder / "journal.db"))
    ledger = LedgerRepository(database)
    fal = FalRenderer(
        store,
        credentials,
        UploadRepository(database),
        settings.fal_proxy_url,
        is_known=ledger.is_known,
        usual_seconds=ledger.usual_seconds,
        said=PronunciationRepository(database).said,
        catalogue=catalogue,
        **pace,
    )
    drafts = renderers(store) if renderers else our_renderers(database, store)
    shared = None if database.is_sqlite else settings.database_url
    kinds = job_kinds(database, store, catalogue, fal, drafts)
    journal = Journal(database, partial(write_video, catalogue=catalogue))
    engine = Engine(database, journal, store, kinds, folder, credentials, shared, heartbeat)
    provider_accounts = ProviderAccounts(fal, engine.loop, catalogue)
    billing = Billing(
        credentials, _budget(settings), ledger, provider_accounts, one_person=settings.single_user
    )
    speaker = Speaker()
    parts = studio_parts(database, journal, store, engine, billing, speaker, catalogue)
    studio = Studio(
        settings,
        database,
        parts,
        speaker,
        Purge(database, store),
        KeyExpiry(credentials, ledger.has_open_orders),
    )
    if start:
        studio.start()
    return studio


def _budget(settings: Settings) -> Budget:
    return Budget(
        settings.cap_render,
        settings.cap_person_day,
        app_day=settings.cap_app_day,
        app_month=settings.cap_app_month,
    )


def _owner(workspace_id: str, visit: Visit) -> Actor:
    """Return the actor who opens a workspace: the holder of its URL, or the only person of this
    machine."""
    return Actor(id=workspace_id, display_name="You", role=OWNER, visit=visit)


def _credentials(settings: Settings) -> Credentials:
    """Return the credentials: the operator's key, and who may spend it.

    Raises:
        ConfigurationError: it is open to everybody without a limit.
    """
    if settings.fal_visitors_may_pay and settings.cap_app_month is None:
        raise ConfigurationError(
            "FAL_VISITORS_MAY_PAY lets every visitor spend your key: set CAP_APP_MONTH, the "
            "dollars that all of them may spend in a month."
        )
    operator = settings.fal_key
    if operator is None and settings.fal_proxy_url:
        operator = PROXY_HOLDS_KEY
    everybody = settings.single_user or settings.fal_visitors_may_pay
    return Credentials(operator, everybody=everybody, operators_workspace=LOCAL_WORKSPACE)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
