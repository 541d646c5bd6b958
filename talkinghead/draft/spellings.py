"""What is written short and said long: units, abbreviations, signs, acronyms, addresses."""

import re
from urllib.parse import unquote

from talkinghead.draft.numerals import cardinal

UNITS = {
    "km/h": ("kilometer per hour", "kilometers per hour"), "kph": ("kilometer per hour", "kilometers per hour"),
    "mph": ("mile per hour", "miles per hour"), "m/s": ("meter per second", "meters per second"),
    "km": ("kilometer", "kilometers"), "cm": ("centimeter", "centimeters"),
    "mm": ("millimeter", "millimeters"), "µm": ("micrometer", "micrometers"),
    "nm": ("nanometer", "nanometers"), "m": ("meter", "meters"), "mi": ("mile", "miles"),
    "ft": ("foot", "feet"), "in": ("inch", "inches"), "yd": ("yard", "yards"),
    "km²": ("square kilometer", "square kilometers"), "m²": ("square meter", "square meters"),
    "m³": ("cubic meter", "cubic meters"), "ha": ("hectare", "hectares"),
    "kg": ("kilogram", "kilograms"), "mg": ("milligram", "milligrams"), "g": ("gram", "grams"),
    "lb": ("pound", "pounds"), "lbs": ("pound", "pounds"), "oz": ("ounce", "ounces"),
    "l": ("liter", "liters"), "L": ("liter", "liters"), "ml": ("milliliter", "milliliters"),
    "mL": ("milliliter", "milliliters"), "cl": ("centiliter", "centiliters"),
    "°C": ("degree Celsius", "degrees Celsius"), "°F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "℃": ("degree Celsius", "degrees Celsius"), "℉": ("degree Fahrenheit", "degrees Fahrenheit"),
    "°": ("degree", "degrees"), "K": ("thousand", "thousand"), "k": ("thousand", "thousand"),
    "B": ("billion", "billion"), "kB": ("kilobyte", "kilobytes"), "KB": ("kilobyte", "kilobytes"),
    "MB": ("megabyte", "megabytes"), "GB": ("gigabyte", "gigabytes"), "TB": ("terabyte", "terabytes"),
    "kbps": ("kilobit per second", "kilobits per second"), "Mbps": ("megabit per second", "megabits per second"),
    "Mbit/s": ("megabit per second", "megabits per second"), "Gbps": ("gigabit per second", "gigabits per second"),
    "MB/s": ("megabyte per second", "megabytes per second"), "fps": ("frame per second", "frames per second"),
    "Hz": ("hertz", "hertz"), "kHz": ("kilohertz", "kilohertz"), "MHz": ("megahertz", "megahertz"),
    "GHz": ("gigahertz", "gigahertz"), "W": ("watt", "watts"), "kW": ("kilowatt", "kilowatts"),
    "MW": ("megawatt", "megawatts"), "kWh": ("kilowatt hour", "kilowatt hours"), "V": ("volt", "volts"),
    "mA": ("milliamp", "milliamps"), "mAh": ("milliamp hour", "milliamp hours"), "dB": ("decibel", "decibels"),
    "Pa": ("pascal", "pascals"), "kPa": ("kilopascal", "kilopascals"), "px": ("pixel", "pixels"),
    "MP": ("megapixel", "megapixels"), "kcal": ("kilocalorie", "kilocalories"), "cal": ("calorie", "calories"),
    "ms": ("millisecond", "milliseconds"), "s": ("second", "seconds"), "sec": ("second", "seconds"),
    "secs": ("second", "seconds"), "min": ("minute", "minutes"), "mins": ("minute", "minutes"),
    "h": ("hour", "hours"), "hr": ("hour", "hours"), "hrs": ("hour", "hours"), "yrs": ("year", "years"),
    "x": ("times", "times"), "×": ("times", "times"), "M": ("million", "million"), "bn": ("billion", "billion"),
    "%": ("percent", "percent"), "‰": ("per mille", "per mille"), "pp": ("percentage point", "percentage points"),
}  # fmt: skip
"""After a number: the word for one and for many."""

