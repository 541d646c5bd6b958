"""Portraits and recordings: what a person brings, checked, kept and made ready.

Pictures and sounds are decoded here on demand; what was measured once stands in the database.
"""

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from talkinghead.core.assets import Asset, Shelf
from talkinghead.core.store import Store

if TYPE_CHECKING:  # the face networks and the sound codecs load when they are first needed
    from talkinghead.av.faces import Face
    from talkinghead.portraits.portrait import CropBox, Finding
    from talkinghead.speech.recording_editing import RecordingEdit
from talkinghead.catalogue import Geometry

JPEG_QUALITY = 95
LARGEST_PNG = 8 * 1024 * 1024  # bytes; a bigger one is kept as JPEG, which fal takes sooner

REMEMBERED_FINDINGS = 64


@dataclass(frozen=True)
class FaceBox:
    """A face in a portrait.

    Attributes:
        left, top, width, height: fractions of the upright picture.
        score: how sure it is that this is a face, 0 to 1.
    """

    left: float
    top: float
    width: float
    height: float
    score: float


@dataclass(frozen=True)
class Portrait:
    """A picture that was brought.

    Attributes:
        reference: the whole picture, upright.
        name: the person's file name.
        width, height: pixels.
        faces: largest first; empty where none was found.
    """

    reference: str
    name: str
    width: int
    height: int
    faces: tuple[FaceBox, ...]


@dataclass(frozen=True)
class Recording:
    """A recording that was brought, or one that was made from it by editing.

    Attributes:
        reference: the sound as WAV.
        name: the person's file name.
        seconds: its length.
    """

    reference: str
    name: str
    seconds: float


