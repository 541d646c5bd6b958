"""Settings from environment variables; the only module that reads the environment."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from talkinghead.core.errors import ConfigurationError
from talkinghead.core.setting_values import (
    check_database_url,
    check_key,
    check_media_url,
    check_proxy_url,
    unquoted,
)

Dollars = Annotated[Decimal, Field(ge=0, le=1_000_000_000)]

_AMOUNT = "must be a number of dollars, such as 5 or 2.50, without a currency sign"
_SWITCH = "must be true or false"
_WORDS = {
    "data_dir": "must be a folder",
    "fal_visitors_may_pay": _SWITCH,
    "single_user": _SWITCH,
    "cap_render": _AMOUNT,
    "cap_person_day": _AMOUNT,
    "cap_app_month": _AMOUNT,
}
"""What each setting must be, where its value says nothing more."""


class Settings(BaseSettings):
    """Storage locations and limits; every default works on a bare machine.

    Each is read from the environment variable of its own name in capitals (Community Cloud's
    secrets become environment variables by themselves). Blanks and quotes around a value are
    removed: they are left over from pasting it.
    """

    model_config = SettingsConfigDict(
        frozen=True, extra="ignore", env_ignore_empty=True, hide_input_in_errors=True
    )

    data_dir: Path = Path("data")
    """The folder of the embedded database and of the files, where no address says otherwise."""

    database_url: str | None = None
    """`postgresql://…` for teams; absent: SQLite in `data_dir`."""

    media_url: str | None = None
    """`s3://bucket/prefix` or a folder's `file://` address; absent: `data_dir/media`."""

    fal_key: SecretStr | None = None
    """The operator's own key at fal.ai; absent: drafts only, or each person's own key."""

    fal_proxy_url: str | None = None
    """Every request to fal goes to this address instead, the original one in `x-fal-target-url`."""

    fal_visitors_may_pay: bool = False
    """Hosted for everybody: visitors may spend the operator's key. Only with `cap_app_month`."""

    cap_render: Dollars | None = None
    """Dollars that one render may cost at most; absent: no cap. The same for the next three."""

    cap_person_day: Dollars | None = None
    """Dollars for one person's renders in a day (UTC)."""

    cap_app_day: Dollars | None = None
    """Dollars for everybody's renders on the operator's key in a day (UTC)."""

    cap_app_month: Dollars | None = None
    """Dollars for everybody's renders on the operator's key in a month (UTC)."""

    trusted_proxies: int | None = Field(default=None, ge=0, le=10)
    """How many proxies before the app add to `X-Forwarded-For`, by which visitors are told apart
    for `cap_person_day`; absent: one, if connections come from a private address."""

    single_user: bool = False
    """True on one's own machine: one gallery for every visitor. Hosted: each has their own."""

    @model_validator(mode="before")
    @classmethod
    def _clean(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        cleaned = {name: unquoted(value) for name, value in values.items()}
        return {name: value for name, value in cleaned.items() if value != ""}

    @field_validator("data_dir")
    @classmethod
    def _home(cls, folder: Path) -> Path:
        try:
            return folder.expanduser()
        except RuntimeError as error:
            raise ValueError("begins with ~ and the name of nobody here") from error

    _check_key = field_validator("fal_key")(check_key)
    _check_database = field_validator("database_url")(check_database_url)
    _check_media = field_validator("media_url")(check_media_url)
    _check_proxy = field_validator("fal_proxy_url")(check_proxy_url)


def read_settings(**given: Any) -> Settings:
    """Return the settings of the environment, or in their place those that are given.

    Raises:
        ConfigurationError: one cannot be used; the message names it and says what it must be, and
            never its value, which may be a secret.
    """
    try:
        return Settings(**given)
    except ValidationError as error:
        problems = [_problem(each) for each in error.errors(include_input=False, include_url=False)]
        raise ConfigurationError(" ".join(dict.fromkeys(problems))) from None


def _problem(error: Mapping[str, Any]) -> str:
    name = str(error["loc"][0]) if error["loc"] else ""
    own = error.get("ctx", {}).get("error")
    words = str(own) if isinstance(own, ValueError) else _WORDS.get(name, "cannot be used")
    return f"{name.upper()} {words}. Correct it, then start again."
