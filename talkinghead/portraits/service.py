"""The portraits service of one workspace.

They are decoded in a worker process; what it measured is stored in the database.
"""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from talkinghead.av.cropping import CropBox, default_crop
from talkinghead.catalogue import Geometry
from talkinghead.core.asset_repository import AssetRepository
from talkinghead.core.assets import Asset
from talkinghead.core.errors import InvalidPortrait
from talkinghead.core.store import Store
from talkinghead.core.workers.decoding import DecodingTurn, decoding_turn
from talkinghead.jobs.records.quotas import Quotas

if TYPE_CHECKING:  # the face networks load when they are first needed
    from talkinghead.portraits.check import Finding

SHOWN_AREA = 1_000_000  # px of the picture that a page shows; a panorama stays sharp, too


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
        client: whose turn at decoding it takes.
        quotas: limits of the disk.
    """

    def __init__(
        self,
        workspace: str,
        assets: AssetRepository,
        store: Store,
        client: str,
        quotas: Quotas,
    ) -> None:
        self._workspace = workspace
        self._assets = assets
        self._store = store
        self._client = client
        self._quotas = quotas

    def add(self, data: bytes, name: str) -> Portrait:
        """Store a picture, upright, and detect its faces.

        Raises:
            InvalidPortrait: it is no picture that can be read.
        """
        self._quotas.check_space(self._workspace, InvalidPortrait)
        with decoding_turn(self._client, InvalidPortrait) as turn:
            return self._add(turn, turn.file(data), name)

    def add_stored(self, reference: str, name: str) -> Portrait:
        """Store a picture of this workspace as a portrait, with its faces: a crop that was sent.

        Raises:
            InvalidPortrait: it is no picture that can be read.
            NotFound: it is not in this workspace.
        """
        with self._opened(reference) as (turn, picture):
            return self._add(turn, picture, name)

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

    def shown(self, reference: str) -> bytes:
        """Return the picture as a JPEG of at most a megapixel.

        Raises:
            NotFound: it is not in this workspace.
        """
        with self._opened(reference) as (turn, picture):
            report = turn.run("portrait.shown", InvalidPortrait, picture=picture, area=SHOWN_AREA)
        return base64.b64decode(report["jpeg"])

    def face_pictures(self, portrait: Portrait) -> list[bytes]:
        """Return a small JPEG of each face.

        Raises:
            NotFound: the picture is not in this workspace.
        """
        faces = self._assets.find(self._workspace, portrait.reference, "portrait").facts["faces"]
        with self._opened(portrait.reference) as (turn, picture):
            report = turn.run("portrait.faces", InvalidPortrait, picture=picture, faces=faces)
        return [base64.b64decode(each) for each in report["jpegs"]]

    def preview(self, portrait: Portrait, box: CropBox, longest_side: int) -> bytes:
        """Return a JPEG of a part of the picture, of at most so many px a side.

        Raises:
            NotFound: it is not in this workspace.
        """
        order = {"box": list(astuple(box)), "longest_side": longest_side}
        with self._opened(portrait.reference) as (turn, picture):
            report = turn.run("portrait.preview", InvalidPortrait, picture=picture, **order)
        return base64.b64decode(report["jpeg"])

    def findings(
        self, portrait: Portrait, chosen_face: int | None, box: CropBox | None, geometry: Geometry
    ) -> "list[Finding]":
        """Return the problems of the picture for a video of this shape, and what to do about
        them."""
        from talkinghead.portraits.check import check_portrait
        from talkinghead.portraits.face_facts import face_of, light_of

        known = self._with_light(portrait).facts["faces"]
        faces, lights = [face_of(facts) for facts in known], [light_of(facts) for facts in known]
        return check_portrait(portrait, faces, lights, box, chosen_face, geometry)

    def default_crop(self, portrait: Portrait, aspect: float, chosen_face: int = 0) -> CropBox:
        """Return the crop around head and shoulders of the chosen face, in this width-over-height;
        the middle if there is none."""
        from talkinghead.portraits.face_facts import face_of

        asset = self._assets.find(self._workspace, portrait.reference, "portrait")
        faces = [face_of(facts) for facts in asset.facts["faces"]]
        face = faces[chosen_face] if chosen_face < len(faces) else None
        return default_crop(portrait, aspect, face)

    def crop(self, portrait: Portrait, box: CropBox, geometry: Geometry) -> str:
        """Crop the picture for a video of this shape; returns the reference to render from."""
        order = {"box": list(astuple(box)), "width": geometry.width, "height": geometry.height}
        with self._opened(portrait.reference) as (turn, picture):
            made = turn.run("portrait.crop", InvalidPortrait, picture=picture, **order)
            reference = self._store.put(self._workspace, turn.folder / made["file"], ".jpg")
        facts = {"width": made["width"], "height": made["height"], "from": portrait.reference}
        self._assets.put(self._workspace, Asset(reference, "crop", portrait.name, facts))
        return reference

    def _add(self, turn: DecodingTurn, picture: Path, name: str) -> Portrait:
        facts = turn.run("portrait.read", InvalidPortrait, picture=picture, name=name)
        path = turn.folder / facts.pop("file")
        reference = self._store.put(self._workspace, path, path.suffix)
        self._assets.put(self._workspace, Asset(reference, "portrait", name[:200], facts))
        return self.find(reference)

    def _with_light(self, portrait: Portrait) -> Asset:
        """Return what is known of a portrait; the light of one that was stored without is measured
        now."""
        asset = self._assets.find(self._workspace, portrait.reference, "portrait")
        faces = asset.facts["faces"]
        if all("light" in face for face in faces):
            return asset
        with self._opened(portrait.reference) as (turn, picture):
            report = turn.run("portrait.light", InvalidPortrait, picture=picture, faces=faces)
        lit = [face | light for face, light in zip(faces, report["lights"], strict=True)]
        asset = replace(asset, facts=asset.facts | {"faces": lit})
        self._assets.put(self._workspace, asset)
        return asset

    @contextmanager
    def _opened(self, reference: str) -> Iterator[tuple[DecodingTurn, Path]]:
        with decoding_turn(self._client) as turn:
            yield turn, turn.stored(self._store, self._workspace, reference)


def _face_box(facts: dict[str, Any], width: int, height: int) -> FaceBox:
    x0, y0, x1, y1 = facts["box"]
    return FaceBox(x0 / width, y0 / height, (x1 - x0) / width, (y1 - y0) / height, facts["score"])
