"""The nine local voices, and which of them replaces a bought one in drafts.

Cheap to import: pages list the voices without loading a model.
"""

import re
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

Accent = Literal["American", "British"]
Gender = Literal["female", "male"]


@dataclass(frozen=True)
class LocalVoice:
    """A voice that runs on this machine.

    Attributes:
        id: the name of its style in `data/kokoro-voices.npz`.
        name: what a person reads.
        accent, gender: what it is matched by.
        description: how it sounds and what it suits.
    """

    id: str
    name: str
    accent: Accent
    gender: Gender
    description: str


VOICES: tuple[LocalVoice, ...] = (
    LocalVoice(
        "af_heart", "Heart", "American", "female", "Warm and natural; suits almost anything."
    ),
    LocalVoice("af_bella", "Bella", "American", "female", "Lively and expressive; for stories."),
    LocalVoice("af_sarah", "Sarah", "American", "female", "Calm and friendly; for explanations."),
    LocalVoice("af_nova", "Nova", "American", "female", "Bright and crisp; for announcements."),
    LocalVoice("am_michael", "Michael", "American", "male", "Even and trustworthy; for narration."),
    LocalVoice(
        "am_fenrir", "Fenrir", "American", "male", "Deep and very clear; for presentations."
    ),
    LocalVoice("am_puck", "Puck", "American", "male", "Young and quick; for casual talk."),
    LocalVoice("bf_emma", "Emma", "British", "female", "Measured and clear; for teaching."),
    LocalVoice(
        "bm_george", "George", "British", "male", "Composed and classic; for documentaries."
    ),
)

_BY_ID = {voice.id: voice for voice in VOICES}

DEFAULT_VOICE = _BY_ID["af_heart"]

# By gender and accent as ElevenLabs describes them. River is described as neutral, Charlie as
# Australian and Charlotte as neither; each gets the voice that comes nearest.
_FAL_VOICES = {
    "aria": "af_bella", "roger": "am_fenrir", "sarah": "af_sarah", "laura": "af_nova",
    "charlie": "bm_george", "george": "bm_george", "callum": "am_fenrir", "river": "af_nova",
    "liam": "am_puck", "charlotte": "bf_emma", "alice": "bf_emma", "matilda": "af_heart",
    "will": "am_puck", "jessica": "af_bella", "eric": "am_michael", "chris": "am_puck",
    "brian": "am_michael", "daniel": "bm_george", "lily": "bf_emma", "bill": "am_fenrir",
}  # fmt: skip

_FEMALE_WORDS = frozenset({
    "female", "woman", "women", "girl", "lady", "feminine", "mother", "queen", "mrs", "ms",
    "miss", "her", "she",
})  # fmt: skip
_MALE_WORDS = frozenset({
    "male", "man", "men", "boy", "gentleman", "masculine", "father", "king", "mr", "sir",
    "his", "he", "baritone", "bass", "professor",
})  # fmt: skip
_BRITISH_WORDS = frozenset({
    "british", "britain", "uk", "gb", "england", "english", "london", "scottish", "irish",
    "welsh", "australian", "alastair", "rupert", "arabella", "nigel", "imogen", "gemma",
    "harriet", "hugh", "rhys", "gareth", "fiona", "shona", "callum", "beatrice", "freya",
    "florence", "isla", "poppy", "reginald", "edmund", "duncan", "graham",
})  # fmt: skip


def nearest_voice(name: str) -> LocalVoice:
    """Return the local voice that replaces a named one in drafts.

    Args:
        name: a local id, one of fal's twenty names, a HeyGen name such as "Grace Elder", or
            anything else.

    Returns:
        The voice itself for a local id; otherwise one of the same gender and accent, the same
        one each time; the default if the name suggests nothing.
    """
    key = name.strip().lower()
    if key in _BY_ID:
        return _BY_ID[key]
    if key in _FAL_VOICES:
        return _BY_ID[_FAL_VOICES[key]]
    words = re.findall(r"[^\W\d_]+", key)
    gender = _gender(words)
    if gender is None:
        return DEFAULT_VOICE
    accent: Accent = "British" if _BRITISH_WORDS.intersection(words) else "American"
    alike = [voice for voice in VOICES if (voice.gender, voice.accent) == (gender, accent)]
    return _named(words, alike) or alike[zlib.crc32(key.encode()) % len(alike)]


def _gender(words: list[str]) -> Gender | None:
    """Return the gender suggested by a voice's name: stated, or by the first known first name."""
    names = _first_names()
    for word in words:
        if word in _FEMALE_WORDS:
            return "female"
        if word in _MALE_WORDS:
            return "male"
    for word in words:
        if word in names:
            return names[word]
    return "female" if any(len(word) > 3 and word.endswith("a") for word in words) else None


@cache
def _first_names() -> dict[str, Gender]:
    """Return common first names with their usual gender."""
    path = Path(__file__).parent / "data" / "first-names.txt"
    names: dict[str, Gender] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        letter, *words = line.split()
        if letter != "#":
            names |= dict.fromkeys(words, "female" if letter == "f" else "male")
    return names


def _named(words: list[str], voices: list[LocalVoice]) -> LocalVoice | None:
    """Return the voice whose own name is mentioned, such as Bella."""
    return next((voice for voice in voices if voice.name.lower() in words), None)
