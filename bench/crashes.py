"""Whether a paid render survives kill -9 at any moment: never lost, never paid twice.

A fal server in a process of its own takes orders and counts its bills. One studio process (SQLite)
or two (PostgreSQL) render on it, and are killed at random moments and started again; with
`--server-kills` the server too, and with `--drop` answers to orders are lost after they were
accepted. Besides, long videos, bought speeches, captions and exports are made (`--pieces` of them).
At the end the journal is compared with the server's ledger. The keys of the last line:

stored: jobs with a video in the store that was made for their own request. failed: ended without
one. unconfirmed: a person has to decide. lost: bills without a stored video whose job is not
unconfirmed. paid_twice: bills beyond one for each job. made_of_parts, parts_unfinished: long
videos, speeches and exports that ended well, and all others. parts_lost, parts_paid_twice: bills
for their parts, as above. without_captions: videos whose captions were never written.
"""

import argparse
import json
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy.exc import IntegrityError

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.workshop import Workshop, write_captions  # noqa: E402  the path below makes it so
from talkinghead import Settings, open_studio  # noqa: E402  the path above makes them importable
from talkinghead.catalogue import FlashheadInput  # noqa: E402
from talkinghead.core.database import Database, sqlite_url  # noqa: E402
from talkinghead.core.store import open_store  # noqa: E402
from talkinghead.core.workspace_repository import WorkspaceRepository  # noqa: E402
from talkinghead.jobs.job import Job, JobState  # noqa: E402
from talkinghead.jobs.journal import Journal  # noqa: E402
from talkinghead.jobs.new_job import new_job  # noqa: E402
from talkinghead.videos.repository import VideoRepository  # noqa: E402
from tests.fal_server.process import FalProcess  # noqa: E402
from tests.fal_server.video import request_id_of  # noqa: E402
from tests.jobs.permits import FREE_PASS  # noqa: E402
from tests.postgres import fresh_database, running_server  # noqa: E402

KEY = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"
PORTRAIT = ROOT / "components/portraits/samples/lady-agnew.jpg"
PEOPLE = 10
ALIKE = 10  # every so many, a job sends exactly what the one before it sent
LATENCIES = ("submit=0.05..0.6", "queue=0..1", "run=0.3..2", "status=0.01", "upload=0.1")
PATIENCE = 900.0  # seconds for everything to end once nothing is killed any more
FULL_SECONDS = (0.2, 3.0)  # how long a studio that is up lives, from and to


class Studios:
    """The studio processes; each is killed by its pid.

    Args:
        count: how many.
        arguments: folder, database and fal of each.
        script: the benchmark that runs them.
    """

    def __init__(self, count: int, *arguments: str, script: str = __file__) -> None:
        self._arguments = arguments
        self._script = script
        self.processes = [self._started() for _ in range(count)]

    def _started(self) -> "subprocess.Popen[str]":
        command = [sys.executable, self._script, "--studio", *self._arguments]
        return subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def kill(self, number: int) -> None:
        """Kill a process with SIGKILL, and start another in its place."""
        self.stop(number)
        self.processes[number] = self._started()

    def wait_until_up(self, number: int) -> None:
        """Return once it drives."""
        output = self.processes[number].stdout
        assert output is not None
        assert output.readline() == "open\n", "a studio did not start"

    def stop(self, number: int) -> None:
        """Kill a process with SIGKILL."""
        self.processes[number].send_signal(signal.SIGKILL)
        self.processes[number].communicate()


def settings_of(folder: Path, database_url: str | None, proxy_url: str) -> Settings:
    """Return the settings of every studio."""
    return Settings.model_validate(
        {
            "data_dir": folder,
            "database_url": database_url,
            "media_url": (folder / "media").as_uri(),
            "fal_key": KEY,
            "fal_proxy_url": proxy_url,
            "fal_visitors_may_pay": True,
            "cap_app_month": Decimal(1000),
        }
    )


