"""What platforms ask of whoever publishes a realistic video of a person that was made with AI.

These are facts of a day, each with its date; no legal advice.
"""

from datetime import date

from talkinghead.receipts.values import PlatformBox

_NOVEMBER = date(2026, 11, 30)

BOXES = (
    PlatformBox(
        "YouTube",
        "Upload → Details → Altered content",
        "Yes",
        None,
        "YouTube then shows a notice in the description, or on the player for sensitive topics.",
        _NOVEMBER,
    ),
    PlatformBox(
        "TikTok",
        "Post → More options → AI-generated content",
        "On",
        None,
        "An on-screen label counts as well. TikTok also reads content credentials.",
        _NOVEMBER,
    ),
    PlatformBox(
        "Meta",
        "Facebook, Instagram and Threads: when posting → AI label",
        "Add AI label",
        None,
        "Meta also shows “AI info” by itself from a file's metadata.",
        _NOVEMBER,
    ),
    PlatformBox(
        "LinkedIn",
        "No box when posting",
        "Say in the post that the video was made with AI",
        None,
        "LinkedIn shows content credentials by itself where a file carries them.",
        date(2024, 5, 31),
    ),
    PlatformBox(
        "Google Ads",
        "Asset → Synthetic content",
        "Contains synthetic content",
        "syntheticContentAttestationStatus=IS_SYNTHETIC",
        "The same in Display & Video 360 and Campaign Manager 360. It can't be unset.",
        _NOVEMBER,
    ),
)
