"""The nine local voices, which of them replaces a bought one in drafts, and which of a model's own
voices is closest to one.

Cheap to import: pages list the voices without loading a model.
"""

import math
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from talkinghead.catalogue.voices.characters import FAL_VOICES, Accent, Gender, VoiceCharacter


@dataclass(frozen=True)
class LocalVoice:
    """A voice that runs on this machine.

    Attributes:
        id: the name of its style in `data/kokoro-voices.npz`.
        name: what a person reads.
        character: what it is matched by.
        description: how it sounds and what it suits.
    """

    id: str
    name: str
    character: VoiceCharacter
    description: str

    @property
    def accent(self) -> Accent:
        """Its accent."""
        return self.character.accent

    @property
    def gender(self) -> Gender:
        """Its gender."""
        return self.character.gender


VOICES: tuple[LocalVoice, ...] = (
    LocalVoice(
        "af_heart",
        "Heart",
        VoiceCharacter("female", "American", 0.5, 0.5),
        "Warm and natural; suits almost anything.",
    ),
    LocalVoice(
        "af_bella",
        "Bella",
        VoiceCharacter("female", "American", 0.55, 0.85),
        "Lively and expressive; for stories.",
    ),
    LocalVoice(
        "af_sarah",
        "Sarah",
        VoiceCharacter("female", "American", 0.5, 0.2),
        "Calm and friendly; for explanations.",
    ),
    LocalVoice(
        "af_nova",
        "Nova",
        VoiceCharacter("female", "American", 0.8, 0.6),
        "Bright and crisp; for announcements.",
    ),
    LocalVoice(
        "am_michael",
        "Michael",
        VoiceCharacter("male", "American", 0.4, 0.35),
        "Even and trustworthy; for narration.",
    ),
    LocalVoice(
        "am_fenrir",
        "Fenrir",
        VoiceCharacter("male", "American", 0.15, 0.5),
        "Deep and clear; for presentations.",
    ),
    LocalVoice(
        "am_puck",
        "Puck",
        VoiceCharacter("male", "American", 0.65, 0.8),
        "Young and quick; for casual talk.",
    ),
    LocalVoice(
        "bf_emma",
        "Emma",
        VoiceCharacter("female", "British", 0.5, 0.4),
        "Measured and clear; for teaching.",
    ),
    LocalVoice(
        "bm_george",
        "George",
        VoiceCharacter("male", "British", 0.3, 0.35),
        "Composed and classic; for documentaries.",
    ),
)

_BY_ID = {voice.id: voice for voice in VOICES}

DEFAULT_VOICE = _BY_ID["af_heart"]

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


_DEEP_WORDS = frozenset({"deep", "low", "imposing", "old", "elder"})
_CALM_WORDS = frozenset({"calm", "chill", "warm", "wise", "patient", "serenity", "soft", "serious"})
_LIVELY_WORDS = frozenset({"lively", "excited", "exuberant", "energetic", "cheerful", "upbeat"})
_KNOWN = {voice.id: voice.character for voice in VOICES} | {
    name.lower(): character for name, character in FAL_VOICES.items()
}
_NAMESAKE = 0.25  # what a name in common makes up for


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
    character = character_of(key)
    if character is None:
        return DEFAULT_VOICE
    if key in _KNOWN:
        return min(VOICES, key=lambda voice: voice.character.distance(character))
    alike = [
        voice
        for voice in VOICES
        if (voice.gender, voice.accent) == (character.gender, character.accent)
    ]
    return _named(_words(key), alike) or alike[zlib.crc32(key.encode()) % len(alike)]


def closest_voice(voice_id: str, names: Sequence[str]) -> str:
    """Return the name among these, a model's own voices, that sounds closest to a voice.

    Args:
        voice_id: a local id, or that of a bought voice.
        names: at least one; of several that are as close, the first.
    """
    return _closest_voice(voice_id, tuple(names))


@lru_cache(maxsize=1024)  # a page asks several times a run for each model
def _closest_voice(voice_id: str, names: tuple[str, ...]) -> str:
    local = _BY_ID.get(voice_id)
    name = local.name if local else voice_id.rpartition(":")[2].replace("_", " ")
    wanted = character_of(voice_id) or DEFAULT_VOICE.character

    def unlikeness(other: str) -> float:
        if local is None and other.lower() == name.lower():
            return -1.0  # the very same voice, bought elsewhere
        found = character_of(other)
        if found is None:
            return math.inf
        return found.distance(wanted) - _NAMESAKE * (name.lower() in _words(other.lower()))

    return min(names, key=unlikeness)


def character_of(name: str) -> VoiceCharacter | None:
    """Return how a voice sounds, by its id or its name, or None if the name suggests nothing."""
    key = name.rpartition(":")[2].strip().lower()
    if (known := _KNOWN.get(key)) is not None:
        return known
    if kokoro := re.match(r"([ab])([fm])_", key):
        return VoiceCharacter(
            "female" if kokoro[2] == "f" else "male",
            "American" if kokoro[1] == "a" else "British",
        )
    words = _words(key)
    gender = _gender(words)
    if gender is None:
        return None
    accent: Accent = "British" if _BRITISH_WORDS.intersection(words) else "American"
    pitch = 0.25 if _DEEP_WORDS.intersection(words) else 0.5
    energy = 0.2 if _CALM_WORDS.intersection(words) else 0.5
    return VoiceCharacter(
        gender, accent, pitch, 0.85 if _LIVELY_WORDS.intersection(words) else energy
    )


def _words(key: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", key)


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
