"""Opens the studio when the server starts, before anybody visits: the first page need not wait for
it, and renders that were under way go on by themselves after a restart.

What a page imports is imported while a browser connects. Two threads that import the same at once
may see modules half made, so a run waits until that is done. The wait is put into a method of
Streamlit's that is not public; where it is not the one that is known, all is imported before the
server accepts anybody.
"""

import ast
import inspect
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from functools import wraps
from importlib import import_module
from pathlib import Path
from threading import Event, Thread
from typing import Any

from streamlit.runtime.scriptrunner import script_runner

from components.shell.navigation import page_file
from components.shell.streamlit_methods import replace_method

RUNNER_CLASS: type[Any] = getattr(script_runner, "ScriptRunner", object)
"""Of a script in its thread."""
THREAD = "_run_script_thread"
_LONGEST = 60.0  # seconds

_waiting: set[type[Any]] = set()
_imported = Event()


@asynccontextmanager
async def opened_ahead(_app: Any) -> AsyncIterator[None]:
    """Lifespan of the server: opens the studio in the background."""
    if not install_waiting():
        _import_pages()
    Thread(target=_open, name="ahead", daemon=True).start()
    yield


def install_waiting(runner_class: type[Any] = RUNNER_CLASS, imported: Event = _imported) -> bool:
    """Let runs wait until all is imported, in this process. Idempotent.

    Args:
        runner_class: Streamlit's.
        imported: set once it is.

    Returns:
        Whether they wait; False where this Streamlit works in a way that is not known here, and is
        left as it is.
    """

    def waiting(method: Callable[[Any], None]) -> Callable[[Any], None]:
        @wraps(method)
        def run(runner: Any) -> None:
            imported.wait(_LONGEST)
            method(runner)

        return run

    return replace_method(
        runner_class,
        THREAD,
        waiting,
        is_known=_is_known,
        replaced=_waiting,
        otherwise="the server accepts nobody until all is imported",
    )


def _is_known(runner_class: type[Any]) -> bool:
    """Whether the method is there and takes nothing but its runner."""
    method = getattr(runner_class, THREAD, None)
    return inspect.isfunction(method) and len(inspect.signature(method).parameters) == 1


def _open() -> None:
    try:
        _import_pages()
    finally:
        _imported.set()  # a page that lacks something says so itself
    from components.shell.session import process_studio
    from talkinghead.core.database import sentence_of

    try:
        process_studio()
    except Exception as error:  # the first visit meets it again, and shows it
        if not sentence_of(error):
            raise


def _import_pages() -> None:
    for module in ("talkinghead.opening", *modules_of(page_file("create"))):
        import_module(module)


def modules_of(page: Path) -> Iterator[str]:
    """Return the modules that a page's script imports from."""
    for statement in ast.parse(page.read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.ImportFrom) and statement.module:
            yield statement.module
