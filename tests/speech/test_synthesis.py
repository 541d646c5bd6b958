"""The script spoken: its sound, its phonemes, its words."""

import os
import re
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from talkinghead.core.errors import ConfigurationError, InvalidScript
from talkinghead.speech.alignment.recording_alignment import hear
from talkinghead.speech.local_voice.kokoro import FRAME, LONGEST_INPUT, Kokoro, model_path
from talkinghead.speech.local_voice.phonemes import LETTERS, PAUSE
from talkinghead.speech.local_voice.synthesis import (
    LEAD_SECONDS,
    TAIL_SECONDS,
    Utterance,
    breaths_of,
    say,
    speak,
    utterances,
)
from talkinghead.speech.local_voice.word_phonemes import Pronouncer
from talkinghead.speech.reading.spoken_text import SpokenWord
from talkinghead.speech.text.utterance import Speech

pytestmark = pytest.mark.usefixtures("uncached_voice")

SCRIPT = (
    "Good morning everyone, and thank you for joining us. "
    "It costs $5.99 a month, at fal.ai, from 3:30 pm."
)


@pytest.fixture(scope="module")
def reported() -> list[float]:
    """The progress of `spoken`."""
    return []


@pytest.fixture(scope="module")
def spoken(reported: list[float]) -> Speech:
    return say(SCRIPT, "af_heart", reported.append)


@pytest.fixture(scope="module")
def pronouncer() -> Pronouncer:
    """It takes longer to load than to ask."""
    return Pronouncer()


def test_phonemes_fill_the_sound_exactly(spoken: Speech) -> None:
    assert spoken.phonemes[0].start == 0
    assert spoken.phonemes[-1].end == pytest.approx(spoken.sound.seconds, abs=1e-9)
    assert all(a.end == b.start for a, b in pairwise(spoken.phonemes))
    assert all(each.end > each.start for each in spoken.phonemes)
    assert {each.symbol for each in spoken.phonemes} <= LETTERS | {PAUSE}


def test_the_models_durations_sum_to_its_sound() -> None:
    spoken = Kokoro("bm_george").speak(list("həlˈO wˈɜɹld."))
    assert spoken.frames.sum() * FRAME == len(spoken.samples)
    assert len(spoken.frames) == len("həlˈO wˈɜɹld.") + 2


def test_words_are_those_of_the_script_in_order(spoken: Speech) -> None:
    assert [word.text for word in spoken.words] == [
        "Good", "morning", "everyone,", "and", "thank", "you", "for", "joining", "us.",
        "It", "costs", "$5.99", "a", "month,", "at", "fal.ai,", "from", "3:30 pm.",
    ]  # fmt: skip
    assert all(a.end <= b.start + 1e-9 for a, b in pairwise(spoken.words))
    assert spoken.words[-1].end < spoken.sound.seconds


def test_word_times_agree_with_forced_alignment(spoken: Speech) -> None:
    heard = hear(spoken.sound, SCRIPT)
    assert [word.text for word in heard.words] == [word.text for word in spoken.words]
    apart = [
        abs(theirs.start - ours.start)
        for theirs, ours in zip(heard.words, spoken.words, strict=True)
    ]
    assert np.median(apart) <= 0.08
    assert np.max(apart) <= 0.25


def test_the_sound_begins_and_ends_in_silence(spoken: Speech) -> None:
    samples, rate = spoken.sound.samples, spoken.sound.rate
    assert not samples[: round(LEAD_SECONDS * rate)].any()
    assert not samples[-round(TAIL_SECONDS * rate) :].any()
    assert spoken.phonemes[0].symbol == spoken.phonemes[-1].symbol == PAUSE


