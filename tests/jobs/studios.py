"""Studios over the small worker, in this process or in one that can be killed.

As a program it is a studio that drives: `python -m tests.jobs.studios FOLDER [SECONDS]` opens the
one in this folder, prints "open" and whether it drives, and stays.
"""

import io
import select
import signal
import sys
from decimal import Decimal
from functools import cache
from pathlib import Path

from PIL import Image

from talkinghead import Settings, Studio, Workspace, open_studio
from talkinghead.catalogue import DraftInput, SpeechLength
from talkinghead.core.store import Store
from talkinghead.draft.renderer import DraftRenderer
from talkinghead.jobs.execution.running import Heartbeat
from talkinghead.jobs.job import Job, JobState, Video
from tests.databases import with_journal
from tests.orders import order_render
from tests.waiting import wait_until

WORKER = (sys.executable, str(Path(__file__).with_name("stand_in_worker.py")))
LOOK_UP = 0.2  # seconds
SOON_DEAD = Heartbeat(interval=1.0, dead_after=6.0)
ONE_SECOND = SpeechLength(Decimal(1), "script")


def small_drafts(store: Store) -> dict[str, DraftRenderer]:
    """Drafts by the small worker."""
    return {"draft": DraftRenderer(store, WORKER)}


def small_studio(folder: Path, database_url: str | None = None) -> Studio:
    """A studio for one person that renders by the small worker."""
    settings = Settings(
        data_dir=folder if database_url else with_journal(folder),
        single_user=True,
        database_url=database_url,
        media_url=None,
    )
    return open_studio(settings, small_drafts, heartbeat=SOON_DEAD)


def hosted_studio(folder: Path) -> Studio:
    """A hosted studio, where each token is a person, that renders by the small worker."""
    settings = Settings(
        data_dir=with_journal(folder), single_user=False, database_url=None, media_url=None
    )
    return open_studio(settings, small_drafts, heartbeat=SOON_DEAD)


@cache
def small_picture() -> bytes:
    """A picture that is quickly read, and has no face in it."""
    data = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(data, "PNG")
    return data.getvalue()


def order(workspace: Workspace, script: str) -> Job:
    """A draft by the small worker, whose orders are in the script."""
    portrait = workspace.portraits.add(small_picture(), "small.png").reference
    draft = DraftInput(image_url=portrait, script_text=script, width=64, height=64)
    return order_render(workspace, draft, ONE_SECOND, script, another_take=True)


def wait_for(workspace: Workspace, job: Job, *states: JobState) -> Job:
    """The job, once it is in one of these states; it may take as long as it makes progress."""

    now = workspace.jobs.find(job.id)

    def is_there() -> bool:
        nonlocal now
        now = workspace.jobs.find(job.id)
        return now.state in states

    words = " or ".join(state.value for state in states)
    wait_until(is_there, moving=lambda: (now.state.value, now.updated_at), awaited=words)
    return now


def finished(workspace: Workspace, script: str = "frames=25") -> Video:
    """The video of a draft by the small worker."""
    job = wait_for(workspace, order(workspace, script), JobState.DONE, JobState.FAILED)
    assert job.video_id is not None
    return workspace.gallery.find(job.video_id)


def wait_for_end(workspace: Workspace, job: Job) -> Job:
    """The job, once it has ended."""
    return wait_for(workspace, job, *(state for state in JobState if state.ended))


def main() -> None:
    """Open the studio of a folder and stay until killed or interrupted."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a background shell has it ignored
    studio = small_studio(Path(sys.argv[1]), *sys.argv[2:3])
    sys.stdout.write(f"open {studio.drives}\n")
    sys.stdout.flush()
    # A signal may be given to any thread, and only this one's read would notice: so it looks up.
    while not select.select([sys.stdin], [], [], LOOK_UP)[0]:
        pass
    studio.close()


if __name__ == "__main__":
    main()
