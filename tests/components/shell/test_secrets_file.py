"""A secrets file that cannot be read is said, instead of opening without its settings."""

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.runtime.secrets import Secrets

from components.shell.secrets_file import check_secrets
from talkinghead.core.errors import ConfigurationError


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str | None], Secrets]:
    """Secrets of a file with this content, or of none."""

    real = st.config.get_option

    def write(content: str | None) -> Secrets:
        file = tmp_path / "secrets.toml"
        if content is not None:
            file.write_text(content, encoding="utf-8")
        options = {"secrets.files": [str(file)]}
        monkeypatch.setattr(
            st.config, "get_option", lambda name: options[name] if name in options else real(name)
        )
        monkeypatch.setenv("CAP_RENDER", "")  # what is read is put into the environment
        return Secrets()

    return write


def test_no_file_and_a_sound_one_are_fine(written: Callable[[str | None], Secrets]) -> None:
    check_secrets(written(None))
    check_secrets(written('CAP_RENDER = "5"\n'))


@pytest.mark.parametrize(
    "content",
    ['FAL_KEY = "secret\n', "FAL_KEY = secret\n", "CAP_RENDER = $5\n", "FAL_KEY: secret\n"],
)
def test_a_malformed_file_is_named_without_its_content(
    written: Callable[[str | None], Secrets], content: str
) -> None:
    with pytest.raises(ConfigurationError) as raised:
        check_secrets(written(content))
    assert "secrets.toml can't be read" in str(raised.value)
    assert "secret\n" not in str(raised.value)
    assert "$5" not in str(raised.value)
    assert raised.value.__cause__ is None
