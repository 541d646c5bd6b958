"""The quotes of a project on each model, each planned and priced once per run of the page."""

from components.projects.order_job import cropped
from talkinghead.catalogue import ModelInput, SpeechLength
from talkinghead.catalogue.forms.priced_model import PricedModel
from talkinghead.core.money import Estimate
from talkinghead.projects.prices import price_table
from talkinghead.projects.values import Project
from talkinghead.renders.service import RenderOffer
from talkinghead.workspace import Workspace


class RunQuotes:
    """The quotes of one run.

    Args:
        workspace: whose.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._known: dict[str, RenderOffer] = {}

    def offer(self, project: Project) -> RenderOffer:
        """Return the quote of a project's video on its chosen model."""
        model, image = project.model, cropped(self._workspace, project)
        return self._offer(project.provisional(model, image), project.length_on(model))

    def estimate(self, project: Project) -> Estimate:
        """Return its seconds and dollars."""
        return self.offer(project).estimate

    def table(self, project: Project) -> list[PricedModel]:
        """Return the price of a project's video on every model of its catalogue."""

        def estimate(input: ModelInput, speech: SpeechLength) -> Estimate:
            if type(input) is project.model:
                return self.estimate(project)
            return self._offer(input, speech).estimate

        return price_table(project, estimate)

    def _offer(self, input: ModelInput, speech: SpeechLength) -> RenderOffer:
        key = repr((input.endpoint_id, input, speech))
        if key not in self._known:
            self._known[key] = self._workspace.renders.offer(input, speech)
        return self._known[key]
