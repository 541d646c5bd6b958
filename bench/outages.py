"""Whether paid renders go on by themselves after outages, and after kills between them.

Orders are placed all the time, on a fal server in a process of its own that counts its bills. One
studio process (SQLite) or two (PostgreSQL) render on it. At random moments one of these is away for
a while, 2 to 20 seconds, or with `--long` 20 to 60: the journal (SQLite: locked by another process;
PostgreSQL: the server stopped, or cut off without a word, and with it the engine's database), the
engine's own database (SQLite), the disk (full; only where a tmpfs can be mounted for the data
folder), the store (its folder replaced by a file), or fal (killed, or silent). Between the outages
studios are killed. The keys of the last line:

stranded: jobs that neither ended nor moved within 30 s of the return of what was away, nor waited
for a person or a key; and jobs that never ended. lost, paid_twice: as in `crashes.py`.
recovered_p95_s: seconds from the return until each job that was under way moved or ended.
restarted_p95_s: the same for kills, from the kill. unconfirmed: share of the jobs that a person has
to decide about, because the answer to their order was lost.
"""

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.crashes import (  # noqa: E402  the path above makes them importable
    Orders,
    Studios,
    compared,
    fal_arguments,
    settled,
    studio_process,
)
from talkinghead.core.database import Database, DatabaseError, sqlite_url  # noqa: E402
from talkinghead.jobs.job import Job, JobState  # noqa: E402
from tests.black_hole import BlackHole  # noqa: E402
from tests.fal_server.process import FalProcess  # noqa: E402
from tests.postgres import StoppableServer, fresh_database  # noqa: E402

SHORT, LONG = (2.0, 20.0), (20.0, 60.0)  # seconds that something is away, from and to
GRACE = 30.0  # seconds after which a job that has not moved is stranded
PATIENCE = 240.0  # seconds for everything to end at last
TMPFS = "size=256m"
AROUND = 8.0  # seconds in which the orders of one event are placed
BEFORE = (1.0, 5.0)  # seconds of them before it
IN_PROGRESS = frozenset(
    {
        JobState.PREPARING,
        JobState.SUBMITTING,
        JobState.QUEUED,
        JobState.RENDERING,
        JobState.STORING,
    }
)


class Outage(Protocol):
    """Something that can be away."""

    def begin(self) -> None:
        """Take it away."""
        ...

    def end(self) -> None:
        """Bring it back."""
        ...


class Locked:
    """A SQLite file that another process has locked."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._held: sqlite3.Connection | None = None

    def begin(self) -> None:
        """Lock it."""
        self._held = sqlite3.connect(self._file, timeout=60, isolation_level=None)
        self._held.execute("BEGIN EXCLUSIVE")

    def end(self) -> None:
        """Unlock it."""
        assert self._held
        self._held.close()


class Full:
    """A disk without room."""

    def __init__(self, folder: Path) -> None:
        self._filler = folder / "filler"

    def begin(self) -> None:
        """Fill it."""
        with self._filler.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(bytes(64 * 1024))
            except OSError:
                pass

    def end(self) -> None:
        """Make room."""
        self._filler.unlink()


class Gone:
    """A store whose folder is a file for a while."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._away = folder.with_name("media.away")

    def begin(self) -> None:
        """Move it away."""
        self._folder.rename(self._away)
        self._folder.write_bytes(b"")

    def end(self) -> None:
        """Move it back."""
        self._folder.unlink()
        self._away.rename(self._folder)


class Stopped:
    """A server that is stopped and started."""

    def __init__(self, stop: Callable[[], object], start: Callable[[], object]) -> None:
        self._stop, self._start = stop, start

    def begin(self) -> None:
        """Stop it."""
        self._stop()

    def end(self) -> None:
        """Start it again."""
        self._start()


class Silent:
    """A fal that accepts connections and says nothing."""

    def __init__(self, fal: FalProcess) -> None:
        self._fal = fal

    def begin(self) -> None:
        """Freeze it."""
        os.kill(self._fal.pid, signal.SIGSTOP)

    def end(self) -> None:
        """Let it go on."""
        os.kill(self._fal.pid, signal.SIGCONT)


