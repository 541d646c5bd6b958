"""Prices and orders: the one place where the command line asks what something costs, has the
person agree to it, and orders it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

from talkinghead.core.errors import InvalidParameters, RenderRefused
from talkinghead.core.money import show_dollars

if TYPE_CHECKING:
    from collections.abc import Sequence

    from talkinghead.billing.permit import Permit
    from talkinghead.billing.values import Line
    from talkinghead.catalogue import ModelInput
    from talkinghead.jobs.job import Job
    from talkinghead.projects.orders import VideoOrder
    from talkinghead.projects.values import Project
    from talkinghead.workspace import Workspace

Agree = Annotated[
    str | None,
    typer.Option(
        "--agree",
        metavar="DOLLARS",
        help="The most to pay, in dollars, without being asked, such as 1.34.",
        show_default=False,
    ),
]


@dataclass(frozen=True)
class Asking:
    """The current price of an order.

    Attributes:
        dollars: for what is new of it; None if unknown.
        seconds: that are billed; None for what is billed by characters.
        approximate: it rests on a guessed length.
        source: where the price comes from.
        why_not: why it cannot be ordered now, or None.
    """

    dollars: Decimal | None
    seconds: Decimal | None = None
    approximate: bool = False
    source: str = "list price"
    why_not: str | None = None


class Consent:
    """The dollars that a person agrees to, before or when asked.

    Args:
        agreed: as it was typed after --agree; None asks each time.
        may_ask: somebody is there who can answer.

    Raises:
        InvalidParameters: it is no amount of dollars.
    """

    def __init__(self, agreed: str | None, *, may_ask: bool) -> None:
        self._left = None if agreed is None else _amount(agreed)
        self._may_ask = may_ask

    def check(self, dollars: Decimal) -> None:
        """Whether so much was agreed to; nothing is asked yet.

        Raises:
            RenderRefused: it was not.
        """
        if self._left is not None and dollars > self._left:
            raise RenderRefused(
                f"It costs {show_dollars(dollars)}, and --agree allows {show_dollars(self._left)}. "
                "Nothing was ordered."
            )

    def to(self, what: str, dollars: Decimal) -> Decimal:
        """The dollars that may be spent for something; asks where nothing was agreed to before.

        Raises:
            RenderRefused: not so much was agreed to.
        """
        self.check(dollars)
        if dollars == 0:
            return dollars
        if self._left is not None:
            self._left -= dollars
        elif not self._may_ask or not _answer(f"{what} for {show_dollars(dollars)}?"):
            raise RenderRefused(
                f"It costs {show_dollars(dollars)}, which hasn't been confirmed, so nothing was "
                f"ordered. Add --agree {show_dollars(dollars).removeprefix('$').replace(',', '')}."
            )
        return dollars

    def ceiling(self) -> Decimal:
        """Return the ceiling for an order of unknown price; it can be used once.

        Raises:
            RenderRefused: no ceiling was named with --agree.
        """
        if not self._left:
            raise RenderRefused(
                "We don't know the price, so nothing was ordered. Add --agree with the most "
                "you'll pay, such as --agree 2."
            )
        ceiling, self._left = self._left, Decimal(0)
        return ceiling


def price_of(workspace: "Workspace", project: "Project", model: "type[ModelInput]") -> Asking:
    """Return the price of the project's video on a model, without a voice-over it may need."""
    from talkinghead.renders.values import RenderQuote

    plan = workspace.renders.plan(project.provisional(model), project.length_on(model))
    quoted = RenderQuote(plan, workspace.billing.quote(plan.lines))
    return Asking(
        quoted.quote.dollars,
        quoted.estimate.seconds,
        project.is_guess(model),
        quoted.quote.price_source,
        quoted.quote.why_not,
    )


def price_of_voice_over(workspace: "Workspace", script: str, voice: str) -> Asking:
    """Return the price of a voice-over; sentences made before cost nothing."""
    from talkinghead.speech.values import SpeechQuote

    plan = workspace.speech.plan(script, voice)
    quoted = SpeechQuote(plan, workspace.billing.quote(plan.lines))
    return Asking(Decimal(0) if plan.ready_id else quoted.dollars, why_not=quoted.why_not)


