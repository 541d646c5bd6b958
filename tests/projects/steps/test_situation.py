"""The bar's sentence and its buttons in every state of a project."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from talkinghead.billing.values import PricedLine, Quote
from talkinghead.catalogue import BUILT_IN, Geometry, InfinitalkInput
from talkinghead.jobs.job import Job, JobState
from talkinghead.projects.steps.next_step import Step, Takes, is_same_video, takes_of
from talkinghead.projects.steps.situation import Situation, shape_name
from talkinghead.projects.values import Project
from talkinghead.renders.segments import whole
from talkinghead.renders.values import RenderPlan, RenderQuote
from tests.jobs.made import a_job

WRITTEN = Project(catalogue=BUILT_IN, script="Meet the new desk. It ships in a day.")
FLASHHEAD = WRITTEN.model.endpoint_id
OVER = "Over your daily limit."


def quoted(project: Project, **changes: Any) -> RenderQuote:
    """What the video of a project costs, at list prices."""
    speech = project.length_on(project.model)
    input = project.provisional(project.model)
    estimate = input.estimate(speech)
    plan = RenderPlan(input, speech, [whole(input, speech)], [estimate], [None], {}, [0], ())
    line = PricedLine(plan.lines[0], estimate.per_second, estimate.unit_price)
    quote = Quote((line,), (line,), "list price", "session", None, None, Decimal(0), None)
    return RenderQuote(plan, replace(quote, **changes))


def now(project: Project = WRITTEN, price: RenderQuote | None = None, **changes: Any) -> Situation:
    """A project of which nothing was made yet, and a key that pays."""
    made = Situation(
        project=project,
        takes=Takes(),
        missing=(),
        draft_refusal=None,
        problems={},
        quoted=price or quoted(project),
        has_key=True,
    )
    return replace(made, **changes)


def draft(state: JobState = JobState.DONE) -> Job:
    return a_job("local", state=state)


def render(state: JobState, **changes: Any) -> Job:
    paid = {"endpoint_id": FLASHHEAD, "estimate": Decimal("0.031"), "charged": False}
    return a_job("local", state=state, **{**paid, **changes})


DRAFTED = Takes(ended=draft(), draft=draft())


@pytest.mark.parametrize(
    ("situation", "step", "sentence"),
    [
        (
            now(missing=("Add a portrait.", "Add a script.")),
            Step.EMPTY,
            "Add a portrait and a script.",
        ),
        (now(missing=("Add a recording.",)), Step.EMPTY, "Add a recording."),
        (now(), Step.READY, "FlashHead · square · about 4 s"),
        (now(has_key=False), Step.READY, "FlashHead · square · about 4 s"),
        (
            now(takes=DRAFTED),
            Step.DRAFTED,
            "Draft ready · next: FlashHead · square · about 4 s",
        ),
        (now(takes=DRAFTED, has_key=False), Step.NO_KEY, "Add a fal.ai key to render."),
        (
            now(takes=Takes(running=render(JobState.RENDERING))),
            Step.RENDERING,
            "Rendering on FlashHead",
        ),
        (now(takes=Takes(running=draft(JobState.RENDERING))), Step.RENDERING, "Making your draft"),
        (now(takes=Takes(ended=render(JobState.DONE))), Step.DONE, "Done · FlashHead · $0.04"),
        (
            now(takes=Takes(ended=render(JobState.FAILED))),
            Step.FAILED,
            "Render failed. You weren't charged.",
        ),
        (
            now(takes=Takes(ended=draft(JobState.CANCELLED))),
            Step.FAILED,
            "Draft canceled.",
        ),
        (now(price=quoted(WRITTEN, over_cap=OVER)), Step.OVER_BUDGET, OVER),
        (
            now(price=quoted(WRITTEN, over_cap=OVER), has_key=False),
            Step.READY,
            "FlashHead · square · about 4 s",
        ),
    ],
)
def test_each_step_has_its_sentence(situation: Situation, step: Step, sentence: str) -> None:
    assert (situation.step, situation.sentence) == (step, sentence)


def test_what_failed_is_what_to_make_next() -> None:
    for state in (JobState.FAILED, JobState.CANCELLED):
        of_draft, of_render = (now(takes=Takes(ended=made(state))) for made in (draft, render))
        assert of_draft.draft_comes_first
        assert not of_draft.render_comes_next
        assert of_render.render_comes_next
        assert not of_render.draft_comes_first


def test_what_is_under_way_or_done_has_nothing_to_come_first() -> None:
    for takes in (Takes(running=draft(JobState.RENDERING)), Takes(ended=render(JobState.DONE))):
        assert not now(takes=takes).draft_comes_first
        assert not now(takes=takes).render_comes_next


def test_a_change_that_happened_by_itself_comes_first() -> None:
    note = "FlashHead doesn't accept recordings. Switched to StableAvatar."
    assert now(note=note).sentence == note
    assert now(note=note, takes=DRAFTED).sentence.startswith("Draft ready")


def test_a_draft_asked_for_too_early_is_answered() -> None:
    missing = ("Add a portrait.", "Add a recording.")
    assert now(missing=missing).too_early == "Add a portrait and a recording first."
    assert now(missing=("Fix the portrait.",)).too_early == "Fix the portrait first."
    long = now(missing=("Scripts have at most 12,000 characters.",))
    assert long.too_early == "Scripts have at most 12,000 characters."
    assert now(draft_refusal="Drafts speak English.").too_early == "Drafts speak English."
    assert not now(draft_refusal="Drafts speak English.").may_draft


def test_the_price_of_the_button_is_that_of_the_quote() -> None:
    assert now().price == " · ~$0.02"
    nothing_new = quoted(WRITTEN, paid=())
    assert now(price=nothing_new).price == " · free"
    unknown = quoted(WRITTEN)
    unpriced = replace(unknown.quote.lines[0], rate=None)
    assert now(price=quoted(WRITTEN, paid=(unpriced,))).price == " · price unknown"
    assert now(WRITTEN.with_(script="")).price == ""


def test_what_keeps_a_render_back_is_said_after_the_video() -> None:
    unsaid = now(WRITTEN.with_(endpoint_id=InfinitalkInput.endpoint_id))
    assert unsaid.sentence.endswith("· needs a voice-over")
    assert not unsaid.may_render
    broken = now(problems={"num_frames": "The most is 721."})
    assert broken.sentence.endswith("· FlashHead settings need attention: num frames.")


@pytest.mark.parametrize(
    ("size", "name"),
    [
        ((512, 512), "square"),
        ((832, 480), "16:9"),
        ((720, 1280), "9:16"),
        ((800, 600), "800 × 600"),
    ],
)
def test_shapes_have_names(size: tuple[int, int], name: str) -> None:
    assert shape_name(Geometry(*size)) == name


def test_a_draft_stays_that_of_a_project_whose_model_changes_and_a_render_does_not() -> None:
    other = WRITTEN.with_parameters(WRITTEN.model, {"seed": 3})
    assert is_same_video(other, WRITTEN, draft())
    assert not is_same_video(other, WRITTEN, render(JobState.DONE))
    assert not is_same_video(WRITTEN.with_(script="Something else."), WRITTEN, draft())


def test_the_newest_takes_of_exactly_this_count() -> None:
    old, new, failed = draft(), draft(), render(JobState.FAILED)
    edited = WRITTEN.with_(script="Something else.")
    takes = takes_of(WRITTEN, [(old, WRITTEN), (new, WRITTEN), (failed, edited)])
    assert (takes.running, takes.ended, takes.draft) == (None, new, new)
    again = render(JobState.RENDERING)
    assert takes_of(WRITTEN, [(new, WRITTEN), (again, WRITTEN)]).running == again