def studio_process(
    folder: Path, database_url: str | None, proxy_url: str, token: str | None = None
) -> None:
    """Run a studio until killed, which writes the captions of this gallery."""
    studio = open_studio(settings_of(folder, database_url, proxy_url))
    if token:
        write_captions(studio, token)
    print("open", flush=True)
    sys.stdin.read()


class Orders:
    """Orders jobs as a page does, for paying visitors."""

    def __init__(self, database: Database, folder: Path) -> None:
        store = open_store((folder / "media").as_uri())
        workspaces = WorkspaceRepository(database)
        self._journal = Journal(database)
        self.people = [
            workspaces.find_or_create_fixed(f"person{number}") for number in range(PEOPLE)
        ]
        self._portraits = [store.put(who, PORTRAIT.read_bytes(), ".jpg") for who in self.people]
        self.ids: list[str] = []
        self.words: Counter[str] = Counter()

    def order(self, again_while: type[Exception] | None = None) -> None:
        """Order one more job; again and again while the journal raises this."""
        number = len(self.ids)
        spoken = number - 1 if number % ALIKE == 0 and number else number
        person, words = spoken % PEOPLE, f"Job {spoken}."
        given = FlashheadInput(image_url=self._portraits[person], text=words)
        job = new_job(
            self.people[person],
            given.endpoint_id,
            given.arguments(),
            ordered_by=self.people[person],
            title=words,
            seconds=Decimal(1),
            estimate=Decimal("0.005"),
            unit_price=Decimal("0.005"),
            payer="operator",
        )
        self._add(job, again_while or ())
        self.ids.append(job.id)
        self.words[words] += 1

    def _add(self, job: Job, again_while: type[Exception] | tuple[()]) -> None:
        while True:
            try:
                self._journal.add(job, FREE_PASS)
                return
            except IntegrityError:  # it was added, and only the answer was lost
                return
            except again_while:
                time.sleep(0.2)

    def jobs(self) -> list[Job]:
        """Return all jobs in their current state."""
        return [job for who in self.people for job in self._journal.jobs(who, limit=100_000)]


def settled(job: Job) -> bool:
    """Whether every job has ended or needs a person."""
    return job.state.ended or job.state is JobState.UNCONFIRMED


