"""What comes from outside is decoded in worker processes, and nowhere else."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from talkinghead.core.errors import InvalidInput, InvalidPortrait, InvalidRecording
from talkinghead.core.workers.decoding import decoding_turn
from talkinghead.decoding_worker import TASKS
from tests import house_rules as rules

ROOT = Path(__file__).parent.parent
OPENS = re.compile(
    r"Image\.open\(|\bav\.open\(.*\"r\"|AudioSegment\(|imdecode|VideoCapture|c2pa\.Reader"
)
OPENED_IN = {
    # Pictures and fonts of our own.
    "components/portraits/sample_portraits.py",
    "talkinghead/captions/painting/fonts.py",
    # Modules that only worker processes load; the next test holds that.
    "talkinghead/av/frames.py",
    "talkinghead/av/sound.py",
    "talkinghead/av/sound_track.py",
    "talkinghead/av/video.py",
    "talkinghead/av/worker.py",
    "talkinghead/content_credentials/reading.py",
    "talkinghead/draft/pieces.py",
    "talkinghead/fal/conversion/convert.py",
    "talkinghead/portraits/cut_jpeg.py",
    "talkinghead/portraits/picture_file.py",
    "talkinghead/portraits/worker.py",
    "talkinghead/speech/recordings/editing.py",
}
DECODERS = ("av", "c2pa", "pydub", "pillow_heif", "talkinghead.portraits.picture_file")
EVERYTHING = """
import importlib, io, pkgutil, sys
from pathlib import Path
from PIL import Image
import components
from talkinghead import open_studio
from talkinghead.catalogue import Geometry, StableAvatarInput
from talkinghead.catalogue.base import SpeechLength
from talkinghead.core.settings import Settings
from talkinghead.speech.recordings.values import RecordingEdit

decoded = []
own, Image.open = Image.open, lambda *args, **more: decoded.append(args) or own(*args, **more)
for found in pkgutil.walk_packages(components.__path__, "components."):
    importlib.import_module(found.name)
studio = open_studio(Settings(data_dir=Path(sys.argv[1]), single_user=True))
here = studio.workspace()
portrait = here.portraits.add(Path(sys.argv[2]).read_bytes(), "a.jpg")
box = here.portraits.default_crop(portrait, 1.0)
here.portraits.findings(portrait, 0, box, Geometry(512, 512))
here.portraits.shown(here.portraits.crop(portrait, box, Geometry(512, 512)))
here.portraits.face_pictures(portrait), here.portraits.preview(portrait, box, 240)
recording = here.recordings.add(Path(sys.argv[3]).read_bytes(), "a.flac")
edited = here.recordings.edit(recording, RecordingEdit(end=2.0))
here.recordings.loudness(edited.reference), here.recordings.listen(edited.reference)
here.content_credentials.verify(lambda: bytes(4) + b"ftyp" + bytes(99))
studio.close()
print(decoded, [each for each in sys.argv[4:] if each in sys.modules])
"""


def test_each_place_that_opens_pictures_or_sounds_is_known() -> None:
    studio = rules.read_sources(ROOT, "talkinghead", "components", "pages", "app.py")
    assert {path for path, text in studio.items() if OPENS.search(text)} == OPENED_IN


def test_the_studios_own_process_decodes_nothing(tmp_path: Path) -> None:
    portrait = ROOT / "components/portraits/samples/mona-lisa.jpg"
    arguments = [tmp_path, portrait, ROOT / "tests/data/speech/jfk.flac", *DECODERS]
    command = [sys.executable, "-W", "ignore", "-c", EVERYTHING, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1:] == ["[] []"], done.stderr


@pytest.mark.parametrize(
    ("task", "error"), [("portrait.read", InvalidPortrait), ("recording.read", InvalidRecording)]
)
def test_an_error_of_a_task_is_the_same_as_it_was_raised(
    task: str, error: type[InvalidInput]
) -> None:
    with decoding_turn() as turn:
        file = turn.file(b"%PDF-1.7 no picture, no sound")
        with pytest.raises(error) as refused:
            turn.run(task, picture=file, file=file, name="scan.png")
    assert type(refused.value) is error
    assert refused.value.field == error.field


def test_a_turn_leaves_nothing_on_the_disk() -> None:
    with decoding_turn() as turn:
        turn.file(b"something")
    assert not turn.folder.exists()


def test_every_task_says_what_it_takes() -> None:
    assert all(task.__doc__ for task in TASKS.values())
