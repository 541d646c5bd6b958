"""Streamlit looks once a process, not at every first run of a page, for components to install.

`AppTest` reads the metadata of every installed package before the first run of each page, which
takes longer than most pages do. What is installed stays the same while the tests run.
"""

import sys
from collections.abc import Iterator
from functools import cache

import pytest


@pytest.fixture(scope="session", autouse=True)
def one_component_scan() -> Iterator[None]:
    """The scan's result is kept for the process; where no test imported Streamlit, nothing is."""
    if "streamlit.testing.v1" not in sys.modules:
        yield
        return
    from streamlit.components.v2 import manifest_scanner

    with pytest.MonkeyPatch.context() as patch:
        once = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", once)
        yield
