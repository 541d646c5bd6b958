"""Whatever is brought, typed, set or answered: it works, or a sentence says what to do."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from talkinghead.core.errors import InvalidInput, NotFound, StudioError
from talkinghead.fal.watch import Missing, Trouble
from tests.hostile import answers, choices, media, words
from tests.hostile.here import Here, Rows
from tests.jobs.studios import hosted_studio
from tests.paid_studio import ROOT

TABLE: dict[str, Rows] = {
    "picture": media.pictures(),
    "sound": media.sounds(),
    "script": words.scripts(),
    "name": words.names(),
    "setting": choices.settings(),
    "parameter": choices.parameters(),
    "answer": answers.answers(),
}
ROWS = [(kind, name) for kind, rows in TABLE.items() for name in rows]
MACHINE_WORDS = re.compile(
    r"traceback|errno|exception|ffmpeg|pillow|\bPIL\b|codec|pydantic|httpx|json\b|object at|0x|"
    r"/tmp|<|\bNone\b|\bnan\b|asset:|sqlite",
    re.IGNORECASE,
)
NEXT_STEP = re.compile(
    r"again|upload|choose|record\b|save|shorten|split|write|use\b|cut|check|correct|enter|look|"
    r"fetch|give|ask|change|top it up|the (least|most) is|needed|must|fit|draw|at least|at most|"
    r"fill in|remove|\badd\b",
    re.IGNORECASE,
)
QUOTED = re.compile("“.*”")
NO_KEY = re.compile("fedcba98")


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Here]:
    """One workspace for the whole table."""
    folder = tmp_path_factory.mktemp("hostile")
    with closing(hosted_studio(folder)) as studio:
        workspace = studio.workspace(studio.new_token())
        painting = (ROOT / "components/portraits/samples/mona-lisa.jpg").read_bytes()
        portrait = workspace.portraits.add(painting, "mona-lisa.jpg")
        yield Here(studio, workspace, portrait, folder)


def sentence_of(play: Callable[[Here], object], here: Here) -> str | None:
    """What a person reads, or None where it works. Every other error fails the test."""
    try:
        play(here)
    except (Trouble, Missing) as passing:  # told in the log, and asked again
        return f"{passing} Trying again."
    except NotFound as error:
        return f"{error} Look again."  # an address of nothing: the page begins anew
    except StudioError as error:
        if isinstance(error, InvalidInput) and not error.field:
            pytest.fail("It stands beside no field.")
        return str(error)
    return None


# Pillow says on the console what is odd about a picture that it opens or refuses.
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize(("kind", "name"), ROWS)
def test_it_works_or_a_sentence_says_what_to_do(here: Here, kind: str, name: str) -> None:
    text = sentence_of(TABLE[kind][name], here)
    if text is None:
        return
    assert text.endswith("."), text
    assert text[0].isupper() or text.startswith(("fal.ai", "“")), text
    assert len(text) < 400, text
    assert NEXT_STEP.search(text), text
    ours = QUOTED.sub("", text)
    assert not MACHINE_WORDS.search(ours), text
    assert not NO_KEY.search(text), text


def test_there_are_at_least_three_hundred_rows_of_every_kind() -> None:
    assert len(ROWS) >= 300
    assert min(len(rows) for rows in TABLE.values()) >= 35
