"""The frames of a draft: the photo, moved by a speech."""

from collections.abc import Iterator
from itertools import islice

import numpy as np

from talkinghead.draft.animator import Animator
from talkinghead.draft.image_sampling import Image
from talkinghead.draft.motion import Expression, blinks, head_poses, loudness
from talkinghead.draft.mouth.visemes import mouth_curves
from talkinghead.draft.portrait_fit import FittedPortrait
from talkinghead.speech.text.utterance import Speech


def draw_frames(
    portrait: FittedPortrait, speech: Speech, fps: int, expression: Expression, first: int = 0
) -> Iterator[Image]:
    """Yield the frames of the video of a speech, RGB uint8 of the portrait's shape.

    Args:
        portrait: in the video's size.
        speech: what the lips follow.
        fps: frames a second.
        expression: how the face behaves; the same one gives the same movements.
        first: the number of frames to leave out at the beginning.
    """
    animator = Animator(portrait.image, portrait.landmarks)
    mouth = mouth_curves(speech, fps, expression.mouth_opening)
    count = len(mouth)
    eyes = np.zeros(count) if not expression.blinks else blinks(count, fps, expression.seed)
    level = loudness(speech.sound, count, fps)
    heads = head_poses(level, fps, animator.face.eye_distance, expression)
    for frame, head in islice(enumerate(heads), first, None):
        yield animator.draw(mouth.pose(frame), float(eyes[frame]), head)
