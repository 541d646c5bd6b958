"""When each sentence is said."""

from talkinghead.speech.text.sentence_times import TimedSentence, timed_sentences
from talkinghead.speech.text.timed_words import TimedWord


def words(text: str) -> list[TimedWord]:
    return [TimedWord(word, float(n), n + 0.5) for n, word in enumerate(text.split())]


def test_a_sentence_lasts_from_its_first_word_to_its_last() -> None:
    found = timed_sentences(["Hello there.", "How are you?"], words("Hello there. How are you?"))
    assert found == (
        TimedSentence("Hello there.", 0.0, 1.5),
        TimedSentence("How are you?", 2.0, 4.5),
    )


def test_words_that_a_voice_left_out_or_joined_do_no_harm() -> None:
    found = timed_sentences(
        ["Hi 👋 Bob!", "We sell e-mail, here."], words("HI BOB we sell email here")
    )
    assert [(each.start, each.end) for each in found] == [(0.0, 1.5), (2.0, 5.5)]


def test_a_sentence_that_was_not_said_has_no_time() -> None:
    found = timed_sentences(["你好。", "Hello.", "Bye."], words("Hello. Bye."))
    assert [each.text for each in found] == ["Hello.", "Bye."]
