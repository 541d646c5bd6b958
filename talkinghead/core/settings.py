"""Settings from environment variables; the only module that reads the environment."""

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from talkinghead.core.errors import ConfigurationError
from talkinghead.core.setting_checks.addresses import (
    check_database_url,
    check_media_url,
    check_proxy_url,
)
from talkinghead.core.setting_checks.signing import (
    check_certificate,
    check_private_key,
    check_secret,
    check_timestamp_url,
    check_trust_list,
)
from talkinghead.core.workers.usage_limits import HOSTED, UsageLimits

Dollars = Annotated[Decimal, Field(ge=0, le=1_000_000_000)]

_AMOUNT = "must be a number of dollars, such as 5 or 2.50, without a currency sign"
_SWITCH = "must be true or false"
_COUNT = "must be a whole number, 1 or more"
_MEGABYTES = "must be a whole number of megabytes, 1 or more"
_WORDS = {
    "data_dir": "must be a folder",
    "fal_visitors_may_pay": _SWITCH,
    "single_user": _SWITCH,
    "cap_render": _AMOUNT,
    "cap_person_day": _AMOUNT,
    "cap_app_day": _AMOUNT,
    "cap_app_month": _AMOUNT,
    "memory_mb": "must be a whole number of megabytes, 256 or more",
    "draft_seconds": "must be a number of seconds, 5 or more",
    "open_jobs": _COUNT,
    "client_open_jobs": _COUNT,
    "gallery_mb": _MEGABYTES,
    "client_mb": _MEGABYTES,
    "fal_output_days": "must be a whole number of days from 7 to 365",
    "fal_delete_outputs": _SWITCH,
    "trusted_proxies": "must be a whole number from 0 to 10",
    "c2pa_trust_list": "must be a file with certificates, as PEM",
}
"""What each setting must be, where its value says nothing more."""

KEY_PREFIX = re.compile(r"^(?:FAL_KEY\s*=\s*|Key\s+)", re.IGNORECASE)  # copied with the key
_VISIBLE = re.compile(r"[!-~]+")  # printable ASCII without spaces: what a header can carry
_QUOTES = ("'", '"', "`", "“”", "‘’")


# Checks of single settings, here and in `setting_checks`. An error is the rest of a sentence that
# begins with the setting's name and never contains its value.


def _unquoted(value: Any) -> Any:
    """Return a text without blanks and quotes around it; anything else as it is."""
    if isinstance(value, SecretStr):
        return SecretStr(_unquoted(value.get_secret_value()))
    if not isinstance(value, str):
        return value
    text = value.strip()
    for quotes in _QUOTES:
        if len(text) > 1 and text[0] == quotes[0] and text[-1] == quotes[-1]:
            return _unquoted(text[1:-1])
    return text


def _check_key(key: SecretStr | None) -> SecretStr | None:
    """Return fal's key; refuse one that no header can carry, and drop a blank one."""
    text = _unquoted(KEY_PREFIX.sub("", key.get_secret_value())) if key is not None else ""
    if not text:
        return None
    if not _VISIBLE.fullmatch(text):
        raise ValueError("is not a fal.ai key. Copy the full key from fal.ai → Keys")
    if text[0] in "'\"" or text[-1] in "'\"":
        raise ValueError("has a quote at one end. Copy the full key from fal.ai → Keys")
    return SecretStr(text)


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

    fal_output_days: int = Field(default=30, ge=7, le=365)
    """Days that fal keeps what it made, counted from the order; so long it can be downloaded
    again."""

    fal_delete_outputs: bool = False
    """Delete inputs and output of a render at fal once its video is stored and verified here; fal
    lets only ADMIN keys."""

    cap_render: Dollars | None = None
    """Dollars that one render may cost at most; absent: no cap. The same for the next three."""

    cap_person_day: Dollars | None = None
    """Dollars for one person's renders in a day (UTC)."""

    cap_app_day: Dollars | None = None
    """Dollars for everybody's renders on the operator's key in a day (UTC)."""

    cap_app_month: Dollars | None = None
    """Dollars for everybody's renders on the operator's key in a month (UTC)."""

    trusted_proxies: int | None = Field(default=None, ge=0, le=10)
    """How many proxies before the app add to `X-Forwarded-For`, by which visitors are distinguished
    for `cap_person_day`; absent: one, if connections come from a private address."""

    memory_mb: int | None = Field(default=None, ge=256)
    """Megabytes that drafts, exports and decoding may take together; absent: what is free at the
    start, less 512."""

    draft_seconds: float | None = Field(default=None, ge=5)
    """Seconds of speech that a draft may have; absent: 60 where the studio is hosted for visitors,
    else no limit."""

    open_jobs: int | None = Field(default=None, ge=1)
    """Free jobs that a gallery may have in progress; absent: 20 where hosted, else no limit."""

    client_open_jobs: int | None = Field(default=None, ge=1)
    """The same for all galleries of a visitor; absent: 40 where hosted."""

    gallery_mb: int | None = Field(default=None, ge=1)
    """Megabytes of files of a gallery; absent: 2,048 where hosted, else no limit."""

    client_mb: int | None = Field(default=None, ge=1)
    """The same for all galleries of a visitor; absent: 4,096 where hosted."""

    c2pa_certificate: str | None = None
    """The certificate that content credentials are signed with, and its issuers', as PEM; absent:
    the one that was saved, or one of the studio's own."""

    c2pa_private_key: SecretStr | None = None
    """The private key of that certificate, as PEM."""

    c2pa_timestamp_url: str | None = None
    """The address of a timestamp authority; absent: signatures have no timestamp."""

    c2pa_trust_list: Path | None = None
    """A file with the certificates of the authorities to trust when a video is verified, as PEM;
    absent: no signer is known to be trusted."""

    studio_secret: SecretStr | None = None
    """The secret that the private key is kept encrypted under; absent: the key is not kept."""

    single_user: bool = False
    """True on one's own machine: one gallery for every visitor. Hosted: each has their own."""

    @model_validator(mode="before")
    @classmethod
    def _clean(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        cleaned = {name: _unquoted(value) for name, value in values.items()}
        return {name: value for name, value in cleaned.items() if value != ""}

    @field_validator("data_dir")
    @classmethod
    def _home(cls, folder: Path) -> Path:
        try:
            return folder.expanduser()
        except RuntimeError as error:
            raise ValueError("begins with ~ and an unknown user name") from error

    @property
    def usage(self) -> UsageLimits:
        """The limits of what is free; where the studio is hosted, with defaults."""
        hosted = UsageLimits() if self.single_user else HOSTED
        given = {each.name: getattr(self, each.name) for each in fields(UsageLimits)}
        return replace(hosted, **{name: value for name, value in given.items() if value})

    _key = field_validator("fal_key")(_check_key)
    _database = field_validator("database_url")(check_database_url)
    _media = field_validator("media_url")(check_media_url)
    _proxy = field_validator("fal_proxy_url")(check_proxy_url)
    _certificate = field_validator("c2pa_certificate")(check_certificate)
    _private_key = field_validator("c2pa_private_key")(check_private_key)
    _timestamp = field_validator("c2pa_timestamp_url")(check_timestamp_url)
    _trust_list = field_validator("c2pa_trust_list")(check_trust_list)
    _secret = field_validator("studio_secret")(check_secret)


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
    words = str(own) if isinstance(own, ValueError) else _WORDS.get(name, "can't be used")
    return f"{name.upper()} {words}. Correct it, then start again."
