"""The takes of a project."""

from typing import NoReturn

import pytest
import streamlit as st
from streamlit.runtime.scriptrunner import RerunData, RerunException

from components.projects.takes import watch
from components.shell.project import OPEN_ID
from talkinghead import Workspace
from talkinghead.catalogue import BUILT_IN
from talkinghead.projects.values import Project
from tests.jobs.made import a_job


class Interrupted(dict[str, str]):
    """An address that another click reaches first."""

    def __setitem__(self, name: str, value: str) -> NoReturn:
        raise RerunException(RerunData())


def test_an_ordered_job_belongs_to_its_project_before_a_click_can_end_the_run(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = workspace.projects.create(Project(catalogue=BUILT_IN))
    monkeypatch.setattr(st, "session_state", {OPEN_ID: project})
    monkeypatch.setattr(st, "query_params", Interrupted())
    job = a_job("local")
    with pytest.raises(RerunException):
        watch(workspace, Project(catalogue=BUILT_IN), job)
    kept = workspace.projects.find(project)
    assert kept is not None
    assert kept.jobs == (job.id,)