def test_voices_are_equally_loud(spoken: Speech) -> None:
    def decibels(speech: Speech) -> float:
        blocks = speech.sound.samples[: len(speech.sound.samples) // 600 * 600].reshape(-1, 600)
        power = (blocks.astype(np.float64) ** 2).mean(axis=1)
        return float(10 * np.log10(power[power > power.max() * 1e-3].mean()))

    other = say("This is another voice.", "am_puck")
    assert decibels(spoken) == pytest.approx(-18, abs=1.5)
    assert decibels(other) == pytest.approx(decibels(spoken), abs=1.5)
    assert np.abs(other.sound.samples).max() <= 0.95


def test_progress_rises_to_one(spoken: Speech, reported: list[float]) -> None:
    assert len(reported) == 2  # of as many sentences
    assert 0 < reported[0] < reported[1] == 1


def test_a_pause_lasts_as_long_as_it_is_asked_to() -> None:
    [one, two] = utterances("Wait. Go.")
    short = speak([one, two], "am_michael")
    long = speak([Utterance(one.words, pause_after=1.0), two], "am_michael")
    assert long.sound.seconds - short.sound.seconds == pytest.approx(1.0 - one.pause_after)


def test_a_fal_name_speaks_with_its_nearest_voice_and_both_always_the_same() -> None:
    bought, local = say("Yes.", "Daniel"), say("Yes.", "bm_george")
    assert np.array_equal(bought.sound.samples, local.sound.samples)
    assert (bought.phonemes, bought.words) == (local.phonemes, local.words)


@pytest.mark.parametrize(
    "script", ["مرحبا بالعالم", "你好，世界。", "Привет, мир!", "", "...", "\u0000"]
)
def test_what_english_cannot_say_is_refused_in_plain_words(script: str) -> None:
    with pytest.raises(InvalidScript, match=r"English only.* recording"):
        say(script, "af_heart")


def test_a_mixed_text_speaks_what_it_can() -> None:
    assert [word.text for word in say("你好 hello мир", "af_nova").words] == ["hello"]


@pytest.mark.parametrize(
    "script",
    [
        "word " * 400,
        "a" * 600,
        "and so, " * 200,
        "supercalifragilisticexpialidocious" * 8,
        "9" * 500,
        "!?" * 500 + "yes",
        "'" * 50 + "tis",
        "-" * 50 + "x",
        "x.y.z" * 100,
    ],
    ids=lambda script: script[:12],
)
def test_nothing_longer_than_the_model_takes_reaches_it(
    script: str, pronouncer: Pronouncer
) -> None:
    breaths = list(breaths_of(utterances(script), pronouncer))
    assert breaths
    assert all(0 < len(breath.symbols) <= LONGEST_INPUT // 2 for breath in breaths)


def test_a_long_sentence_is_split_after_its_clauses(pronouncer: Pronouncer) -> None:
    script = "We came to the wide river, and we saw the tall mountains on the other side, " * 4
    first, *_ = breaths_of(utterances(script), pronouncer)
    assert first.symbols[-1].letter == ","


def test_spelled_letters_are_named_and_the_article_is_not(pronouncer: Pronouncer) -> None:
    def said(*words: str) -> str:
        symbols = pronouncer.symbols([SpokenWord(word, word) for word in words])
        return re.sub("[ˈˌ]", "", "".join(symbol.letter for symbol in symbols))

    assert said("a", "plan.").startswith("ɐ ")
    assert said("Series", "A.").endswith(" A.")
    assert said("A P I.").startswith("Api")
    assert said("fal dot A I.").endswith("AI .")
    assert said("A four.").startswith("A f")


def test_every_symbol_knows_its_word(pronouncer: Pronouncer) -> None:
    words = [
        SpokenWord("$5", "five dollars"),
        SpokenWord("API", "A P I"),
        SpokenWord("now.", "now."),
    ]
    symbols = pronouncer.symbols(words)
    assert [symbol.word for symbol in symbols] == sorted(symbol.word for symbol in symbols)
    assert "".join(s.letter for s in symbols if s.word == 2) == "nˈW."


@pytest.fixture
def without_folders(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "HOME": str(tmp_path / "file" / "home"), "TMPDIR": str(tmp_path)}


def test_the_model_is_kept_in_the_temporary_folder_where_home_cannot_be_written(
    tmp_path: Path, without_folders: dict[str, str]
) -> None:
    (tmp_path / "file").write_text("")  # no folder can be made under a file
    code = "from talkinghead.speech.local_voice.kokoro import model_path; print(model_path())"
    both = [
        subprocess.Popen([sys.executable, "-c", code], env=without_folders, stdout=subprocess.PIPE)
        for _ in range(2)
    ]  # two at once
    paths = {Path(process.communicate()[0].decode().strip()) for process in both}
    assert all(process.returncode == 0 for process in both)
    [path] = paths
    assert path.parent.parent == tmp_path
    assert path.read_bytes() == model_path().read_bytes()
    assert list(path.parent.iterdir()) == [path]


def test_models_of_earlier_releases_are_deleted_a_week_after_they_were_last_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pathlib.Path.home", lambda: tmp_path)
    folder = tmp_path / ".cache" / "talking-head-studio"
    folder.mkdir(parents=True)
    newest = folder / model_path().name
    old, other, foreign = (
        folder / name for name in ("kokoro-1.onnx", "kokoro-2.onnx", "mine.onnx")
    )
    week_ago = time.time() - 8 * 24 * 3600
    for each in (old, other, foreign):
        each.write_bytes(b"")
        if each != other:
            os.utime(each, (week_ago, week_ago))
    assert model_path() == newest
    assert sorted(folder.iterdir()) == sorted([newest, other, foreign])


def test_a_host_without_a_writable_folder_gets_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/proc/nowhere")
    monkeypatch.setenv("HOME", "/proc/nowhere")
    with pytest.raises(ConfigurationError, match="Make one writable"):
        model_path()


def test_importing_the_voice_loads_no_model() -> None:
    voice = "talkinghead.speech.local_voice.synthesis"
    code = f"import sys; import {voice}; sys.exit('onnxruntime' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_word_that_the_dictionary_refuses_does_not_lose_the_sentence(
    pronouncer: Pronouncer,
) -> None:
    words = [SpokenWord(text, text) for text in ("good", "1,,2.3.", "morning.")]
    said = {symbol.word for symbol in pronouncer.symbols(words)}
    assert {0, 2} <= said
