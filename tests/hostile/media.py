"""Pictures and sounds: each format damaged in each way, and headers that cannot be meant."""

import struct
from collections.abc import Callable
from functools import cache, partial

import numpy as np

from tests.hostile.here import Here, Rows
from tests.portraits import test_bad_inputs as made

DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "its head alone": lambda data: data[:24],
    "a third of it": lambda data: data[: len(data) // 3],
    "all but its end": lambda data: data[: len(data) * 19 // 20],
    "zeros in its middle": lambda data: _patched(data, bytes(len(data) // 3)),
    "noise in its middle": lambda data: _patched(data, _noise(len(data) // 3)),
    "every tenth byte changed": lambda data: _changed(data),
    "twice in a row": lambda data: data + data,
}
PICTURES = ("JPEG", "PNG", "GIF", "WEBP", "HEIF", "AVIF", "BMP", "TIFF")
SOUNDS = {
    "wav": lambda: made.recorded(".wav"),
    "mp3": lambda: made.recorded(".mp3"),
    "flac": lambda: made.recorded(".flac"),
    "m4a": lambda: made.recorded(".m4a"),
    "ogg": lambda: made.in_container("ogg", "libopus"),
    "webm": lambda: made.in_container("webm", "libopus"),
}


def _noise(size: int) -> bytes:
    return np.random.default_rng(size).bytes(size)


def _patched(data: bytes, patch: bytes) -> bytes:
    start = len(data) // 3
    return data[:start] + patch + data[start + len(patch) :]


def _changed(data: bytes) -> bytes:
    changed = bytearray(data)
    changed[12::10] = bytes(each ^ 0x5A for each in changed[12::10])
    return bytes(changed)


@cache
def _picture(kind: str) -> bytes:
    return made.encoded(made.picture(), kind)


def _damaged_picture(kind: str, damage: str, here: Here) -> object:
    data = DAMAGES[damage](_picture(kind))
    return here.workspace.portraits.add(data, f"portrait.{kind.lower()}")


def _bmp(width: int, height: int, bits: int = 24) -> bytes:
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54, 0, 0, 54) + head + bytes(64)


def _gif(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0xF7, 0, 0) + bytes(768) + b"\x3b"


def _png(depth: int, color: int, interlace: int) -> bytes:
    head = struct.pack(">IIBBBBB", 96, 80, depth, color, 0, 0, interlace)
    chunks = (b"IHDR", head), (b"IDAT", b"\x78\x9c\x03\x00\x00\x00\x00\x01"), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(made.png_chunk(name, data) for name, data in chunks)


def _jpeg_that_claims(width: int, height: int) -> bytes:
    data = bytearray(_picture("JPEG"))
    place = data.index(b"\xff\xc0")
    data[place + 5 : place + 9] = struct.pack(">HH", height, width)
    return bytes(data)


ODD_PICTURES: dict[str, Callable[[], bytes]] = {
    "BMP of two billion pixels a side": lambda: _bmp(2**31 - 1, 2**31 - 1),
    "BMP of a negative height": lambda: _bmp(96, -(2**31)),
    "BMP of no width": lambda: _bmp(0, 80),
    "BMP of 99 bits": lambda: _bmp(96, 80, 99),
    "GIF of 65,535 pixels a side": lambda: _gif(65_535, 65_535),
    "GIF without a frame": lambda: _gif(96, 80),
    "JPEG of 65,535 pixels a side": lambda: _jpeg_that_claims(65_535, 65_535),
    "JPEG of no pixels": lambda: _jpeg_that_claims(0, 0),
    "PNG of 3 bits": lambda: _png(3, 2, 0),
    "PNG of an unknown color": lambda: _png(8, 7, 0),
    "PNG interlaced in a way there is not": lambda: _png(8, 2, 9),
    "PNG without a palette": lambda: _png(8, 3, 0),
    "PNG of 40,000 by 40,000": lambda: made.png_that_claims(40_000, 40_000),
    "SVG": lambda: made.SVG,
    "PDF": lambda: made.PDF,
    "PostScript": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n(%pipe%id) (w) file\n",
    "Photoshop": lambda: b"8BPS\x00\x01" + bytes(200),
    "JPEG 2000": lambda: b"\x00\x00\x00\x0cjP  \r\n\x87\n" + bytes(200),
    "icon": lambda: b"\x00\x00\x01\x00\xff\xff" + bytes(200),
    "a mask of text": lambda: b"P1\n99999999999 99999999999\n1",
    "a color profile of noise": lambda: made.encoded(
        made.picture(), "JPEG", icc_profile=_noise(5000)
    ),
    "an empty file": lambda: b"",
}


def _odd_picture(build: Callable[[], bytes], here: Here) -> object:
    return here.workspace.portraits.add(build(), "a.png")


def pictures() -> Rows:
    """Return the rows of pictures."""
    rows: Rows = {
        f"{kind}, {damage}": partial(_damaged_picture, kind, damage)
        for kind in PICTURES
        for damage in DAMAGES
    }
    return rows | {name: partial(_odd_picture, build) for name, build in ODD_PICTURES.items()}


def _wav(rate: int = 8000, channels: int = 1, width: int = 2, size: int = 9000) -> bytes:
    """A WAV whose header says this, whatever it holds."""
    head = struct.pack(
        "<HHIIHH", 1, channels, rate, rate * channels * width % 2**32, channels * width % 2**16,
        width * 8 % 2**16,
    )  # fmt: skip
    samples = made.tone(1.0).samples
    data = (samples * 9000).astype(np.int16).tobytes()
    return (
        b"RIFF" + struct.pack("<I", 36) + b"WAVEfmt " + struct.pack("<I", 16) + head
        + b"data" + struct.pack("<I", size) + data
    )  # fmt: skip


ODD_SOUNDS: dict[str, Callable[[], bytes]] = {
    "no samples a second": lambda: _wav(rate=0),
    "one sample a second": lambda: _wav(rate=1),
    "four billion samples a second": lambda: _wav(rate=2**32 - 1),
    "no channels": lambda: _wav(channels=0),
    "65,535 channels": lambda: _wav(channels=65_535),
    "samples of no width": lambda: _wav(width=0),
    "samples of 31 bytes": lambda: _wav(width=31),
    "data of no length": lambda: _wav(size=0),
    "data of four gigabytes": lambda: _wav(size=2**32 - 1),
    "data of an odd length": lambda: _wav(size=8999),
    "a playlist": lambda: made.PLAYLIST,
    "a list of files": lambda: made.CONCAT,
    "MIDI": lambda: b"MThd\x00\x00\x00\x06\x00\x01\xff\xff\x00\x60" + bytes(100),
    "a web page": lambda: b"<!doctype html><title>No sound</title>",
    "subtitles": lambda: b"1\n00:00:01,000 --> 00:00:02,000\nHello\n",
    "a picture": lambda: _picture("PNG"),
    "an animation": lambda: made.animated("GIF"),
    "a ZIP file": lambda: b"PK\x03\x04" + bytes(300),
    "an empty file": lambda: b"",
    "one byte": lambda: b"\xff",
}


def _damaged_sound(kind: str, damage: str, here: Here) -> object:
    return here.workspace.recordings.add(DAMAGES[damage](SOUNDS[kind]()), f"hello.{kind}")


def _odd_sound(build: Callable[[], bytes], here: Here) -> object:
    return here.workspace.recordings.add(build(), "a.wav")


def sounds() -> Rows:
    """Return the rows of sounds."""
    rows: Rows = {
        f"{kind}, {damage}": partial(_damaged_sound, kind, damage)
        for kind in SOUNDS
        for damage in DAMAGES
    }
    return rows | {name: partial(_odd_sound, build) for name, build in ODD_SOUNDS.items()}
