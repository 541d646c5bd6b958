"""`render`: asked for the dollars, driven here or elsewhere, left to go on."""

import signal
from contextlib import closing
from pathlib import Path

from talkinghead import Settings, open_studio
from talkinghead.core.lock import DriveLock
from tests.cli.shell import KEY, Shell
from tests.fal_server.server import FalServer
from tests.paid_studio import short_speech
from tests.waiting import wait_until

FLASHHEAD = ("--model", "flashhead", "--script", "Hi.")
PAINTED = ("--consent", "nobody")


def test_a_render_asks_for_the_dollars_and_writes_the_file(
    shell: Shell, fal: FalServer, portrait: str, tmp_path: Path
) -> None:
    command = (
        "render",
        *FLASHHEAD,
        "--portrait",
        portrait,
        *PAINTED,
        "--out",
        str(tmp_path / "hi.mp4"),
    )
    for answer in ("n\n", None):
        refused = shell.run(*command, typed=answer)
        assert (refused.code, fal.jobs) == (3, [])
        assert "--agree 0.0" in refused.err
    done = shell.run(*command, typed="y\n")
    assert (done.code, done.err, len(fal.bills)) == (0, "", 1)
    assert "Render on FlashHead for $0.0" in done.out
    assert "Done: video" in done.out
    assert (tmp_path / "hi.mp4").stat().st_size > 1000


def test_a_model_that_takes_audio_is_given_a_voice_over_of_the_script(
    shell: Shell, fal: FalServer, portrait: str
) -> None:
    done = shell.run(
        "render", "--portrait", portrait, *PAINTED, "--model", "stable-avatar",
        "--script", "Hello.", "--prompt", "A calm person.", "--set", "seed=7", "--agree", "1",
        "--json",
    )  # fmt: skip
    assert (done.code, done.json["video"]["model"]) == (0, "fal-ai/stable-avatar")
    assert [job.arguments["seed"] for job in fal.jobs] == [7]


def test_a_model_that_takes_no_recording_is_wrong_input(
    shell: Shell, portrait: str, tmp_path: Path
) -> None:
    recording = tmp_path / "speech.wav"
    recording.write_bytes(short_speech())
    done = shell.run(
        "render", "--portrait", portrait, *PAINTED, "--model", "flashhead",
        "--audio", str(recording), "--agree", "1",
    )  # fmt: skip
    assert (done.code, done.out) == (2, "")
    assert "FlashHead needs a script" in done.err


def test_a_required_prompt_has_a_default(
    shell: Shell, fal: FalServer, portrait: str, tmp_path: Path
) -> None:
    recording = tmp_path / "speech.wav"
    recording.write_bytes(short_speech())
    done = shell.run(
        "render", "--portrait", portrait, *PAINTED, "--model", "stable-avatar",
        "--audio", str(recording), "--agree", "1",
    )  # fmt: skip
    assert (done.code, done.err) == (0, "")
    [job] = fal.jobs
    assert job.arguments["prompt"] == "A person speaks to the camera."


def test_a_render_waits_for_the_studio_that_drives(
    shell: Shell, fal: FalServer, portrait: str
) -> None:
    settings = Settings.model_validate(
        {
            "data_dir": shell.environment["DATA_DIR"],
            "fal_proxy_url": fal.url,
            "fal_key": KEY,
            "single_user": True,
        }
    )
    with closing(open_studio(settings)) as studio:
        command = ("render", *FLASHHEAD, "--portrait", portrait, *PAINTED, "--agree", "1", "--json")
        process = shell.start(*command)
        out, err = process.communicate()
        assert (process.returncode, err) == (0, "")
        assert '"state": "done"' in out
        assert studio.drives


def test_the_very_same_render_is_ordered_again_only_as_another_take(
    shell: Shell, fal: FalServer, portrait: str
) -> None:
    fal.latency(run=60)
    command = ("render", *FLASHHEAD, "--portrait", portrait, *PAINTED, "--agree", "1")
    first = shell.start(*command)
    wait_until(lambda: any(job.state == "IN_PROGRESS" for job in fal.jobs))
    second = shell.start(*command)
    assert second.stdout is not None
    assert "Nothing new was ordered" in second.stdout.readline()
    assert len(fal.jobs) == 1
    third = shell.start(*command, "--another-take")
    wait_until(lambda: len(fal.jobs) == 2)
    for process in (first, second, third):
        process.kill()
        process.communicate()


def test_ctrl_c_leaves_a_render_to_go_on(shell: Shell, fal: FalServer, portrait: str) -> None:
    fal.latency(run=60)
    process = shell.start("render", *FLASHHEAD, "--portrait", portrait, *PAINTED, "--agree", "1")
    wait_until(lambda: any(job.state == "IN_PROGRESS" for job in fal.jobs))
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    assert process.returncode == 130
    (line,) = err.splitlines()
    assert "continues in the background" in line
    job = line.partition("talkinghead jobs wait ")[2][:32]
    wait_until(lambda: driven(shell))
    assert shell.run("jobs", "cancel", job, "--json").json["job"]["id"] == job
    assert shell.run("jobs", "wait", job).code == 4
    wait_until(lambda: not driven(shell))


def test_a_render_is_given_up_and_what_was_ordered_can_be_fetched(
    shell: Shell, fal: FalServer, portrait: str
) -> None:
    fal.latency(run=60)
    process = shell.start("render", *FLASHHEAD, "--portrait", portrait, *PAINTED, "--agree", "1")
    wait_until(lambda: any(job.state == "IN_PROGRESS" for job in fal.jobs))
    process.send_signal(signal.SIGINT)
    _, err = process.communicate()
    job = err.partition("talkinghead jobs wait ")[2][:32]
    given_up = shell.run("jobs", "give-up", job, "--json")
    assert (given_up.code, given_up.json["job"]["state"]) == (0, "cancelled")
    assert given_up.json["job"]["request_id"] == next(each.request_id for each in fal.jobs)
    assert shell.run("jobs", "give-up", job).code == 0


def driven(shell: Shell) -> bool:
    """Whether some process runs the jobs of this shell's studio."""
    lock = DriveLock(Path(shell.environment["DATA_DIR"] or "") / "engine.lock")
    free = lock.take()
    lock.release()
    return not free


def test_without_a_word_on_who_is_in_it_nothing_is_ordered(
    shell: Shell, fal: FalServer, portrait: str, tmp_path: Path
) -> None:
    command = ("render", *FLASHHEAD, "--portrait", portrait, "--agree", "1", "--json")
    refused = shell.run(*command)
    assert (refused.code, refused.out, fal.jobs) == (3, "", [])
    assert "--consent permission --consent-by NAME" in " ".join(refused.err.split())
    nobody = shell.run(*command, "--consent", "permission")
    assert (nobody.code, fal.jobs) == (2, [])
    release = tmp_path / "release.pdf"
    release.write_bytes(b"signed")
    by = ("--consent-by", "Ada", "--consent-on", "2026-11-30", "--consent-file", str(release))
    done = shell.run(*command, "--consent", "permission", *by)
    assert (done.code, len(fal.bills)) == (0, 1)
    again = shell.run("resize", done.json["video"]["id"], "1:1", "--json")
    assert (again.code, again.err) == (0, "")  # asked once for each portrait
