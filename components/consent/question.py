"""The question who is in a portrait, asked beside the button that needs the answer.

What is typed is saved as it is typed, so that a reload or a closed dialog loses nothing; it counts
once the button is pressed.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from components.shell.notices import plain, problem
from components.shell.upload_memory import forget_upload
from components.ui.choices import Choice, choices, settle
from components.ui.datetimes import date_input_format, show_day, today
from talkinghead.consent.values import LARGEST_PROOF, LONGEST_NAME, Ground, Statement
from talkinghead.consent.wording import ANSWERS, what_is_missing
from talkinghead.core.errors import InvalidInput, StudioError
from talkinghead.workspace import Workspace

_PROBLEM = "consent_problem"


def consent_question(workspace: Workspace, portraits: Sequence[str]) -> None:
    """Ask about each of these portraits; nothing if there is none.

    Args:
        workspace: whose.
        portraits: from `workspace.consent.missing`.
    """
    for number, portrait in enumerate(portraits, 1):
        with st.container(border=True, gap="small", key=_key("box", portrait)):
            try:
                _ask(workspace, portrait, f" {number}" if len(portraits) > 1 else "")
            except StudioError as error:  # it was deleted in another tab
                problem(str(error))


def take_answers(workspace: Workspace, portraits: Sequence[str]) -> None:
    """Callback of the button that needs the answers: save what is typed; where something is
    missing, the question says so in the run that follows."""
    for portrait in portraits:
        settle(_key("ground", portrait))
        if text := _saved(workspace, portrait):
            st.session_state[_PROBLEM] = (portrait, text)
            return


def is_answered(workspace: Workspace, portraits: Sequence[str]) -> bool:
    """Whether the question is answered for all of these portraits, after `take_answers`."""
    try:
        return not any(what_is_missing(workspace.consent.answer(each)) for each in portraits)
    except StudioError:  # one of them was deleted in another tab, which the question says
        return False


def give_consent(workspace: Workspace, portraits: Sequence[str]) -> None:
    """Put the answers on record, right before what needs them is ordered.

    Raises:
        InvalidInput: one of them is not complete.
        StudioError: it could not be put on record.
    """
    for portrait in portraits:
        statement = workspace.consent.answer(portrait)
        if text := what_is_missing(statement):
            raise InvalidInput(text, field="consent")
        if statement is not None:
            workspace.consent.give(portrait, statement)


def consent_in_click(workspace: Workspace, portraits: Sequence[str]) -> bool:
    """Take the answers and put them on record, in the callback of a button that orders at once;
    False where something is missing, which the question then says.

    Raises:
        StudioError: they could not be put on record.
    """
    take_answers(workspace, portraits)
    if not is_answered(workspace, portraits):
        return False
    give_consent(workspace, portraits)
    return True


def _ask(workspace: Workspace, portrait: str, number: str) -> None:
    saved, status = workspace.consent.answer(portrait), workspace.consent.status(portrait)
    if status.state == "withdrawn" and status.consent and status.consent.withdrawn_at:
        day = show_day(status.consent.withdrawn_at)
        st.caption(plain(f"Consent was withdrawn on {day}. Answer again to use this portrait."))
    question = f"Who is in this portrait{number}?"
    st.markdown(
        f"**{question}**",
        help="Asked once for each portrait. Your answer is kept with its renders.",
    )
    ground = choices(
        question,
        [Choice(id=each.value, name=words) for each, words in ANSWERS.items()],
        key=_key("ground", portrait),
        look="rows",
        default=saved.ground.value if saved else "",
        on_change=partial(_save, workspace, portrait),
    )
    if ground == Ground.PERMISSION:
        _permission(workspace, portrait, saved)
    about, text = st.session_state.get(_PROBLEM, ("", ""))
    if about == portrait:
        del st.session_state[_PROBLEM]
        problem(text)


def _permission(workspace: Workspace, portrait: str, saved: Statement | None) -> None:
    person, day = _key("person", portrait), _key("day", portrait)
    if saved is not None:
        st.session_state.setdefault(person, saved.person)
        st.session_state.setdefault(day, saved.agreed_on)
    with st.container(horizontal=True, gap="small"):
        st.text_input(
            "Their name",
            max_chars=LONGEST_NAME,
            key=person,
            on_change=_save,
            args=(workspace, portrait),
        )
        st.date_input(
            "Agreed on",
            value=None,
            max_value=today(),
            format=date_input_format(),
            key=day,
            on_change=_save,
            args=(workspace, portrait),
        )
    if saved is not None and saved.proof:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f":material/attach_file: {plain(saved.proof.name)}", width="content")
            st.button(
                "Remove file",
                key=_key("detach", portrait),
                type="tertiary",
                on_click=_detach,
                args=(workspace, portrait),
            )
        return
    upload = _upload_key(portrait)
    st.file_uploader(
        "Signed permission (optional)",
        max_upload_size=LARGEST_PROOF,
        key=upload,
        on_change=_attach,
        args=(workspace, portrait, upload),
        help="Private: only you can download it.",
    )


def _attach(workspace: Workspace, portrait: str, upload: str) -> None:
    """Widget callback: store the file that was given, and offer an empty uploader."""
    given = st.session_state.get(upload)
    statement = _typed(workspace, portrait)
    if given is None or statement is None:
        return
    st.session_state[_key("turn", portrait)] = st.session_state.get(_key("turn", portrait), 0) + 1
    try:
        proof = workspace.consent.attach(portrait, given.getvalue(), given.name)
        workspace.consent.save_answer(portrait, replace(statement, proof=proof))
    except StudioError as error:
        st.session_state[_PROBLEM] = (portrait, str(error))
    forget_upload(given)


def _upload_key(portrait: str) -> str:
    return f"{_key('file', portrait)}_{st.session_state.get(_key('turn', portrait), 0)}"


def _detach(workspace: Workspace, portrait: str) -> None:
    """Button callback: remove the file."""
    statement = _typed(workspace, portrait)
    if statement is not None:
        workspace.consent.save_answer(portrait, replace(statement, proof=None))


def _save(workspace: Workspace, portrait: str) -> None:
    """Widget callback: save what is typed."""
    _saved(workspace, portrait)


def _saved(workspace: Workspace, portrait: str) -> str | None:
    """Save what is typed; returns what is missing of it, or why it cannot be saved."""
    try:
        statement = _typed(workspace, portrait)
        if statement is not None:
            workspace.consent.save_answer(portrait, statement)
    except StudioError as error:
        return str(error)
    return what_is_missing(statement)


def _typed(workspace: Workspace, portrait: str) -> Statement | None:
    """Return the answer as it is on the page, or None while nothing is chosen."""
    saved = workspace.consent.answer(portrait)
    held = (st.session_state.get(_key("ground", portrait)) or {}).get("chosen")
    if not held:
        return saved
    ground = Ground(held)
    kept = saved or Statement(ground)
    return Statement(
        ground,
        st.session_state.get(_key("person", portrait), kept.person) or "",
        st.session_state.get(_key("day", portrait), kept.agreed_on),
        kept.proof,
    )


def _key(name: str, portrait: str) -> str:
    """Return the key of a widget for a portrait."""
    return f"consent_{name}_{portrait.removeprefix('asset:')[:12]}"
