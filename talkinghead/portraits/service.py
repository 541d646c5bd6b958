"""The portraits service of one workspace.

They are decoded here on demand; measurements are stored in the database.
"""

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from talkinghead.core.asset_repository import AssetRepository
from talkinghead.core.assets import Asset
from talkinghead.core.store import Store

if TYPE_CHECKING:  # the face networks load when they are first needed
    from talkinghead.av.faces import Face
    from talkinghead.portraits.picture_file import CropBox, Finding
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
    """A stored portrait.

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


class PortraitService:
    """The portraits of one workspace.

    Args:
        workspace: its id.
        assets: what is known of its files.
        store: where they are.
    """

    def __init__(self, workspace: str, assets: AssetRepository, store: Store) -> None:
        self._workspace = workspace
        self._assets = assets
        self._store = store
        # A page asks the same at each of its runs; reading the picture takes a quarter second.
        self._findings: dict[tuple[object, ...], list[Finding]] = {}

    def add(self, data: bytes, name: str) -> Portrait:
        """Store a picture, upright, and detect its faces.

        Raises:
            InvalidPortrait: it is no picture that can be read.
        """
        from talkinghead.av.faces import find_faces
        from talkinghead.portraits.picture_file import read_portrait

        image = read_portrait(data, name)
        faces = find_faces(np.asarray(image))
        reference = self._store.put(self._workspace, *_picture_bytes(image, data))
        facts = {
            "width": image.width,
            "height": image.height,
            "faces": [_face_facts(face) for face in faces],
        }
        self._assets.put(self._workspace, Asset(reference, "portrait", name[:200], facts))
        return self.find(reference)

    def find(self, reference: str) -> Portrait:
        """Return a stored portrait.

        Raises:
            NotFound: it is not in this workspace.
        """
        asset = self._assets.find(self._workspace, reference, "portrait")
        width, height = asset.facts["width"], asset.facts["height"]
        faces = tuple(_face_box(face, width, height) for face in asset.facts["faces"])
        return Portrait(reference, asset.name, width, height, faces)

    def whole_of(self, crop: str) -> Portrait:
        """Return the whole picture that a crop was cut from.

        Raises:
            NotFound: it is no crop of this workspace, or the whole picture is gone.
        """
        facts = self._assets.find(self._workspace, crop, "crop").facts
        return self.find(str(facts.get("from")))

    def image(self, reference: str) -> Image.Image:
        """Return the picture, RGB.

        Raises:
            NotFound: it is not in this workspace.
        """
        return Image.open(io.BytesIO(self._store.read(self._workspace, reference))).convert("RGB")

    def findings(
        self, portrait: Portrait, chosen_face: int | None, box: "CropBox | None", geometry: Geometry
    ) -> "list[Finding]":
        """Return the problems of the picture for a video of this shape, and what to do about
        them."""
        from talkinghead.portraits.picture_file import check_portrait

        asset = self._assets.find(self._workspace, portrait.reference, "portrait")
        question = (portrait.reference, chosen_face, box, geometry)
        if question not in self._findings:
            faces = [_face(facts) for facts in asset.facts["faces"]]
            image = self.image(portrait.reference)
            if len(self._findings) >= REMEMBERED_FINDINGS:
                self._findings.clear()
            self._findings[question] = check_portrait(image, faces, box, chosen_face, geometry)
        return self._findings[question]

    def default_crop(self, portrait: Portrait, aspect: float, chosen_face: int = 0) -> "CropBox":
        """Return the crop around head and shoulders of the chosen face, in this width-over-height;
        the middle if there is none."""
        from talkinghead.portraits.picture_file import default_crop

        asset = self._assets.find(self._workspace, portrait.reference, "portrait")
        faces = [_face(facts) for facts in asset.facts["faces"]]
        face = faces[chosen_face] if chosen_face < len(faces) else None
        return default_crop(self.image(portrait.reference), aspect, face)

    def crop(self, portrait: Portrait, box: "CropBox", geometry: Geometry) -> str:
        """Crop the picture for a video of this shape; returns the reference to render from."""
        from talkinghead.portraits.picture_file import crop

        picture = crop(self.image(portrait.reference), box, geometry)
        reference = self._store.put(self._workspace, _jpeg(picture), ".jpg")
        facts = {"width": picture.width, "height": picture.height, "from": portrait.reference}
        self._assets.put(self._workspace, Asset(reference, "crop", portrait.name, facts))
        return reference


def _picture_bytes(image: Image.Image, original: bytes) -> tuple[bytes, str]:
    """Return the upright picture in its stored form: PNG stays PNG unless it is large, everything
    else is JPEG."""
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
    """Return a face as JSON: what its pose is computed from, to a tenth of a px."""
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
