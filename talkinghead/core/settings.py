"""Settings from environment variables; the only module that reads the environment."""

from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

Dollars = Annotated[Decimal, Field(ge=0)]


class Settings(BaseSettings):
    """Storage locations and limits; every default works on a bare machine.

    Each is read from the environment variable of its own name in capitals (Community Cloud's
    secrets become environment variables by themselves).
    """

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

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

    @field_validator("fal_key", mode="before")
    @classmethod
    def blank_is_absent(cls, value: object) -> object:
        """Treat a blank key as missing; strip a pasted one."""
        if isinstance(value, str):
            return value.strip() or None
        return value
