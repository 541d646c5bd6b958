"""A change or a domain finds the tests that concern it."""

import pytest

from tests.selection import ROOT, UnknownDomain, concerning_changes, concerning_domain, domains

HOUSE = "tests/test_house.py"


def test_a_domain_has_its_tests_and_those_of_its_screens() -> None:
    chosen = concerning_domain("captions")
    folders = {"tests/captions", "tests/components/captions", "tests/browser/test_captions.py"}
    assert folders <= set(chosen)
    assert "tests/speech" not in chosen


def test_a_domain_has_the_tests_of_the_pages_that_show_it() -> None:
    assert {"tests/pages/test_jobs.py", "tests/browser/test_jobs.py"} <= set(
        concerning_domain("billing")
    )


@pytest.mark.parametrize("domain", domains())
def test_every_domain_has_tests(domain: str) -> None:
    assert all((ROOT / path).exists() for path in concerning_domain(domain))
    assert concerning_domain(domain)


def test_an_unknown_domain_is_answered_with_those_that_there_are() -> None:
    with pytest.raises(UnknownDomain, match=r"'captoins'.*captions, catalogue"):
        concerning_domain("captoins")


def test_a_change_is_tested_with_its_domain() -> None:
    changed = ["talkinghead/captions/cues.py", "components/jobs/job_card.py", "README.md"]
    assert concerning_changes(changed, []) == [
        HOUSE,
        "tests/captions",
        "tests/components/captions",
        "tests/components/jobs",
        "tests/jobs",
    ]


def test_a_changed_test_stands_for_itself() -> None:
    changed = [
        "tests/test_studio.py",
        "tests/captions/test_cues.py",
        "tests/browser/test_create.py",
    ]
    assert concerning_changes(changed, []) == [
        HOUSE,
        "tests/captions/test_cues.py",
        "tests/test_studio.py",
    ]


def test_what_failed_last_is_tried_once_more_where_it_is_still_there() -> None:
    here = "tests/test_selection.py::test_a_change_is_tested_with_its_domain"
    failed = [f"{HOUSE}::test_of_the_house", here, "tests/test_selection.py::test_of_yesterday"]
    assert concerning_changes([], failed) == [HOUSE, here]
