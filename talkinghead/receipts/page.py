"""A receipt as a page to print: one HTML file that loads nothing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from html import escape
from typing import Any

from talkinghead.core.money import show_dollars
from talkinghead.receipts.values import PlatformBox, Receipt, ReceiptConsent, ReceiptRequest

Row = tuple[str, str]

_GROUNDS = {
    "me": "The person who uploaded it is in it",
    "permission": "Permission",
    "nobody": "Nobody real is in it",
}
_STATES = {
    "sample": "Sample painting; none needed",
    "missing": "Not asked",
    "given": "On record",
    "withdrawn": "Withdrawn",
}
_STYLE = """
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, sans-serif; color: #1b1b1b; background: #fff;
  max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.1rem; margin: 1.6rem 0 .4rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0;
  border-bottom: 1px solid #ddd; }
th { font-weight: 600; width: 11rem; } code { font-size: .8rem; overflow-wrap: anywhere; }
small { color: #555; } .box { font-size: 1.2rem; line-height: 1; }
@media print { body { margin: 0; max-width: none; } tr { break-inside: avoid; } }
""".strip()


def receipt_page(receipt: Receipt) -> str:
    """Return a receipt as one HTML file."""
    title = escape(receipt.title or "Video")
    body = "\n".join(
        (
            f"<h1>{title}</h1><p><small>Receipt written {_time(receipt.written_at)}</small></p>",
            _section("Video", _rows(_video_rows(receipt))),
            _section("Portrait and consent", _rows(_consent_rows(receipt))),
            _section("Paid requests", _requests(receipt.requests)),
            _section("Files, from portrait to video (SHA-256)", _rows(_file_rows(receipt))),
            _section("Label and content credentials", _rows(_label_rows(receipt))),
            _section("Where you publish it", _boxes(receipt.boxes)),
        )
    )
    head = f'<meta charset="utf-8"><title>{title} – receipt</title><style>{_STYLE}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body>\n{body}\n</body></html>\n'


def _video_rows(of: Receipt) -> Iterable[Row]:
    yield "Made with AI", f"{escape(of.model_title)} {_code(of.model)}"
    yield "Ordered", f"{_time(of.ordered_at)} by {_code(of.ordered_by or 'unknown')}"
    yield "Finished", _time(of.finished_at)
    yield "Video", _code(of.video_id)
    if of.original_id != of.video_id:
        yield "Version of", _code(of.original_id)


def _consent_rows(of: Receipt) -> Iterable[Row]:
    yield "Portrait (SHA-256)", _code(of.portrait_sha256 or "unknown")
    said: ReceiptConsent = of.consent
    needs_none = of.is_draft and said.state == "missing"
    yield "Consent", "None needed for a draft" if needs_none else _STATES.get(said.state, "")
    if said.ground:
        person = f" of {escape(said.person)}" if said.person else ""
        day = f", {_day(said.agreed_on)}" if said.agreed_on else ""
        yield "Statement", f"{_GROUNDS.get(said.ground, escape(said.ground))}{person}{day}"
    if said.given_at:
        yield "Recorded", f"{_time(said.given_at)} by {_code(said.given_by or 'unknown')}"
    if said.proof_sha256:
        yield "File (SHA-256)", _code(said.proof_sha256)
    if said.withdrawn_at:
        yield "Withdrawn", _time(said.withdrawn_at)


def _file_rows(of: Receipt) -> Iterable[Row]:
    for file in of.files:
        yield escape(file.role), _code(file.sha256)


def _label_rows(of: Receipt) -> Iterable[Row]:
    if of.label:
        yield "Label", escape(str(of.label.get("text") or of.label.get("wording") or "Yes"))
    elif of.label_off_reason:
        yield "Label", f"None. Reason: {escape(of.label_off_reason)}"
    else:
        yield "Label", "None in the video"
    yield from _credential_rows(of.credentials)


def _credential_rows(signed: Mapping[str, Any] | None) -> Iterable[Row]:
    if signed is None:
        yield "Content credentials", "None"
        return
    own = signed["own"]
    yield "Signed with", "this studio's own certificate" if own else escape(str(signed["subject"]))
    if not own:
        yield "Certificate by", escape(str(signed["issuer"]))
    if signed["timestamp"]:
        yield "Timestamp", _time(datetime.fromisoformat(signed["timestamp"]))
    elif signed["timestamp_expected"]:
        yield "Timestamp", "None: the timestamp authority didn't answer"
    if signed["original_carried_credentials"]:
        yield "Original", "Its own content credentials were kept"


def _requests(requests: Sequence[ReceiptRequest]) -> str:
    if not requests:
        return "<p>None. Made on this studio's own computer, free of charge.</p>"
    head = "<tr><th>Request</th><th>Agreed</th><th>Billed</th><th>Ordered</th></tr>"
    lines = "".join(
        f"<tr><td>{_code(each.request_id or 'unknown')}<br><small>{escape(each.endpoint_id)}, "
        f"{escape(each.paid_by)}</small></td><td>{show_dollars(each.agreed)}</td>"
        f"<td>{'not known' if each.billed is None else show_dollars(each.billed)}</td>"
        f"<td>{_time(each.ordered_at)}</td></tr>"
        for each in requests
    )
    return f"<table>{head}{lines}</table>"


def _boxes(boxes: Sequence[PlatformBox]) -> str:
    lines = "".join(
        f'<tr><th><span class="box">☐</span> {escape(each.platform)}</th>'
        f"<td>{escape(each.where)}: <b>{escape(each.tick)}</b>"
        f"{f'<br>{_code(each.field)}' if each.field else ''}"
        f"<br><small>{escape(each.note)} Known {_day(each.known_on)}; check before you publish."
        f"</small></td></tr>"
        for each in boxes
    )
    return f"<table>{lines}</table>"


def _section(title: str, body: str) -> str:
    return f"<h2>{title}</h2>{body}"


def _rows(rows: Iterable[Row]) -> str:
    lines = "".join(f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in rows)
    return f"<table>{lines}</table>"


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"


def _time(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _day(day: date) -> str:
    return day.isoformat()
