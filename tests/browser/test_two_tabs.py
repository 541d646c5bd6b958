"""One project in two tabs of a browser."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import Server, app_ready, keyed, run_of
from tests.browser.test_create import choose_painting


def test_two_tabs_on_one_project_lose_nothing_of_each_other(
    visit: Callable[..., Page], server: Server
) -> None:
    first = visit(server.url)
    choose_painting(first)
    first.wait_for_url("**project=**")
    second = visit(first.url)
    app_ready(second)
    words, other_words = (
        keyed(page, "create_script").locator("textarea") for page in (first, second)
    )

    with run_of(first):
        words.fill("From the first.")
        words.blur()
    second.get_by_role("radio", name="HeyGen Avatar 4").check(force=True)
    expect(other_words).to_have_value("From the first.")  # the other tab's words come along
    expect(keyed(second, "create_sentence")).to_contain_text("HeyGen")

    app_ready(second)
    with run_of(second):
        other_words.fill("Only from the second.")
        other_words.blur()
    words.fill("From the first. And more.")
    words.blur()
    choice = keyed(first, "create_conflict_0")
    expect(choice).to_contain_text("Only from the second.")
    expect(words).to_have_value("From the first. And more.")

    first.reload()
    expect(choice).to_contain_text("Only from the second.")
    expect(words).to_have_value("From the first. And more.")
    choice.get_by_role("button", name="Use the other").click()
    expect(words).to_have_value("Only from the second.")
    expect(first.locator(".st-key-create_conflict_0")).to_have_count(0)
