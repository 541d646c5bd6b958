"""Who speaks, where a picture shows several people."""

import streamlit as st

from components.ui.choices import Choice, choices
from components.ui.media import jpeg_address
from components.ui.memo import memo
from talkinghead.portraits.values import Portrait
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace

FACE = "create_face"
MOST_FACES = 6


def left_to_right(portrait: Portrait) -> list[int]:
    """Return the places of the largest faces in `portrait.faces`, as they stand in the picture."""
    places = range(min(len(portrait.faces), MOST_FACES))
    return sorted(places, key=lambda place: portrait.faces[place].left)


def choose_face(workspace: Workspace, project: Project, portrait: Portrait) -> Project:
    """Show the numbered faces if there are several; returns the project with the one that
    speaks."""
    if len(portrait.faces) < 2:
        return project
    asked = portrait.reference
    pictures = memo("faces", asked, lambda: workspace.portraits.face_pictures(portrait))
    options = [
        Choice(
            id=str(place),
            name=f"Face {number}",
            picture=jpeg_address(pictures[place]),
            mark=str(number),
        )
        for number, place in enumerate(left_to_right(portrait), start=1)
    ]
    st.caption("Who should speak?")
    default = str(project.face or 0)
    face = int(choices("Who should speak?", options, key=FACE, look="strip", default=default))
    return project if face == project.face else project.with_(face=face, crops={})


def pick_face(place: int) -> None:
    """Choose a face by its place, in the next run: one was clicked in the picture."""
    st.session_state[FACE] = {"chosen": str(place)}
