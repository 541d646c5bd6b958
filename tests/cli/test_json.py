"""Every command for programs: one JSON document with the keys that the README lists."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from talkinghead import Settings, open_studio
from tests.cli.conftest import shell_in
from tests.cli.shell import Shell
from tests.fal_server.server import FalServer
from tests.paid_studio import reset

JOB = {
    "id", "kind", "model", "title", "state", "fraction", "estimate", "billed", "charged", "problem",
    "waiting_for", "request_id", "video", "parent", "created_at", "ended_at",
}  # fmt: skip
VIDEO = {
    "id", "job", "model", "title", "seconds", "width", "height", "fps", "dollars", "seed",
    "version_of", "created_at", "deleted_at",
}  # fmt: skip


@dataclass(frozen=True)
class Rendered:
    """A workspace with one video in it, and the shell that made it."""

    shell: Shell
    video: str


@pytest.fixture(scope="module")
def rendered(
    server: FalServer, portrait: str, tmp_path_factory: pytest.TempPathFactory
) -> Rendered:
    shell = shell_in(tmp_path_factory.mktemp("rendered"), reset(server))
    done = shell.run(
        "render", "--portrait", portrait, "--consent", "nobody", "--model", "flashhead",
        "--script", "Hello there.",
        "--agree", "1", "--json",
    )  # fmt: skip
    assert (done.code, set(done.json)) == (0, {"job", "video", "file"})
    assert (set(done.json["job"]), set(done.json["video"])) == (JOB, VIDEO)
    return Rendered(shell, done.json["video"]["id"])


def test_models(rendered: Rendered) -> None:
    listed = rendered.shell.run("models", "--json").json["models"]
    one = rendered.shell.run("models", "heygen avatar 4", "--json").json
    assert set(one) == {*listed[0], "parameters"}
    assert set(listed[0]) == {
        "id", "name", "title", "tagline", "price_rule", "dollars_per_second", "takes", "voices",
        "prompt", "longest_seconds",
    }  # fmt: skip
    assert set(one["parameters"][0]) == {"name", "required", "default", "description", "choices"}


def test_quote(rendered: Rendered) -> None:
    quotes = rendered.shell.run("quote", "--script", "Hello there.", "--json").json["quotes"]
    assert len(quotes) == 5
    assert set(quotes[0]) == {
        "model", "name", "title", "dollars", "voice_over_dollars", "seconds", "approximate",
        "price_source", "allowed", "why_not",
    }  # fmt: skip
    assert [one["allowed"] for one in quotes[:4]] == [True] * 4


def test_speech(rendered: Rendered, tmp_path: Path) -> None:
    out = tmp_path / "hello.wav"
    made = rendered.shell.run("speech", "--script", "Hello.", "--out", str(out), "--json").json
    assert set(made) == {
        "id", "voice", "language", "seconds", "dollars", "created_at", "file",
    }  # fmt: skip
    assert out.read_bytes().startswith(b"RIFF")
    alone = tmp_path / "alone.wav"
    bare = ("speech", "--script", "Hello.", "--out", str(alone), "--no-notice")
    assert rendered.shell.run(*bare, " ").code == 2
    assert rendered.shell.run(*bare, "It is edited first.").code == 0
    assert out.stat().st_size > 2 * alone.stat().st_size  # a spoken notice comes first
    again = rendered.shell.run("speech", "--script", "Hello.", "--json").json
    assert again["id"] == made["id"]


def test_voices(rendered: Rendered) -> None:
    voices = rendered.shell.run("speech", "--voices", "--json").json["voices"]
    assert set(voices[0]) == {
        "id", "name", "provider", "languages", "dollars_per_thousand_characters", "description",
    }  # fmt: skip


def test_captions(rendered: Rendered, tmp_path: Path) -> None:
    out = tmp_path / "hello.vtt"
    found = rendered.shell.run("captions", rendered.video, "--out", str(out), "--json").json
    assert set(found) == {"video", "source", "edited", "cues", "file"}
    assert [set(cue) for cue in found["cues"]] == [{"start", "end", "text"}]
    assert out.read_text().startswith("WEBVTT")


def test_burned_captions(rendered: Rendered) -> None:
    made = rendered.shell.run("captions", rendered.video, "--burn", "pop", "--json").json
    assert set(made) == {"job", "video", "file"}
    assert made["video"]["version_of"] == rendered.video


def test_resize(rendered: Rendered, tmp_path: Path) -> None:
    out = tmp_path / "tall.mp4"
    made = rendered.shell.run("resize", rendered.video, "9:16", "--out", str(out), "--json").json
    assert (set(made), made["file"]) == ({"job", "video", "file"}, str(out))
    assert made["video"]["width"] * 16 == made["video"]["height"] * 9
    assert out.stat().st_size > 1000


def test_export(rendered: Rendered, tmp_path: Path) -> None:
    wanted = ("--shape", "1:1", "--shape", "4:5", "--fit", "blur", "--original-size")
    label = ("--label", "modified", "--language", "de", "--corner", "bottom_left")
    made = rendered.shell.run(
        "export", rendered.video, *wanted, *label, "--out", str(tmp_path), "--json"
    ).json
    assert set(made) == {"jobs", "videos", "files", "page_sentence", "alt_text"}
    assert [each["version_of"] for each in made["videos"]] == [rendered.video] * 2
    assert [Path(each).stat().st_size > 1000 for each in made["files"]] == [True, True]
    assert made["page_sentence"] == "Dieses Video wurde mit KI verändert."
    without = rendered.shell.run("export", rendered.video, "--no-label", " ", "--json")
    assert (without.code, "Say why there is no label" in without.err) == (2, True)


def test_jobs(rendered: Rendered) -> None:
    jobs = rendered.shell.run("jobs", "--json").json["jobs"]
    assert [set(job) for job in jobs] == [JOB] * len(jobs)
    assert rendered.shell.run("jobs", "--open", "--json").json == {"jobs": []}
    shown = rendered.shell.run("jobs", "show", jobs[-1]["id"], "--json").json
    assert set(shown) == {"job", "parts", "events"}
    assert set(shown["events"][0]) == {"at", "kind", "text"}


@pytest.mark.parametrize("verb", ["wait", "cancel"])
def test_a_job_that_is_done_is_shown_as_it_is(rendered: Rendered, verb: str) -> None:
    job = rendered.shell.run("jobs", "--json").json["jobs"][-1]
    assert rendered.shell.run("jobs", verb, job["id"], "--json").json["job"] == job


def test_an_ended_job_is_hidden(rendered: Rendered) -> None:
    made = rendered.shell.run("resize", rendered.video, "1:1", "--fit", "blur", "--json").json
    hidden = rendered.shell.run("jobs", "dismiss", made["job"]["id"], "--json").json["job"]
    left = rendered.shell.run("jobs", "--json").json["jobs"]
    assert set(hidden) == JOB
    assert hidden["id"] not in [job["id"] for job in left]


def test_billing_history(rendered: Rendered) -> None:
    requests = rendered.shell.run("jobs", "billing", "--json").json["requests"]
    assert [set(each) for each in requests] == [
        {
            "job", "request_id", "model", "title", "state", "estimate", "billed", "charged",
            "video", "created_at",
        }
    ]  # fmt: skip


def test_driving_what_is_open(rendered: Rendered) -> None:
    assert rendered.shell.run("jobs", "drive", "--json").json == {"jobs": 0}


def test_gallery(rendered: Rendered, tmp_path: Path) -> None:
    found = rendered.shell.run(
        "gallery", "--search", "hello", "--model", "flashhead", "--json"
    ).json
    assert (set(found), found["total"]) == ({"videos", "total"}, len(found["videos"]))
    assert {frozenset(video) for video in found["videos"]} == {frozenset(VIDEO)}
    out = tmp_path / "saved.mp4"
    page = out.with_suffix(".html")
    given = rendered.shell.run("gallery", "receipt", rendered.video, "--out", str(page), "--json")
    assert given.json["receipt"]["video_id"] == rendered.video
    assert page.read_text().startswith("<!doctype html>")
    saved = rendered.shell.run("gallery", "save", rendered.video, "--out", str(out), "--json").json
    assert (set(saved), out.is_file()) == ({"video", "file"}, True)


def test_a_deleted_video_is_restored(rendered: Rendered) -> None:
    gone = rendered.shell.run("gallery", "delete", rendered.video, "--json").json["video"]
    back = rendered.shell.run("gallery", "restore", rendered.video, "--json").json["video"]
    assert gone["deleted_at"] is not None
    assert back["deleted_at"] is None


def test_another_workspace_has_jobs_and_videos_of_its_own(rendered: Rendered) -> None:
    folder = Path(rendered.shell.environment["DATA_DIR"] or "")
    with closing(open_studio(Settings(data_dir=folder), start=False)) as studio:
        other = ("--workspace", studio.new_token(), "--json")
    assert rendered.shell.run("gallery", *other).json == {"videos": [], "total": 0}
    assert rendered.shell.run("jobs", *other).json == {"jobs": []}
    assert rendered.shell.run("jobs", "show", rendered.video, *other).code == 2
