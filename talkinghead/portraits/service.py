"""The portraits service of one workspace.

They are decoded in a worker process; what it measured is stored in the database.
"""

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, astuple, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from talkinghead.av.cropping import CropBox, default_crop
from talkinghead.core.asset_repository import AssetRepository
from talkinghead.core.assets import Asset
from talkinghead.core.errors import InvalidPortrait
from talkinghead.core.measures import Geometry
from talkinghead.core.store import Store
from talkinghead.core.workers.decoding import DecodingTurn, decoding_turn
from talkinghead.jobs.records.quotas import Quotas
from talkinghead.portraits.repository import PortraitLibraryRepository
from talkinghead.portraits.surround import Surround, surrounded_box
from talkinghead.portraits.values import Portrait, portrait_of

if TYPE_CHECKING:  # the face networks load when they are first needed
    from talkinghead.portraits.check import Finding

SHOWN_AREA = 1_000_000  # px of the picture that a page shows; a panorama stays sharp, too


class PortraitService:
    """The portraits of one workspace.

    Args:
        workspace: its id.
        assets: what is known of its files.
        store: where they are.
        client: whose turn at decoding it takes.
        quotas: limits of the disk.
        library: which of its portraits can be chosen again.
    """

    def __init__(
        self,
        workspace: str,
        assets: AssetRepository,
        store: Store,
        client: str,
        quotas: Quotas,
        library: PortraitLibraryRepository,
    ) -> None:
        self._workspace = workspace
        self._assets = assets
        self._store = store
        self._client = client
        self._quotas = quotas
        self._library = library

    def add(self, data: bytes, name: str) -> Portrait:
        """Store a picture, upright, and detect its faces.

        Raises:
            InvalidPortrait: it is no picture that can be read.
        """
        self._quotas.check_space(self._workspace, InvalidPortrait)
        with decoding_turn(self._client, InvalidPortrait) as turn:
            facts = {"uploaded": hashlib.sha256(data).hexdigest()}
            return self._add(turn, turn.file(data), name, facts)

    def add_stored(self, reference: str, name: str) -> Portrait:
        """Store a picture of this workspace as a portrait, with its faces: a crop that was sent.

        Raises:
            InvalidPortrait: it is no picture that can be read, or there is no room for it.
            NotFound: it is not in this workspace.
        """
        self._quotas.check_space(self._workspace, InvalidPortrait)
        with self._opened(reference) as (turn, picture):
            return self._add(turn, picture, name, {"copied_from": reference})

    def find(self, reference: str) -> Portrait:
        """Return a stored portrait.

        Raises:
            NotFound: it is not in this workspace.
        """
        return portrait_of(self._assets.find(self._workspace, reference, "portrait"))

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

    def preview(
        self,
        portrait: Portrait,
        box: CropBox,
        longest_side: int,
        surround: Surround | None = None,
    ) -> bytes:
        """Return a JPEG of what is in the frame, of at most so many px a side.

        Raises:
            NotFound: it is not in this workspace.
        """
        order = {**_frame(box, surround), "longest_side": longest_side}
        with self._opened(portrait.reference) as (turn, picture):
            report = turn.run("portrait.preview", InvalidPortrait, picture=picture, **order)
        return base64.b64decode(report["jpeg"])

    def findings(
        self,
        portrait: Portrait,
        chosen_face: int | None,
        box: CropBox | None,
        geometry: Geometry,
        surround: Surround | None = None,
    ) -> "list[Finding]":
        """Return the problems of the picture for a video of this shape, and what to do about
        them."""
        from talkinghead.portraits.check import check_portrait
        from talkinghead.portraits.face_facts import face_of, light_of

        known = self._with_light(portrait).facts["faces"]
        faces, lights = [face_of(facts) for facts in known], [light_of(facts) for facts in known]
        if box is None:
            box = self.default_crop(portrait, geometry.aspect, chosen_face or 0, surround)
        return check_portrait(portrait, faces, lights, box, chosen_face, geometry)

    def default_crop(
        self,
        portrait: Portrait,
        aspect: float,
        chosen_face: int = 0,
        surround: Surround | None = None,
    ) -> CropBox:
        """Return the crop around head and shoulders of the chosen face, in this width-over-height;
        the middle if there is none. With a surround it is a frame around the whole picture."""
        from talkinghead.portraits.face_facts import face_of

        asset = self._assets.find(self._workspace, portrait.reference, "portrait")
        faces = [face_of(facts) for facts in asset.facts["faces"]]
        face = faces[chosen_face] if chosen_face < len(faces) else None
        if surround is not None:
            return surrounded_box(portrait, aspect, face)
        return default_crop(portrait, aspect, face)

    def crop(
        self,
        portrait: Portrait,
        box: CropBox,
        geometry: Geometry,
        surround: Surround | None = None,
    ) -> str:
        """Crop the picture for a video of this shape; returns the reference to render from.

        Args:
            portrait: the whole picture.
            box: the frame.
            geometry: the video's shape.
            surround: what fills the frame beyond the picture.

        Raises:
            InvalidPortrait: there is no room for it.
            NotFound: the picture is not in this workspace.
        """
        self._quotas.check_space(self._workspace, InvalidPortrait)
        size = {"width": geometry.width, "height": geometry.height}
        order = {**_frame(box, surround), **size}
        with self._opened(portrait.reference) as (turn, picture):
            made = turn.run("portrait.crop", InvalidPortrait, picture=picture, **order)
            reference = self._store.put(self._workspace, turn.folder / made["file"], ".jpg")
        facts = {"width": made["width"], "height": made["height"], "from": portrait.reference}
        self._assets.put(self._workspace, Asset(reference, "crop", portrait.name, facts))
        return reference

    def rotate(self, portrait: Portrait, turns: int) -> Portrait:
        """Store the picture rotated, and put it into the library in place of this one.

        Args:
            portrait: which; it is rotated from the picture as it was uploaded, so that nothing of
                it is lost by rotating it often.
            turns: quarter turns clockwise; negative ones are counterclockwise.

        Raises:
            InvalidPortrait: there is no room for it.
            NotFound: it is not in this workspace.
        """
        self._quotas.check_space(self._workspace, InvalidPortrait)
        facts = self._assets.find(self._workspace, portrait.reference, "portrait").facts
        original = str(facts.get("from", portrait.reference))
        turns = (int(facts.get("turns", 0)) + turns) % 4
        rotated = self._rotated(original, turns, portrait.name) if turns else self.find(original)
        self._library.replace(self._workspace, portrait.reference, rotated.reference)
        return rotated

    def thumbnail(self, reference: str) -> bytes:
        """Return head and shoulders of a portrait as a small JPEG.

        Raises:
            NotFound: it is not in this workspace.
        """
        faces = self._assets.find(self._workspace, reference, "portrait").facts["faces"]
        with self._opened(reference) as (turn, picture):
            made = turn.run("portrait.thumbnail", InvalidPortrait, picture=picture, faces=faces)
        return base64.b64decode(made["jpeg"])

    def _rotated(self, original: str, turns: int, name: str) -> Portrait:
        with self._opened(original) as (turn, picture):
            facts = turn.run("portrait.rotate", InvalidPortrait, picture=picture, turns=turns)
            return self._put(turn, {**facts, "from": original, "turns": turns}, name)

    def _add(
        self, turn: DecodingTurn, picture: Path, name: str, origin: dict[str, str]
    ) -> Portrait:
        facts = turn.run("portrait.read", InvalidPortrait, picture=picture, name=name)
        return self._put(turn, {**facts, **origin}, name)

    def _put(self, turn: DecodingTurn, facts: dict[str, Any], name: str) -> Portrait:
        path, thumbnail = turn.folder / facts.pop("file"), base64.b64decode(facts.pop("thumbnail"))
        reference = self._store.put(self._workspace, path, path.suffix)
        self._assets.put(self._workspace, Asset(reference, "portrait", name[:200], facts))
        self._library.put(self._workspace, reference, thumbnail)
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


def _frame(box: CropBox, surround: Surround | None) -> dict[str, Any]:
    """Return a frame as JSON, for the worker."""
    return {"box": list(astuple(box)), "surround": asdict(surround) if surround else None}
