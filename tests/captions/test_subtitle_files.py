"""SRT and VTT."""

import pytest

from talkinghead.captions.cues import CaptionRules, Cue, make_cues
from talkinghead.captions.subtitle_files import read_subtitles, write_srt, write_vtt
from talkinghead.core.errors import InvalidInput
from talkinghead.speech.text.timed_words import TimedWord
from tests.captions.caption_samples import ARABIC, TEXTS, spoken

RULES = CaptionRules(24)


def facts(cues: tuple[Cue, ...]) -> list[tuple[int, int, str]]:
    return [(round(cue.start * 1000), round(cue.end * 1000), cue.text) for cue in cues]


@pytest.mark.parametrize("text", TEXTS)
def test_what_is_written_is_read_again_to_the_millisecond(text: str) -> None:
    cues = make_cues(spoken(text), RULES)
    for file in (write_srt(cues), write_vtt(cues), write_vtt(cues, word_times=True)):
        assert facts(read_subtitles(file)) == facts(cues)


def test_signs_that_mean_something_in_vtt_are_escaped() -> None:
    cues = (Cue(0, 1, ((TimedWord("R&D", 0, 0.5), TimedWord("<b>", 0.5, 1)),)),)
    assert "R&amp;D &lt;b&gt;" in write_vtt(cues)
    assert read_subtitles(write_vtt(cues))[0].text == "R&D <b>"


def test_an_arrow_in_the_text_ends_no_cue() -> None:
    cues = (Cue(0, 1, ((TimedWord("A --> B", 0, 1),),)),)
    assert read_subtitles(write_vtt(cues))[0].text == "A --> B"
    assert read_subtitles(write_srt(cues))[0].text == "A --> B"


def test_lines_from_the_right_are_marked_and_the_marks_are_not_read_as_text() -> None:
    cues = make_cues(spoken(ARABIC), RULES)
    assert "\u200f" in write_srt(cues)
    assert "\u200f" not in "".join(cue.text for cue in read_subtitles(write_srt(cues)))


def test_files_of_other_programs_are_read() -> None:
    srt = "\ufeff1\r\n00:00:01,5 --> 00:00:02,000\r\n<i>One</i>\r\n{\\an8}two\r\n\r\n"
    vtt = (
        "WEBVTT - a title\n\nNOTE 00:00.000 --> 00:01.000\n\nSTYLE\n::cue {color: red}\n\n"
        "intro\n01:02.500 --> 01:04.000 line:0 align:start\n<v Ann>Hi &amp; <00:01:03.000>bye\n"
    )
    assert facts(read_subtitles(srt)) == [(1500, 2000, "One\ntwo")]
    assert facts(read_subtitles(vtt)) == [(62500, 64000, "Hi & bye")]


def test_words_share_the_time_of_a_cue_that_was_read() -> None:
    (cue,) = read_subtitles("1\n00:00:01,000 --> 00:00:02,000\nab abcdef")
    assert [(word.start, word.end) for word in cue.words] == [(1.0, 1.25), (1.25, 2.0)]


@pytest.mark.parametrize(
    "text", ["", "WEBVTT\n", "only words", "1\n00:00:02,000 --> 00:00:01,000\nx"]
)
def test_a_file_without_captions_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput, match="no captions"):
        read_subtitles(text)
