"""A wheel holds all of the core: `pyproject.toml` finds its packages and their data by rules."""

from pathlib import Path

import talkinghead

ROOT = Path(__file__).parents[1]
FILES = [
    path
    for path in (ROOT / "talkinghead").rglob("*")
    if path.is_file() and "__pycache__" not in path.parts
]


def test_every_module_lies_in_a_package() -> None:
    folders = {path.parent for path in FILES if path.suffix == ".py"}
    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []


def test_every_other_file_lies_in_the_data_folder_of_a_package() -> None:
    others = [path for path in FILES if path.suffix != ".py"]
    assert others
    assert [
        path
        for path in others
        if path.parent.name != "data" or not (path.parents[1] / "__init__.py").is_file()
    ] == []


def test_the_sources_that_are_tested_are_those_of_this_checkout() -> None:
    assert Path(talkinghead.__file__).parent == ROOT / "talkinghead"
