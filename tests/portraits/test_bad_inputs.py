"""Everything odd that a person may bring: a clear sentence beside its field, or a good result."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
import pytest
from PIL import Image

from talkinghead.av.sound import Sound, read_sound, sound_bytes, write_sound
from talkinghead.core.errors import InvalidInput, InvalidPortrait, InvalidRecording, InvalidScript
from talkinghead.portraits.picture_file import read_portrait
from talkinghead.speech.text.script import check_script

MACHINE_WORDS = re.compile(
    r"traceback|error\b|errno|exception|invaliddata|\bav\.|pillow|ffmpeg|\bPIL\b|codec|none\b|nan\b|"
    r"/tmp|/work|/home|\\x|0x|object at|<|>",
    re.IGNORECASE,
)
WHAT_TO_DO = re.compile(
    r"upload|choose|record|save|shorten|split|write|use|cut|check|send", re.IGNORECASE
)


# Pictures ---------------------------------------------------------------------------------------


def picture(mode: str = "RGB", size: tuple[int, int] = (96, 80)) -> Image.Image:
    """A soft slope of brightness, so that every mode has something to show."""
    slope = np.linspace(0, 255, size[0] * size[1]).reshape(size[1], size[0]).astype(np.uint8)
    return Image.fromarray(slope).convert("RGB").convert(mode)


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def cut(data: bytes, fraction: float = 0.5) -> bytes:
    return data[: int(len(data) * fraction)]


def noise_picture(kind: str) -> bytes:
    pixels = np.random.default_rng(0).integers(0, 255, (160, 160, 3), np.uint8)
    return encoded(Image.fromarray(pixels), kind)


def png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose head promises a huge picture."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 4096)
    chunks = (b"IHDR", head), (b"IDAT", rows), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(png_chunk(name, data) for name, data in chunks)


def png_with_text_bomb() -> bytes:
    bomb = b"Comment\0\0" + zlib.compress(b"a" * 80_000_000, 9)
    plain = encoded(picture(), "PNG")
    return plain[:33] + png_chunk(b"zTXt", bomb) + plain[33:]


def zip_bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("portrait.jpg", b"\0" * 20_000_000)
    return file.getvalue()


def sixteen_bit() -> bytes:
    grey = np.linspace(0, 65535, 96 * 80).reshape(80, 96).astype(np.uint16)
    return encoded(Image.fromarray(grey), "PNG")


def transparent_palette() -> bytes:
    return encoded(picture("P"), "PNG", transparency=0)


def animated(kind: str) -> bytes:
    frames = [Image.new("RGB", (96, 80), colour) for colour in ("red", "lime", "blue")]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


def turned_by_exif(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return encoded(picture(), "JPEG", exif=exif)


def with_broken_exif() -> bytes:
    exif = b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\x99" * 60
    return encoded(picture(), "JPEG", exif=exif)


def with_broken_profile() -> bytes:
    return encoded(picture(), "JPEG", icc_profile=b"not a profile at all" * 10)


# Sounds -----------------------------------------------------------------------------------------


def tone(seconds: float, rate: int = 8000) -> Sound:
    time = np.arange(round(seconds * rate)) / rate
    return Sound((0.3 * np.sin(2 * np.pi * 220 * time)).astype(np.float32), rate)


def recorded(suffix: str, seconds: float = 1.0) -> bytes:
    return sound_bytes(tone(seconds), suffix)


def in_container(container: str, codec: str, rate: int = 48_000, layout: str = "mono") -> bytes:
    file = io.BytesIO()
    with av.open(file, "w", format=container) as output:
        stream = cast(av.AudioStream, output.add_stream(codec, rate=rate, layout=layout))
        samples = tone(1.0, rate).samples[np.newaxis]
        repeated = np.ascontiguousarray(np.repeat(samples, stream.layout.nb_channels, 0))
        frame = av.AudioFrame.from_ndarray(repeated, format="fltp", layout=layout)
        frame.sample_rate = rate
        output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return file.getvalue()


def video(*, with_sound: bool) -> bytes:
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as output:
        pictures = output.add_stream("libx264", rate=25)
        pictures.width, pictures.height, pictures.pix_fmt = 64, 64, "yuv420p"
        sound = output.add_stream("aac", rate=48_000) if with_sound else None
        for _ in range(25):
            image = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), format="rgb24")
            output.mux(pictures.encode(image))
        output.mux(pictures.encode(None))
        if sound is not None:
            frame = av.AudioFrame.from_ndarray(
                tone(1.0, 48_000).samples[np.newaxis], format="fltp", layout="mono"
            )
            frame.sample_rate = 48_000
            output.mux(sound.encode(frame))
            output.mux(sound.encode(None))
    return file.getvalue()


def wav(samples: np.ndarray, rate: int = 8000, *, kind: int = 1, channels: int = 1) -> bytes:
    """Return a WAV with these values in its header; kind 1 is integers, 3 is floats."""
    data = samples.tobytes()
    width = samples.itemsize
    head = struct.pack(
        "<HHIIHH",
        kind,
        channels,
        rate,
        min(rate * channels * width, 2**32 - 1),
        channels * width,
        8 * width,
    )
    return (
        b"RIFF"
        + struct.pack("<I", 36 + len(data))
        + b"WAVEfmt "
        + struct.pack("<I", 16)
        + head
        + b"data"
        + struct.pack("<I", len(data))
        + data
    )


def three_hours() -> bytes:
    """Of telephone quality, so that building it costs little."""
    second = (tone(1.0).samples * 100).astype(np.uint8)
    return wav(np.tile(second + 128, 3 * 3600))


def bomb_of_silence() -> bytes:
    """Three hours of FLAC in a few kilobytes."""
    file = io.BytesIO()
    with av.open(file, "w", format="flac") as output:
        stream = output.add_stream(
            "flac", rate=8000, layout="mono", options={"frame_size": "65535"}
        )
        frame = av.AudioFrame.from_ndarray(
            np.zeros((1, 8000 * 60), np.int16), format="s16", layout="mono"
        )
        for minute in range(180):
            frame.sample_rate, frame.pts = 8000, minute * 8000 * 60
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return file.getvalue()


def floats_with_damage() -> bytes:
    samples = tone(1.0).samples.copy()
    samples[1000:1100], samples[2000], samples[3000] = np.nan, np.inf, 1e30
    return wav(samples, kind=3)


def changing_form() -> bytes:
    """Two mp3 streams one after the other, the second in stereo and at another rate."""
    return in_container("mp3", "libmp3lame") + in_container("mp3", "libmp3lame", 24_000, "stereo")


loud = np.array([9000, -9000], np.int16)  # one wave at half the rate of the samples
PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:9/secret.ts\n"
CONCAT = b"ffconcat version 1.0\nfile '/etc/hostname'\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect/></svg>'
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"
LONG_NAME = "portrait" * 4000 + ".jpg"

REFUSED_PICTURES: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "empty": (lambda: b"", "a.jpg", "empty"),
    "one byte": (lambda: b"\xff", "a.jpg", "can't be read"),
    "only NUL bytes": (lambda: b"\0" * 5000, "a.png", "can't be read"),
    "text named .jpg": (lambda: b"Dear diary, " * 50, "a.jpg", "ends in .jpg"),
    "PDF named .jpg": (lambda: PDF, "a.jpg", "PDF"),
    "SVG": (lambda: SVG, "a.svg", "SVG"),
    "SVG named .png": (lambda: SVG, "a.png", "ends in .png"),
    "HTML named .webp": (lambda: b"<!DOCTYPE html><script>alert(1)</script>", "a.webp", "web page"),
    "ZIP bomb named .png": (zip_bomb, "a.png", "ZIP"),
    "mp3 named .jpg": (lambda: recorded(".mp3"), "a.jpg", "can't be read|recording"),
    "flac named .jpg": (lambda: recorded(".flac"), "a.jpg", "recording"),
    "mp4 named .heic": (lambda: video(with_sound=True), "a.heic", "video"),
    "EPS, which would start a program": (lambda: b"%!PS-Adobe-3.0 EPSF\n", "a.eps", "PostScript"),
    "truncated JPEG": (lambda: cut(noise_picture("JPEG")), "a.jpg", "damaged or incomplete"),
    "truncated PNG": (lambda: cut(noise_picture("PNG")), "a.png", "damaged or incomplete"),
    "truncated WebP": (lambda: cut(noise_picture("WEBP")), "a.webp", "damaged|can't be read"),
    "truncated HEIC": (lambda: cut(noise_picture("HEIF")), "a.heic", "damaged|can't be read"),
    "truncated AVIF": (lambda: cut(noise_picture("AVIF")), "a.avif", "damaged|can't be read"),
    "JPEG head alone": (lambda: noise_picture("JPEG")[:200], "a.jpg", "damaged|can't be read"),
    "one-pixel PNG": (lambda: encoded(picture(size=(1, 1)), "PNG"), "a.png", "1 × 1"),
    "one-pixel GIF": (lambda: encoded(picture(size=(1, 1)), "GIF"), "a.gif", "1 × 1"),
    "63 pixels": (lambda: encoded(picture(size=(63, 200)), "PNG"), "a.png", "at least 64"),
    "40,000-pixel square": (lambda: png_that_claims(40_000, 40_000), "a.png", "megapixels"),
    "just above the limit": (lambda: png_that_claims(8_100, 8_100), "a.png", "megapixels"),
    "2-billion-pixel side": (lambda: png_that_claims(2**31 - 1, 1), "a.png", "megapixels|only"),
    "no pixel at all": (lambda: png_that_claims(0, 0), "a.png", "can't be read|only|damaged"),
    "40,000-pixel stripe": (lambda: encoded(picture(size=(40_000, 70)), "PNG"), "a.png", "narrow"),
    "PNG that promises more than it holds": (
        lambda: png_that_claims(4000, 4000), "a.png", "damaged or incomplete",
    ),
    "PNG with a text bomb": (png_with_text_bomb, "a.png", "damaged|can't be read"),
    "animated GIF": (lambda: animated("GIF"), "a.gif", "animations aren't supported"),
    "animated WebP": (lambda: animated("WEBP"), "a.webp", "animations aren't supported"),
    "animated PNG": (lambda: animated("PNG"), "a.png", "PNGs aren't supported"),
    "31 MB": (lambda: encoded(picture(), "PNG") + b"\0" * 31_000_000, "a.png", "30 MB"),
}  # fmt: skip

ACCEPTED_PICTURES: dict[str, tuple[Callable[[], bytes], str]] = {
    "PNG named .jpg": (lambda: encoded(picture(), "PNG"), "a.jpg"),
    "JPEG named .png": (lambda: encoded(picture(), "JPEG"), "a.png"),
    "JPEG named .mp3": (lambda: encoded(picture(), "JPEG"), "a.mp3"),
    "no name": (lambda: encoded(picture(), "JPEG"), ""),
    "HTML in the name": (lambda: encoded(picture(), "JPEG"), "<script>alert(1)</script>.jpg"),
    "Markdown in the name": (lambda: encoded(picture(), "JPEG"), "[me](javascript:x)**.jpg"),
    "NUL in the name": (lambda: encoded(picture(), "JPEG"), "a\0.jpg"),
    "lone surrogate in the name": (lambda: encoded(picture(), "JPEG"), "\ud83d.jpg"),
    "path in the name": (lambda: encoded(picture(), "JPEG"), "../../etc/passwd"),
    "very long name": (lambda: encoded(picture(), "JPEG"), LONG_NAME),
    "grey": (lambda: encoded(picture("L"), "PNG"), "a.png"),
    "black and white": (lambda: encoded(picture("1"), "PNG"), "a.png"),
    "16-bit": (sixteen_bit, "a.png"),
    "CMYK": (lambda: encoded(picture("CMYK"), "JPEG"), "a.jpg"),
    "palette": (lambda: encoded(picture("P"), "PNG"), "a.png"),
    "palette with transparency": (transparent_palette, "a.png"),
    "grey with alpha": (lambda: encoded(picture("LA"), "PNG"), "a.png"),
    "colour with alpha": (lambda: encoded(picture("RGBA"), "WEBP"), "a.webp"),
    "HEIC": (lambda: encoded(picture(), "HEIF"), "a.heic"),
    "AVIF": (lambda: encoded(picture(), "AVIF"), "a.avif"),
    "TIFF": (lambda: encoded(picture(), "TIFF"), "a.tiff"),
    "BMP": (lambda: encoded(picture(), "BMP"), "a.bmp"),
    "turned by EXIF": (lambda: turned_by_exif(3), "a.jpg"),
    "impossible EXIF turn": (lambda: turned_by_exif(77), "a.jpg"),
    "broken EXIF": (with_broken_exif, "a.jpg"),
    "broken colour profile": (with_broken_profile, "a.jpg"),
    "rubbish after the end": (lambda: encoded(picture(), "JPEG") + b"<?php ?>" * 99, "a.jpg"),
}

REFUSED_RECORDINGS: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "empty"),
    "one byte": (lambda: b"\xff", "can't be read"),
    "only NUL bytes": (lambda: b"\0" * 5000, "can't be read"),
    "text as mp3": (lambda: b"This is no recording. " * 400, "can't be read"),
    "random bytes": (lambda: np.random.default_rng(1).bytes(40_000), "can't be read|only"),
    "JPEG as wav": (lambda: encoded(picture(), "JPEG"), "can't be read"),
    "PNG as mp3": (lambda: encoded(picture(), "PNG"), "can't be read"),
    "animated GIF": (lambda: animated("GIF"), "can't be read|no audio"),
    "PDF": (lambda: PDF, "can't be read"),
    "ZIP bomb": (zip_bomb, "can't be read"),
    "playlist that names an address": (lambda: PLAYLIST, "can't be read"),
    "list that names a file": (lambda: CONCAT, "can't be read"),
    "video without sound": (lambda: video(with_sound=False), "no audio"),
    "zero seconds": (lambda: wav(np.zeros(0, np.int16)), "only 0.0 seconds|can't be read"),
    "a tenth of a second": (lambda: recorded(".wav", 0.1), "only 0.1 seconds"),
    "silence throughout": (lambda: wav(np.zeros(16_000, np.int16)), "silent"),
    "noise of a closed microphone": (
        lambda: wav(np.random.default_rng(2).integers(-5, 5, 16_000, np.int16)), "silent",
    ),
    "not a number throughout": (lambda: wav(np.full(16_000, np.nan, np.float32), kind=3), "silent"),
    "three hours": (three_hours, "longer than 20 minutes"),
    "three hours in some kilobytes": (bomb_of_silence, "longer than 20 minutes"),
    "one sample a second": (lambda: wav(np.ones(9000, np.int16), 1), "can't be read|only|damaged"),
    "4 billion samples a second": (
        lambda: wav(np.ones(9000, np.int16), 2**32 - 1), "can't be read|only",
    ),
    "16 million samples a second": (
        lambda: wav(np.ones(9000, np.int16), 16_777_213), "only 0.0 seconds",
    ),
    "no channel": (lambda: wav(np.ones(9000, np.int16), channels=0), "can't be read|only 0.0"),
    "truncated mp4": (lambda: cut(video(with_sound=True)), "can't be read"),
    "truncated m4a": (lambda: cut(recorded(".m4a")), "can't be read"),
    "head of a wav": (lambda: recorded(".wav")[:30], "can't be read"),
}  # fmt: skip

ACCEPTED_RECORDINGS: dict[str, tuple[Callable[[], bytes], float]] = {
    "mp3": (lambda: recorded(".mp3"), 1.0),
    "m4a": (lambda: recorded(".m4a"), 1.0),
    "flac": (lambda: recorded(".flac"), 1.0),
    "aac": (lambda: in_container("adts", "aac"), 1.0),
    "ogg opus": (lambda: in_container("ogg", "libopus"), 1.0),
    "webm": (lambda: in_container("webm", "libopus"), 1.0),
    "mp4 with sound": (lambda: video(with_sound=True), 1.0),
    "six channels": (lambda: in_container("flac", "flac", layout="5.1"), 1.0),
    "thirty-two channels": (lambda: wav(np.tile(np.repeat(loud, 32), 4000), channels=32), 1.0),
    "channels and rate that change on the way": (changing_form, 2.0),
    "damaged samples": (floats_with_damage, 1.0),
    "truncated wav": (lambda: cut(recorded(".wav")), 0.5),
    "truncated mp3": (lambda: cut(recorded(".mp3")), 0.5),
    "truncated flac": (lambda: cut(recorded(".flac", 20.0)), 9.0),
    "truncated ogg": (lambda: cut(in_container("ogg", "libopus"), 0.98), 0.9),
    "rubbish after the end": (lambda: recorded(".flac") + b"\xff" * 500, 1.0),
}

REFUSED_SCRIPTS = {
    "nothing": ("", "is empty"),
    "only spaces": (" \t\n \u00a0\u3000", "is empty"),
    "only control characters": ("\0\x01\x02\x7f\x9f", "is empty"),
    "only invisible characters": ("\u200b\u200d\ufeff\u202e", "is empty"),
    "only punctuation": ("... !? — ()", "is empty"),
    "only a lone surrogate": ("\ud83d", "is empty"),
    "12,001 characters": ("a" * 12_001, "1 over the limit"),
    "100,000 characters": ("word " * 20_000, "87,999 over the limit"),
}

ACCEPTED_SCRIPTS = {
    "one character": ("A", "A"),
    "one digit": ("7", "7"),
    "12,000 characters": ("a" * 12_000, "a" * 12_000),
    "Hebrew": ("שלום עולם", "שלום עולם"),
    "Arabic with marks": ("مَرْحَبًا", "مَرْحَبًا"),
    "left-to-right override": ("abc\u202edef\u202c", "abcdef"),
    "emoji only": ("🎉👩‍🚀🇫🇷", "🎉👩‍🚀🇫🇷"),
    "Chinese": ("你好，世界。", "你好，世界。"),
    "NUL inside": ("Hel\0lo", "Hello"),
    "escape sequence of a terminal": ("\x1b[31mred", "[31mred"),
    "lone surrogate inside": ("Hi \ud83d there", "Hi there"),
    "HTML": ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    "Markdown": ("# Hi [there](javascript:x) $x$", "# Hi [there](javascript:x) $x$"),
    "Windows line ends": ("one\r\ntwo\rthree", "one\ntwo\nthree"),
    "many kinds of space": ("one\u00a0 \t\u2003two  ", "one two"),
    "many empty lines": ("one\n\n\n\n\ntwo", "one\n\ntwo"),
    "letters and accents apart": ("Cafe\u0301", "Café"),
    "mathematical letters": ("𝓗𝓮𝓵𝓵𝓸", "𝓗𝓮𝓵𝓵𝓸"),
}


def assert_clear(error: InvalidInput, field: str, names: str) -> None:
    """A sentence or two for a person: what is wrong, what to do, and nothing of the machine."""
    text = str(error)
    assert error.field == field
    assert re.search(names, text, re.IGNORECASE), text
    assert WHAT_TO_DO.search(text), text
    assert not MACHINE_WORDS.search(text), text
    assert text.endswith("."), text
    assert text[0].isupper(), text
    assert len(text) < 240, text


@pytest.mark.parametrize("case", REFUSED_PICTURES)
def test_a_useless_picture_is_refused_in_plain_words(case: str) -> None:
    build, name, names = REFUSED_PICTURES[case]
    with pytest.raises(InvalidPortrait) as refused:
        read_portrait(build(), name)
    assert_clear(refused.value, "portrait", names)


# Pillow says so on the console, which is right; the picture is read all the same.
@pytest.mark.filterwarnings("ignore:.*Corrupt EXIF:UserWarning")
@pytest.mark.parametrize("case", ACCEPTED_PICTURES)
def test_an_odd_picture_is_read_as_one_sees_it(case: str) -> None:
    build, name = ACCEPTED_PICTURES[case]
    image = read_portrait(build(), name)
    assert image.mode == "RGB"
    assert image.size == (96, 80)


@pytest.mark.parametrize("case", REFUSED_RECORDINGS)
def test_a_useless_recording_is_refused_in_plain_words(case: str) -> None:
    build, names = REFUSED_RECORDINGS[case]
    with pytest.raises(InvalidRecording) as refused:
        read_sound(build())
    assert_clear(refused.value, "recording", names)


@pytest.mark.parametrize("case", ACCEPTED_RECORDINGS)
def test_an_odd_recording_gives_what_can_be_heard(case: str) -> None:
    build, seconds = ACCEPTED_RECORDINGS[case]
    sound = read_sound(build())
    assert sound.seconds == pytest.approx(seconds, abs=0.15)
    assert np.isfinite(sound.samples).all()
    assert 0.05 < sound.peak <= 1


@pytest.mark.parametrize("case", REFUSED_SCRIPTS)
def test_a_useless_script_is_refused_in_plain_words(case: str) -> None:
    script, names = REFUSED_SCRIPTS[case]
    with pytest.raises(InvalidScript) as refused:
        check_script(script)
    assert_clear(refused.value, "script", names)


@pytest.mark.parametrize("case", ACCEPTED_SCRIPTS)
def test_an_odd_script_is_kept_as_its_words(case: str) -> None:
    script, kept = ACCEPTED_SCRIPTS[case]
    assert check_script(script) == kept


def test_a_sound_that_cannot_be_written_leaves_no_file_behind(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        write_sound(tone(1.0), tmp_path / "a.docx")
    assert list(tmp_path.iterdir()) == []


def test_a_recording_from_a_file_is_refused_without_naming_the_path(tmp_path: Path) -> None:
    path = tmp_path / "secret-name.mp3"
    path.write_bytes(b"no audio")
    with pytest.raises(InvalidRecording) as refused:
        read_sound(path)
    assert "secret-name" not in str(refused.value)
    assert [file.name for file in tmp_path.iterdir()] == ["secret-name.mp3"]


def test_there_are_at_least_sixty_bad_inputs() -> None:
    refused = len(REFUSED_PICTURES) + len(REFUSED_RECORDINGS) + len(REFUSED_SCRIPTS)
    assert refused >= 60
