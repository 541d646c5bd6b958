"""Phoneme alphabets: Kokoro's letters, and the mapping from the recogniser's ARPAbet.

Kokoro's alphabet is misaki's for English (https://github.com/hexgrad/misaki, EN_PHONES.md): IPA,
with one letter for each diphthong (A I O Q W Y) and affricate (ʤ ʧ), and T is the tapped
t of "city".
"""

PAUSE = "_"
"""Silence: the mouth is at rest."""

VOWELS = frozenset("AIOQWYaiuæɑɒɔəɛɜɪʊʌᵊᵻɚɐoe")
CONSONANTS = frozenset("bdfhjklmnpstvwzðŋɡɹɾTʃʒʤʧθʔ")
LETTERS = VOWELS | CONSONANTS

STRESS_MARKS = frozenset("ˈˌ")
LENGTH_MARK = "ː"

FROM_ARPABET = {
    "AA": "ɑ", "AE": "æ", "AH": "ʌ", "AO": "ɔ", "AW": "W", "AY": "I", "B": "b", "CH": "ʧ", "D": "d",
    "DH": "ð", "EH": "ɛ", "ER": "ɜ", "EY": "A", "F": "f", "G": "ɡ", "HH": "h", "IH": "ɪ", "IY": "i",
    "JH": "ʤ", "K": "k", "L": "l", "M": "m", "N": "n", "NG": "ŋ", "OW": "O", "OY": "Y", "P": "p",
    "R": "ɹ", "S": "s", "SH": "ʃ", "T": "t", "TH": "θ", "UH": "ʊ", "UW": "u", "V": "v", "W": "w",
    "Y": "j", "Z": "z", "ZH": "ʒ",
}  # fmt: skip
"""The 39 phones of the CMU dictionary; all else that pocketsphinx reports is a pause or a noise."""

TO_ARPABET = {
    **{letter: (phone,) for phone, letter in FROM_ARPABET.items()},
    "Q": ("OW",), "a": ("AA",), "e": ("EY",), "o": ("OW",), "ɒ": ("AA",), "ə": ("AH",),
    "ᵊ": ("AH",), "ᵻ": ("IH",), "ɐ": ("AH",), "ɚ": ("ER",), "ɾ": ("D",), "T": ("D",),
    "ʔ": ("T",),
}  # fmt: skip
"""The way back, to teach the recogniser a word it does not know."""
