"""Where a script is cut for a model that speaks it in parts."""

from decimal import Decimal

from talkinghead.renders.parts.split_script import split_script
from talkinghead.speech.text.script import estimate_seconds
from tests.long_speech import sentences

LONGEST = Decimal(25)


def test_a_short_script_is_one_part() -> None:
    assert split_script("Good morning. It is late.", LONGEST) == (("Good morning.", "It is late."),)


def test_every_sentence_is_in_one_part_in_its_order_and_no_part_is_too_long() -> None:
    texts = sentences(300)
    parts = split_script(" ".join(texts), LONGEST)
    assert [text for part in parts for text in part] == texts
    assert max(estimate_seconds(" ".join(part)) for part in parts) <= LONGEST
    assert len(parts) < 30


def test_an_edit_changes_few_parts() -> None:
    texts = sentences(300)
    before = set(split_script(" ".join(texts), LONGEST))
    texts[len(texts) // 2] = "This is said in its place instead."
    after = split_script(" ".join(texts), LONGEST)
    assert len([part for part in after if part not in before]) <= 2


def test_a_sentence_that_is_too_long_is_cut_after_a_clause() -> None:
    clause = "and then it goes on and on for quite a while without an end, "
    parts = split_script(f"It begins, {clause * 12}and ends.", LONGEST)
    assert len(parts) > 1
    assert all(part[-1].endswith((",", ".")) for part in parts)


def test_words_without_a_comma_are_cut_between_them() -> None:
    parts = split_script("word " * 200, LONGEST)
    assert len(parts) > 1
    assert {word for part in parts for word in " ".join(part).split()} == {"word"}


def test_a_script_that_parts_words_by_no_space_is_cut_too() -> None:
    script = "天" * 400
    parts = split_script(script, LONGEST)
    assert "".join(text for part in parts for text in part) == script
    assert max(estimate_seconds("".join(part)) for part in parts) <= LONGEST
