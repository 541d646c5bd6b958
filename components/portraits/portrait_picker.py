"""Step 1 of Create: a portrait from a file, the camera or the samples, then its crop."""

import io
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from PIL import Image

from components.portraits.crop_picker import pick_crop
from components.shell.conflicts import show_conflicts
from components.shell.notices import hint, problem
from components.shell.project import keep
from components.shell.upload_memory import forget_upload
from components.ui.heading import heading
from talkinghead.core.errors import InvalidInput
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace

SAMPLES = Path(__file__).parent / "samples"
PICTURE_TYPES = [
    "jpg", "jpeg", "png", "webp", "heic", "heif", "avif", "gif", "bmp", "tif", "tiff",
]  # fmt: skip
UPLOADERS = "portrait_turn"
"""The key of the number of pictures refused or removed in this visit: each uploader is for one."""
WANTED = "create_wanted_sample"
"""The file of the painting that was chosen, until the project with it has been kept: typing
elsewhere ends a run at any moment, and a click alone would be forgotten with it."""
LARGEST_UPLOAD = 30  # megabytes


@dataclass(frozen=True)
class Sample:
    """A public-domain painting offered as a sample."""

    file: str
    title: str
    short_title: str
    painter: str


PAINTINGS = (
    Sample("mona-lisa.jpg", "Mona Lisa", "Mona Lisa", "Leonardo da Vinci"),
    Sample(
        "girl-with-a-pearl-earring.jpg",
        "Girl with a pearl earring",
        "Pearl earring",
        "Johannes Vermeer",
    ),
    Sample("lady-agnew.jpg", "Lady Agnew", "Lady Agnew", "John Singer Sargent"),
)


def pick_portrait(workspace: Workspace, project: Project, reported: str | None = None) -> Project:
    """Show the step; returns the project with the selected picture, face and crop.

    Args:
        workspace: whose.
        project: what was chosen before.
        reported: what the last render said was wrong with the picture.
    """
    with st.container(key="create_portrait"):
        heading("Portrait")
        show_conflicts(project, "portrait")
        if project.portrait is None:
            project = _choose(workspace, project)
        else:
            st.session_state.pop(WANTED, None)
        if project.portrait is not None:
            if reported:
                problem(reported)
            project = pick_crop(workspace, project, project.portrait)
            if project.portrait is None:
                st.session_state[UPLOADERS] = st.session_state.get(UPLOADERS, 0) + 1
    return project


def _choose(workspace: Workspace, project: Project) -> Project:
    turn = st.session_state.setdefault(UPLOADERS, 0)
    by_camera = st.session_state.get("create_camera", False)
    with st.container(key="create_portrait_upload"):
        if by_camera:
            given = st.camera_input("Look into the camera", key=f"create_camera_{turn}")
        else:
            given = st.file_uploader(
                "A face, from the front, well lit",
                type=PICTURE_TYPES,
                max_upload_size=LARGEST_UPLOAD,
                key=f"create_upload_{turn}",
            )
    st.toggle("Use the camera instead", key="create_camera")
    if remark := workspace.jobs.space_remark():
        hint(remark)
    _paintings()
    if given is not None:
        project = _take(workspace, project, given.getvalue(), given.name)
        forget_upload(given)
        return project
    wanted = st.session_state.get(WANTED)
    for painting in PAINTINGS:
        if painting.file == wanted:
            data = (SAMPLES / painting.file).read_bytes()
            return _take(workspace, project, data, painting.title)
    if text := st.session_state.pop("create_portrait_problem", None):
        problem(text)
    return project


def _paintings() -> None:
    """Show a row of sample paintings."""
    st.caption("Or begin with a painting")
    wall = st.grid(len(PAINTINGS), min_column_width=88)
    for painting in PAINTINGS:
        with wall.cell():
            st.image(_thumbnail(painting.file), width="stretch", alt=painting.title)
            st.button(
                painting.short_title,
                key=f"create_sample_{painting.file.removesuffix('.jpg')}",
                help=f"{painting.title}, {painting.painter}",
                width="stretch",
                wrap=True,
                on_click=_want,
                args=(painting.file,),
            )


def _want(file: str) -> None:
    st.session_state[WANTED] = file


@st.cache_data(show_spinner=False)
def _thumbnail(file: str) -> bytes:
    """Return a painting's head, cropped to one common shape."""
    with Image.open(SAMPLES / file) as painting:
        side = min(painting.width, int(painting.height / 1.1))
        left = (painting.width - side) // 2
        head = painting.convert("RGB").crop((left, 0, left + side, int(side * 1.1)))
    head.thumbnail((360, 400))
    return _jpeg(head)


def _take(workspace: Workspace, project: Project, data: bytes, name: str) -> Project:
    """Save the picture to the store; repeated if the run ended before it was saved."""
    try:
        with st.spinner("Looking at the picture"):
            portrait = workspace.portraits.add(data, name)
    except InvalidInput as error:
        st.session_state["create_portrait_problem"] = str(error)
        st.session_state[UPLOADERS] += 1
        st.session_state.pop(WANTED, None)
        st.rerun()
    face = 0 if portrait.faces else None
    project = project.with_(portrait=portrait, face=face, crops={}, shape=None)
    keep(workspace, project)  # at once: a run that is cut short must not lose it
    st.session_state[UPLOADERS] += 1
    return project


def _jpeg(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=88)
    return file.getvalue()
