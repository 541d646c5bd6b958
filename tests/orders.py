"""The whole way from a plan to an order in one call: plan, consent, quote, permit, order.

The portraits of the tests are paintings and patterns, so the consent that a paid order needs says
that nobody real is in them; tests of consent itself are in `tests/consent`.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from talkinghead import Workspace
from talkinghead.catalogue import ModelInput, SpeechLength
from talkinghead.catalogue.export import Shape
from talkinghead.comparisons.rerender import RerenderPlan
from talkinghead.comparisons.values import Comparison, ComparisonQuote
from talkinghead.consent.values import Ground, Statement
from talkinghead.core.money import Estimate
from talkinghead.exports.values import WantedVersion
from talkinghead.jobs.job import Job
from talkinghead.renders.values import RenderQuote
from talkinghead.speech.audition import Heard
from talkinghead.speech.values import SpeechQuote


def say_nobody(here: Workspace, endpoint_id: str, content: object) -> None:
    """Say of the portraits in some inputs that nobody real is in them, where nobody has said so."""
    for portrait in here.consent.missing(endpoint_id, content):
        here.consent.give(portrait, Statement(Ground.NOBODY))


def quote_render(
    here: Workspace, given: ModelInput, length: SpeechLength, *, another_take: bool = False
) -> RenderQuote:
    """What a video costs now."""
    plan = here.renders.plan(given, length, another_take=another_take)
    return RenderQuote(plan, here.billing.quote(plan.lines))


def estimate_render(here: Workspace, given: ModelInput, length: SpeechLength) -> Estimate:
    """Its seconds and dollars."""
    return quote_render(here, given, length).estimate


def order_render(
    here: Workspace,
    given: ModelInput,
    length: SpeechLength,
    title: str,
    *,
    agreed: Decimal | None = None,
    ceiling: Decimal | None = None,
    another_take: bool = False,
) -> Job:
    """Order a video."""
    plan = here.renders.plan(given, length, another_take=another_take)
    say_nobody(here, given.endpoint_id, given.arguments())
    permit = here.billing.authorise(here.billing.quote(plan.lines), agreed, ceiling=ceiling)
    return here.renders.order(plan, permit, title)


def quote_speech(here: Workspace, script: str, voice_id: str) -> SpeechQuote:
    """What a speech costs now."""
    plan = here.speech.plan(script, voice_id)
    return SpeechQuote(plan, here.billing.quote(plan.lines))


def order_speech(here: Workspace, script: str, voice_id: str, agreed: Decimal | None = None) -> Job:
    """Order a speech."""
    plan = here.speech.plan(script, voice_id)
    permit = here.billing.authorise(here.billing.quote(plan.lines), agreed)
    return here.speech.order(plan, permit)


def hear_bought(here: Workspace, voice_id: str, words: str, agreed: Decimal | None) -> Heard:
    """A bought voice in these words, ordered where it has not said them."""
    heard = here.voices.hear(voice_id, words)
    if heard.plan is None or heard.job:
        return heard
    permit = here.billing.authorise(here.billing.quote(heard.plan.lines), agreed)
    return Heard(job=here.voices.order(heard.plan, permit))


def quote_comparison(
    here: Workspace, inputs: Sequence[ModelInput], speech: SpeechLength
) -> ComparisonQuote:
    """What several videos cost now."""
    plan = here.comparisons.plan(inputs, speech)
    return ComparisonQuote(plan, here.billing.quote(plan.lines))


def order_comparison(
    here: Workspace,
    inputs: Sequence[ModelInput],
    speech: SpeechLength,
    title: str,
    *,
    agreed: Decimal | None = None,
    ceiling: Decimal | None = None,
    blind: bool = False,
) -> Comparison:
    """Order several videos."""
    plan = here.comparisons.plan(inputs, speech)
    for one in inputs:
        say_nobody(here, one.endpoint_id, one.arguments())
    permit = here.billing.authorise(here.billing.quote(plan.lines), agreed, ceiling=ceiling)
    return here.comparisons.order(plan, permit, title, blind=blind)


def quote_rerenders(
    here: Workspace, video_id: str
) -> list[tuple[RerenderPlan, RenderQuote | None]]:
    """What a video costs again on every other model."""
    plans = here.rerenders.plans(video_id)
    return [
        (
            one,
            RenderQuote(one.render, here.billing.quote(one.render.lines)) if one.render else None,
        )
        for one in plans
    ]


def order_rerender(
    here: Workspace,
    video_id: str,
    endpoint_id: str,
    *,
    agreed: Decimal | None = None,
    ceiling: Decimal | None = None,
) -> Comparison:
    """Order a video again on another model."""
    plan = here.rerenders.plan(video_id, endpoint_id)
    say_nobody(here, endpoint_id, plan.input.arguments())
    permit = here.billing.authorise(here.billing.quote(plan.lines), agreed, ceiling=ceiling)
    return here.rerenders.order(video_id, plan, permit)


def export(here: Workspace, video_id: str, shape: Shape) -> Job:
    """Order a video in another shape."""
    [job] = here.exports.order(video_id, [WantedVersion(shape=shape)])
    return job


def retry(
    here: Workspace,
    job_id: str,
    *,
    agreed: Decimal | None = None,
    ceiling: Decimal | None = None,
    comparison: str | None = None,
) -> Job:
    """Order a job again; without dollars for what it was said to cost."""
    plan = here.jobs.plan_retry(job_id)
    most: Any = {"ceiling": ceiling} if ceiling else {"agreed": agreed}
    if agreed is None and ceiling is None:
        head = here.jobs.find(plan.job.parent or job_id)
        most = {"agreed": head.estimate}
    permit = here.billing.authorise(here.billing.quote(plan.lines), **most)
    if comparison:
        return here.comparisons.retry(comparison, plan, permit)
    return here.jobs.retry(plan, permit)


def send_again(
    here: Workspace, job_id: str, *, agreed: Decimal | None = None, ceiling: Decimal | None = None
) -> None:
    """Send an unconfirmed order again; without dollars for what it was said to cost."""
    plan = here.jobs.plan_resend(job_id)
    most: Any = {"ceiling": ceiling} if ceiling else {"agreed": agreed or plan.job.estimate}
    permit = here.billing.authorise(here.billing.quote(plan.lines), **most)
    here.jobs.send_again(plan, permit)
