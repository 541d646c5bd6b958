"""Signs a version within its worker: the last step, after the last encode.

    original ── carries credentials? ── as it is ────────────┐
                └─ none ── a scratch copy is signed: created ┴─ parent of ── the version: opened,
                                                                             edited

Every encode drops the credentials that a file had; so the original's are kept as an ingredient. The
key is with the parent process, which answers with signatures.
"""

import base64
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import c2pa

from talkinghead.content_credentials import manifests
from talkinghead.content_credentials.library import context
from talkinghead.content_credentials.manifests import MP4, Edit
from talkinghead.content_credentials.reading import carries_credentials, read_file
from talkinghead.content_credentials.timestamps.relay import Ask, timestamp_relay
from talkinghead.content_credentials.values import FileState, Verification
from talkinghead.core.errors import RenderFailed

NOT_SIGNED = (
    "The video couldn't be signed with content credentials, so it wasn't saved. Try again; the "
    "studio's log says why."
)
_FACTS = ("subject", "issuer", "own")

_log = logging.getLogger(__name__)
Facts = dict[str, Any]
Add = Callable[[c2pa.Builder], None]


def sign_version(
    ask: Ask,
    encoded: Path,
    out: Path,
    *,
    original: Path,
    source: str,
    edits: Sequence[Edit],
    placed: Sequence[Path] = (),
) -> Facts:
    """Write a signed copy of a version; returns what it was signed with.

    Args:
        ask: asks the parent process for the certificate, signatures and timestamps.
        encoded: the finished version.
        out: the MP4 to write; it appears only when it is complete.
        original: what the version was made from.
        source: the original's digital source type, where it carries no credentials.
        edits: what happened to it.
        placed: other videos that are part of it; those that carry credentials keep them.

    Raises:
        RenderFailed: it could not be signed.
        OSError: a file cannot be read or written.
    """
    files = _Files(out)
    try:
        signer = VersionSigner(ask)
        kept = carries_credentials(original)
        parts = [each for each in placed if carries_credentials(each)]

        def sign() -> Verification:
            if not kept:
                signer.sign(original, files.scratch, manifests.created_manifest(source))
            parent = original if kept else files.scratch
            signer.sign_edited(encoded, files.signed, parent, edits, parts)
            return read_file(files.signed)

        found = sign()
        if found.state is not FileState.UNCHANGED and signer.timestamps:
            _log.warning("a signature with a timestamp reads as %s", found.problems)
            signer.timestamps = False
            found = sign()
        if found.state is not FileState.UNCHANGED:
            _log.error("a signed version reads as %s: %s", found.state, found.problems)
            raise RenderFailed(NOT_SIGNED)
        files.signed.replace(out)
    except (c2pa.C2paError, KeyError) as error:
        _log.exception("a version could not be signed")
        raise RenderFailed(NOT_SIGNED) from error
    finally:
        files.remove()
    return {**signer.facts(found), "original_carried_credentials": kept}


class _Files:
    """The unfinished files beside a version."""

    def __init__(self, out: Path) -> None:
        self.scratch = out.with_name(f".{out.stem}.original.mp4")
        self.signed = out.with_name(f".{out.stem}.signed.mp4")

    def remove(self) -> None:
        """Remove what is left of them."""
        for each in (self.scratch, self.signed):
            each.unlink(missing_ok=True)


class VersionSigner:
    """Signs files with the certificate of the parent process.

    Args:
        ask: asks it.
    """

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._context = context()
        self.certificate = ask({"want": "certificate"})
        self.timestamps = bool(self.certificate["timestamps"])

    def facts(self, found: Verification) -> Facts:
        """Return what a version was signed with.

        Args:
            found: what the signed version carries.
        """
        signed_at = found.history[-1].signed_at
        return {
            **{name: self.certificate[name] for name in _FACTS},
            "timestamp": None if signed_at is None else signed_at.isoformat(),
            "timestamp_expected": bool(self.certificate["timestamps"]),
        }

    def sign_edited(
        self,
        encoded: Path,
        out: Path,
        parent: Path,
        edits: Sequence[Edit],
        placed: Sequence[Path] = (),
    ) -> None:
        """Write a signed copy of a version, with what it was made from."""
        labels = [f"placed-{number}" for number in range(1, len(placed) + 1)]

        def add(builder: c2pa.Builder) -> None:
            builder.set_intent(c2pa.C2paBuilderIntent.EDIT)
            about = manifests.ingredient(manifests.ORIGINAL_TITLE, "parentOf")
            _add_ingredient(builder, about, parent)
            for label, part in zip(labels, placed, strict=True):
                about = manifests.ingredient(manifests.PLACED_TITLE, "componentOf", label)
                _add_ingredient(builder, about, part)

        self.sign(encoded, out, manifests.edited_manifest(edits, labels), add)

    def sign(self, source: Path, out: Path, manifest: str, add: Add = lambda builder: None) -> None:
        """Write a signed copy of a file: with a timestamp, or without one where the authority gives
        none, because a signature without one is better than no video.

        Raises:
            C2paError: it cannot be signed.
        """
        if self.timestamps:
            try:
                self._sign(source, out, manifest, add)
                return
            except c2pa.C2paError as error:
                _log.warning("signing with a timestamp failed: %s", error)
                self.timestamps = False  # the next file need not wait for it again
        self._sign(source, out, manifest, add)

    def _sign(self, source: Path, out: Path, manifest: str, add: Add) -> None:
        out.unlink(missing_ok=True)  # the library overwrites nothing
        with (
            self._signer() as signer,
            c2pa.Builder(manifest, self._context) as builder,
        ):
            add(builder)
            builder.sign_file(str(source), str(out), signer)

    @contextmanager
    def _signer(self) -> Iterator[c2pa.Signer]:
        algorithm = c2pa.C2paSigningAlg[self.certificate["algorithm"].upper()]
        with ExitStack() as stack:
            url = stack.enter_context(timestamp_relay(self._ask)) if self.timestamps else None
            yield stack.enter_context(
                c2pa.Signer.from_callback(
                    self._signature, algorithm, self.certificate["chain"], url
                )
            )

    def _signature(self, data: bytes) -> bytes:
        answer = self._ask({"want": "sign", "data": base64.b64encode(data).decode()})
        return base64.b64decode(answer["signature"])


def _add_ingredient(builder: c2pa.Builder, about: str, path: Path) -> None:
    with path.open("rb") as file:
        builder.add_ingredient(about, MP4, file)
