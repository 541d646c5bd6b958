"""Settings come from the environment and nowhere else, and keep secrets to themselves."""

from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

from talkinghead.core.settings import Settings


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "DATA_DIR",
        "DATABASE_URL",
        "MEDIA_URL",
        "FAL_KEY",
        "FAL_PROXY_URL",
        "SINGLE_USER",
        "FAL_VISITORS_MAY_PAY",
        "CAP_RENDER",
        "CAP_PERSON_DAY",
        "CAP_APP_MONTH",
    ):
        monkeypatch.delenv(name, raising=False)


def test_a_bare_machine_needs_no_setting() -> None:
    settings = Settings()
    assert settings.data_dir == Path("data")
    assert settings.database_url is None
    assert settings.media_url is None
    assert settings.fal_key is None


def test_everyone_has_a_gallery_of_their_own_by_default() -> None:
    assert Settings().single_user is False


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/studio")
    monkeypatch.setenv("SINGLE_USER", "1")
    settings = Settings()
    assert settings.database_url == "postgresql://db/studio"
    assert settings.single_user is True


@pytest.mark.parametrize("blank", ["", "   ", "\n"])
def test_a_blank_key_is_no_key(monkeypatch: pytest.MonkeyPatch, blank: str) -> None:
    monkeypatch.setenv("FAL_KEY", blank)
    assert Settings().fal_key is None


def test_a_key_shows_itself_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAL_KEY", " id:secret ")
    settings = Settings()
    assert settings.fal_key is not None
    assert settings.fal_key.get_secret_value() == "id:secret"
    assert "secret" not in repr(settings) + str(settings) + settings.model_dump_json()


def test_caps_are_dollars_and_absent_unless_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (Settings().cap_render, Settings().fal_visitors_may_pay) == (None, False)
    monkeypatch.setenv("CAP_RENDER", "2.50")
    monkeypatch.setenv("CAP_PERSON_DAY", "0")
    monkeypatch.setenv("FAL_VISITORS_MAY_PAY", "1")
    settings = Settings()
    assert (settings.cap_render, settings.cap_person_day) == (Decimal("2.50"), Decimal(0))
    assert settings.fal_visitors_may_pay
    monkeypatch.setenv("CAP_RENDER", "-1")
    with pytest.raises(ValidationError):
        Settings()
