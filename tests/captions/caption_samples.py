"""Words and pictures that several tests of captions share."""

from pathlib import Path

import numpy as np
from PIL import Image

from talkinghead.av.frames import Picture
from talkinghead.av.sound import Sound
from talkinghead.av.video_writer import VideoWriter
from talkinghead.speech.text.timed_words import TimedWord
from talkinghead.speech.text.tokens import tokens

PORTRAIT = Path(__file__).parents[1] / "data" / "portraits" / "astronaut.png"
ENGLISH = (
    "Good morning everyone, and thank you for joining us today. My name is Lisa, and I am going to "
    "show you how our new platform helps small teams make better videos 🚀."
)
ARABIC = "مرحباً بكم في عرضنا الجديد، اليوم نقدم منصة OpenAI لصناعة الفيديو في 30 ثانية فقط!"
JAPANESE = "今日は新しい動画サービスをご紹介します。写真を一枚選んで、短い文章を書くだけです。"
EMOJI = "🔥 Your first video is free 🎉 so start today 🚀👩🏽‍💻 and save 50% ❤️"
TEXTS = (ENGLISH, ARABIC, JAPANESE, EMOJI)


def spoken(text: str, start: float = 0.0) -> tuple[TimedWord, ...]:
    """A text as a steady voice would say it, with a rest after each sentence."""
    words = []
    for token in tokens(text):
        end = start + 0.03 + len(token) / 14
        words.append(TimedWord(token, start, end))
        start = end + (0.3 if token[-1] in ".!?。" else 0.0)
    return tuple(words)


def grey(width: int, height: int, seconds: float = 0.0, value: int = 120) -> Picture:
    """An even picture without colour."""
    planes = np.full((height * 3 // 2, width), 128, np.uint8)
    planes[:height] = value
    return Picture(planes, seconds)


def portrait_video(path: Path, width: int, height: int, frames: int, walk: int = 0) -> Path:
    """A video of a portrait, with a tone under it.

    Args:
        path: the file.
        width, height: pixels.
        frames: at 25 a second.
        walk: pixels that the portrait goes to the right in all.
    """
    side = min(width, height)
    face = np.asarray(Image.open(PORTRAIT).convert("RGB").resize((side, side)))
    seconds = np.arange(frames * 960) / 24_000
    tone = Sound((0.3 * np.sin(2 * np.pi * 440 * seconds)).astype(np.float32), 24_000)
    with VideoWriter(path, width, height, 25, tone) as writer:
        for number in range(frames):
            picture = np.full((height, width, 3), 90, np.uint8)
            left = (width - side - walk) // 2 + walk * number // max(frames - 1, 1)
            left = max(min(left, width - side), 0)
            picture[(height - side) // 2 :][:side, left : left + side] = face
            writer.write(picture)
    return path
