"""Scripts, names and ids: everything that can be typed, or stand in an address."""

from functools import partial

from talkinghead.catalogue import BUILT_IN
from talkinghead.projects.values import Project
from talkinghead.speech.local_voice.local_voices import DEFAULT_VOICE
from talkinghead.speech.pronunciations.entries import Pronunciation
from talkinghead.videos.file_names import file_name
from talkinghead.videos.values import VideoSearch
from tests.hostile.here import Here, Rows
from tests.portraits import test_bad_inputs as made

SCRIPTS = {
    "nothing": "",
    "spaces": " \t\n\u00a0\u3000",
    "NUL": "\0",
    "NUL between words": "Hello\0 there.",
    "control characters": "Hello\x01\x02\x1b[31m there.",
    "half a surrogate pair": "Hello \ud83d there.",
    "the other half": "Hello \ude00 there.",
    "right to left": "שלום עולם. مرحبا بالعالم.",
    "overridden directions": "Pay \u202e001$\u202c now.",
    "isolated directions": "\u2066\u2067\u2068Hello\u2069\u2069\u2069.",
    "a family of emoji": "👩‍👩‍👧‍👦 " * 200,
    "joiners without end": "a" + "\u200d" * 5000,
    "accents on accents": "e" + "\u0301" * 5000,
    "invisible": "\u200b\u200c\u2060\ufeff",
    "12,001 characters": "a" * 12_001,
    "100,000 characters": "word " * 20_000,
    "a million digits": "1" * 1_000_000,
    "one word of 12,000": "a" * 12_000,
    "one sentence of 12,000": "word, " * 2000,
    "12,000 sentences": "a." * 6000,
    "12,000 line breaks": "a\n" * 6000,
    "brackets without an end": "[" * 6000,
    "pauses": "[pause 1]" * 1300,
    "a pause of a million seconds": "Hello [pause 1000000] there.",
    "a pause of no number": "Hello [pause nan] [pause -1] [pause 1e999] there.",
    "stars": "*" * 12_000,
    "emphasis in emphasis": "*a *b *c* d* e*",
    "SSML": '<speak><break time="9999s"/><audio src="http://127.0.0.1/"/>Hi</speak>',
    "HTML": "<img src=x onerror=alert(1)><script>alert(1)</script>",
    "Markdown": "# [Hi](javascript:alert(1)) ![x](http://127.0.0.1/a.png) :material/x: $x$",
    "a template": "{{7*7}} ${7*7} #{7*7} %s %n {0.__class__}",
    "SQL": "'; DROP TABLE jobs; --",
    "a shell": "$(reboot) `reboot` | reboot & reboot",
    "a path": "../../../../etc/passwd",
    "JSON": '{"text": [[[[[[]]]]]]}',
    "a fraction of noughts": "0." + "0" * 5000,
    "a number with an exponent": "1e999 and -1e999 and 1E+99999",
    "a date that is none": "On 99/99/9999 at 25:61, $1,2,3.4.5 per 0/0.",
    "roman numbers": "M" * 3000,
    "a phone number": "+1 (" + "5" * 2000 + ")",
    "a web address": "https://" + "a." * 3000 + "com",
    "abbreviations": "e.g. " * 2000,
    "quotation marks": '"' * 5000 + "a",
    "capitals": "ABC " * 3000,
    "private characters": "\ue000\uf8ff \U000f0000",
    "no characters": "\ufffe\uffff a",
    "tags of flags": "🏴\U000e0067\U000e0062\U000e007f hello",
    "Zalgo": "H̸̡̪̯ͨ͊̽̅̾̎Ȩ̬̩̾͛ͪ̈́̀́͘ ̶̧̨̱̹̭̯ͧ̾ͬC̷̙̲̝͖ͭ̏ͥͮ͟Oͮ͏̮̪̝͍M̲̖͊̒ͪͩͬ̚̚͜Ȇ̴̟̟͙̞ͩ͌͝S̨̥̫͎̭ͯ̿̔̀ͅ",
    "every script at once": "a я α א ع अ ก 日 ひ 한 ა አ ᚠ 𒀀 𓀀 ꦄ",
    "mathematical letters": "𝓗𝓮𝓵𝓵𝓸 𝟙𝟚𝟛",
    "half-width and full-width": "ﾊﾛｰ Ｈｅｌｌｏ １２３",
    "Thai without spaces": "สวัสดี" * 1500,
    "soft hyphens": "a\u00ad" * 5000,
    "vertical tabs": "a\v\f\x1c\x1d\x1e\x85\u2028\u2029b",
    "a key of fal's": "My key is 0a1b2c3d-1111-2222-3333-444455556666:fedcba98",
}

