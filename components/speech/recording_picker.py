"""Picker for a recording from a file or the microphone: play, view, trim and level it."""

from datetime import UTC, datetime
from typing import Any

import streamlit as st
from PIL import Image

from components.shell.notices import hint, plain, problem
from components.shell.project import PREFIX, keep
from components.shell.upload_memory import forget_upload
from components.ui.datetimes import show_moment
from components.ui.memo import memo
from talkinghead.catalogue import SpeechLength
from talkinghead.core.errors import InvalidInput
from talkinghead.core.money import show_seconds
from talkinghead.projects.values import Project
from talkinghead.speech.recordings.values import Recording, RecordingEdit
from talkinghead.speech.recordings.waveform import draw_waveform
from talkinghead.workspace import Workspace

SOURCE = f"{PREFIX}source"
UPLOAD = "create_recording_upload"
"""The key of the container of the uploader."""
SOUND_TYPES = [
    "mp3", "mpga", "wav", "m4a", "m4b", "aac", "ogg", "oga", "opus", "flac", "aiff", "aif", "caf",
    "wma", "mp4", "m4v", "mov", "mkv", "webm", "avi", "wmv", "3gp", "mpg", "mpeg",
]  # fmt: skip
OTHERS = "Not MIDI, playlists, or protected files."
"""What has none of these endings, or is refused for what it holds."""
UPLOADERS = "recording_turn"
"""The key of the number of recordings uploaded in this visit: each uploader is used once."""
LARGEST_UPLOAD = 100  # megabytes
GREEN = "#2E9A86"  # visible in the light and the dark theme
CUT_OFF_PALER = 5
SHORTEST = 0.5  # seconds that must be left of a trimmed recording
LONGEST_PREVIEW = 60.0  # seconds; what is longer is heard without its other edits


def pick_recording(workspace: Workspace, project: Project) -> Project:
    """Show the recording and its edits, or the ways to add one; returns the selection."""
    if project.recording is None:
        project = _bring(workspace, project)
    if project.recording is not None:
        project = _edit(workspace, project, project.recording)
    return project


def use_script() -> None:
    """Button callback: switch back to the script."""
    st.session_state[SOURCE] = {"chosen": "script"}


def _take(workspace: Workspace, project: Project, data: bytes, name: str) -> Project:
    """Save a recording to the store and reset its edits.

    Raises:
        InvalidRecording: it cannot be used.
    """
    recording = workspace.recordings.add(data, name)
    edit = RecordingEdit()
    edited = workspace.recordings.edit(recording, edit)
    for key in ("create_trim", "create_cut", "create_level"):
        st.session_state.pop(key, None)
    return project.with_(recording=recording, edit=edit, edited=edited, measured=None)


def _bring(workspace: Workspace, project: Project) -> Project:
    turn = st.session_state.setdefault(UPLOADERS, 0)
    with st.container(key=UPLOAD):
        file = st.file_uploader(
            "Audio or video file",
            type=SOUND_TYPES,
            help=OTHERS,
            max_upload_size=LARGEST_UPLOAD,
            key=f"create_recording_{turn}",
        )
        spoken = st.audio_input("Record", sample_rate=48000, key=f"create_microphone_{turn}")
    given = file or spoken
    if remark := workspace.jobs.space_remark():
        hint(remark)
    if given is None:
        if text := st.session_state.pop("create_recording_problem", None):
            problem(text)
        return project
    try:
        with st.spinner("Listening to the recording"):
            name = file.name if file else f"Recording, {show_moment(datetime.now(UTC))}"
            project = _take(workspace, project, given.getvalue(), name)
        keep(workspace, project)  # at once: a run that is cut short must not lose it
    except InvalidInput as error:
        st.session_state["create_recording_problem"] = str(error)
        st.session_state[UPLOADERS] += 1
        st.rerun()
    # The widget is left behind: it would hold the bytes for as long as the visit lasts.
    st.session_state[UPLOADERS] += 1
    forget_upload(given)
    return project


