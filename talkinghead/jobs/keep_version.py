"""Another version of a video goes into the gallery as what it was made from, and for nothing."""

from collections.abc import Callable
from dataclasses import replace

from talkinghead.jobs.job import Job
from talkinghead.jobs.keep import Kept, keep_video
from talkinghead.media.store import Store
from talkinghead.models import FinishInput
from talkinghead.renderers.base import RenderedVideo


def version_keeper(store: Store) -> Callable[[Job, RenderedVideo], Kept]:
    """Keeps new versions: same model, same inputs, so that they are found and made again alike."""

    def keep(job: Job, rendered: RenderedVideo) -> Kept:
        given = FinishInput.model_validate(job.arguments)
        video = keep_video(store, job, rendered, paid=False)
        return Kept(
            replace(
                video,
                endpoint_id=given.original_model,
                arguments=given.original_inputs,
                made_from=given.made_from,
            )
        )

    return keep
