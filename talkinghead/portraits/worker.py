"""Tasks on pictures, for `talkinghead.decoding_worker`: nothing else opens a portrait."""

import base64
import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from talkinghead.av.cropping import CropBox, crop, default_crop
from talkinghead.av.faces import Face, find_faces
from talkinghead.core.measures import Geometry
from talkinghead.portraits.check import measure_light
from talkinghead.portraits.face_facts import face_facts, face_of, light_facts
from talkinghead.portraits.picture_file import read_portrait
from talkinghead.portraits.surround import Surround, framed

JPEG_QUALITY = 95
LARGEST_PNG = 8 * 1024 * 1024  # bytes; a bigger one is kept as JPEG, which fal takes sooner
_SHOWN_QUALITY = 88
_FACE_SIDE = 144  # px of the picture of one of several faces
_THUMBNAIL_SIDE = 224  # px; the library shows it at half of that
_AROUND_FACE = 1.5  # of the face's longer side

_PNG = b"\x89PNG"
_ROTATIONS = {
    1: Image.Transpose.ROTATE_270,  # Pillow counts counterclockwise
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_90,
}

Order = Mapping[str, Any]


def load() -> None:
    """Load what the first picture would have to wait for."""
    find_faces(np.zeros((128, 128, 3), np.uint8))


def _read(order: Order, folder: Path) -> dict[str, Any]:
    """Read a picture of any format: {"picture", "name"} → its stored form, faces and thumbnail."""
    data = Path(order["picture"]).read_bytes()
    return _stored_form(read_portrait(data, order["name"]), data.startswith(_PNG), folder)


def _rotate(order: Order, folder: Path) -> dict[str, Any]:
    """Rotate a stored picture: {"picture", "turns"} clockwise, 1 to 3 → as `_read`."""
    data = Path(order["picture"]).read_bytes()
    with _opened(order) as image:
        rotated = image.transpose(_ROTATIONS[order["turns"]])
    return _stored_form(rotated, data.startswith(_PNG), folder)


def _thumbnail(order: Order, folder: Path) -> dict[str, Any]:
    """Cut head and shoulders out of a stored picture: {"picture", "faces"} → JPEG."""
    with _opened(order) as image:
        return {"jpeg": _thumbnail_text(image, [face_of(each) for each in order["faces"]])}


def _light(order: Order, folder: Path) -> dict[str, Any]:
    """Measure the light on known faces: {"picture", "faces"}."""
    with _opened(order) as image:
        measured = (measure_light(image, face_of(each)) for each in order["faces"])
        return {"lights": [light_facts(light) for light in measured]}


def _shown(order: Order, folder: Path) -> dict[str, Any]:
    """Shrink a stored picture for the page: {"picture", "area"} in px → JPEG."""
    with _opened(order) as image:
        scale = (order["area"] / (image.width * image.height)) ** 0.5
        if scale < 1:
            size = (max(1, round(side * scale)) for side in image.size)
            image = image.resize(tuple(size), Image.Resampling.LANCZOS, reducing_gap=3.0)
        return {"jpeg": _jpeg_text(image)}


def _faces(order: Order, folder: Path) -> dict[str, Any]:
    """Cut out the faces of a stored picture, square: {"picture", "faces"} → JPEGs."""
    with _opened(order) as image:
        return {"jpegs": [_jpeg_text(_around(image, face_of(each))) for each in order["faces"]]}


def _crop(order: Order, folder: Path) -> dict[str, Any]:
    """Crop a stored picture: {"picture", "box", "width", "height", "surround"} → a JPEG file."""
    shape = Geometry(order["width"], order["height"])
    with _opened(order) as image:
        picture = framed(image, CropBox(*order["box"]), shape, _surround(order))
    path = folder / "crop.jpg"
    _save_jpeg(picture, path)
    return {"file": path.name, "width": picture.width, "height": picture.height}


def _preview(order: Order, folder: Path) -> dict[str, Any]:
    """Crop a stored picture for the page: {"picture", "box", "longest_side", "surround"} → JPEG."""
    with _opened(order) as image:
        box = CropBox(*order["box"])
        return {"jpeg": _jpeg_text(framed(image, box, order["longest_side"], _surround(order)))}


TASKS: Mapping[str, Callable[[Order, Path], dict[str, Any]]] = {
    "portrait.read": _read,
    "portrait.rotate": _rotate,
    "portrait.thumbnail": _thumbnail,
    "portrait.light": _light,
    "portrait.shown": _shown,
    "portrait.faces": _faces,
    "portrait.crop": _crop,
    "portrait.preview": _preview,
}


def _surround(order: Order) -> Surround | None:
    given = order["surround"]
    return Surround(given["fill"], tuple(given["colour"])) if given else None


def _stored_form(image: Image.Image, as_png: bool, folder: Path) -> dict[str, Any]:
    """Write an upright picture; returns its file, size, faces and thumbnail."""
    faces = find_faces(np.asarray(image))
    path = _write(image, as_png, folder)
    return {
        "file": path.name,
        "width": image.width,
        "height": image.height,
        "faces": [face_facts(face) | light_facts(measure_light(image, face)) for face in faces],
        "thumbnail": _thumbnail_text(image, faces),
    }


def _thumbnail_text(image: Image.Image, faces: Sequence[Face]) -> str:
    box = default_crop(image, 1.0, faces[0] if faces else None)
    return _jpeg_text(crop(image, box, _THUMBNAIL_SIDE))


def _opened(order: Order) -> Image.Image:
    """Return a picture in its stored form, RGB."""
    return Image.open(order["picture"]).convert("RGB")


def _write(image: Image.Image, as_png: bool, folder: Path) -> Path:
    """Write the upright picture in its stored form: PNG stays PNG unless it is large, everything
    else is JPEG."""
    if as_png:
        path = folder / "picture.png"
        image.save(path, "PNG")
        if path.stat().st_size <= LARGEST_PNG:
            return path
    path = folder / "picture.jpg"
    _save_jpeg(image, path)
    return path


def _save_jpeg(image: Image.Image, path: Path) -> None:
    image.save(path, "JPEG", quality=JPEG_QUALITY, subsampling=0)


def _jpeg_text(image: Image.Image) -> str:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=_SHOWN_QUALITY)
    return base64.b64encode(file.getvalue()).decode()


def _around(image: Image.Image, face: Face) -> Image.Image:
    x0, y0, x1, y1 = face.box
    side = _AROUND_FACE * max(x1 - x0, y1 - y0)
    left, top = (x0 + x1 - side) / 2, (y0 + y1 - side) / 2
    cut = image.crop((int(left), int(top), int(left + side), int(top + side)))
    return cut.resize((_FACE_SIDE, _FACE_SIDE))
