"""Own portraits and samples as pictures to choose from."""

import streamlit as st

from components.portraits.new_portrait import add_portrait, choose_portrait, turn
from components.portraits.sample_portraits import PAINTINGS, sample_choice
from components.ui.choices import Choice, choices
from components.ui.media import jpeg_address
from components.ui.memo import memo
from talkinghead.portraits.repository import LibraryEntry
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace

_LONGEST_NAME = 24


def choose_picture(workspace: Workspace, project: Project, *, key: str) -> Project:
    """Show the portraits that were used last, the newest first, then the samples that are not among
    them, as one group; returns the project with the chosen one.

    Args:
        workspace: whose.
        project: its own portrait is the chosen one at first.
        key: the widget's.
    """
    own: list[LibraryEntry] = memo("library", turn(), workspace.portrait_library.list)
    names = {entry.name for entry in own}
    samples = [sample for sample in PAINTINGS if sample.title not in names]
    current = project.portrait.reference if project.portrait else ""
    st.caption("Or choose a portrait" if own else "Or try a sample")
    chosen = choices(
        "Your portraits and samples" if own else "Sample portraits",
        [*map(_choice, own), *map(sample_choice, samples)],
        key=key,
        look="strip" if own else "pictures",
        default=current,
    )
    if chosen == current:
        return project
    for sample in samples:
        if sample.id == chosen:
            return add_portrait(workspace, project, sample.read(), sample.title)
    return choose_portrait(workspace, project, chosen)


def _choice(entry: LibraryEntry) -> Choice:
    picture = jpeg_address(entry.thumbnail or b"")
    return Choice(id=entry.reference, name=_short(entry.name), picture=picture)


def _short(name: str) -> str:
    """Return a file's name without its ending, cut to what stands below a small picture."""
    stem, dot, ending = name.rpartition(".")
    bare = stem if dot and 0 < len(ending) <= 4 and stem else name
    return bare if len(bare) <= _LONGEST_NAME else f"{bare[: _LONGEST_NAME - 1]}…"
