"""Who makes each kind of job, and what becomes of it; the studio wires it to the engine."""

from collections.abc import Mapping

from talkinghead.captions.repository import CaptionShelf
from talkinghead.catalogue import (
    Catalogue,
    DraftInput,
    FilmOrder,
    FinishInput,
)
from talkinghead.catalogue.speech import SpokenScriptInput
from talkinghead.core.assets import Shelf
from talkinghead.core.database import Database
from talkinghead.core.store import Store
from talkinghead.draft.renderer import DraftRenderer
from talkinghead.exports.on_complete import draft_keeper, version_keeper
from talkinghead.exports.renderer import FinishRenderer
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.registry import JobHandler, JobKinds
from talkinghead.jobs.renderer import Renderer
from talkinghead.renders.on_complete import FilmRecords
from talkinghead.renders.renderer import FilmRenderer
from talkinghead.speech.on_complete import SpeechKeeper
from talkinghead.speech.renderer import SpeechRenderer
from talkinghead.speech.store import SpeechShelf
from talkinghead.videos.repository import Videos


def our_renderers(store: Store, voices: SpeechShelf) -> dict[str, Renderer]:
    """What renders drafts here, by endpoint id.

    Args:
        store: where everything is.
        voices: how a script is said, and what is said in a speech.
    """
    said, said_in = voices.pronunciations.said_here, voices.said_in
    return {DraftInput.endpoint_id: DraftRenderer(store, said=said, said_in=said_in)}


def job_kinds(
    database: Database,
    store: Store,
    voices: SpeechShelf,
    catalogue: Catalogue,
    provider: Renderer,
    drafts: Mapping[str, Renderer],
) -> JobKinds:
    """All that can be ordered in this studio.

    Args:
        database, store: what handlers read and write.
        voices: what speeches are made of.
        catalogue: what can be bought.
        provider: renders that.
        drafts: what else renders, and in whose place, by endpoint id.
    """
    journal = Journal(database)
    films = FilmRecords(journal, Videos(database), store)
    speeches = SpeechKeeper(store, Shelf(database), journal)
    exports = FinishRenderer(store, known_face=CaptionShelf(database).face_path)
    speaker = SpeechRenderer(store, voices.sentences.known, journal.some)
    joiner = FilmRenderer(store, films.parts, films.file_of)
    made = {DraftInput.endpoint_id: draft_keeper(store)}
    return JobKinds(
        (
            *(JobHandler(model, provider) for model in catalogue.models),
            *(JobHandler(v, provider, speeches.keep_sentence) for v in catalogue.voice_models),
            JobHandler(FilmOrder, joiner, films.keep),
            JobHandler(SpokenScriptInput, speaker, speeches.keep_speech),
            JobHandler(FinishInput, exports, version_keeper(store)),
            *(JobHandler(catalogue.order_of(one), drafts[one], made.get(one)) for one in drafts),
        )
    )
