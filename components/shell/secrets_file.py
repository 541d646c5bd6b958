"""Checks Streamlit's secrets before the studio opens with the settings in them.

Streamlit logs a file that it cannot read, and goes on without its settings: without the caps on
spending, and with another database.
"""

import re
from pathlib import Path

import streamlit as st
from streamlit.runtime.secrets import Secrets

from talkinghead.core.errors import ConfigurationError

_LINE = re.compile(r"line (\d+)")


def check_secrets(secrets: Secrets) -> None:
    """Check that a secrets file can be read, where there is one.

    Raises:
        ConfigurationError: it cannot; the message names the line and nothing that is in it.
    """
    try:
        secrets.to_dict()
    except FileNotFoundError as error:  # Streamlit's own, for a broken file as well
        if not any(Path(file).exists() for file in st.config.get_option("secrets.files")):
            return
        found = _LINE.search(str(error))
        place = f" (line {found[1]})" if found else ""
        raise ConfigurationError(
            f"The file secrets.toml can't be read{place}. Write each setting on its own line "
            'as NAME = "value", with quotes.'
        ) from None
