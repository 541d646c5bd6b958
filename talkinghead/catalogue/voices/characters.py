"""How voices sound, in facts that can be compared: the closest voice of a model is computed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Accent = Literal["American", "British", "Australian"]
Gender = Literal["female", "male", "neutral"]

_OTHER_GENDER, _OTHER_ACCENT = 8.0, 3.0
"""Above any difference in pitch and energy, which is 2 at most."""


@dataclass(frozen=True)
class VoiceCharacter:
    """How a voice sounds.

    Attributes:
        gender, accent: what a listener hears first.
        pitch: 0 is deep, 1 is bright.
        energy: 0 is calm, 1 is lively.
    """

    gender: Gender
    accent: Accent
    pitch: float = 0.5
    energy: float = 0.5

    def distance(self, other: "VoiceCharacter") -> float:
        """Return how unlike two voices are; 0 if nothing tells them apart."""
        return (
            _OTHER_GENDER * _gender_distance(self.gender, other.gender)
            + _OTHER_ACCENT * _accent_distance(self.accent, other.accent)
            + abs(self.pitch - other.pitch)
            + abs(self.energy - other.energy)
        )


def _gender_distance(one: Gender, two: Gender) -> float:
    if one == two:
        return 0.0
    if "neutral" not in (one, two):
        return 1.0
    # Listeners more often take a neutral voice for a woman's.
    return 0.25 if "female" in (one, two) else 0.5


def _accent_distance(one: Accent, two: Accent) -> float:
    if one == two:
        return 0.0
    return 0.5 if {one, two} == {"British", "Australian"} else 1.0


# As ElevenLabs describes its voices.
FAL_VOICES: Mapping[str, VoiceCharacter] = {
    "Aria": VoiceCharacter("female", "American", 0.5, 0.55),
    "Roger": VoiceCharacter("male", "American", 0.25, 0.5),
    "Sarah": VoiceCharacter("female", "American", 0.55, 0.2),
    "Laura": VoiceCharacter("female", "American", 0.8, 0.7),
    "Charlie": VoiceCharacter("male", "Australian", 0.45, 0.55),
    "George": VoiceCharacter("male", "British", 0.3, 0.35),
    "Callum": VoiceCharacter("male", "American", 0.2, 0.6),
    "River": VoiceCharacter("neutral", "American", 0.45, 0.3),
    "Liam": VoiceCharacter("male", "American", 0.6, 0.7),
    "Charlotte": VoiceCharacter("female", "British", 0.45, 0.4),
    "Alice": VoiceCharacter("female", "British", 0.55, 0.5),
    "Matilda": VoiceCharacter("female", "American", 0.6, 0.4),
    "Will": VoiceCharacter("male", "American", 0.65, 0.75),
    "Jessica": VoiceCharacter("female", "American", 0.6, 0.9),
    "Eric": VoiceCharacter("male", "American", 0.4, 0.4),
    "Chris": VoiceCharacter("male", "American", 0.5, 0.6),
    "Brian": VoiceCharacter("male", "American", 0.2, 0.3),
    "Daniel": VoiceCharacter("male", "British", 0.25, 0.5),
    "Lily": VoiceCharacter("female", "British", 0.65, 0.4),
    "Bill": VoiceCharacter("male", "American", 0.3, 0.35),
}
"""The twenty voices that fal's documents name."""
