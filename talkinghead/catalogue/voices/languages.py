"""The languages of bought voices, by ISO 639-1.

Source: the makers' public lists; fal's documents name the field and not its values.
"""

ELEVEN_V2 = frozenset(
    ["en", "ja", "zh", "de", "hi", "fr", "ko", "pt", "it", "es", "id", "nl", "tr", "fil", "pl",
     "sv", "bg", "ro", "ar", "cs", "el", "fi", "hr", "ms", "sk", "da", "ta", "uk", "ru"]
)  # fmt: skip
"""Multilingual v2: 29 languages."""

ELEVEN_V25 = ELEVEN_V2 | frozenset(
    ["hu", "no", "vi"]
)  # fmt: skip
"""Turbo v2.5: those and three more."""

ELEVEN_V3 = ELEVEN_V25 | frozenset(
    ["af", "hy", "as", "az", "be", "bn", "bs", "ca", "et", "gl", "ka", "gu", "ha", "he", "is",
     "ga", "jv", "kn", "kk", "ky", "lv", "ln", "lt", "lb", "mk", "ml", "mr", "ne", "ps", "fa",
     "pa", "sr", "sd", "sl", "so", "sw", "te", "th", "ur", "cy"]
)  # fmt: skip
"""Eleven v3: seventy and more; these are the ones with a two-letter code."""

MINIMAX: dict[str, str] = {
    "zh": "Chinese", "en": "English", "ar": "Arabic", "ru": "Russian", "es": "Spanish",
    "fr": "French", "pt": "Portuguese", "de": "German", "tr": "Turkish", "nl": "Dutch",
    "uk": "Ukrainian", "vi": "Vietnamese", "id": "Indonesian", "ja": "Japanese", "it": "Italian",
    "ko": "Korean", "th": "Thai", "pl": "Polish", "ro": "Romanian", "el": "Greek", "cs": "Czech",
    "fi": "Finnish", "hi": "Hindi", "bg": "Bulgarian", "da": "Danish", "he": "Hebrew",
    "ms": "Malay", "fa": "Persian", "sk": "Slovak", "sv": "Swedish", "hr": "Croatian",
    "fil": "Filipino", "hu": "Hungarian", "no": "Norwegian", "sl": "Slovenian", "ca": "Catalan",
    "ta": "Tamil", "af": "Afrikaans",
}  # fmt: skip
"""MiniMax 2.8, with the names that its `language_boost` takes."""
