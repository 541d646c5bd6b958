"""What a person writes, and what is said."""

import re

import pytest

from talkinghead.speech.reading.spoken_text import sentences, speakable, spoken_words

SAID = [
    # amounts
    ("I have 3 cats", "I have three cats."),
    ("0 and 10 and 100", "zero and ten and one hundred."),
    ("-5 and −2.5 degrees", "minus five and minus two point five degrees."),
    ("3.14", "three point one four."),
    (".5", "zero point five."),
    ("1,234,567", "one million two hundred thirty-four thousand five hundred sixty-seven."),
    ("1 000 000", "one million."),
    ("1.234,56", "one thousand two hundred thirty-four point five six."),
    ("3,5", "three point five."),
    ("007", "double oh seven."),
    ("1000000000000", "one trillion."),
    (
        "12345678901234567",
        "one two three four five six seven eight nine zero one two three four five six seven.",
    ),
    ("the 1st, 2nd, 3rd and 103rd", "the first, second, third and one hundred third."),
    ("50+ people", "fifty plus people."),
    ("~5 or ±2", "about five or plus or minus two."),
    ("5 - 3 = 2", "five minus three equals two."),
    ("2 * 3 and 2 × 3", "two times three and two times three."),
    # years
    ("in 1999", "in nineteen ninety-nine."),
    ("in 2026", "in twenty twenty-six."),
    ("in 1900", "in nineteen hundred."),
    ("in 2005", "in two thousand five."),
    ("the 1990s and '80s", "the nineteen nineties and eighties."),
    # ranges
    ("pages 10-20", "pages ten to twenty."),
    ("1999–2003", "nineteen ninety-nine to two thousand three."),
    ("2019-21", "twenty nineteen to twenty twenty-one."),
    ("10-20%", "ten to twenty percent."),
    ("$5-$10", "five to ten dollars."),
    ("9am–5pm", "nine A M to five P M."),
    ("Mon-Fri", "Monday to Friday."),
    # telephone
    ("+1 (555) 123-4567", "plus one, five five five, one two three, four five six seven."),
    ("555-0199", "five five five, zero one nine nine."),
    ("020 7946 0958", "zero two zero, seven nine four six, zero nine five eight."),
    # times
    ("3:30 pm", "three thirty P M."),
    ("at 7 a.m. we go", "at seven A M we go."),
    ("We left at 5 p.m. Then we slept.", "We left at five P M. Then we slept."),
    ("9:05", "nine oh five."),
    ("12:00", "twelve o'clock."),
    ("15:00", "fifteen hundred."),
    ("1:02:03", "one hour two minutes three seconds."),
    ("16:9", "sixteen by nine."),
    # dates
    ("2026-11-21", "November twenty-first, twenty twenty-six."),
    ("2026-11-21T15:30", "November twenty-first, twenty twenty-six, fifteen thirty."),
    ("Nov 21, 2026", "November twenty-first, twenty twenty-six."),
    ("the 21st of May", "the twenty-first of May."),
    ("21/11/2026", "November twenty-first, twenty twenty-six."),
    ("21.11.2026", "November twenty-first, twenty twenty-six."),
    ("November 2026", "November, twenty twenty-six."),
    ("May 5", "May fifth."),
    # money
    ("$5.99", "five dollars ninety-nine."),
    ("€1.2m", "one point two million euros."),
    ("£3", "three pounds."),
    ("£3.50", "three pounds fifty."),
    ("50¢", "fifty cents."),
    ("$1", "one dollar."),
    ("$0.10", "ten cents."),
    ("$0.005", "zero point zero zero five dollars."),
    ("-$5", "minus five dollars."),
    ("$3 million", "three million dollars."),
    ("20 €", "twenty euros."),
    ("¥500", "five hundred yen."),
    ("100 USD", "one hundred U S dollars."),
    # percent, fractions, units
    ("25% off", "twenty-five percent off."),
    ("1/2 or 3/4", "one half or three quarters."),
    ("2 1/2 and 2½", "two and a half and two and a half."),
    ("24/7", "twenty-four seven."),
    ("90 km/h", "ninety kilometers per hour."),
    ("1 kg and 5kg", "one kilogram and five kilograms."),
    ("20°C and -5 °F", "twenty degrees Celsius and minus five degrees Fahrenheit."),
    ("500 MB", "five hundred megabytes."),
    ("5 m²", "five square meters."),
    ("6'2\"", "six foot two."),
    ("a 5-km run", "a five kilometer run."),
    ("10 in the morning", "ten in the morning."),
    ("1920x1080 in 4K", "nineteen twenty by ten eighty in four K."),
    # addresses
    ("fal.ai", "fal dot A I."),
    ("https://example.com/a", "example dot com slash A."),
    ("See www.bbc.co.uk.", "See B B C dot co dot U K."),
    ("joe.smith@example.com", "joe dot smith at example dot com."),
    ("https://example.com/shop?y=1#z", "example dot com slash shop."),
    ("report.pdf", "report dot P D F."),
    ("@name and @john_doe", "at name and at john doe."),
    ("#1", "number one."),
    ("#TalkingHeads", "hashtag Talking Heads."),
    # acronyms, initials, abbreviations
    ("an API for the CEO", "an A P I for the C E O."),
    ("two APIs", "two A P I's."),
    ("NASA and UNESCO", "Nasa and Unesco."),
    ("the U.S. army", "the U S army."),
    ("J. K. Rowling, J.R.R. Tolkien", "J K Rowling, J R R Tolkien."),
    ("Please STOP now", "Please stop now."),
    ("EVERYTHING IS GREAT NOW", "everything is great now."),
    ("Dr. Smith, Mr. Jones", "Doctor Smith, Mister Jones."),
    ("Main St. in St. Louis", "Main Street in Saint Louis."),
    ("e.g. this, i.e. that, etc.", "for example, this, that is, that, et cetera."),
    ("A vs. B", "A versus B."),
    ("No. 5, no way", "number five, no way."),
    ("World War II, Henry VIII", "World War two, Henry the eighth."),
    ("AT&T and R&D", "A T and T and R and D."),
    ("you & me", "you and me."),
    ("H2O, MP3, GPT-4", "H two O, M P three, G P T four."),
    ("v1.2.3", "version one point two point three."),
    ("C++ and C#", "C plus plus and C sharp."),
    # words that look like something else
    ("We sat 3 rows back, the sun set at 6", "We sat three rows back, the sun set at six."),
    ('She said "I am 5" and "I am 6".', "She said I am five and I am six."),
    ("In part I agree. Part I ends", "In part I agree. Part one ends."),
    ("Yes, OK. Yes, IN the box", "Yes, okay. Yes, in the box."),
    ("It is 5. Then 6", "It is five. Then six."),
    ("Ask Max. He won. max. 5", "Ask Max. He won. maximum five."),
    ("He is in. No, he said no. They go", "He is in. No, he said no. They go."),
    ("May I march 10 miles", "May I march ten miles."),
    ("either/or, I <3 you", "either or, I love you."),
    # emoji
    ("Hello 😀 world! 🎉", "Hello world!"),
    ("😀❤️", "grinning face, red heart."),
    ("👍🏽", "thumbs up."),
    ("Nice :-) <3", "Nice."),
    # marks
    ("**Bold** and *italic* and `code`", "Bold and italic and code."),
    ("[our site](https://example.com)", "our site."),
    ("# Title\n\nText", "Title. Text."),
    ("- apples\n- pears", "apples. pears."),
    ("1. one thing\n2. another", "one, one thing. two, another."),
    ("<b>bold</b> &amp; more", "bold and more."),
    ("&lt;b&gt;hi&lt;/b&gt;", "hi."),
    ("<script>alert(1)</script>Hello", "Hello."),
    ("a < b and 5 > 3", "a less than b and five greater than three."),
    ("| a | b |\n|---|---|\n| 1 | 2 |", "a, b. one, two."),
    ("snake_case stays", "snake case stays."),
    # typography
    ("“Quoted” and ‘single’ don’t", "Quoted and single don't."),
    ("well — maybe", "well, maybe."),
    ("well—maybe", "well, maybe."),
    ("yes… and no", "yes, and no."),
    ("Really?! Yes!!", "Really? Yes!"),
    ("one\u00a0two\u2003th\u200bree", "one two three."),
    ("\u202ehello\u202c \x07there", "hello there."),
    ("café, Zürich, straße", "cafe, Zurich, strasse."),
    ("𝐁𝐨𝐥𝐝 Ｆｕｌｌ", "Bold Full."),
    ("one\ntwo\nThree", "one two. Three."),
    # other scripts
    ("你好 hello мир world", "hello world."),
]


