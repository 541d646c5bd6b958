"""What an opened video says about itself."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from components.videos.video_player import facts_of, spoken
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


def test_the_words_are_those_that_were_spoken() -> None:
    assert spoken(BUILT_IN, video()) == "Hello"
    assert spoken(BUILT_IN, video(arguments={"script_text": "Hello", "audio_url": "asset:x"})) == ""


def test_a_heygen_prompt_is_words_and_an_infinitalk_prompt_is_not() -> None:
    words = {"prompt": "Speak"}
    assert spoken(
        BUILT_IN, video(endpoint_id="fal-ai/heygen/avatar4/image-to-video", arguments=words)
    )
    assert not spoken(BUILT_IN, video(endpoint_id="fal-ai/infinitalk", arguments=words))


def test_facts_name_the_model_the_cost_and_the_seed() -> None:
    facts = dict(facts_of(BUILT_IN, video()))
    assert facts["Model"] == "Draft"
    assert facts["Cost"] == "free"
    assert facts["Seed"] == "7"
    assert facts["Voice"] == "Heart"


def test_no_reference_of_a_file_is_shown() -> None:
    assert not any("asset:" in value for _, value in facts_of(BUILT_IN, video()))


def test_a_version_of_a_bought_video_was_free() -> None:
    version = video(endpoint_id="fal-ai/infinitalk", made_from="f" * 32, dollars=Decimal(0))
    facts = dict(facts_of(BUILT_IN, version, a_job("w", endpoint_id="studio/finish")))
    assert facts["Cost"] == "free"
    assert "Billed" not in facts