def torment(
    options: argparse.Namespace,
    orders: Orders,
    workshop: Workshop,
    studios: Studios,
    fal: FalProcess,
) -> None:
    """Order and kill, at random moments, until there were enough of both."""
    chance = random.Random(options.seed)  # noqa: S311  repeatable, guards nothing
    count, server_kills = len(studios.processes), options.server_kills
    for number in range(count):
        studios.wait_until_up(number)
    for kill in range(options.kills):
        due = options.jobs * (kill + 1) // max(options.kills, 1) - len(orders.ids)
        if kill % max(options.kills // max(options.pieces, 1), 1) == 0 and options.pieces:
            workshop.order()
        for _ in range(due):
            orders.order()
            time.sleep(chance.uniform(0, 0.2))
        time.sleep(chance.uniform(*FULL_SECONDS))
        number = chance.randrange(count)
        studios.kill(number)
        if server_kills and kill % max(options.kills // server_kills, 1) == 0:
            fal.stop()
            time.sleep(chance.uniform(0, 1))
            fal.start()
        if chance.random() < 0.9:  # else the next kill may strike while it starts
            studios.wait_until_up(number)
        print(f"kill {kill + 1}, {len(orders.ids)} ordered", file=sys.stderr)
    while len(orders.ids) < options.jobs:
        orders.order()


def wait_for_the_end(orders: Orders, workshop: Workshop) -> None:
    """Return when every job is settled."""
    deadline, left = time.monotonic() + PATIENCE, [""]
    while left and time.monotonic() < deadline:
        time.sleep(1)
        jobs = [*orders.jobs(), *workshop.under_way()]
        left = [f"{job.id} {job.state}" for job in jobs if not settled(job)]
        print(f"{len(left)} under way", file=sys.stderr)
    for line in left:
        print("stuck:", line, file=sys.stderr)


def compared(orders: Orders, fal: FalProcess, database: Database, folder: Path) -> dict[str, int]:
    """Compare the journal with the server's ledger."""
    store, videos = open_store((folder / "media").as_uri()), VideoRepository(database)
    jobs = orders.jobs()
    words = {each["request_id"]: each["arguments"].get("text") for each in fal.jobs}
    bills = [bill for bill in fal.bills if words[bill["request_id"]] in orders.words]
    stored = set()
    for job in jobs:
        if job.state is JobState.DONE and job.video_id:
            file = videos.video(job.workspace, job.video_id).file
            if request_id_of(store.read(job.workspace, file)) == job.request_id:
                stored.add(job.request_id)
    open_words = {job.title for job in jobs if job.state is JobState.UNCONFIRMED}
    lost = [
        bill
        for bill in bills
        if bill["request_id"] not in stored and words[bill["request_id"]] not in open_words
    ]
    paid = Counter(words[bill["request_id"]] for bill in bills)
    for bill in lost:
        print("lost:", bill["request_id"], words[bill["request_id"]], file=sys.stderr)
    return {
        "stored": len(stored),
        "failed": sum(job.state in (JobState.FAILED, JobState.CANCELLED) for job in jobs),
        "unconfirmed": sum(job.state is JobState.UNCONFIRMED for job in jobs),
        "lost": len(lost),
        "paid_twice": sum(max(0, paid[each] - orders.words[each]) for each in paid),
    }


@contextmanager
def database_of(options: argparse.Namespace, folder: Path) -> Iterator[str | None]:
    """Return the value for DATABASE_URL, or None for the embedded database."""
    if options.database != "pgserver":
        yield options.database
        return
    # Not below our folder: root's server runs as another user, who may not enter there.
    with (
        tempfile.TemporaryDirectory(prefix="postgres-") as place,
        running_server(Path(place)) as address,
    ):
        yield fresh_database(address)


def free_port() -> int:
    """Return a port that the server can bind again after it was killed."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def fal_arguments(options: argparse.Namespace, folder: Path) -> Iterator[str]:
    """Return the server's command line, the same each time."""
    yield from ("--port", str(free_port()), "--state", str(folder / "fal.state"))
    yield from ("--key", KEY, "--seed", str(options.seed), "--latency", *LATENCIES)
    if options.drop:
        yield from ("--fault", f"submit_drop_after={options.drop}")


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Run the whole benchmark."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(database_of(options, folder))
        database = Database(url or sqlite_url(folder / "journal.db"))
        stack.callback(database.close)
        fal = stack.enter_context(FalProcess(*fal_arguments(options, folder)))
        orders = Orders(database, folder)
        workshop = Workshop(settings_of(folder, url, fal.url), Journal(database))
        stack.callback(workshop.close)
        studios = Studios(2 if url else 1, str(folder), url or "", fal.url, workshop.token)
        try:
            torment(options, orders, workshop, studios, fal)
            wait_for_the_end(orders, workshop)
            workshop.wait_for_captions()
        finally:
            for number in range(len(studios.processes)):
                studios.stop(number)
        figures = compared(orders, fal, database, folder)
        figures |= workshop.figures(fal.jobs, fal.bills)
    return {"jobs": options.jobs, "kills": options.kills, **figures}


def main() -> None:
    """Read the command line, run, and print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=200)
    parser.add_argument("--kills", type=int, default=60)
    parser.add_argument("--database", help="postgresql://…, or pgserver for one of our own")
    parser.add_argument("--drop", type=float, default=0.0, help="share of orders answered by none")
    parser.add_argument("--server-kills", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--pieces", type=int, default=12, help="long videos, speeches, exports")
    parser.add_argument("--studio", nargs=4, metavar=("FOLDER", "DATABASE", "FAL", "TOKEN"))
    options = parser.parse_args()
    if options.studio:
        folder, url, fal_url, token = options.studio
        studio_process(Path(folder), url or None, fal_url, token)
    else:
        print(json.dumps(run(options)))


if __name__ == "__main__":
    main()
