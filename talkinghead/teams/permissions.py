"""Permissions: the kind of act of each service method, and the check before each call.

A verb that makes paid things as well as free ones is a draft here; `Checkout` asks for the act of
spending where money is bound, whichever verb led there.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from types import MappingProxyType
from typing import Any, TypeVar, cast

from talkinghead.core.errors import NotAllowed
from talkinghead.teams.values import Act, Actor, Role

OWNER = Role("owner", frozenset(Act))
"""The role of anyone with a workspace's address, and of everyone on a single-user machine."""

VIEW, DRAFT, SPEND = Act.VIEW, Act.DRAFT, Act.SPEND
PUBLISH, ADMINISTER = Act.PUBLISH, Act.ADMINISTER

VERBS: Mapping[str, Mapping[str, Act]] = MappingProxyType(
    {
        "portraits": {
            "add": DRAFT,
            "add_stored": DRAFT,
            "find": VIEW,
            "whole_of": VIEW,
            "shown": VIEW,
            "face_pictures": VIEW,
            "preview": VIEW,
            "findings": VIEW,
            "default_crop": VIEW,
            "crop": DRAFT,
            "rotate": DRAFT,
            "thumbnail": VIEW,
        },
        "portrait_library": {
            "list": VIEW,
            "choose": DRAFT,
            "remove": DRAFT,
            "restore": DRAFT,
        },
        "consent": {
            "missing": VIEW,
            "whole_of": VIEW,
            "status": VIEW,
            "answer": VIEW,
            "save_answer": DRAFT,
            "attach": DRAFT,
            "give": DRAFT,
            "withdraw": DRAFT,
            "proof": VIEW,
        },
        "recordings": {
            "add": DRAFT,
            "find": VIEW,
            "add_sound_of": DRAFT,
            "edit": DRAFT,
            "preview": VIEW,
            "sound": VIEW,
            "listen": VIEW,
            "loudness": VIEW,
        },
        "pronunciations": {"replace": DRAFT, "list": VIEW},
        "voices": {
            "find": VIEW,
            "named": VIEW,
            "script_language": VIEW,
            "sample": DRAFT,
            "hear": DRAFT,
            "heard": VIEW,
            "order": DRAFT,
            "list": VIEW,
        },
        "speech": {
            "plan": VIEW,
            "order": DRAFT,
            "find": VIEW,
            "delete": DRAFT,
            "restore": DRAFT,
            "of_job": VIEW,
            "of_recording": VIEW,
            "list": VIEW,
        },
        "billing": {
            "key_status": VIEW,
            "enter_key": ADMINISTER,
            "remove_key": ADMINISTER,
            "check_key": ADMINISTER,
            "quote": VIEW,
            "spent": VIEW,
            "authorise": DRAFT,
            "balance": VIEW,
            "ledger": VIEW,
            "history": VIEW,
            "usual_seconds": VIEW,
            "prefetch": DRAFT,
        },
        "renders": {
            "plan": VIEW,
            "order": DRAFT,
            "parts": VIEW,
        },
        "gallery": {
            "find": VIEW,
            "file": VIEW,
            "content": VIEW,
            "thumbnail": VIEW,
            "delete": DRAFT,
            "restore": DRAFT,
            "rename": DRAFT,
            "mark_favorite": DRAFT,
            "move": DRAFT,
            "folders": VIEW,
            "counts_of_versions": VIEW,
            "list": VIEW,
        },
        "captions": {
            "find": VIEW,
            "spoken_script": VIEW,
            "begin": DRAFT,
            "progress": VIEW,
            "write": DRAFT,
            "edit": DRAFT,
            "revert": DRAFT,
            "forget": DRAFT,
            "subtitles": VIEW,
        },
        "exports": {
            "previews": VIEW,
            "order": DRAFT,
            "describe": VIEW,
            "details": VIEW,
            "label_language": VIEW,
            "label_texts": VIEW,
            "list": VIEW,
        },
        "content_credentials": {
            "status": VIEW,
            "facts": VIEW,
            "verify": VIEW,
            "verify_video": VIEW,
        },
        "downloads": {
            "file_name": VIEW,
            "latest": VIEW,
            "check": VIEW,
            "archive": VIEW,
            "original": PUBLISH,
        },
        "comparisons": {
            "candidates": VIEW,
            "plan": VIEW,
            "order": DRAFT,
            "find": VIEW,
            "hidden": VIEW,
            "choose": DRAFT,
            "preferences": VIEW,
            "retry": DRAFT,
            "list": VIEW,
        },
        "rerenders": {"plans": VIEW, "inputs": DRAFT, "plan": DRAFT, "order": DRAFT},
        "jobs": {
            "find": VIEW,
            "events": VIEW,
            "find_with_events": VIEW,
            "wait_for_change": VIEW,
            "place_in_queue": VIEW,
            "draft_refusal": VIEW,
            "longest_draft": VIEW,
            "space_remark": VIEW,
            "cancel": DRAFT,
            "give_up": DRAFT,
            "reconcile": DRAFT,
            "fetch_again": DRAFT,
            "dismiss": DRAFT,
            "clear_finished": DRAFT,
            "restore": DRAFT,
            "search": VIEW,
            "counts": VIEW,
            "news": VIEW,
            "mark_seen": VIEW,
            "several": VIEW,
            "plan_retry": VIEW,
            "retry": DRAFT,
            "plan_resend": VIEW,
            "send_again": SPEND,
            "list": VIEW,
        },
        "projects": {
            "find": VIEW,
            "open": VIEW,
            "in_workspace": VIEW,
            "recent": VIEW,
            "rename": DRAFT,
            "delete": DRAFT,
            "restore": DRAFT,
            "titles_of_jobs": VIEW,
            "merge": VIEW,
            "settle": VIEW,
            "changed_fields": VIEW,
            "create": DRAFT,
            "save": DRAFT,
            "copy": DRAFT,
            "use_again": DRAFT,
            "picture": DRAFT,
            "with_edit": DRAFT,
            "render_order": DRAFT,
            "draft_order": DRAFT,
        },
        "receipts": {"find": VIEW},
        "retention": {"erase": ADMINISTER, "face": VIEW, "delete_face": ADMINISTER},
    }
)
"""The act that each verb is, by the service's name in the workspace."""

