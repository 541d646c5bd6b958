"""`doctor`: each verdict with its next step."""

from pathlib import Path

import pytest

from tests.cli.shell import Done, Shell
from tests.content_credentials.signed import Issuer


def verdicts(done: Done) -> dict[str, str]:
    return {each["name"]: each["verdict"] for each in done.json["checks"]}


def test_where_all_is_well_nothing_is_to_be_done(shell: Shell) -> None:
    done = shell.run("doctor", "--json")
    found = verdicts(done)
    sound = ("settings", "database", "store", "key", "voices", "signing", "jobs")
    assert (done.code, done.json["ok"]) == (0, True)
    assert {found[name] for name in sound} == {"ok"}
    assert set(done.json) == {"ok", "checks"}
    assert [each["name"] for each in done.json["checks"]] == [
        "settings", "database", "store", "key", "fonts", "voices", "signing", "disk",
        "memory", "jobs",
    ]  # fmt: skip
    assert {frozenset(each) for each in done.json["checks"]} == {
        frozenset({"name", "verdict", "text", "next_step"})
    }


def test_a_missing_key_is_a_warning_with_its_next_step(idle_shell: Shell) -> None:
    done = idle_shell.with_(FAL_KEY=None, FAL_PROXY_URL=None).run("doctor")
    assert done.code == 0
    assert "Set FAL_KEY to render." in done.out


def test_a_store_that_cannot_be_used_is_a_problem_and_ends_with_4(
    idle_shell: Shell, tmp_path: Path
) -> None:
    done = idle_shell.with_(MEDIA_URL="s3://bucket?colour=blue").run("doctor", "--json")
    assert (done.code, done.json["ok"]) == (4, False)
    assert verdicts(done)["store"] == "problem"
    assert "database" not in verdicts(done)
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("CAP_RENDER", "$5"), ("DATABASE_URL", "mysql://host/db"), ("MEDIA_URL", "file://host/x")],
)
def test_a_wrong_setting_is_a_problem_that_names_it(
    idle_shell: Shell, name: str, value: str
) -> None:
    done = idle_shell.with_(**{name: value}).run("doctor", "--json")
    assert done.code == 4
    [check] = done.json["checks"]
    assert (check["name"], check["verdict"]) == ("settings", "problem")
    assert name in check["text"]


def test_a_damaged_engine_is_told_with_its_next_step(idle_shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "engine.db").write_bytes(b"not a database at all, " * 500)
    done = idle_shell.with_(DATA_DIR=str(tmp_path)).run("doctor", "--json")
    [check] = [each for each in done.json["checks"] if each["name"] == "jobs"]
    assert check["verdict"] == "warning"
    assert "engine.db is damaged" in check["text"]
    assert "next time" in check["next_step"]


def test_a_certificate_that_ends_soon_or_has_ended_is_said(idle_shell: Shell) -> None:
    for days, said in ((300, "signed by A Brand until"), (5, "Renew"), (-1, "expired on")):
        chain, key = Issuer().issue(days=days)
        checks = idle_shell.with_(C2PA_CERTIFICATE=chain, C2PA_PRIVATE_KEY=key).run(
            "doctor", "--json"
        )
        [check] = [each for each in checks.json["checks"] if each["name"] == "signing"]
        assert said in f"{check['text']} {check['next_step']}"
        assert check["verdict"] == ("ok" if days == 300 else "warning")
