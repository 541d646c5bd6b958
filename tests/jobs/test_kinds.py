"""What is known of a job by the endpoint that its row names."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from sqlalchemy import select

from talkinghead.catalogue import (
    BUILT_IN,
    MODELS,
    DraftInput,
    ExportInput,
    InfinitalkInput,
    LongVideoInput,
    Order,
)
from talkinghead.catalogue.catalogue import MADE_HERE
from talkinghead.catalogue.speech import SpokenScriptInput
from talkinghead.catalogue.voices.models import SPEECH_MODELS, KokoroInput
from talkinghead.core.database import Database
from talkinghead.jobs.journal import Journal
from talkinghead.jobs.kinds import (
    DRAFT,
    EXPORT,
    KINDS,
    LONG_VIDEO,
    SENTENCE,
    SPEECH,
    VIDEO,
    Queue,
    kind_of,
    made_on,
    model_order,
)
from talkinghead.jobs.registry import JobHandler, JobKinds
from talkinghead.jobs.repository import BOUGHT, of_kind
from talkinghead.jobs.tables import jobs
from tests.jobs.made import a_job
from tests.jobs.permits import FREE_PASS
from tests.jobs.provider import PaidRenderer, Provider

GONE = "fal-ai/gone"
ORDERS: tuple[type[Order], ...] = (*BUILT_IN.with_draft, *BUILT_IN.voice_models, *MADE_HERE)


def kinds_expected() -> Iterator[tuple[type[Order], object]]:
    """Every order there is, and what kind of job it makes."""
    yield from ((model, VIDEO) for model in MODELS)
    yield from ((voice, SENTENCE) for voice in SPEECH_MODELS)
    yield from ((DraftInput, DRAFT), (LongVideoInput, LONG_VIDEO))
    yield from ((SpokenScriptInput, SPEECH), (ExportInput, EXPORT))


@pytest.mark.parametrize(("order", "kind"), list(kinds_expected()))
def test_each_order_makes_a_job_of_its_kind(order: type[Order], kind: object) -> None:
    assert a_job("w", endpoint_id=order.endpoint_id).kind is kind


def test_a_model_that_left_the_catalogue_was_a_bought_video() -> None:
    assert kind_of(GONE) is VIDEO
    assert kind_of(GONE).paid


def test_a_voice_model_of_a_workspaces_own_catalogue_makes_sentences() -> None:
    class OwnVoice(KokoroInput):
        endpoint_id: ClassVar[str] = "fal-ai/kokoro/of-ones-own"

    assert a_job("w", endpoint_id=OwnVoice.endpoint_id).kind is SENTENCE


def test_no_endpoint_is_of_two_kinds() -> None:
    ids = [one for kind in KINDS for one in kind.endpoint_ids]
    assert len(ids) == len(set(ids))


def test_what_is_bought_is_the_same_for_the_journal_as_for_a_job(
    database: Database, workspace: str
) -> None:
    ids = [*(order.endpoint_id for order in ORDERS), GONE]
    for one in ids:
        Journal(database).add(a_job(workspace, endpoint_id=one), FREE_PASS)
    with database.reading() as connection:
        bought = set(connection.scalars(select(jobs.c.endpoint_id).where(BOUGHT)))
        speeches = list(connection.scalars(select(jobs.c.endpoint_id).where(of_kind(SPEECH))))
    assert bought == {one for one in ids if kind_of(one).paid}
    assert speeches == [SpokenScriptInput.endpoint_id]


def test_the_names_of_the_queues_are_those_in_databases() -> None:
    assert {queue.value for queue in Queue} == {"drafts", "paid", "families", "finishing"}


def test_a_job_waits_in_the_queue_of_its_kind_and_what_nobody_makes_among_the_drafts() -> None:
    kinds = JobKinds([JobHandler(InfinitalkInput, PaidRenderer(Provider()))])
    assert kinds.queue(InfinitalkInput.endpoint_id) is Queue.PAID
    assert kinds.queue(GONE) is Queue.DRAFTS


def test_of_two_handlers_of_an_endpoint_the_later_makes_its_jobs() -> None:
    first, second = PaidRenderer(Provider()), PaidRenderer(Provider())
    kinds = JobKinds(JobHandler(InfinitalkInput, each) for each in (first, second))
    handler = kinds.handler(InfinitalkInput.endpoint_id)
    assert handler is not None
    assert handler.renderer is second


def test_a_draft_is_titled_by_the_model_that_it_previews() -> None:
    previews = {"stands_for": InfinitalkInput.endpoint_id}
    assert (
        made_on(BUILT_IN, DraftInput.endpoint_id, previews) == f"Draft of {InfinitalkInput.title}"
    )
    assert made_on(BUILT_IN, DraftInput.endpoint_id, {}) == DraftInput.title


def test_a_video_in_parts_is_one_of_the_model_that_renders_the_parts() -> None:
    wanted = {"image_url": "asset:1"}
    whole = {"endpoint": InfinitalkInput.endpoint_id, "input": wanted, "parts": []}
    assert model_order(LongVideoInput.endpoint_id, whole) == (InfinitalkInput.endpoint_id, wanted)
    assert made_on(BUILT_IN, LongVideoInput.endpoint_id, whole) == InfinitalkInput.title


def test_an_erased_video_in_parts_is_only_known_as_that() -> None:
    assert model_order(LongVideoInput.endpoint_id, {}) == (LongVideoInput.endpoint_id, {})
    assert made_on(BUILT_IN, LongVideoInput.endpoint_id, {}) == LongVideoInput.title


def sources() -> Iterator[tuple[str, ast.Module]]:
    """The modules of the core, the screens and the pages, by path."""
    root = Path(__file__).parents[2]
    for folder in ("talkinghead", "components", "pages"):
        for path in sorted((root / folder).rglob("*.py")):
            yield path.relative_to(root).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def names_a_kind(node: ast.expr) -> bool:
    """Whether it is the text of one kind's endpoint, or that of an order's class."""
    if isinstance(node, ast.Attribute) and node.attr == "endpoint_id":
        return isinstance(node.value, ast.Name) and node.value.id[0].isupper()
    fixed = {one for kind in KINDS for one in kind.endpoint_ids}
    return isinstance(node, ast.Constant) and node.value in fixed


def test_nobody_tells_jobs_apart_by_comparing_endpoints() -> None:
    compared = [
        f"{path}:{node.lineno}"
        for path, module in sources()
        for node in ast.walk(module)
        if isinstance(node, ast.Compare)
        if any(map(names_a_kind, (node.left, *node.comparators)))
    ]
    assert compared == []


def test_every_new_job_is_made_in_one_place() -> None:
    makers = {
        path
        for path, module in sources()
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        if isinstance(node.func, ast.Name) and node.func.id == "Job"
    }
    # The other one reads them from their rows.
    assert makers == {"talkinghead/jobs/new_job.py", "talkinghead/jobs/repository.py"}