_REFUSALS: Mapping[Act, str] = MappingProxyType(
    {
        Act.VIEW: "You don't have access to this workspace.",
        Act.DRAFT: "You can view this workspace but not change it.",
        Act.SPEND: "You can't spend money in this workspace. Drafts are free.",
        Act.PUBLISH: "You can't publish from this workspace.",
        Act.ADMINISTER: "You can't change this workspace's keys or delete it.",
    }
)
_ASK = "Ask one of its owners."

Service = TypeVar("Service")


def require(actor: Actor, act: Act) -> None:
    """Check that the actor's role includes this kind of act.

    Raises:
        NotAllowed: it does not hold this act.
    """
    if act not in actor.role.acts:
        raise NotAllowed(f"{_REFUSALS[act]} {_ASK}")


def guarded(service: Service, name: str, actor: Actor) -> Service:
    """Return a service restricted to this actor: every method checks the permission first, and
    nothing but methods can be reached.

    Args:
        service: of a workspace.
        name: what the workspace calls it.
        actor: who uses it.
    """
    return cast("Service", _Guarded(service, name, actor))


class _Guarded:
    def __init__(self, service: object, name: str, actor: Actor) -> None:
        self._service = service
        self._name = name
        self._actor = actor

    def __getattr__(self, verb: str) -> Callable[..., Any]:
        if verb not in VERBS[self._name]:
            raise AttributeError(f"{self._name}.{verb} is no verb of a workspace")
        method: Callable[..., Any] = getattr(self._service, verb)

        @wraps(method)
        def asked(*arguments: Any, **named: Any) -> Any:
            require(self._actor, VERBS[self._name][verb])
            return method(*arguments, **named)

        return asked
