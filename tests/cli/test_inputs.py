"""What is brought on the command line is prepared as on the page."""

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from talkinghead import Settings, open_studio
from talkinghead.av.loudness import TARGET, loudness
from talkinghead.av.sound import Sound, read_sound, write_sound
from talkinghead.cli.inputs import Asked, make_project
from tests.draft.samples import SPEECH


def test_a_recording_is_leveled_as_the_page_does(tmp_path: Path) -> None:
    speech = read_sound(SPEECH)
    quiet = tmp_path / "quiet.wav"
    write_sound(Sound(speech.samples * np.float32(0.05), speech.rate), quiet)
    with closing(
        open_studio(Settings.model_validate({"data_dir": tmp_path / "data", "single_user": True}))
    ) as studio:
        workspace = studio.workspace(None)
        project = make_project(workspace, Asked(None, None, quiet), None)
        assert project.recording is not None
        assert project.edited is not None
        assert project.edited.reference != project.recording.reference
        leveled = read_sound(workspace.recordings.sound(project.edited.reference))
    assert loudness(leveled) == pytest.approx(TARGET, abs=1)
