"""A speech whose studio dies in the middle, and one under a cap: nothing is paid needlessly."""

from decimal import Decimal
from pathlib import Path

import pytest

from talkinghead.core.errors import RenderRefused
from talkinghead.jobs.job import JobState
from tests.fal_server.options import Options
from tests.fal_server.server import FalServer
from tests.orders import quote_speech
from tests.paid_studio import hosted, opened
from tests.speech.conftest import KEY, RACHEL
from tests.speech.test_service import ended, ordered
from tests.waiting import wait_until


def test_a_crash_in_the_middle_pays_nothing_twice_and_a_cap_holds_for_the_sum(
    tmp_path: Path,
) -> None:
    alone = {"fal_key": KEY, "single_user": True}
    with FalServer(Options(keys=(KEY,), log_interval=0.05)) as fal:
        fal.latency(run=1)
        studio = opened(hosted(tmp_path, fal, **alone))
        job = ordered(studio.workspace())
        wait_until(lambda: len(fal.jobs) == 3)
        studio.close()
        studio = opened(hosted(tmp_path, fal, **alone, cap_render=Decimal("0.002")))
        here, words = studio.workspace(), "First of all this. And then that, of course."
        assert ended(here, job).state is JobState.DONE
        assert len(fal.bills) == len(fal.jobs) == 3
        assert "may cost up to" in (quote_speech(here, words, RACHEL).why_not or "")
        with pytest.raises(RenderRefused, match="may cost up to"):
            ordered(here, words)
        assert len(fal.jobs) == 3
        studio.close()
