"""The frames of a draft: the photo, moved by a speech."""

from collections.abc import Iterator

import numpy as np

from talkinghead.draft.animator import Animator
from talkinghead.draft.image_sampling import Image
from talkinghead.draft.motion import Expression, blinks, head_poses, loudness
from talkinghead.draft.mouth.visemes import mouth_curves
from talkinghead.draft.portrait_fit import FittedPortrait
from talkinghead.speech.text.utterance import Speech


def draw_frames(
    portrait: FittedPortrait,
    speech: Speech,
    fps: int,
    seed: int,
    expression: Expression = Expression(),  # noqa: B008  a frozen value
) -> Iterator[Image]:
    """Yield every frame of the video of a speech, RGB uint8 of the portrait's shape.

    Args:
        portrait: in the video's size.
        speech: what the lips follow.
        fps: frames a second.
        seed: the same seed gives the same movements.
        expression: how lively the face is, where it looks, and whether it blinks.
    """
    animator = Animator(portrait.image, portrait.landmarks)
    mouth = mouth_curves(speech, fps, expression.mouth_opening)
    count = len(mouth)
    eyes = blinks(count, fps, seed) if expression.blinks else np.zeros(count, np.float32)
    level = loudness(speech.sound, count, fps)
    heads = head_poses(level, fps, animator.face.eye_distance, seed, expression)
    for frame, head in enumerate(heads):
        yield animator.draw(mouth.pose(frame), float(eyes[frame]), head)