ABBREVIATIONS = {
    "dr.": "Doctor", "dr": "Doctor", "mr.": "Mister", "mr": "Mister", "mrs.": "Missus", "mrs": "Missus",
    "ms.": "Miz", "ms": "Miz", "prof.": "Professor", "st.": "Saint", "jr.": "Junior", "sr.": "Senior",
    "e.g.": "for example,", "i.e.": "that is,", "etc.": "et cetera", "etc": "et cetera", "vs.": "versus",
    "vs": "versus", "approx.": "approximately", "inc.": "Incorporated", "ltd.": "Limited",
    "corp.": "Corporation", "co.": "Company", "dept.": "Department", "est.": "established",
    "ave.": "Avenue", "blvd.": "Boulevard", "rd.": "Road", "fig.": "figure", "no.": "number",
    "nos.": "numbers", "vol.": "volume", "p.": "page", "pp.": "pages", "ca.": "circa", "a.m.": "A M",
    "p.m.": "P M", "w/": "with", "w/o": "without", "b/c": "because", "&c.": "et cetera",
    "ph.d.": "P H D", "ok": "okay", "o.k.": "okay",
}  # fmt: skip

SENTENCE_MAY_END = frozenset(
    ["etc.", "a.m.", "p.m.", "inc.", "ltd.", "corp.", "co.", "jr.", "sr.", "ph.d."]
)
"""Abbreviations whose full stop may also be the sentence's."""

NUMBERED = frozenset(["no.", "nos.", "p.", "pp.", "fig.", "vol."])
"""Abbreviations only before a number."""

SIGNS = {
    "&": "and", "+": "plus", "=": "equals", "×": "times", "÷": "divided by", "<": "less than",
    ">": "greater than", "≤": "at most", "≥": "at least", "≈": "about", "~": "about", "±": "plus or minus",
    "@": "at", "%": "percent", "№": "number", "§": "section", "≠": "is not", "°": "degrees", "∞": "infinity",
    "€": "euros", "£": "pounds", "$": "dollars", "→": "to", "√": "root", "π": "pi", "µ": "micro", "-": "minus",
    "/": "slash", "#": "number", "¢": "cents", "−": "minus", "Ω": "ohm", "½": "one half", "¼": "one quarter",
    "¾": "three quarters", "⅓": "one third", "⅔": "two thirds", "⅛": "one eighth",
}  # fmt: skip

SAID_AS_WORDS = frozenset(
    ["NASA", "NATO", "UNESCO", "UNICEF", "OPEC", "AIDS", "COVID", "SCUBA", "RADAR", "LASER", "SIM", "PIN", "RAM",
     "GIF", "JPEG", "SWAT", "FIFA", "UEFA", "NAFTA", "ASCII", "CAPTCHA", "WASP", "YOLO", "FOMO", "BASIC", "COBOL",
     "NAS", "LAN", "WAN", "ZIP", "BIOS", "CRISPR", "SAT", "AWOL", "MIDI", "NIMBY", "DOS", "POTUS", "SCOTUS",
     "LIDAR", "SONAR", "IKEA", "ASAP", "MOMA", "ROM", "SaaS", "GAN", "BERT", "CRUD", "JSON", "YAML", "REST"]
)  # fmt: skip
SAID_AS_LETTERS = frozenset(
    ["HTML", "HTTP", "HTTPS", "ISBN", "IEEE", "USSR", "NAACP", "NCAA", "IOS", "IUPAC", "ICAO", "AIIB", "EULA",
     "SEO", "CEO", "CFO", "CTO", "COO", "API", "USA", "UAE", "URI", "URL", "UI", "UX", "AI", "IO", "EU", "UK", "US",
     "UN", "IT", "PR", "HR", "ID", "TV", "PC", "DIY", "FAQ", "ETA", "IOU", "VIP", "IPO", "FBI", "CIA", "ROI", "KPI", "IBM", "ATM"]
)  # fmt: skip
SHOUTED = frozenset(
    """ALL AND ANY ARE ASK BAD BE BIG BUT BUY BY CAN DAY DO FAR FEW FOR FUN GET GO GOOD GOT HAD HAS HE HER HERE
    HEY HIM HIS HOT HOW IF IN IS ITS JOY LET LIKE LOVE ME MORE MUST MY NEVER NEW NO NOT NOW OF OFF OH OLD ON ONE ONLY
    OR OUR OUT OWN PAY PUT READ RED RUN SAY SEE SHE SO STOP SUN THE THEN THEY THIS TO TOO TOP TRY TWO UP USE VERY WAS
    WAY WE WHAT WHEN WHO WHY WIN WITH YES YET YOU YOUR WOW AS AT AN AM HI FREE SALE LIVE SIX TEN""".split()  # noqa: SIM905 - a list of words reads better as words
)
"""Short common words; in capitals they are louder, not spelled."""

