"""Animates a photo: applies lips, eyelids and head movement to each frame."""

from talkinghead.draft.eyes.eyelids import Eyelids
from talkinghead.draft.face_geometry import measure_face
from talkinghead.draft.head_warp import HeadPose, HeadWarp
from talkinghead.draft.image_sampling import Floats, Image
from talkinghead.draft.mouth.interior import MouthInterior
from talkinghead.draft.mouth.lip_line import find_lip_line
from talkinghead.draft.mouth.lip_movement import LipMover
from talkinghead.draft.mouth.lip_warp import LipWarp
from talkinghead.draft.mouth.mouth_region import mouth_region, range_of_u
from talkinghead.draft.mouth.softness import seam_shade
from talkinghead.draft.mouth.visemes import MouthPose


class Animator:
    """Draws the frames of one photo.

    Args:
        image: RGB uint8 (height, width, 3), already of the video's size.
        landmarks: (468, 3) of the face in it, in pixels.
    """

    def __init__(self, image: Image, landmarks: Floats) -> None:
        height, width = image.shape[:2]
        self.face = measure_face(landmarks)
        self.image = image
        region = mouth_region(self.face, height, width)
        self.lips = find_lip_line(image, self.face, *range_of_u(self.face, region))
        self._mover = LipMover(self.face, self.lips)
        shade = seam_shade(image, self.face, self.lips)
        self._warp = LipWarp(image, self.face, region, self.lips, shade)
        self._interior = MouthInterior(image, self.face, self.lips, self._warp)
        self._eyelids = Eyelids(image, self.face)
        self._head = HeadWarp(self.face, height, width)

    def draw(self, mouth: MouthPose, blink: float, head: HeadPose) -> Image:
        """Return a new frame, RGB uint8 of the image's shape."""
        region, opened = self._warp.apply(self._mover.movement(mouth))
        if opened is not None:
            self._interior.paint(region, opened, mouth)
        frame = self.image.copy()
        frame[self._warp.region] = region
        self._eyelids.close(frame, blink)
        return self._head.apply(frame, head)