def order_video(
    workspace: "Workspace", project: "Project", consent: Consent, *, another_take: bool
) -> "Job":
    """Order the project's video once it was agreed to.

    Args:
        workspace: whose.
        project: what is made.
        consent: to what it costs.
        another_take: also where the very same is under way.

    Returns:
        The new job, or the one that makes the very same already (`already_under_way`).

    Raises:
        InvalidInput: something is missing or out of its range.
        RenderRefused: it was not agreed to, nobody pays, or a cap is in the way.
    """
    from talkinghead.jobs.job import JobUnderWay

    order = workspace.projects.render_order(project)
    if not another_take and (same := _under_way(workspace, order)):
        return JobUnderWay(**vars(same))
    plan = workspace.renders.plan(order.input, order.speech, another_take=another_take)
    permit = _agreed(workspace, f"Render on {project.model.title}", plan.lines, consent)
    job = workspace.renders.order(plan, permit, order.title)
    if not job.already_under_way:
        workspace.projects.create(project, job.id)  # for using its inputs again
    return job


def order_voice_over(workspace: "Workspace", script: str, voice: str, consent: Consent) -> "Job":
    """Order a voice-over once it was agreed to.

    Raises:
        RenderRefused: it was not agreed to, nobody pays, or a cap is in the way.
    """
    plan = workspace.speech.plan(script, voice)
    permit = _agreed(workspace, "Generate the voice-over", plan.lines, consent)
    return workspace.speech.order(plan, permit)


def order_again(workspace: "Workspace", job: "Job", consent: Consent) -> "Job":
    """Order an ended job once more; of what is made of parts, only what is missing.

    Raises:
        RenderRefused: it was not agreed to, nobody pays, or a cap is in the way.
    """
    plan = workspace.jobs.plan_retry(job.id)
    permit = _agreed(workspace, "Render it again", plan.lines, consent)
    return workspace.jobs.retry(plan, permit)


def send_again(workspace: "Workspace", job: "Job", consent: Consent) -> None:
    """Send an unconfirmed order again, which may be charged twice.

    Raises:
        RenderRefused: it was not agreed to, nobody pays, or a cap is in the way.
    """
    plan = workspace.jobs.plan_resend(job.id)
    permit = _agreed(workspace, "Resend (may charge twice)", plan.lines, consent)
    workspace.jobs.send_again(plan, permit)


def _agreed(
    workspace: "Workspace", what: str, lines: "Sequence[Line]", consent: Consent
) -> "Permit":
    """Leave to order what somebody has agreed to pay.

    Raises:
        RenderRefused: nobody did, nobody pays, or a cap is in the way.
    """
    quote = workspace.billing.quote(lines)
    if quote.why_not:
        raise RenderRefused(quote.why_not)
    if quote.dollars is None:
        return workspace.billing.authorise(quote, ceiling=consent.ceiling())
    return workspace.billing.authorise(quote, consent.to(what, quote.dollars))


def _under_way(workspace: "Workspace", order: "VideoOrder") -> "Job | None":
    from talkinghead.jobs.kinds import model_order

    this = (order.input.endpoint_id, order.input.arguments())
    open_jobs = workspace.jobs.list(open_only=True)
    same = (job for job in open_jobs if model_order(job.endpoint_id, job.arguments) == this)
    return next(same, None)


def _amount(text: str) -> Decimal:
    cleaned = text.strip().removeprefix("$")
    if not cleaned.replace(".", "", 1).isdigit() or not cleaned.isascii():
        raise InvalidParameters(
            ("Write the amount after --agree in dollars, such as 1.34."), field="agree"
        )
    return Decimal(cleaned)


def _answer(question: str) -> bool:
    try:
        return typer.confirm(question)
    except typer.Abort:  # nobody is there to answer
        return False