class Inputs:
    """The verbs of a workspace over portraits and recordings."""

    id: str
    _store: Store
    _shelf: Shelf

    def __init__(self) -> None:
        # A page asks the same at each of its runs; reading the picture takes a quarter second.
        self._findings: dict[tuple[object, ...], list[Finding]] = {}

    def add_portrait(self, data: bytes, name: str) -> Portrait:
        """Keep a picture, upright, and find its faces.

        Raises:
            InvalidPortrait: it is no picture that can be read.
        """
        from talkinghead.av.faces import find_faces
        from talkinghead.portraits.portrait import read_portrait

        image = read_portrait(data, name)
        faces = find_faces(np.asarray(image))
        reference = self._store.put(self.id, *_picture_bytes(image, data))
        facts = {
            "width": image.width,
            "height": image.height,
            "faces": [_face_facts(face) for face in faces],
        }
        self._shelf.put_asset(self.id, Asset(reference, "portrait", name[:200], facts))
        return self.portrait(reference)

    def portrait(self, reference: str) -> Portrait:
        """What is known of a picture that was added before.

        Raises:
            NotFound: it is not in this workspace.
        """
        asset = self._shelf.asset(self.id, reference, "portrait")
        width, height = asset.facts["width"], asset.facts["height"]
        faces = tuple(_face_box(face, width, height) for face in asset.facts["faces"])
        return Portrait(reference, asset.name, width, height, faces)

    def portrait_image(self, reference: str) -> Image.Image:
        """The picture itself, RGB.

        Raises:
            NotFound: it is not in this workspace.
        """
        return Image.open(io.BytesIO(self._store.read(self.id, reference))).convert("RGB")

    def portrait_findings(
        self, portrait: Portrait, chosen_face: int | None, box: "CropBox | None", geometry: Geometry
    ) -> "list[Finding]":
        """What is wrong with the picture for a video of this shape, and what to do about it."""
        from talkinghead.portraits.portrait import check_portrait

        asset = self._shelf.asset(self.id, portrait.reference, "portrait")
        question = (portrait.reference, chosen_face, box, geometry)
        if question not in self._findings:
            faces = [_face(facts) for facts in asset.facts["faces"]]
            image = self.portrait_image(portrait.reference)
            if len(self._findings) >= REMEMBERED_FINDINGS:
                self._findings.clear()
            self._findings[question] = check_portrait(image, faces, box, chosen_face, geometry)
        return self._findings[question]

    def default_crop(self, portrait: Portrait, aspect: float, chosen_face: int = 0) -> "CropBox":
        """Head and shoulders of the chosen face, in this width-over-height; the middle where there
        is none."""
        from talkinghead.portraits.portrait import default_crop

        asset = self._shelf.asset(self.id, portrait.reference, "portrait")
        faces = [_face(facts) for facts in asset.facts["faces"]]
        face = faces[chosen_face] if chosen_face < len(faces) else None
        return default_crop(self.portrait_image(portrait.reference), aspect, face)

    def crop_portrait(self, portrait: Portrait, box: "CropBox", geometry: Geometry) -> str:
        """Cut the picture for a video of this shape; returns the reference to render from."""
        from talkinghead.portraits.portrait import crop

        picture = crop(self.portrait_image(portrait.reference), box, geometry)
        reference = self._store.put(self.id, _jpeg(picture), ".jpg")
        facts = {"width": picture.width, "height": picture.height, "from": portrait.reference}
        self._shelf.put_asset(self.id, Asset(reference, "crop", portrait.name, facts))
        return reference

    def add_recording(self, data: bytes, name: str) -> Recording:
        """Keep a recording as WAV.

        Raises:
            InvalidRecording: it holds no sound that can be read.
        """
        from talkinghead.av.sound import read_sound

        return self._keep_sound(read_sound(data), name[:200], {})

    def recording(self, reference: str) -> Recording:
        """What is known of a recording that was added before.

        Raises:
            NotFound: it is not in this workspace.
        """
        asset = self._shelf.asset(self.id, reference, "recording")
        return Recording(reference, asset.name, asset.facts["seconds"])

    def edit_recording(self, recording: Recording, edit: "RecordingEdit") -> Recording:
        """The recording trimmed, its silence cut, its loudness levelled; the first one stays as it
        is.

        Raises:
            InvalidRecording: nothing is left.
        """
        from talkinghead.av.sound import read_sound
        from talkinghead.speech.recording_editing import edit_recording

        self._shelf.asset(self.id, recording.reference, "recording")
        sound = read_sound(self._store.read(self.id, recording.reference))
        return self._keep_sound(
            edit_recording(sound, edit), recording.name, {"from": recording.reference}
        )

    def sound_bytes(self, reference: str) -> bytes:
        """A recording as WAV.

        Raises:
            NotFound: it is not in this workspace.
        """
        return self._store.read(self.id, reference)

    def waveform(self, reference: str) -> Image.Image:
        """A picture of a recording's loudness over time, with transparency.

        Raises:
            NotFound: it is not in this workspace.
        """
        from talkinghead.av.sound import read_sound
        from talkinghead.speech.recording_editing import waveform

        picture: Image.Image = waveform(read_sound(self._store.read(self.id, reference)))
        return picture

    def _keep_sound(self, sound: Any, name: str, facts: dict[str, Any]) -> Recording:
        from talkinghead.av.sound import sound_bytes

        reference = self._store.put(self.id, sound_bytes(sound, ".wav"), ".wav")
        facts = {**facts, "seconds": round(sound.seconds, 6)}
        self._shelf.put_asset(self.id, Asset(reference, "recording", name, facts))
        return Recording(reference, name, facts["seconds"])


def _picture_bytes(image: Image.Image, original: bytes) -> tuple[bytes, str]:
    """The upright picture as it is kept: PNG stays PNG unless it is large, everything else is
    JPEG."""
    if original.startswith(b"\x89PNG"):
        file = io.BytesIO()
        image.save(file, "PNG")
        if file.tell() <= LARGEST_PNG:
            return file.getvalue(), ".png"
    return _jpeg(image), ".jpg"


def _jpeg(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    return file.getvalue()


def _face_facts(face: "Face") -> dict[str, Any]:
    """A face as JSON: what its pose is read from, to a tenth of a pixel."""
    return {
        "score": round(float(face.score), 4),
        "presence": round(float(face.presence), 4),
        "box": [round(float(side), 1) for side in face.box],
        "landmarks": np.round(face.landmarks, 1).tolist(),
    }


def _face(facts: dict[str, Any]) -> "Face":
    from talkinghead.av.faces import face_from_landmarks

    landmarks = np.asarray(facts["landmarks"], dtype=np.float32)
    x0, y0, x1, y1 = facts["box"]
    return face_from_landmarks(facts["score"], facts["presence"], (x0, y0, x1, y1), landmarks)


def _face_box(facts: dict[str, Any], width: int, height: int) -> FaceBox:
    x0, y0, x1, y1 = facts["box"]
    return FaceBox(x0 / width, y0 / height, (x1 - x0) / width, (y1 - y0) / height, facts["score"])
