"""A script becomes sentences."""

import pytest

from talkinghead.speech.text.sentences import split_sentences, without_pauses


def texts(script: str) -> list[str]:
    return [sentence.text for sentence in split_sentences(script)]


@pytest.mark.parametrize(
    "script",
    [
        "Dr. Smith paid $3.50 at fal.ai.|He left at 5 p.m.|Then J. K. Rowling came.",
        "Really?!|“Is it?” she said.|Wait... what?|Wait...|What?",
        "The U.S. Senate met, e.g. on Monday.|Prices rose 2.5 percent.",
        "Am 3. Mai kommt z.B. Frau Dr. Maier.|Es ist 2024.|Gut.",
        "M. Dupont arrive.|Il dit « Bonjour. »|Puis il part.",
        "¿Cómo está Ud. hoy?|¡Muy bien!|El Sr. López, también.",
        "你好。|今天好吗？|“真的！”|他说。",
        "今日は。|お元気ですか？|「はい。」|そうです。",
        "مرحبا.|كيف حالك؟|أنا بخير.",
        "यह है।|वह है।",
        "Это т.е. так.|Да!|Нет…|Может быть.",
        "안녕하세요.|잘 지내세요?",
        "Meet at 12 Elm St.|Come by.|Ask Dr. Khan, Sgt. Pepper and St. Paul.",
        "It is Ocean Dr.|She waits.|At 3 p.m. EST we open.|We close at 9 p.m.|Call us.",
        "He said no.|Then he left.|See no. 5 and Fig. 2.|She loves art.|We met in Vol. II.",
        "So do I.|He said so (really.)|It ended.",
        "Visit https://fal.ai/models?x=1.2 today.|Mail me@here.com.",
    ],
)
def test_sentences_end_where_a_reader_would_pause(script: str) -> None:
    joined = script.replace("|", "" if "。" in script else " ")
    assert texts(joined) == script.split("|")


def test_lines_and_paragraphs_end_sentences_and_wrapped_lines_do_not() -> None:
    found = split_sentences("A title\nThen a line\nthat is wrapped.\n\nA new one")
    assert [each.text for each in found] == ["A title", "Then a line that is wrapped.", "A new one"]
    assert [each.ends_paragraph for each in found] == [False, True, True]


def test_items_of_a_list_keep_their_numbers() -> None:
    assert texts("1. First this.\n2. Then that.") == ["1. First this.", "2. Then that."]


def test_pauses_are_distinguished_from_words() -> None:
    found = split_sentences(
        "Hello [pause 0.8] world. [pause] Yes [PAUSE: 300 ms] so. [pause 1,5 s]"
    )
    assert [(each.text, each.pause_after) for each in found] == [
        ("Hello", 0.8), ("world.", 0.5), ("Yes", 0.3), ("so.", 1.5),
    ]  # fmt: skip


def test_pauses_add_up_and_have_an_end() -> None:
    assert split_sentences("A. [pause 1] [pause 2] B.")[0].pause_after == 3.0
    assert split_sentences("A. [pause 99] B.")[0].pause_after == 10.0


def test_a_script_can_begin_with_a_pause() -> None:
    first, second = split_sentences("[pause 2] One. Two.")
    assert (first.pause_before, second.pause_before) == (2.0, 0.0)


def test_brackets_that_are_no_pause_stay() -> None:
    assert texts("I [we] pause [here].") == ["I [we] pause [here]."]


def test_signs_alone_are_no_sentence() -> None:
    assert texts("Hi! 👋 😀\n---\nBye.") == ["Hi! 👋 😀", "Bye."]
    assert texts(" … [pause 2] \n") == []


def test_captions_show_no_pauses() -> None:
    assert without_pauses("Hello [pause 0.8] world.\nYes [pause]") == "Hello world.\nYes"