class CutOff:
    """A way to the database on which nothing comes back."""

    def __init__(self, way: BlackHole) -> None:
        self._way = way

    def begin(self) -> None:
        """Cut it."""
        self._way.cut()

    def end(self) -> None:
        """Let everything through again."""
        self._way.mend()


class Customers(threading.Thread):
    """Order jobs one after the other, also while the journal is away.

    Args:
        orders: where.
        count: how many.
        pauses: seconds between two, from and to.
        chance: for the pauses.
    """

    def __init__(
        self, orders: Orders, count: int, pauses: tuple[float, float], chance: random.Random
    ) -> None:
        super().__init__(daemon=True)
        self._orders, self._count, self._pauses, self._chance = orders, count, pauses, chance

    def run(self) -> None:
        """Order them all."""
        for _ in range(self._count):
            self._orders.order(again_while=DatabaseError)
            time.sleep(self._chance.uniform(*self._pauses))


class Watch:
    """When each job moved last, as the journal says it.

    Args:
        orders: whose jobs.
    """

    def __init__(self, orders: Orders) -> None:
        self._orders = orders
        self.stranded: set[str] = set()

    def jobs(self) -> list[Job]:
        """Return all jobs, once the journal can be read."""
        while True:
            try:
                return self._orders.jobs()
            except DatabaseError:
                time.sleep(0.1)

    def in_progress(self) -> set[str]:
        """Return the ids of the jobs that are in progress."""
        return {job.id for job in self.jobs() if _in_progress(job)}

    def recovery(self, since: datetime, waited: set[str]) -> list[float]:
        """Return the seconds from a moment until each of these jobs has moved; those that have not
        within the grace are stranded."""
        seconds: dict[str, float] = {}
        deadline = time.monotonic() + GRACE
        while time.monotonic() < deadline and waited - seconds.keys():
            for job in self.jobs():
                if job.id in waited and job.id not in seconds and _moved(job, since):
                    seconds[job.id] = max((job.updated_at - since).total_seconds(), 0.0)
            time.sleep(0.1)
        self.stranded |= waited - seconds.keys()
        return [*seconds.values(), *(GRACE for _ in waited - seconds.keys())]


def _in_progress(job: Job) -> bool:
    return job.state in IN_PROGRESS and job.waiting_for is None


def _moved(job: Job, since: datetime) -> bool:
    return job.updated_at > since or not _in_progress(job)


@contextmanager
def data_folder() -> Iterator[tuple[Path, bool]]:
    """A folder, and whether it is a disk of its own that can be filled."""
    with tempfile.TemporaryDirectory() as name:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", TMPFS, "tmpfs", name], check=False, capture_output=True
        )
        own_disk = mounted.returncode == 0
        try:
            yield Path(name), own_disk
        finally:
            if own_disk:
                subprocess.run(["umount", "--lazy", name], check=True)


def outages(
    folder: Path,
    own_disk: bool,
    fal: FalProcess,
    server: StoppableServer | None,
    way: BlackHole | None,
) -> dict[str, Outage]:
    """Return all that can be away here, by name."""
    found: dict[str, Outage] = {
        "store": Gone(folder / "media"),
        "fal": Stopped(fal.stop, fal.start),
        "fal silent": Silent(fal),
    }
    if server:
        found["journal"] = Stopped(server.stop, server.start)
    if way:
        found["journal cut off"] = CutOff(way)
    else:
        found["journal"] = Locked(folder / "journal.db")
        found["engine"] = Locked(folder / "engine.db")
    if own_disk:
        found["disk"] = Full(folder)
    return found


