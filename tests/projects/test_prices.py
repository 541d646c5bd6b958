"""The price of every model for one speech."""

from decimal import Decimal
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from talkinghead import Settings, open_studio
from talkinghead.av.sound import Sound, sound_bytes
from talkinghead.catalogue import BUILT_IN, MODELS, InfinitalkInput
from talkinghead.catalogue.forms.priced_model import PricedModel
from talkinghead.projects.made_speech import MadeSpeech
from talkinghead.projects.prices import price_table
from talkinghead.projects.values import Project
from talkinghead.speech.recordings.values import Recording
from tests.databases import with_journal
from tests.orders import estimate_render


@pytest.fixture
def offers(tmp_path: Path) -> dict[str, PricedModel]:
    """Thirty seconds of recording on every model."""
    return table(tmp_path, recorded(30.0))


def recorded(seconds: float, **changes: object) -> Project:
    """A project with a recording of this length, which `table` makes."""
    sound = Recording("asset:r", "speech.wav", seconds)
    return Project(catalogue=BUILT_IN, source="recording", recording=sound, edited=sound).with_(
        **changes
    )


def speech(wanted: Recording | MadeSpeech) -> tuple[bytes, str]:
    """Sound of this length with a quiet end, so that nothing is added to it before it is sent."""
    noise = np.random.default_rng(0).normal(0, 0.1, int(float(wanted.seconds) * 8000))
    noise[-4800:] = 0
    return sound_bytes(Sound(noise.astype(np.float32), 8000)), "speech.wav"


def table(folder: Path, project: Project) -> dict[str, PricedModel]:
    """The table by the models' titles."""
    studio = open_studio(Settings(data_dir=with_journal(folder), single_user=True, fal_key=None))
    try:
        workspace = studio.workspace(None)
        if project.edited:
            project = project.with_(edited=workspace.recordings.add(*speech(project.edited)))
        if project.made:
            kept = workspace.recordings.add(*speech(project.made))
            made = project.made.model_copy(update={"reference": kept.reference})
            project = project.with_(made=made)
        found = price_table(project, partial(estimate_render, workspace))
    finally:
        studio.close()
    return {offer.model.title: offer for offer in found}


def test_every_model_of_the_catalogue_has_its_price(offers: dict[str, PricedModel]) -> None:
    assert list(offers) == [model.title for model in MODELS]


def test_dollars_are_those_of_the_documents(offers: dict[str, PricedModel]) -> None:
    assert offers["FlashHead"].estimate.dollars == Decimal("0.150")
    assert offers["StableAvatar"].estimate.dollars == Decimal("3.00")
    assert offers["HeyGen Avatar 4"].estimate.dollars == Decimal("3.0")


def test_a_model_that_cannot_take_a_recording_is_marked(offers: dict[str, PricedModel]) -> None:
    assert not offers["FlashHead"].takes_speech
    assert offers["InfiniTalk"].takes_speech


def test_what_is_made_in_parts_is_said_before_the_click(offers: dict[str, PricedModel]) -> None:
    assert "Rendered in 2 parts" in offers["InfiniTalk"].warnings[0]


def test_every_model_takes_a_script(tmp_path: Path) -> None:
    offers = table(tmp_path, Project(catalogue=BUILT_IN, script="Hello there."))
    assert all(offer.takes_speech for offer in offers.values())
    assert not any(offer.blocked for offer in offers.values() if offer.model.script_field is None)


def test_a_made_speech_makes_prices_exact(tmp_path: Path) -> None:
    made = MadeSpeech(
        id="s",
        reference="asset:s",
        seconds=Decimal("9.6"),
        script="Hello there.",
        voice="af_heart",
    )
    offers = table(tmp_path, Project(catalogue=BUILT_IN, script="Hello there.", made=made))
    assert offers["StableAvatar"].price == "$0.96"
    assert offers["FlashHead"].price == "~$0.05"


def test_a_chosen_resolution_counts(tmp_path: Path) -> None:
    high = recorded(9.6).with_parameters(InfinitalkInput, {"resolution": "720p"})
    assert table(tmp_path, high)["InfiniTalk"].price == "$3.84"


def test_the_price_of_a_script_is_a_guess(tmp_path: Path) -> None:
    offers = table(tmp_path, Project(catalogue=BUILT_IN, script="Hello there."))
    assert offers["StableAvatar"].price.startswith("~$")
    assert offers["FlashHead"].price == "< $0.01"
