"""The recordings of a workspace: stored as WAV and edited."""

import wave
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path

import pytest

from talkinghead import Studio, Workspace
from talkinghead.speech.recordings.values import RecordingEdit
from tests.jobs.studios import hosted_studio

SPEECH = Path(__file__).parents[2] / "data" / "speech" / "jfk.flac"


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with closing(hosted_studio(tmp_path_factory.mktemp("studio"))) as studio:
        yield studio


@pytest.fixture
def workspace(studio: Studio) -> Workspace:
    return studio.workspace(studio.new_token())


def test_a_recording_is_kept_as_wav_with_its_length(workspace: Workspace) -> None:
    recording = workspace.recordings.add(SPEECH.read_bytes(), "jfk.flac")
    with wave.open(BytesIO(workspace.recordings.sound(recording.reference))) as sound:
        seconds = sound.getnframes() / sound.getframerate()
    assert seconds == pytest.approx(recording.seconds, abs=0.001)
    assert workspace.recordings.find(recording.reference) == recording


def test_editing_a_recording_leaves_the_first_one_as_it_is(workspace: Workspace) -> None:
    recording = workspace.recordings.add(SPEECH.read_bytes(), "jfk.flac")
    edited = workspace.recordings.edit(recording, RecordingEdit(start=1, end=3))
    assert edited.seconds == pytest.approx(2, abs=0.1)
    assert workspace.recordings.find(recording.reference) == recording
    assert max(workspace.recordings.loudness(edited.reference).peaks) > 0.5
    assert len(workspace.recordings.listen(edited.reference)) > 1000
