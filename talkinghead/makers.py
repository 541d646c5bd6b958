"""What renders on this machine, and what becomes of it; the studio wires it to the engine."""

from talkinghead.jobs.caption_shelf import CaptionShelf
from talkinghead.jobs.database import Database
from talkinghead.jobs.family import FILM
from talkinghead.jobs.film import FilmRecords
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.keep import Keeper
from talkinghead.jobs.keep_version import draft_keeper, version_keeper
from talkinghead.jobs.shelf import Shelf
from talkinghead.jobs.speaking import SpeechKeeper
from talkinghead.jobs.speech_shelf import SpeechShelf
from talkinghead.jobs.videos import Videos
from talkinghead.media.store import Store
from talkinghead.models import DraftInput, FinishInput
from talkinghead.models.spoken_script import SpokenScriptInput
from talkinghead.renderers.base import Renderer
from talkinghead.renderers.draft import DraftRenderer
from talkinghead.renderers.film import FilmRenderer
from talkinghead.renderers.finish import FinishRenderer
from talkinghead.renderers.speech import SpeechRenderer


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
