"""Projects for the tests: one with a script, one with a recording, one with a speech."""

from decimal import Decimal

from talkinghead.catalogue import BUILT_IN
from talkinghead.portraits.values import FaceBox, Portrait
from talkinghead.projects.made_speech import MadeSpeech
from talkinghead.projects.values import Project
from talkinghead.speech.pronunciations.entries import Pronunciation
from talkinghead.speech.recordings.values import Recording

UPRIGHT = Portrait("asset:p", "mona.jpg", 720, 1280, (FaceBox(0.3, 0.2, 0.3, 0.2, 0.9),))
SPOKEN = Recording("asset:r", "speech.wav", 11.0)
WRITTEN = Project(
    catalogue=BUILT_IN, portrait=UPRIGHT, script="Hello, this is a test of the studio."
)
RECORDED = Project(
    catalogue=BUILT_IN, portrait=UPRIGHT, source="recording", recording=SPOKEN, edited=SPOKEN
)
SAID = MadeSpeech(
    id="s",
    reference="asset:s",
    seconds=Decimal("4.2"),
    script=WRITTEN.script,
    voice=WRITTEN.reader,
)
NAMED = WRITTEN.with_(
    script="Ask fal.ai. [pause 0.8] It is *very* good.",
    pronunciations=(Pronunciation("fal.ai", "fall dot A I"),),
)
