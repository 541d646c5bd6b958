"""Exit codes, and mistakes in one line."""

from pathlib import Path

import pytest

from talkinghead.cli.app import ExitCode, exit_code_of
from talkinghead.core.errors import RenderCancelled, RenderFailed, StorageFailed
from tests.cli.shell import KEY, Shell
from tests.fal_server.server import FalServer

PAINTED = ("--consent", "nobody")
HI = ("--script", "Hi.", "--model", "flashhead")


def one_line(text: str) -> str:
    (line,) = text.splitlines()
    return line


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Missing command"),
        (("film",), "film"),
        (("models", "sora"), "Choose from flashhead"),
        (("models", "--colour"), "--colour"),
        (("quote",), "--script or --audio"),
        (("quote", "--script", "Hi.", "--audio", "hi.wav"), "--script or --audio"),
        (("quote", "--script", "Hi.", "--prompt", "A"), "--model"),
        (("quote", "--script", " "), "is empty"),
        (("quote", "--audio", "nowhere.wav"), "does not exist"),
        (("quote", "--script", "Hi.", "--model", "flashhead", "--set", "x=1"), "no parameter 'x'"),
        (("quote", "--script", "Hi.", "--model", "flashhead", "--prompt", "A"), "no prompt"),
        (("render", *HI), "--portrait"),
        (("render", *HI, "--portrait", "nowhere.jpg"), "does not exist"),
        (("render", *HI, "--portrait", ".", "--agree", "much"), "1.34"),
        (("render", *HI, "--portrait", ".", "--out", "video.avi"), ".mp4"),
        (("render", *HI, "--portrait", ".", "--out", "nowhere/video.mp4"), "does not exist"),
        (("speech",), "--voices"),
        (("speech", "--script", "Hi.", "--voice", "Beethoven"), "Unknown voice"),
        (("captions", "0" * 32), "Video not found"),
        (("captions", "0" * 32, "--burn", "comic"), "Choose from highlight"),
        (("resize", "0" * 32, "2:1"), "Choose from 9:16"),
        (("resize", "0" * 32, "1:1", "--fit", "stretch"), "Choose from crop"),
        (("jobs", "show", "0" * 32), "Render not found"),
        (("jobs", "wait", "0" * 32), "Render not found"),
        (("gallery", "--page", "0"), "--page"),
        (("gallery", "delete", "0" * 32), "Video not found"),
        (("gallery", "--workspace", "guess"), "We don't know this gallery link"),
    ],
    ids=" ".join,
)
def test_wrong_input_is_one_line_and_exit_code_2(
    idle_shell: Shell, arguments: tuple[str, ...], said: str
) -> None:
    done = idle_shell.run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert said in one_line(done.err)


def test_a_script_is_cleaned_of_markup_which_is_said_on_standard_error(idle_shell: Shell) -> None:
    marked = '<speak>Hi.<break time="750ms"/> You **there**.</speak>'
    plain = "Hi. [pause 0.75] You there."
    one, two = (idle_shell.run("quote", "--script", each, "--json") for each in (marked, plain))
    assert one.out == two.out
    assert (one.err, two.err) == ("Cleaned up: SSML and bold and italics.\n", "")


def test_what_cannot_be_read_in_a_setting_is_not_repeated(idle_shell: Shell) -> None:
    done = idle_shell.with_(CAP_RENDER="12 dollars").run("jobs")
    assert done.code == 2
    assert one_line(done.err) == (
        "CAP_RENDER must be a number of dollars, such as 5 or 2.50, without a currency sign. "
        "Correct it, then start again."
    )


def test_a_folder_that_cannot_hold_the_data_is_wrong_input(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = shell.with_(DATA_DIR=str(tmp_path / "file")).run("jobs")
    assert (done.code, "DATA_DIR" in one_line(done.err)) == (2, True)


@pytest.mark.parametrize(
    ("changes", "options", "said"),
    [
        ({}, ("--agree", "0.001"), "--agree allows"),
        ({"CAP_RENDER": "0.001"}, ("--agree", "1"), "may cost up to"),
        ({"FAL_KEY": None, "FAL_PROXY_URL": None}, ("--agree", "1"), "key"),
    ],
    ids=["agreed to less", "over the cap", "no key"],
)
def test_what_is_refused_ends_with_3_and_orders_nothing(
    idle_shell: Shell,
    fal: FalServer,
    portrait: str,
    changes: dict[str, str | None],
    options: tuple[str, ...],
    said: str,
) -> None:
    done = idle_shell.with_(**changes).run("render", *HI, "--portrait", portrait, *options)
    assert (done.code, done.out) == (3, "")
    assert said in one_line(done.err)
    assert fal.jobs == []


def test_a_render_that_fails_ends_with_4_and_says_why(
    shell: Shell, fal: FalServer, portrait: str
) -> None:
    fal.fault("run_face_detection_error")
    done = shell.run("render", *HI, "--portrait", portrait, *PAINTED, "--agree", "1", "--json")
    assert done.code == 4
    assert "face" in one_line(done.err).lower()
    assert (done.json["job"]["state"], done.json["video"]) == ("failed", None)


def test_an_order_that_nobody_can_confirm_ends_with_5_until_it_is_sent_again(
    shell: Shell, fal: FalServer, portrait: str
) -> None:
    fal.fault("submit_drop")
    done = shell.run("render", *HI, "--portrait", portrait, *PAINTED, "--agree", "1", "--json")
    job = done.json["job"]
    assert (done.code, job["state"], fal.bills) == (5, "unconfirmed", [])
    assert f"talkinghead jobs check {job['id']}" in one_line(done.err)
    dear = shell.run("jobs", "resend", job["id"], "--agree", "0.0001", "--json")
    assert (dear.code, fal.bills) == (3, [])
    again = shell.run("jobs", "resend", job["id"], "--agree", "1", "--json")
    assert (again.code, again.json["job"]["state"], len(fal.bills)) == (0, "done", 1)


def test_whatever_else_goes_wrong_ends_with_4() -> None:
    failures = (RenderFailed("No."), RenderCancelled("No."), StorageFailed("No."), KeyError())
    assert {exit_code_of(error) for error in failures} == {ExitCode.FAILED}


def test_no_setting_that_is_a_secret_is_printed_by_help(idle_shell: Shell) -> None:
    for command in ((), ("render",), ("jobs",), ("doctor",)):
        done = idle_shell.run(*command, "--help")
        assert (done.code, KEY in done.out) == (0, False)
