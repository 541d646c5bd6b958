"""Opens the studio when the server starts, before anybody visits: the first page need not wait for
it, and renders that were under way go on by themselves after a restart."""

import ast
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import Any

from components.shell.navigation import page_file


@asynccontextmanager
async def opened_ahead(_app: Any) -> AsyncIterator[None]:
    """Lifespan of the server: opens the studio in the background."""
    Thread(target=_open, name="ahead", daemon=True).start()
    yield


def _open() -> None:
    from components.shell.session import process_studio
    from talkinghead.core.database import sentence_of

    try:
        process_studio()
    except Exception as error:  # the first visit meets it again, and shows it
        if not sentence_of(error):
            raise
    for module in modules_of(page_file("create")):
        import_module(module)


def modules_of(page: Path) -> Iterator[str]:
    """Return the modules that a page's script imports from."""
    for statement in ast.parse(page.read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.ImportFrom) and statement.module:
            yield statement.module
