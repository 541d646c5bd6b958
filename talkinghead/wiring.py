"""What renders on this machine, and what becomes of it; the studio wires it to the engine."""

from talkinghead.captions.repository import CaptionShelf
from talkinghead.catalogue import DraftInput, FinishInput
from talkinghead.catalogue.speech import SpokenScriptInput
from talkinghead.core.assets import Shelf
from talkinghead.core.database import Database
from talkinghead.core.store import Store
from talkinghead.draft.renderer import DraftRenderer
from talkinghead.exports.on_complete import draft_keeper, version_keeper
from talkinghead.exports.renderer import FinishRenderer
from talkinghead.jobs.composite import FILM
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.on_complete import Keeper
from talkinghead.jobs.renderer import Renderer
from talkinghead.renders.on_complete import FilmRecords
from talkinghead.renders.renderer import FilmRenderer
from talkinghead.speech.on_complete import SpeechKeeper
from talkinghead.speech.renderer import SpeechRenderer
from talkinghead.speech.store import SpeechShelf
from talkinghead.videos.repository import Videos


def our_renderers(store: Store, voices: SpeechShelf) -> dict[str, Renderer]:
    """What renders here, by endpoint id.

    Args:
        store: where everything is.
        voices: how a script is said, and what is said in a speech.
    """
    said, said_in = voices.pronunciations.said_here, voices.said_in
    return {DraftInput.endpoint_id: DraftRenderer(store, said=said, said_in=said_in)}


def made_here(
    database: Database, store: Store, voices: SpeechShelf
) -> tuple[dict[str, Renderer], dict[str, Keeper]]:
    """What is put together here, and what is kept otherwise than as a plain video; by endpoint
    id."""
    journal = Journal(database)
    films = FilmRecords(journal, Videos(database), store)
    finish, speech = FinishInput.endpoint_id, SpokenScriptInput.endpoint_id
    made: dict[str, Renderer] = {
        finish: FinishRenderer(store, known_face=CaptionShelf(database).face_path),
        speech: SpeechRenderer(store, voices.sentences.known, journal.some),
        FILM: FilmRenderer(store, films.parts, films.file_of),
    }
    keepers: dict[str, Keeper] = {
        DraftInput.endpoint_id: draft_keeper(store),
        finish: version_keeper(store),
        FILM: films.keep,
        **SpeechKeeper(store, Shelf(database), journal).keepers(),
    }
    return made, keepers
