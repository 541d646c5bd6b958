"""Reads what a file carries, within a worker process: a stranger's file may be hostile."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import c2pa

from talkinghead.content_credentials.library import context
from talkinghead.content_credentials.manifests import MP4
from talkinghead.content_credentials.values import AiUse, Entry, FileState, Verification
from talkinghead.core.errors import InvalidInput

NOT_MP4 = "That isn't an MP4 video. Choose an MP4 file."
MOST_ENTRIES, MOST_ACTIONS, LONGEST_TEXT = 20, 30, 200  # of what a stranger's file says
_UNTRUSTED = "signingCredential.untrusted"
_TRUSTED = "signingCredential.trusted"
_TIMESTAMP = "timeStamp.validated"
_TIMESTAMP_UNTRUSTED = "timeStamp.untrusted"
_CHANGED = (".mismatch", ".missing", "claimSignature.invalid")
# How the library says so:
_ELSEWHERE = ("Remote:", "RemoteManifest:")
_NO_VIDEO = ("Other: asset could not be parsed", "Io:")
_NEWER = "unsupported claim version"
_MALFORMED = "claim.malformed"
_GENERATED = frozenset({"trainedAlgorithmicMedia"})
_PARTLY = frozenset(
    {"compositeWithTrainedAlgorithmicMedia", "compositeSynthetic", "algorithmicMedia"}
)

Json = Mapping[str, Any]


def carries_credentials(path: Path) -> bool:
    """Whether a video carries content credentials that can be kept as an ingredient."""
    try:
        reader = c2pa.Reader.try_create(str(path), context=context())
    except c2pa.C2paError:
        return False
    if reader is None:
        return False
    reader.close()
    return True


def read_file(path: Path, trusted: str | None = None) -> Verification:
    """Return what a file carries, and whether it was changed.

    Args:
        path: of an MP4.
        trusted: the certificates of authorities to trust, as PEM; None where none are known.

    Raises:
        InvalidInput: it is no MP4.
    """
    with path.open("rb") as file:
        if file.read(8)[4:] != b"ftyp":
            raise InvalidInput(NOT_MP4, field="video")
        file.seek(0)
        try:
            with c2pa.Reader(MP4, file, context=context(trusted)) as reader:
                return _verification(json.loads(reader.json()), has_list=trusted is not None)
        except c2pa.C2paError.ManifestNotFound:
            return Verification(FileState.NONE)
        except (c2pa.C2paError, ValueError) as error:
            return _unreadable(str(error))


def _unreadable(error: str) -> Verification:
    """Return what an error of the library means: credentials that cannot be read are taken for
    changed, but not those that a newer program wrote."""
    if error.startswith(_ELSEWHERE):
        return Verification(FileState.REMOTE)
    if error.startswith(_NO_VIDEO):
        return Verification(FileState.DAMAGED)
    state = FileState.UNCONFIRMED if _NEWER in error else FileState.CHANGED
    return Verification(state, problems=(_MALFORMED,))


def _verification(report: Json, *, has_list: bool) -> Verification:
    results = report.get("validation_results") or {}
    active = results.get("activeManifest") or {}
    # What became wrong with an earlier step since this file was signed counts as a change of it.
    since = [each.get("validationDeltas") or {} for each in results.get("ingredientDeltas") or ()]
    problems = tuple(dict.fromkeys(code for each in (active, *since) for code in _failures(each)))
    history = tuple(_history(report))
    return Verification(
        state=_state(problems, is_invalid=report.get("validation_state") == "Invalid"),
        ai=_ai_use(history),
        trusted=_TRUSTED in _codes(active, "success") if has_list else None,
        timestamp_trusted=_timestamp_trust(active) if has_list else None,
        history=history,
        problems=problems,
        history_confirmed=not any(_before(report)),
    )


def _timestamp_trust(active: Json) -> bool | None:
    if _TIMESTAMP not in _codes(active, "success"):
        return None
    return _TIMESTAMP_UNTRUSTED not in _codes(active, "informational")


def _state(problems: tuple[str, ...], *, is_invalid: bool) -> FileState:
    if any(each.endswith(_CHANGED) for each in problems):
        return FileState.CHANGED
    return FileState.UNCONFIRMED if problems or is_invalid else FileState.UNCHANGED


def _before(report: Json) -> Iterator[str]:
    """Yield what was wrong with earlier steps already when the next one was signed."""
    for manifest in (report.get("manifests") or {}).values():
        for each in manifest.get("ingredients") or ():
            results = each.get("validation_results") or {}
            yield from _failures(results.get("activeManifest") or {})


def _failures(results: Json) -> list[str]:
    return [each for each in _codes(results, "failure") if each != _UNTRUSTED]


def _codes(results: Json, kind: str) -> list[str]:
    return [_text(each.get("code")) for each in results.get(kind) or ()]


def _history(report: Json) -> Iterator[Entry]:
    """Yield the steps that led to the file, oldest first: what each was made from, then itself."""
    manifests = report.get("manifests") or {}
    chain: list[str] = []
    waiting = [report.get("active_manifest")]
    while waiting and len(chain) < MOST_ENTRIES:
        label = waiting.pop(0)
        if not isinstance(label, str) or label in chain or label not in manifests:
            continue
        chain.append(label)
        waiting += [each.get("active_manifest") for each in manifests[label].get("ingredients", ())]
    for label in reversed(chain):
        yield _entry(manifests[label])


def _entry(manifest: Json) -> Entry:
    signature = manifest.get("signature_info") or {}
    actions = [
        action
        for assertion in manifest.get("assertions") or ()
        if _text(assertion.get("label")).startswith("c2pa.actions")
        for action in (assertion.get("data") or {}).get("actions") or ()
        if isinstance(action, dict)
    ][:MOST_ACTIONS]
    times = [found for each in actions if (found := _time(each.get("when")))]
    return Entry(
        signer=_text(signature.get("issuer") or signature.get("common_name")),
        program=_program(manifest),
        actions=tuple((_text(each.get("action")), _description(each)) for each in actions),
        sources=tuple(_text(each.get("digitalSourceType")) for each in actions if _sourced(each)),
        signed_at=_time(signature.get("time")),
        claimed_at=max(times, default=None),
    )


def _program(manifest: Json) -> str:
    about: Json = next(iter(manifest.get("claim_generator_info") or ()), {})
    named = f"{_text(about.get('name'))} {_text(about.get('version'))}".strip()
    return named or _text(manifest.get("claim_generator"))


def _sourced(action: Json) -> bool:
    return bool(action.get("digitalSourceType"))


def _description(action: Json) -> str:
    parameters = action.get("parameters")
    inner = parameters.get("description") if isinstance(parameters, dict) else None
    return _text(action.get("description") or inner)


def _ai_use(history: tuple[Entry, ...]) -> AiUse:
    kinds = {source.rpartition("/")[2] for entry in history for source in entry.sources}
    if kinds & _GENERATED:
        return AiUse.GENERATED
    if kinds & _PARTLY:
        return AiUse.PARTLY
    return AiUse.NO if kinds else AiUse.UNSAID


def _text(value: object) -> str:
    """Return a stranger's text: one line of what can be printed, and not too long."""
    text = "".join(each if each.isprintable() else " " for each in str(value or ""))
    return " ".join(text.split())[:LONGEST_TEXT]


def _time(value: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(value or ""))
    except ValueError:
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
