"""What the free draft can say of this speech, and what it only moves its lips to."""

from components.speech.languages import language_name, script_language
from components.ui.memo import once
from talkinghead.projects.values import Project
from talkinghead.workspace import Workspace

SPOKEN = "en"  # all that the voices of this machine speak


def draft_refusal(project: Project) -> str | None:
    """Why the draft cannot be made of this script, or None: its voices find nothing to say."""
    script = project.script
    if not project.draft_speaks or not script.strip():
        return None
    if once("speakable", script, lambda: _speakable(script)):
        return None
    if project.model.recording_field:
        return (
            "The free draft speaks English only. Let a voice that speaks this language make the "
            "speech first: the draft moves its lips to it."
        )
    return "The free draft speaks English only. With a recording it moves its lips in any language."


def draft_remark(workspace: Workspace, project: Project) -> str | None:
    """What the draft does with a language that it does not speak, or None."""
    code = script_language(workspace, project)
    name = language_name(code) if code else None
    if name is None or code == SPOKEN:
        return None
    if project.draft_speaks:
        return f"It speaks no {name}: an English voice reads the words as well as it can."
    return f"It speaks no {name}: it only moves its lips to the speech."


def _speakable(script: str) -> bool:
    # Imported here: a page without a script need not wait for the rules of reading.
    from talkinghead.speech.reading.spoken_text import speakable

    return bool(speakable(script))