def _edit(workspace: Workspace, project: Project, recording: Recording) -> Project:
    place = st.container()
    edit = _edits(project.edit, recording)
    with place:
        st.image(
            _waveform(workspace, recording, edit),
            width="stretch",
            alt="The recording's loudness over time",
        )
    if edit != project.edit:
        project = project.with_(edit=edit, edited=None, measured=None)
    length = _player(workspace, edit, recording)
    if project.needs_edit:
        project = project.with_(measured=length)
    if st.button("Replace recording", key="create_recording_change", icon=":material/swap_horiz:"):
        return project.with_(recording=None, edited=None, measured=None, edit=RecordingEdit())
    return project


def _edits(before: RecordingEdit, recording: Recording) -> RecordingEdit:
    start, end = _trim(before, recording.seconds)
    st.session_state.setdefault("create_cut", before.cut_silence)
    st.session_state.setdefault("create_level", before.level)
    with st.container(horizontal=True, gap="medium"):
        cut = st.toggle(
            "Shorten silences", key="create_cut", help="Cuts long pauses to the length of a breath."
        )
        level = st.toggle(
            "Normalize volume", key="create_level", help="Makes it as loud as broadcast speech."
        )
    return RecordingEdit(start=start, end=end, cut_silence=cut, level=level)


def _trim(before: RecordingEdit, seconds: float) -> tuple[float, float | None]:
    """Return the part to keep, in seconds; the end is None if nothing is cut there."""
    last = int(seconds * 10) / 10
    if last <= SHORTEST:
        return 0.0, None
    key = "create_trim"
    st.session_state.setdefault(key, (before.start, min(before.end or last, last)))
    kept: Any = st.slider("Trim", 0.0, last, step=0.1, key=key, format="%.1f s")
    start, end = kept
    return start, None if end >= last else end


def _player(workspace: Workspace, edit: RecordingEdit, recording: Recording) -> SpeechLength | None:
    """Show a player of what is kept; returns its measured length, or None if it is not known.

    A long part is played from the recording as it came: to edit it for each look would take as long
    as to edit it for good.
    """
    kept = edit.kept_seconds(recording.seconds)
    if kept > LONGEST_PREVIEW:
        sound = memo("sound", recording.reference, lambda: to_hear(workspace, recording.reference))
        st.audio(
            sound,
            format="audio/mpeg",
            start_time=edit.start,
            end_time=edit.end,
            alt="The part of the recording that will be used",
        )
        _length(recording, kept, note=_edited_later(edit))
        return None
    asked = (recording.reference, edit)
    try:
        heard = memo("preview", asked, lambda: workspace.recordings.preview(recording, edit))
    except InvalidInput as error:
        problem(str(error))
        return None
    st.audio(heard.mp3, format="audio/mpeg", alt="The recording as it will be used")
    _length(recording, float(heard.length.seconds))
    return heard.length


def _length(recording: Recording, seconds: float, note: str = "") -> None:
    length = show_seconds(seconds)
    if abs(seconds - recording.seconds) >= 0.1:
        length += f" of {show_seconds(recording.seconds)}"
    st.caption(" · ".join(filter(None, [plain(recording.name), length, note])))


def _edited_later(edit: RecordingEdit) -> str:
    """Return what of the edit cannot be heard in the player yet."""
    what = ["volume"] if edit.level else []
    what += ["silences"] if edit.cut_silence else []
    return f"{' and '.join(what)} adjusted when it's used" if what else ""


def to_hear(workspace: Workspace, reference: str) -> bytes:
    """Return a sound as MP3: a tenth of the WAV's memory for as long as the visit lasts."""
    return workspace.recordings.listen(reference)


def _waveform(workspace: Workspace, recording: Recording, edit: RecordingEdit) -> Image.Image:
    """Return the loudness drawn in the theme's green; trimmed parts are faded."""
    loudness = memo(
        "loudness",
        recording.reference,
        lambda: workspace.recordings.loudness(recording.reference),
    )
    picture = draw_waveform(loudness, GREEN)
    shown, scale = picture.getchannel("A"), picture.width / recording.seconds
    start, end = int(edit.start * scale), int((edit.end or recording.seconds) * scale)
    for left, right in ((0, start), (end, picture.width)):
        if left < right:
            area = (left, 0, right, picture.height)
            shown.paste(shown.crop(area).point(lambda value: value // CUT_OFF_PALER), area)
    picture.putalpha(shown)
    return picture
