"""Builds a studio from the settings: the way in for pages, the command line and tests."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from types import MappingProxyType
from typing import Any

from talkinghead.billing.checkout import Billing
from talkinghead.billing.credentials import Credentials
from talkinghead.billing.key_expiry import KeyExpiry
from talkinghead.billing.provider_account import ProviderAccounts
from talkinghead.billing.repository import LedgerRepository
from talkinghead.catalogue import BUILT_IN, Catalogue
from talkinghead.content_credentials.key_setup import open_credentials
from talkinghead.core.database import Database, sqlite_url
from talkinghead.core.errors import ConfigurationError
from talkinghead.core.money import Budget
from talkinghead.core.settings import Settings, read_settings
from talkinghead.core.store import Store, make_folder, open_store
from talkinghead.core.workers.budget import MACHINE, default_total_mb
from talkinghead.fal.privacy.cleanup import ProviderCleanup
from talkinghead.fal.privacy.output_expiry import OutputExpiry
from talkinghead.fal.privacy.output_repository import OutputRepository
from talkinghead.fal.privacy.provider_privacy import ProviderPrivacy
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
from talkinghead.studio import LOCAL_WORKSPACE, Studio
from talkinghead.videos.repository import write_video
from talkinghead.wiring import job_kinds, our_renderers, studio_parts


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
    MACHINE.resize(settings.memory_mb or default_total_mb())
    store = open_store(settings.media_url or (folder / "media").as_uri())
    database = Database(settings.database_url or sqlite_url(folder / "journal.db"))
    signing = open_credentials(settings, database)
    ledger = LedgerRepository(database)
    fal = _fal(settings, credentials, database, store, ledger, catalogue, pace)
    drafts = (
        renderers(store)
        if renderers
        else our_renderers(database, store, settings.usage.draft_seconds)
    )
    shared = None if database.is_sqlite else settings.database_url
    kinds = job_kinds(database, store, catalogue, fal, drafts, signing.desk)
    journal = Journal(database, partial(write_video, catalogue=catalogue))
    engine = Engine(
        database, journal, store, kinds, folder, credentials, shared, heartbeat, settings.usage
    )
    provider_accounts = ProviderAccounts(fal, engine.loop, catalogue)
    billing = Billing(
        credentials, _budget(settings), ledger, provider_accounts, one_person=settings.single_user
    )
    privacy = ProviderPrivacy(database, store, fal, engine.loop, credentials.key_of_account)
    speaker = Speaker()
    parts = studio_parts(
        database, journal, store, engine, billing, speaker, catalogue, signing, privacy
    )
    studio = Studio(
        settings,
        database,
        parts,
        speaker,
        Purge(database, store),
        KeyExpiry(credentials, ledger.has_open_orders),
        ProviderCleanup(privacy, delete_outputs=settings.fal_delete_outputs),
    )
    if start:
        studio.start()
    return studio


def _fal(
    settings: Settings,
    credentials: Credentials,
    database: Database,
    store: Store,
    ledger: LedgerRepository,
    catalogue: Catalogue,
    pace: Mapping[str, Any],
) -> FalRenderer:
    return FalRenderer(
        store,
        credentials,
        UploadRepository(database),
        settings.fal_proxy_url,
        is_known=ledger.is_known,
        usual_seconds=ledger.usual_seconds,
        expiry=OutputExpiry(OutputRepository(database), timedelta(days=settings.fal_output_days)),
        said=PronunciationRepository(database).said,
        catalogue=catalogue,
        **pace,
    )


def _budget(settings: Settings) -> Budget:
    return Budget(
        settings.cap_render,
        settings.cap_person_day,
        app_day=settings.cap_app_day,
        app_month=settings.cap_app_month,
    )


def _credentials(settings: Settings) -> Credentials:
    """Return the credentials: the operator's key, and who may spend it.

    Raises:
        ConfigurationError: it is open to everybody without a limit.
    """
    if settings.fal_visitors_may_pay and settings.cap_app_month is None:
        raise ConfigurationError(
            "FAL_VISITORS_MAY_PAY lets every visitor spend with your key. Set CAP_APP_MONTH, the "
            "most they may spend together per month in dollars."
        )
    operator = settings.fal_key
    if operator is None and settings.fal_proxy_url:
        operator = PROXY_HOLDS_KEY
    everybody = settings.single_user or settings.fal_visitors_may_pay
    return Credentials(operator, everybody=everybody, operators_workspace=LOCAL_WORKSPACE)
