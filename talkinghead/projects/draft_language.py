"""Whether the free draft can speak a project's script, or only moves its lips."""

from talkinghead.projects.draft_inputs import draft_speaks
from talkinghead.projects.script_reading import is_speakable
from talkinghead.projects.values import Project
from talkinghead.speech.text.language_names import language_name

SPOKEN = "en"  # all that the voices of this machine speak


def draft_refusal(project: Project) -> str | None:
    """Return why the draft cannot be made from this script, or None: its voices find nothing to
    speak."""
    if not draft_speaks(project) or not project.script.strip() or is_speakable(project.script):
        return None
    return (
        "The free draft speaks English only. Generate a voice-over in a voice that speaks this "
        "language, or use a recording: the draft lip-syncs to it."
    )


def draft_remark(project: Project) -> str | None:
    """Return what the draft does with a language that it does not speak, or None."""
    code = project.language
    name = language_name(code) if code else None
    if name is None or code == SPOKEN:
        return None
    if draft_speaks(project):
        return f"Drafts don't speak {name}: an English voice reads the words as well as it can."
    return f"The draft lip-syncs to the {name} voice-over."
