"""The quotes of a project on each model, each planned and priced once per run of the page."""

from components.projects.order_job import cropped
from talkinghead.catalogue import ModelInput, SpeechLength
from talkinghead.catalogue.forms.priced_model import PricedModel
from talkinghead.core.money import Estimate, Spent
from talkinghead.projects.prices import price_table
from talkinghead.projects.values import Project
from talkinghead.renders.values import RenderQuote
from talkinghead.workspace import Workspace


class RunQuotes:
    """The quotes of one run.

    Args:
        workspace: whose.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._known: dict[str, RenderQuote] = {}
        self._spent: Spent | None = None

    def quote(self, project: Project, *, another_take: bool = False) -> RenderQuote:
        """Return the quote of a project's video on its chosen model.

        Args:
            project: what is made.
            another_take: use nothing that was made before.
        """
        model, image = project.model, cropped(self._workspace, project)
        input, speech = project.provisional(model, image), project.length_on(model)
        return self._quote(input, speech, another_take=another_take)

    def estimate(self, project: Project) -> Estimate:
        """Return its seconds and dollars."""
        return self.quote(project).estimate

    def table(self, project: Project) -> list[PricedModel]:
        """Return the price of a project's video on every model of its catalogue."""

        def estimate(input: ModelInput, speech: SpeechLength) -> Estimate:
            if type(input) is project.model:
                return self.estimate(project)
            return self._quote(input, speech).estimate

        return price_table(project, estimate)

    def _quote(
        self, input: ModelInput, speech: SpeechLength, *, another_take: bool = False
    ) -> RenderQuote:
        key = repr((input.endpoint_id, input, speech, another_take))
        if key not in self._known:
            plan = self._workspace.renders.plan(input, speech, another_take=another_take)
            if self._spent is None:
                self._spent = self._workspace.billing.spent()
            quote = self._workspace.billing.quote(plan.lines, self._spent)
            self._known[key] = RenderQuote(plan, quote)
        return self._known[key]