_WORD_DOMAINS = frozenset(
    ["com", "org", "net", "edu", "gov", "info", "dev", "app", "online", "shop", "store", "blog", "tech", "cloud",
     "design", "studio", "biz", "news", "art", "xyz", "site", "page", "media", "video", "email", "world"]
)  # fmt: skip
DOMAINS = (
    "com|org|net|edu|gov|info|dev|app|online|shop|store|blog|tech|cloud|design|studio|biz|news|art|xyz|site|page|"
    "media|video|email|world|ai|io|co|uk|eu|de|fr|es|nl|ch|se|dk|fi|pl|ie|pt|cz|au|nz|ca|jp|cn|"
    "br|mx|ru|ua|za|tv|fm|gg|ly|ws|gl|sh|cc|tk|pdf|mp3|mp4|wav|png|jpg|gif|docx|xlsx|pptx|csv|txt|"
    "zip|html|json|py|js"
)
"""Endings of an address or of a file's name."""

_LONGEST_PATH = 40


def spell(letters: str) -> str:
    """One by one: "API" → "A P I"."""
    return " ".join(letters.upper())


def acronym(word: str, *, shouting: bool) -> str:
    """A word in capitals: spelled, said as a word, or only said loudly."""
    stem, ending = (word[:-1], "s") if re.fullmatch(r"[A-Z]{2,}s", word) else (word, "")
    if stem in SAID_AS_WORDS:
        return stem.capitalize() + ending
    if stem in SAID_AS_LETTERS and not (shouting and stem in ("IT", "US")):
        return spell(stem) + ("'s" if ending else "")
    vowels = re.search(r"[AEIOU]", stem)
    if stem in SHOUTED or (vowels and (shouting or len(stem) > 5)):
        return word.lower()
    if vowels and len(stem) > 3 and not re.search(r"[^AEIOUY]{4}", stem):
        return word.lower()
    return spell(stem) + ("'s" if ending else "")


def address(text: str) -> str:
    """A web or e-mail address: "https://fal.ai/models" → "fal dot A I slash models"."""
    text = re.sub(r"^(?:[a-z]+://|mailto:)", "", unquote(text), flags=re.IGNORECASE)
    text = re.sub(r"^www\.", "", text, flags=re.IGNORECASE)
    host, _, path = re.split(r"[?#]", text)[0].partition("/")
    user, at, domain = host.rpartition("@")
    said = f"{_labels(user)} at " if at else ""
    said += _host(domain)
    parts = [part for part in path.split("/") if part]
    if parts and len(path) <= _LONGEST_PATH:
        said += "".join(f" slash {_labels(part)}" for part in parts)
    return said


def _host(domain: str) -> str:
    name, _, ending = domain.rpartition(".")
    port = re.search(r":(\d+)$", ending)
    ending = ending.split(":")[0]
    said_ending = (
        ending.lower() if ending.lower() in _WORD_DOMAINS else _label(ending, spelled=True)
    )
    said = f"{_labels(name)} dot {said_ending}" if name else _label(ending)
    return said + (f" port {cardinal(port[1])}" if port else "")


def _labels(text: str) -> str:
    """Parts of an address between its marks, the marks said."""
    names = {
        ".": "dot",
        "-": "dash",
        "_": "underscore",
        "+": "plus",
        "@": "at",
        ":": "",
        "=": "equals",
        "~": "",
    }
    pieces = re.findall(r"[^\W\d_]+|\d+|[.\-_+@:=~]", text)
    return " ".join(
        filter(
            None, (names.get(piece, None) if piece in names else _label(piece) for piece in pieces)
        )
    )


def _label(text: str, *, spelled: bool = False) -> str:
    if text.isdecimal():
        return cardinal(text)
    if not text.isalpha():
        return _labels(text)
    unsayable = len(text) < 5 and not re.search(r"[aeiouy]", text, re.IGNORECASE)
    return spell(text) if (spelled and len(text) < 5) or unsayable else text