@pytest.mark.parametrize(("script", "said"), SAID, ids=[script for script, _ in SAID])
def test_it_is_said_as_a_person_would_read_it(script: str, said: str) -> None:
    assert speakable(script) == said


@pytest.mark.parametrize(
    "script",
    ["", " \n\t", "...", "!!! ???", "مرحبا ٣", "你好，世界", "Привет", ":-)", "***", "\x00"],
)
def test_nothing_is_said_where_there_is_nothing_to_say(script: str) -> None:
    assert speakable(script) == ""


@pytest.mark.parametrize("script", [script for script, _ in SAID])
def test_only_plain_letters_and_pauses_reach_the_voice(script: str) -> None:
    assert re.fullmatch(r"[A-Za-z' .,;:?!-]*", speakable(script))


def test_what_was_said_is_said_the_same_again() -> None:
    for script, _ in SAID:
        once = speakable(script)
        if not re.search(r"\b[A-Z]\b|[A-Z]{2}", once):  # initials are spelled with dots
            assert speakable(once) == once


def test_each_word_keeps_its_written_form() -> None:
    words = spoken_words("Pay $5.99, by 3:30 pm!")
    assert [word.text for word in words] == ["Pay", "$5.99,", "by", "3:30 pm!"]
    assert words[1].spoken == "five dollars ninety-nine,"


