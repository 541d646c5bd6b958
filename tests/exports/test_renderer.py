"""New versions over the real process: made, stopped, and refused."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from talkinghead.av.video import probe
from talkinghead.captions.cues import make_cues
from talkinghead.captions.json_values import cue_values, player_rules
from talkinghead.catalogue import ExportInput
from talkinghead.content_credentials.reading import read_file
from talkinghead.content_credentials.values import AiUse, FileState
from talkinghead.core.errors import RenderCancelled, RenderFailed, RenderRefused
from talkinghead.core.store import Store, open_store
from talkinghead.exports.renderer import ExportRenderer
from talkinghead.jobs.renderer import Progress, RenderRequest
from tests.captions.caption_samples import ENGLISH, portrait_video, spoken
from tests.content_credentials.signed import with_byte_changed

SMALL = player_rules(160, 160)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store((tmp_path / "media").as_uri())


def request_for(store: Store, folder: Path, video: str, **wanted: Any) -> RenderRequest:
    given = ExportInput(
        video_url=video,
        made_from="f" * 32,
        original_inputs={},
        original_seed=7,
        **{"original_model": "draft", **wanted},
    )
    return RenderRequest("a" * 32, "local", given, folder / "scratch" / "job")


def history_of(path: Path) -> list[list[str]]:
    """What happened to a video, step by step, as the reader of content credentials says."""
    return [[action for action, _ in step.actions] for step in read_file(path).history]


async def watched(renderer: ExportRenderer, request: RenderRequest) -> list[Progress]:
    return [progress async for progress in renderer.watch(request, request.job_id)]


def test_captions_and_shape_are_made_in_one_go(store: Store, tmp_path: Path) -> None:
    video = store.put("local", portrait_video(tmp_path / "a.mp4", 320, 180, 20), ".mp4")
    cues = tuple(cue_values(make_cues(spoken(ENGLISH), player_rules(720, 720))))
    request = request_for(store, tmp_path, video, style="pop", cues=cues, shape="1:1")
    renderer = ExportRenderer(store)
    seen = asyncio.run(watched(renderer, request))
    assert seen[-1].fraction == 1.0
    rendered = asyncio.run(renderer.fetch(request, request.job_id))
    facts = probe(rendered.path)
    assert (facts.width, facts.height, facts.frames, facts.has_sound) == (720, 720, 20, True)
    assert rendered.seed == 7
    # Where the face is comes along, and is not looked for again.
    assert history_of(rendered.path) == [
        ["c2pa.created"],
        ["c2pa.opened", "c2pa.cropped", "c2pa.addedText"],
    ]
    face = rendered.facts["face_path"]
    assert len(face[0]) == 9
    rendered.path.unlink()
    asked: list[tuple[str, str]] = []

    def known(workspace: str, video_id: str) -> list[Any]:
        asked.append((workspace, video_id))
        return list(face)

    knowing = ExportRenderer(store, known_face=known)
    rendered.path.with_suffix(".face.json").unlink()
    again = asyncio.run(knowing.fetch(request, request.job_id))
    assert asked == [("local", "f" * 32)]
    assert again.facts.keys() == {"content_credentials"}


KINDS = [
    ({"shape": "9:16"}, "draft", ["c2pa.cropped"], AiUse.PARTLY),
    ({"shape": "4:5", "fit": "blur"}, "fal-ai/flashhead", ["c2pa.resized"], AiUse.GENERATED),
    ({"style": "pop"}, "fal-ai/flashhead", ["c2pa.addedText"], AiUse.GENERATED),
]


@pytest.mark.parametrize(("wanted", "model", "actions", "ai"), KINDS)
def test_each_kind_of_version_says_what_was_done_to_it_and_whether_it_was_changed(
    store: Store, tmp_path: Path, wanted: dict[str, Any], model: str, actions: list[str], ai: AiUse
) -> None:
    video = store.put("local", portrait_video(tmp_path / "a.mp4", 160, 160, 5), ".mp4")
    if "style" in wanted:
        wanted = {**wanted, "cues": tuple(cue_values(make_cues(spoken(ENGLISH), SMALL)))}
    request = request_for(store, tmp_path, video, original_model=model, **wanted)
    path = [[0.0, *[0.5] * 8]]
    renderer = ExportRenderer(store, known_face=lambda workspace, video_id: path)
    asyncio.run(watched(renderer, request))
    rendered = asyncio.run(renderer.fetch(request, request.job_id))
    assert history_of(rendered.path) == [["c2pa.created"], ["c2pa.opened", *actions]]
    found = read_file(rendered.path)
    assert (found.state, found.ai) == (FileState.UNCHANGED, ai)
    changed = with_byte_changed(rendered.path, rendered.path.read_bytes().rindex(b"mdat") + 99)
    assert read_file(changed).state is FileState.CHANGED
    facts = rendered.facts["content_credentials"]
    assert (facts["subject"], facts["own"]) == ("Talking Head Studio", True)
    made = {each.name for each in request.folder.iterdir()} - {"known-face.json"}
    assert made == {video.removeprefix("asset:"), "video.mp4", "video.credentials.json"} | {
        changed.name
    }


def test_a_stopped_one_ends_at_once_and_leaves_no_video(store: Store, tmp_path: Path) -> None:
    video = store.put("local", portrait_video(tmp_path / "a.mp4", 320, 180, 200), ".mp4")
    request = request_for(store, tmp_path, video, shape="16:9", fit="blur")
    renderer = ExportRenderer(store)

    async def stopped() -> None:
        async for _ in renderer.watch(request, request.job_id):
            await renderer.cancel(request, request.job_id)

    with pytest.raises(RenderCancelled):
        asyncio.run(stopped())
    assert not renderer.finished(request).exists()


def test_an_original_that_is_gone_or_damaged_is_said(store: Store, tmp_path: Path) -> None:
    renderer = ExportRenderer(store)
    gone = request_for(store, tmp_path, "asset:" + "0" * 64 + ".mp4", shape="1:1")
    with pytest.raises(RenderRefused, match="original video is no longer"):
        asyncio.run(renderer.prepare(gone))
    damaged = store.put("local", b"no video at all", ".mp4")
    with pytest.raises(RenderFailed, match="damaged"):
        asyncio.run(watched(renderer, request_for(store, tmp_path, damaged, shape="1:1")))
