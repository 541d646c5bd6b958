"""Which language a script is in."""

import pytest

from talkinghead.speech.text.language import UNKNOWN, language_of

SCRIPTS = {
    "en": "Choose a portrait and write a few words.",
    "de": "Wählen Sie ein Bild und schreiben Sie ein paar Worte.",
    "fr": "Choisissez un portrait et écrivez quelques mots.",
    "es": "Elige un retrato y escribe unas palabras.",
    "it": "Scegli un ritratto e scrivi qualche parola.",
    "pt": "Escolha um retrato e escreva algumas palavras.",
    "nl": "Kies een portret en schrijf een paar woorden.",
    "pl": "Wybierz portret i napisz kilka słów.",
    "ru": "Выберите портрет и напишите несколько слов.",
    "uk": "Виберіть портрет і напишіть кілька слів.",
    "tr": "Bir portre seçin ve birkaç kelime yazın.",
    "sv": "Välj ett porträtt och skriv några ord.",
    "id": "Pilih potret dan tulis beberapa kata.",
    "fil": "Maraming salamat sa panonood ng video na ito.",
    "hi": "एक चित्र चुनें और कुछ शब्द लिखें।",
    "ar": "اختر صورة واكتب بضع كلمات.",
    "fa": "یک تصویر انتخاب کنید و چند کلمه بنویسید.",
    "he": "בחרו תמונה וכתבו כמה מילים.",
    "el": "Διαλέξτε ένα πορτρέτο.",
    "th": "เลือกภาพและเขียนคำ",
    "zh": "选择一张肖像，写几句话。",
    "ja": "写真を選んで、言葉を書いてください。",
    "ko": "사진을 고르고 몇 마디를 쓰세요.",
}


@pytest.mark.parametrize("code", SCRIPTS)
def test_a_sentence_is_recognised(code: str) -> None:
    found, confidence = language_of(SCRIPTS[code])
    assert found == code
    assert 0.3 < confidence <= 1


def test_a_brands_name_in_latin_letters_does_not_decide() -> None:
    assert language_of("fal.aiのHeyGenで動画を作ります。")[0] == "ja"
    assert language_of("用 fal.ai 的 HeyGen 制作视频。")[0] == "zh"


@pytest.mark.parametrize(
    "text", ["", "12:30 – 14:00", "👋 😀", "[pause 2]", "https://fal.ai", "OK"]
)
def test_an_undecidable_language_is_none(text: str) -> None:
    assert language_of(text)[0] == UNKNOWN
