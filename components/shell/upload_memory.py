"""Bounds the memory that uploads take.

Streamlit keeps every uploaded file in memory until its session ends, also one that no widget asked
for: its upload endpoint takes any file for a live session. Here a session keeps few, and all
sessions together no more than a share of a small host; the oldest go first. The pages copy an
upload to the store in the run that gets it.
"""

import threading
from collections.abc import Callable
from functools import wraps
from typing import Any

from streamlit.runtime import memory_uploaded_file_manager as streamlit_uploads
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from components.shell.streamlit_methods import replace_method

MANAGER_CLASS: type[Any] = getattr(streamlit_uploads, "MemoryUploadedFileManager", object)
FILES_OF_SESSION = 3
BYTES_OF_SESSION = 130_000_000  # the largest recording and the largest portrait
BYTES_OF_ALL = 400_000_000

_bounded: set[type[Any]] = set()


def install_upload_limits(manager_class: type[Any] = MANAGER_CLASS) -> bool:
    """Bound the uploads of this process. Idempotent.

    Args:
        manager_class: Streamlit's.

    Returns:
        Whether they are bounded; False where this Streamlit keeps uploads in a way that is not
        known here, and is left as it is.
    """
    return replace_method(
        manager_class,
        "add_file",
        _bounding,
        is_known=_is_known,
        replaced=_bounded,
        otherwise="the memory of uploads has no limit",
    )


def forget_upload(given: Any) -> None:
    """Free the memory of an upload that was stored; nothing if it is no upload of this session."""
    context = get_script_run_ctx(suppress_warning=True)
    file_id = getattr(given, "file_id", None)
    if context is not None and file_id is not None:
        manager: Any = context.uploaded_file_mgr
        manager.remove_file(context.session_id, file_id)


def _is_known(manager_class: type[Any]) -> bool:
    """Return whether a manager keeps what is added and frees what is removed, by session."""
    try:
        manager = manager_class("/upload")
        manager.add_file("a session", UploadedFileRec("a file", "name", "type", b"data"))
        kept = {name: list(files) for name, files in manager.file_storage.items()}
        manager.remove_file("a session", "a file")
        left = manager.get_files("a session", ["a file"])
    except Exception:  # noqa: BLE001  whatever an unknown Streamlit does here, the studio starts
        return False
    return kept == {"a session": ["a file"]} and left == []


def _bounding(method: Callable[..., None]) -> Callable[..., None]:
    lock = threading.Lock()

    @wraps(method)
    def add_file(manager: Any, session_id: str, file: UploadedFileRec) -> None:
        method(manager, session_id, file)
        with lock:
            _free(manager, session_id, file.file_id)

    return add_file


def _free(manager: Any, session_id: str, newest: str) -> None:
    """Remove the oldest files that are beyond a limit; never the one that has just come."""
    own = [file for file in _files(manager, session_id) if file.file_id != newest]
    size = sum(len(file.data) for file in _files(manager, session_id))
    while own and (len(own) >= FILES_OF_SESSION or size > BYTES_OF_SESSION):
        oldest = own.pop(0)
        size -= len(oldest.data)
        manager.remove_file(session_id, oldest.file_id)
    for session in list(manager.file_storage):
        if _total(manager) <= BYTES_OF_ALL:
            return
        for file in _files(manager, session):
            if file.file_id != newest:
                manager.remove_file(session, file.file_id)


def _files(manager: Any, session_id: str) -> list[UploadedFileRec]:
    return list(manager.file_storage.get(session_id, {}).values())


def _total(manager: Any) -> int:
    sessions = list(manager.file_storage)
    return sum(len(file.data) for session in sessions for file in _files(manager, session))
