"""What an opened video says of itself."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from components.videos.video_facts import main_facts, more_facts
from talkinghead.catalogue import BUILT_IN
from talkinghead.jobs.job import Video
from tests.jobs.made import a_job


def video(**changes: Any) -> Video:
    """A finished draft."""
    values: dict[str, Any] = {
        "id": "v",
        "workspace": "w",
        "job_id": "j",
        "endpoint_id": "draft",
        "arguments": {
            "image_url": f"asset:{1:064x}.jpg",
            "script_text": "Hello",
            "voice": "af_heart",
        },
        "title": "Hello",
        "file": "asset:a.mp4",
        "thumbnail": "asset:b.jpg",
        "seconds": 5.8,
        "width": 512,
        "height": 512,
        "fps": 25.0,
        "dollars": Decimal(0),
        "created_at": datetime(2026, 11, 21, 12, tzinfo=UTC),
        "seed": 7,
    }
    return Video(**{**values, **changes})


def test_facts_name_the_model_the_price_the_voice_and_the_seed() -> None:
    facts = dict(main_facts(BUILT_IN, video()))
    assert facts["Model"] == "Draft"
    assert facts["Price"] == "Free"
    assert facts["Voice"] == "Heart"
    assert dict(more_facts(BUILT_IN, video()))["Seed"] == "7"


def test_no_reference_of_a_file_is_shown() -> None:
    rows = [*main_facts(BUILT_IN, video()), *more_facts(BUILT_IN, video())]
    assert not any("asset:" in value for _, value in rows)


def test_a_bought_video_has_its_bill_as_its_price() -> None:
    bought = video(endpoint_id="fal-ai/flashhead", dollars=Decimal("0.25"))
    job = a_job("w", endpoint_id="fal-ai/flashhead", estimate=Decimal("0.25"))
    billed = replace(job, billed=Decimal("0.5"))
    assert dict(main_facts(BUILT_IN, bought, job))["Price"] == "$0.25"
    assert dict(main_facts(BUILT_IN, bought, billed))["Price"] == "$0.50"
    assert dict(more_facts(BUILT_IN, bought, job))["Billed"] == "Not known yet"


def test_a_version_of_a_bought_video_was_free() -> None:
    version = video(endpoint_id="fal-ai/infinitalk", made_from="f" * 32, dollars=Decimal(0))
    job = a_job("w", endpoint_id="studio/finish")
    assert dict(main_facts(BUILT_IN, version, job))["Price"] == "Free"
    assert "Billed" not in dict(more_facts(BUILT_IN, version, job))
