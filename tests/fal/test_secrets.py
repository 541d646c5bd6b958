"""The key is in no exception, no representation, no log record and no file."""

import logging
import traceback
from collections.abc import Iterator

import pytest

from talkinghead.catalogue import StableAvatarInput
from talkinghead.core.errors import StudioError
from talkinghead.fal.renderer import FalRenderer
from tests.fal.workbench import KEY, Workbench

FAULTS = [
    "submit_401", "submit_drop", "submit_422", "submit_malformed_json", "token_401", "token_drop",
    "upload_401", "upload_500", "status_401", "status_500", "status_malformed_json", "result_403",
    "result_drop", "media_drop", "media_404", "cancel_500", "run_face_detection_error",
]  # fmt: skip


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An exception, and all that led to it."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


@pytest.mark.parametrize("fault", FAULTS)
def test_the_key_is_nowhere(bench: Workbench, caplog: pytest.LogCaptureFixture, fault: str) -> None:
    caplog.set_level(logging.DEBUG)
    # A watch goes on for as long as the trouble does, so that ends after a while.
    bench.fal.fault(fault, times=3 if fault.startswith("status") else None)
    if fault.startswith(("token", "upload")):
        bench.fal.fault("initiate_401", times=None)
    errors: list[BaseException] = []

    async def work(renderer: FalRenderer) -> str:
        try:
            await bench.whole_way(renderer, bench.flashhead())
        except StudioError as error:
            errors.append(error)
        return f"{renderer!r} {vars(renderer)!r}"

    reported = [bench.run(work, patience=0.1), caplog.text]
    reported += [repr(record.__dict__) for record in caplog.records]
    for error in errors:
        reported += traceback.format_exception(error)
        reported += [f"{each} {each!r} {each.args!r}" for each in chain(error)]
    assert KEY not in "".join(reported)
    assert KEY.partition(":")[2] not in "".join(reported)
    assert len(caplog.records) > 5


def test_the_key_is_in_no_file(bench: Workbench) -> None:
    bench.rendered(bench.smallest(StableAvatarInput))
    for path in bench.folder.rglob("*"):
        assert not path.is_file() or KEY.encode() not in path.read_bytes()