NAMES = {
    "no name": "",
    "spaces": "   ",
    "a path": "../../etc/passwd",
    "a path of Windows": "C:\\Windows\\System32\\config",
    "an absolute path": "/etc/shadow",
    "dots": ".....",
    "a device": "CON.jpg",
    "another device": "nul",
    "line breaks": "a\r\nSet-Cookie: a=b\r\n.jpg",
    "NUL": "a\0.jpg",
    "emoji": "👩‍🚀🎉.jpg",
    "right to left": "\u202egpj.exe",
    "half a surrogate pair": "\ud83d.jpg",
    "100,000 characters": "a" * 100_000,
    "HTML": "<img src=x onerror=alert(1)>.jpg",
    "Markdown": "[a](javascript:alert(1)).jpg",
    "a query": "a?b=c&d=e#f",
    "percent signs": "%00%2e%2e%2f%s%n",
    "SQL": "' OR 1=1 --",
    "wildcards": "%_*?[a-z]",
}


def _order(script: str, here: Here) -> object:
    """Price, plan and order a draft and a render of these words."""
    project = Project(
        catalogue=BUILT_IN, portrait=here.portrait, script=script, endpoint_id="fal-ai/flashhead"
    )
    project_id = here.workspace.projects.create(project)
    assert here.workspace.projects.find(project_id) is not None
    _ = project.title, project.language, project.speech, project.known_values(project.model, "a")
    if script.strip() and project.script_problem is None:
        here.workspace.speech.plan(script, DEFAULT_VOICE.id)
    here.workspace.projects.render_order(project)
    return here.workspace.projects.draft_order(project)


def scripts() -> Rows:
    """Return the rows of scripts."""
    return {name: partial(_order, script) for name, script in SCRIPTS.items()}


def _named(name: str, here: Here) -> object:
    """A picture and a recording of this name, and a file to save."""
    picture = made.encoded(made.picture(), "JPEG")
    assert file_name(name).isprintable()
    assert len(file_name(name)) < 80
    here.workspace.recordings.add(made.recorded(".wav"), name)
    portrait = here.workspace.portraits.add(picture, name)
    project = Project(catalogue=BUILT_IN, portrait=portrait)
    return here.workspace.projects.find(here.workspace.projects.create(project))


def _said(name: str, here: Here) -> None:
    here.workspace.pronunciations.replace([Pronunciation(name, name)])


def _searched(name: str, here: Here) -> object:
    return here.workspace.gallery.list(VideoSearch(name, name, folder=name))


def _opened(name: str, here: Here) -> None:
    assert here.workspace.projects.open(name) is None
    assert here.workspace.speech.of_job(name) is None
    here.workspace.jobs.find(name)


def _visited(name: str, here: Here) -> None:
    here.studio.workspace(name)


def names() -> Rows:
    """Return the rows of names."""
    uses = {
        "of a file": _named, "in the list of names": _said, "in the search": _searched,
        "in the address": _opened, "as the key to a gallery": _visited,
    }  # fmt: skip
    return {
        f"{name}, {use}": partial(play, text)
        for name, text in NAMES.items()
        for use, play in uses.items()
    }
