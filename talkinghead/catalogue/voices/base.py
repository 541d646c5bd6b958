"""Base class of bought voices: inputs as fields, price per character, languages.

The speech it makes is a recording, which every model that takes one can lip-sync.
"""

from decimal import Decimal
from typing import Any, ClassVar, Self

from talkinghead.catalogue.order import Order
from talkinghead.core.money import Estimate

_ENDPOINTS: set[str] = set()


class SpeechModelInput(Order):
    """The inputs of one sentence; its fields are the endpoint's.

    Attributes of the class say what the studio must know to offer and to price it.
    """

    dollars_per_thousand: ClassVar[Decimal]
    """For a thousand characters, spaces included."""
    price_is_certain: ClassVar[bool] = True
    """False where fal's documents do not state the price that is reported."""
    languages: ClassVar[frozenset[str]]
    """The languages it speaks, by ISO 639-1."""
    text_field: ClassVar[str]
    language_field: ClassVar[str | None] = None
    """The field that names the language; None where the model hears it from the text."""
    longest_characters: ClassVar[int] = 5000
    """Taken at once. No document states it: the makers' own limits are at or above it."""
    pause_mark: ClassVar[str | None] = None
    """The markup of a pause within a text, with `{seconds}`; None if there is none."""
    stresses_capitals: ClassVar[bool] = False
    """Whether a word in capitals is stressed."""
    gives_times: ClassVar[bool] = False
    """Whether it reports the time of each character."""

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        """Register the endpoint of each voice model that is defined, built in or not."""
        super().__pydantic_init_subclass__(**kwargs)
        if endpoint_id := cls.__dict__.get("endpoint_id"):
            _ENDPOINTS.add(endpoint_id)

    @classmethod
    def speaks(cls, language: str) -> bool:
        """Whether it speaks this language (ISO 639-1)."""
        return language in cls.languages

    @classmethod
    def saying(cls, text: str, voice: str | None = None, language: str | None = None) -> Self:
        """Return the inputs for a text, with the model's default voice if none is named.

        Raises:
            pydantic.ValidationError: the text is empty, or there is no such voice.
        """
        values: dict[str, Any] = {cls.text_field: text}
        if cls.gives_times:
            values["timestamps"] = True
        if voice is not None:
            values |= cls.voice_values(voice)
        if language is not None and cls.language_field is not None:
            values[cls.language_field] = cls.language_value(language)
        return cls.model_validate(values)

    @classmethod
    def voice_values(cls, voice: str) -> dict[str, Any]:
        """Return the field that selects a voice, filled."""
        return {"voice": voice}

    @classmethod
    def voice_names(cls) -> tuple[str, ...]:
        """Return the voices to offer; suggestions only, if any other name can be typed."""
        return tuple(cls.model_fields["voice"].examples or ())

    @classmethod
    def language_value(cls, language: str) -> str | None:
        """Return the endpoint's name for a language, or None."""
        return language if cls.speaks(language) else None

    @classmethod
    def price_rule(cls) -> str:
        """The price in a few words, for the table."""
        about = "" if cls.price_is_certain else "about "
        return f"{about}${cls.dollars_per_thousand} per thousand characters"

    @property
    def words(self) -> str:
        """The text to speak."""
        said: str = getattr(self, self.text_field)
        return said

    @classmethod
    def estimate(cls, text: str) -> Estimate:
        """Return the price of this text; free of charge. `seconds` is 0, because no second is
        billed."""
        over = len(text) - cls.longest_characters
        return Estimate(
            endpoint_id=cls.endpoint_id,
            seconds=Decimal(0),
            dollars=cls.dollars_per_thousand * len(text) / 1000,
            approximate=not cls.price_is_certain,
            per_second=Decimal(0),
            blocked=f"{cls.title} takes up to {cls.longest_characters:,} characters at a time, "
            f"and this text has {over:,} more. Split it into shorter pieces."
            if over > 0
            else None,
        )


def is_voice_endpoint(endpoint_id: str) -> bool:
    """Whether a voice model of this endpoint is defined, in whatever catalogue it is."""
    return endpoint_id in _ENDPOINTS
