"""Bills that cannot be meant: the estimate counts, and billing history says so."""

from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import pytest

from talkinghead.catalogue import FlashheadInput, SpeechLength
from talkinghead.jobs.job import JobState
from tests.fal_server.options import Options
from tests.fal_server.server import FalServer
from tests.jobs.studios import wait_for_end as ended
from tests.orders import quote_render
from tests.paid_studio import Person, hosted, opened, reset

KEY = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"
SPOKEN = SpeechLength(Decimal("1.5"), "script")


@pytest.fixture(scope="module")
def server() -> Iterator[FalServer]:
    with FalServer(Options(log_interval=0.05)) as running:
        yield running


@pytest.fixture
def person(tmp_path: Path, server: FalServer) -> Iterator[Person]:
    """Somebody with a key."""
    with closing(opened(hosted(tmp_path, reset(server)))) as studio:
        workspace = studio.workspace(studio.new_token())
        workspace.billing.enter_key(KEY)
        yield Person(workspace, KEY)


@pytest.mark.parametrize("units", ["nan", "inf", "1e400", "-5", "1e300", "500000"])
def test_a_render_is_done_and_counts_its_estimate(
    person: Person, server: FalServer, units: str
) -> None:
    server.options.reported_units = units
    here = person.workspace
    job = ended(here, person.order(FlashheadInput))
    assert (job.state, job.problem) == (JobState.DONE, None)
    [entry] = here.billing.ledger()
    assert (entry.billed, entry.charged, entry.unusable_units) == (None, True, units)
    [video] = here.gallery.list().videos
    assert video.dollars == entry.estimate
    offer = quote_render(here, person.input(FlashheadInput), SPOKEN)
    assert offer.quote.spent_today == entry.estimate