def torment(
    options: argparse.Namespace,
    away: dict[str, Outage],
    studios: Studios,
    orders: Orders,
    watch: Watch,
) -> tuple[list[float], list[float], Counter[str]]:
    """Take things away and kill studios, in random order; returns the seconds of recovery after
    outages and after kills, and how often each was away."""
    chance = random.Random(options.seed)  # noqa: S311  repeatable, guards nothing
    names = list(away)
    plan = [names[number % len(names)] for number in range(options.outages)]
    plan += ["kill"] * options.kills
    chance.shuffle(plan)
    recovered: list[float] = []
    restarted: list[float] = []
    for number, name in enumerate(plan, 1):
        seconds = chance.uniform(*(LONG if options.long else SHORT))
        due = options.jobs * number // len(plan) - len(orders.ids)
        customers = Customers(orders, due, (0, 2 * AROUND / max(due, 1)), chance)
        customers.start()
        time.sleep(chance.uniform(*BEFORE))
        if name == "kill":
            victim, waited = chance.randrange(len(studios.processes)), watch.in_progress()
            since = datetime.now(UTC)
            studios.kill(victim)
            studios.wait_until_up(victim)
            after = watch.recovery(since, waited)
            restarted += after
        else:
            away[name].begin()
            time.sleep(seconds)
            away[name].end()
            after = watch.recovery(datetime.now(UTC), watch.in_progress())
            recovered += after
        print(f"{name}: {seconds:.0f} s, {len(after)} under way, {max(after, default=0):.1f} s "
              "until all moved", file=sys.stderr)  # fmt: skip
        customers.join()
    return recovered, restarted, Counter(plan)


def wait_for_the_end(watch: Watch) -> None:
    """Return when every job is settled; those that are not in the end are stranded."""
    deadline, left = time.monotonic() + PATIENCE, [""]
    while left and time.monotonic() < deadline:
        time.sleep(1)
        left = [job.id for job in watch.jobs() if not settled(job)]
        print(f"{len(left)} under way", file=sys.stderr)
    watch.stranded |= set(left)


def p95(seconds: list[float]) -> float | None:
    """Return what 95 % of these do not exceed."""
    return round(sorted(seconds)[int(0.95 * (len(seconds) - 1))], 2) if seconds else None


def run(options: argparse.Namespace) -> dict[str, Any]:
    """Run the whole benchmark."""
    with ExitStack() as stack:
        folder, own_disk = stack.enter_context(data_folder())
        server = None
        if options.database == "pgserver":
            # Not below our folder: root's server runs as another user, who may not enter there.
            place = stack.enter_context(tempfile.TemporaryDirectory(prefix="postgres-"))
            server = StoppableServer(Path(place))
            stack.callback(server.close)
        url = fresh_database(server.address) if server else None
        database = Database(url or sqlite_url(folder / "journal.db"))
        way = stack.enter_context(BlackHole(url)) if url else None
        stack.callback(database.close)
        state = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        fal = stack.enter_context(FalProcess(*fal_arguments(options, state)))
        orders = Orders(database, folder)
        arguments = (str(folder), way.address if way else "", fal.url)
        studios = Studios(2 if way else 1, *arguments, script=__file__)
        watch = Watch(orders)
        try:
            for number in range(len(studios.processes)):
                studios.wait_until_up(number)
            away = outages(folder, own_disk, fal, server, way)
            recovered, restarted, events = torment(options, away, studios, orders, watch)
            wait_for_the_end(watch)
        finally:
            for number in range(len(studios.processes)):
                studios.stop(number)
        figures = compared(orders, fal, database, folder)
    if not own_disk:
        print("no tmpfs could be mounted: the full disk was skipped", file=sys.stderr)
    unconfirmed = figures.pop("unconfirmed") / max(options.jobs, 1)
    return {
        "database": "postgres" if server else "sqlite",
        "long": options.long,
        "jobs": options.jobs,
        "events": dict(events),
        "disk_skipped": not own_disk,
        **figures,
        "stranded": len(watch.stranded),
        "unconfirmed": round(unconfirmed, 3),
        "recovered_p95_s": p95(recovered),
        "restarted_p95_s": p95(restarted),
    }


def main() -> None:
    """Read the command line, run, and print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=100)
    parser.add_argument("--outages", type=int, default=12)
    parser.add_argument("--kills", type=int, default=4)
    parser.add_argument("--database", choices=["pgserver"], help="else SQLite")
    parser.add_argument("--long", action="store_true", help="outages of 20 to 60 seconds")
    parser.add_argument("--small", action="store_true", help="20 jobs, an outage of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--studio", nargs=3, metavar=("FOLDER", "DATABASE", "FAL"))
    options = parser.parse_args()
    options.drop = 0.0
    if options.small:
        options.jobs, options.outages, options.kills = 20, 6, 1
    if options.studio:
        folder, url, fal_url = options.studio
        studio_process(Path(folder), url or None, fal_url)
    else:
        print(json.dumps(run(options)))


if __name__ == "__main__":
    main()
