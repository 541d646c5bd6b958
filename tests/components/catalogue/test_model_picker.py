"""The rows of the models."""

from components.catalogue.model_picker import is_square_only
from talkinghead.catalogue import MODELS


def test_one_model_makes_square_videos_only() -> None:
    assert [model.title for model in MODELS if is_square_only(model)] == ["FlashHead"]