def test_a_reading_keeps_what_was_written_for_the_captions() -> None:
    script = (
        "From $20/mo, call (415) 555-1212 ext. 9, 6 ft 2 in, Dec 5-12, José: 4.8/5, 10 a.m. EST!"
    )
    words = spoken_words(script)
    assert [word.text for word in words] == [
        "From", "$20/mo,", "call", "(415) 555-1212 ext. 9,", "6 ft", "2 in,", "Dec 5-12,", "José:",
        "4.8/5,", "10 a.m.", "EST!",
    ]  # fmt: skip
    assert [word.spoken for word in words][1:4] == [
        "twenty dollars per month,",
        "call",
        "four one five, five five five, one two one two, extension nine,",
    ]
    assert words[-2].spoken == "ten A M"


def test_sentences_end_at_full_stops_questions_and_lines() -> None:
    found = sentences(spoken_words("Hello, Dr. Who. Is it 3.5? Yes\n\nThe end"))
    assert [sentence[-1].text for sentence in found] == ["Who.", "3.5?", "Yes", "end"]


@pytest.mark.parametrize(
    "unit",
    [
        "*a ",
        "<",
        "[",
        "(",
        "1",
        "a.",
        "a@",
        "1,",
        "- ",
        "_",
        "<a ",
        "9/",
        "1-",
        "1 ",
        "😀",
        "$1",
        "'",
        "[a](",
        "~~a",
        "|",
        "\n|",
        "1:",
        "…",
        "é",
        "̀",
        "http://",
        "A.",
        "x",
        "1:1:",
        "#a",
    ],
)
def test_five_thousand_strange_characters_do_no_harm(unit: str) -> None:
    assert isinstance(speakable((unit * 5000)[:5000]), str)
