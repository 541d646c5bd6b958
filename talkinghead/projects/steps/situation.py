"""Where a project stands, in one sentence, and what its buttons say."""

from collections.abc import Mapping
from dataclasses import dataclass

from talkinghead.catalogue import Geometry
from talkinghead.core.money import show_cents, show_seconds
from talkinghead.jobs.job import Job, JobState
from talkinghead.jobs.kinds import model_order
from talkinghead.jobs.wording.charges import charge_sentence
from talkinghead.projects.steps.next_step import Step, Takes, is_paid, next_step
from talkinghead.projects.values import Project
from talkinghead.renders.values import RenderQuote

NO_KEY = "Add a fal.ai key to render."
FIX_PORTRAIT = "Fix the portrait."
NO_VOICE_OVER = "Generate the voice-over first."
SPEAKING = "Generating the voice-over."
FIRST_STEPS: Mapping[tuple[str, ...], str] = {
    ("Add a portrait.", "Add a script."): "Add a portrait and a script.",
    ("Add a portrait.", "Add a recording."): "Add a portrait and a recording.",
}
SHAPES = ((1.0, "square"), (9 / 16, "9:16"), (16 / 9, "16:9"))
NEAR = 0.03  # of an aspect, as whole even pixels allow


@dataclass(frozen=True)
class Situation:
    """Where a project stands.

    Attributes:
        project: as it is now.
        takes: what was made of exactly this.
        missing: sentences on what is missing before anything can be made, in order.
        draft_refusal: why there can be no draft of it, or None.
        problems: what is wrong with the model's parameters, by name.
        quoted: what the render costs.
        has_key: there is a key that pays.
        is_speaking: the voice-over is being made.
        note: a sentence on what has just changed by itself, or "".
    """

    project: Project
    takes: Takes
    missing: tuple[str, ...]
    draft_refusal: str | None
    problems: Mapping[str, str]
    quoted: RenderQuote
    has_key: bool
    is_speaking: bool = False
    note: str = ""

    @property
    def step(self) -> Step:
        """The next step."""
        over = self.project.speech is not None and self.quoted.quote.over_cap is not None
        return next_step(
            self.takes,
            missing=bool(self.missing),
            has_key=self.has_key,
            over_budget=over and self.render_refusal == self.quoted.quote.over_cap,
        )

    @property
    def draft_comes_first(self) -> bool:
        """Whether a draft is what to make next, and not a render."""
        if self.step is Step.FAILED:
            return self.takes.ended is not None and not is_paid(self.takes.ended)
        return self.step in (Step.EMPTY, Step.READY, Step.OVER_BUDGET)

    @property
    def render_comes_next(self) -> bool:
        """Whether a render is what to make next; neither is while one is under way."""
        if self.step is Step.FAILED:
            return not self.draft_comes_first
        return self.step in (Step.DRAFTED, Step.NO_KEY)

    @property
    def may_draft(self) -> bool:
        """Whether the draft can be ordered."""
        return not self.missing and self.draft_refusal is None

    @property
    def may_render(self) -> bool:
        """Whether the render can be ordered."""
        return not self.missing and self.render_refusal is None

    @property
    def render_refusal(self) -> str | None:
        """Why it cannot be rendered now, or None; prices count once there is a speech."""
        project, model = self.project, self.project.model
        if not self.has_key:
            return NO_KEY
        if project.speech and project.needs_speech:
            return SPEAKING if self.is_speaking else NO_VOICE_OVER
        if project.speech and self.quoted.estimate.blocked:
            return self.quoted.estimate.blocked
        if project.speech and not self.quoted.quote.allowed:
            return self.quoted.quote.why_not
        if self.problems:
            names = ", ".join(name.replace("_", " ") for name in self.problems)
            return f"{model.title} settings need attention: {names}."
        return None

    @property
    def sentence(self) -> str:
        """What stands in the bar."""
        match self.step:
            case Step.EMPTY:
                return self.note or self._first_missing
            case Step.RENDERING:
                job = self.takes.running
                paid = job is not None and is_paid(job)
                return f"Rendering on {self._title_of(job)}" if paid else "Making your draft"
            case Step.FAILED:
                return _failed(self.takes.ended)
            case Step.DONE:
                title = self._title_of(self.takes.ended)
                return " · ".join(["Done", title, _billed(self.takes.ended)])
            case Step.NO_KEY | Step.OVER_BUDGET:
                return self.render_refusal or ""
            case Step.DRAFTED:
                return " ".join(filter(None, [f"Draft ready · next: {self._video}", self._but]))
        return self.note or " ".join(filter(None, [self._video, self._but]))

    @property
    def too_early(self) -> str:
        """What stands in the bar where a draft was asked for and cannot be made."""
        if not self.missing:
            return self.draft_refusal or ""
        first = self._first_missing
        can_be_done = first.startswith(("Add ", "Fix "))
        return f"{first.removesuffix('.')} first." if can_be_done else first

    @property
    def price(self) -> str:
        """The price of the render, behind a dot for a button's label; "" while there is no
        speech."""
        if self.project.speech is None or self.project.needs_speech:
            return ""
        dollars = self.quoted.quote.dollars
        if dollars == 0:
            return " · free"
        about = self.project.is_guess(self.project.model)
        return f" · {show_cents(dollars, approximate=about)}"

    @property
    def _first_missing(self) -> str:
        return FIRST_STEPS.get(self.missing[:2], self.missing[0])

    @property
    def _but(self) -> str:
        """Why the render cannot be ordered, where a person can do something about it here."""
        refusal = self.render_refusal
        if refusal == NO_VOICE_OVER:  # the button beside it makes it
            return "· needs a voice-over"
        return f"· {refusal}" if refusal and refusal != NO_KEY else ""

    @property
    def _video(self) -> str:
        """The model, the shape and the length: "FlashHead · square · 8 s"."""
        project, facts = self.project, [self.project.model.title, shape_name(self.project.geometry)]
        if project.speech is not None:
            about = "about " if project.is_guess(project.model) else ""
            facts.append(f"{about}{_whole_seconds(self.project)}")
        return " · ".join(facts)

    def _title_of(self, job: Job | None) -> str:
        if job is None:
            return ""
        return self.project.catalogue.title_of(model_order(job.endpoint_id, job.arguments)[0])


def shape_name(geometry: Geometry) -> str:
    """Return the shape in a word: "square", "9:16"; in pixels where it has no name."""
    for aspect, name in SHAPES:
        if abs(geometry.aspect / aspect - 1) < NEAR:
            return name
    return f"{geometry.width} × {geometry.height}"


def _whole_seconds(project: Project) -> str:
    seconds = project.speech.seconds if project.speech else 0
    return f"{round(seconds)} s" if 1 <= seconds < 60 else show_seconds(seconds)


def _failed(job: Job | None) -> str:
    if job is None:
        return ""
    what = "Render" if is_paid(job) else "Draft"
    how = "canceled" if job.state is JobState.CANCELLED else "failed"
    charged = charge_sentence(job) if job.kind.paid else ""
    return " ".join(filter(None, [f"{what} {how}.", charged]))


def _billed(job: Job | None) -> str:
    if job is None:
        return ""
    return show_cents(job.estimate if job.billed is None else job.billed)
