"""Whose key pays, and that a typed one stays with its browser tab."""

from dataclasses import replace

import pytest
from pydantic import SecretStr

from talkinghead.billing.credentials import REFUSAL_SECONDS, Credentials
from talkinghead.billing.typed_keys import KEPT_SECONDS
from talkinghead.core.errors import InvalidInput
from talkinghead.fal.uploads import account_of
from talkinghead.jobs.paying_keys import Payer

OWN = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"
OTHER = "9f8e7d6c-1111-2222-3333-444455556666:0123456789abcdef0123456789abcdef"
OPERATORS = SecretStr("the-operators-key")
ACCOUNT = account_of(SecretStr(OWN))
TAB, ANOTHER_TAB = "tab-one", "tab-two"
UNSENT = Payer("here", "session", ACCOUNT)
SENT = replace(UNSENT, sent=True)
OPERATOR_UNSENT = Payer("here", "operator", account_of(OPERATORS))


class Clock:
    """Seconds that pass when the test says so."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def secret(key: SecretStr | None) -> str | None:
    """What is in a key."""
    return key.get_secret_value() if key else None


# A tab


def test_a_typed_key_pays_before_the_operators_in_its_tab_alone() -> None:
    credentials = Credentials(OPERATORS, everybody=True)
    assert credentials.payer(TAB) == "operator"
    credentials.use(TAB, "here", OWN)
    assert (credentials.payer(TAB), credentials.payer(ANOTHER_TAB)) == ("session", "operator")
    assert secret(credentials.key(ANOTHER_TAB)) == OPERATORS.get_secret_value()
    credentials.forget(TAB)
    assert credentials.payer(TAB) == "operator"


def test_another_tab_of_the_same_gallery_has_neither_the_key_nor_its_account() -> None:
    credentials = Credentials()
    credentials.use(TAB, "here", OWN)
    assert credentials.key(ANOTHER_TAB) is None
    assert credentials.account(ANOTHER_TAB) is None
    assert credentials.status(ANOTHER_TAB).account is None


@pytest.mark.parametrize("typed", [f"  {OWN}\n", f"FAL_KEY={OWN}", f'"{OWN}"', f"Key {OWN}"])
def test_a_key_is_found_in_what_was_pasted(typed: str) -> None:
    credentials = Credentials()
    credentials.use(TAB, "here", typed)
    assert secret(credentials.key(TAB)) == OWN


@pytest.mark.parametrize("typed", ["", "   ", "short", "two words of it", "schlüssel-mit-umlaut"])
def test_what_cannot_be_a_key_is_not_repeated(typed: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        Credentials().use(TAB, "here", typed)
    assert not typed.strip() or typed not in str(caught.value)


@pytest.mark.parametrize(("operator", "everybody"), [(None, False), (OPERATORS, False)])
def test_without_a_key_the_status_says_what_to_do(
    operator: SecretStr | None, everybody: bool
) -> None:
    status = Credentials(operator, everybody=everybody).status(TAB)
    assert status.source is None
    assert "Add " in status.text


def test_no_status_tells_a_key_or_a_tab() -> None:
    credentials = Credentials(OPERATORS, everybody=True)
    shown = repr(credentials.status(TAB))
    credentials.use(TAB, "here", OWN)
    shown += repr(credentials.status(TAB)) + repr(vars(credentials))
    for hidden in (OWN, OWN.partition(":")[2], OPERATORS.get_secret_value(), TAB):
        assert hidden not in shown


# How long it is held


def test_a_key_is_held_half_an_hour_after_the_tabs_last_connection() -> None:
    clock, connected = Clock(), True
    credentials = Credentials(clock=clock)
    credentials.use(TAB, "here", OWN)
    credentials.connect(TAB, "socket", lambda: connected)
    clock.now += 10 * KEPT_SECONDS
    credentials.expire(lambda account: False)
    assert credentials.payer(TAB) == "session"  # an open tab that nobody touched for hours
    connected = False
    credentials.expire(lambda account: False)
    clock.now += KEPT_SECONDS - 1
    credentials.expire(lambda account: False)
    assert credentials.payer(TAB) == "session"
    clock.now += 2
    credentials.expire(lambda account: False)
    assert credentials.payer(TAB) is None


def test_a_tab_that_comes_back_in_time_keeps_its_key() -> None:
    clock = Clock()
    credentials = Credentials(clock=clock)
    credentials.use(TAB, "here", OWN)
    for _ in range(3):
        clock.now += KEPT_SECONDS - 1
        credentials.connect(TAB, "socket", lambda: False)
        credentials.expire(lambda account: False)
    assert credentials.payer(TAB) == "session"


def test_a_key_is_held_until_what_it_ordered_has_ended() -> None:
    clock, asked, open_ = Clock(), list[str](), True

    def has_open_orders(account: str) -> bool:
        asked.append(account)
        return open_

    credentials = Credentials(clock=clock)
    credentials.use(TAB, "here", OWN)
    clock.now += 3 * KEPT_SECONDS
    credentials.expire(has_open_orders)
    assert asked == [ACCOUNT]
    assert secret(credentials.paying_key(UNSENT)) == OWN
    open_ = False
    credentials.expire(has_open_orders)
    assert credentials.paying_key(UNSENT) is None


# A job


def test_an_order_is_charged_to_the_key_that_ordered_it_whichever_tab_asks() -> None:
    credentials = Credentials(OPERATORS, everybody=True)
    credentials.use(ANOTHER_TAB, "here", OTHER)
    assert credentials.paying_key(UNSENT) is None
    assert not credentials.usable(UNSENT)
    credentials.use(TAB, "elsewhere", OWN)
    assert secret(credentials.paying_key(UNSENT)) == OWN
    assert credentials.usable(UNSENT)


def test_what_was_sent_is_tried_with_a_key_that_was_typed_in_the_same_gallery() -> None:
    credentials = Credentials()
    credentials.use(TAB, "elsewhere", OTHER)
    assert credentials.serving_key(SENT) is None
    credentials.use(TAB, "here", OTHER)
    assert secret(credentials.serving_key(SENT)) == OTHER  # it may be a new key of that account


def test_a_key_of_another_account_is_not_tried_again_until_it_is_typed_again() -> None:
    clock = Clock()
    credentials = Credentials(clock=clock)
    credentials.use(TAB, "here", OTHER)
    credentials.refuse_as_other_account(SENT)
    assert not credentials.usable(SENT)
    assert credentials.usable(replace(SENT, account=account_of(SecretStr(OTHER))))
    credentials.use(TAB, "here", OTHER)
    assert credentials.usable(SENT)
    credentials.refuse_as_other_account(SENT)
    clock.now += REFUSAL_SECONDS + 1
    assert credentials.usable(SENT)


def test_the_operators_key_pays_only_as_long_as_visitors_may_spend_it() -> None:
    open_, closed = (Credentials(OPERATORS, everybody=everybody) for everybody in (True, False))
    assert open_.paying_key(OPERATOR_UNSENT) == OPERATORS
    assert closed.paying_key(OPERATOR_UNSENT) is None
    assert not closed.usable(OPERATOR_UNSENT)
    assert "isn't shared with visitors anymore" in closed.missing(OPERATOR_UNSENT)


def test_what_the_operator_ordered_on_the_command_line_is_paid_by_their_key() -> None:
    hosted = Credentials(OPERATORS, everybody=False, operators_workspace="local")
    assert hosted.paying_key(replace(OPERATOR_UNSENT, workspace="local")) == OPERATORS
    assert hosted.paying_key(OPERATOR_UNSENT) is None
    assert hosted.payer(TAB) is None


def test_what_the_operators_key_has_paid_is_fetched_though_visitors_may_not_spend_it_any_more() -> (
    None
):
    credentials = Credentials(OPERATORS, everybody=False)
    assert credentials.usable(replace(OPERATOR_UNSENT, sent=True))
    assert credentials.serving_key(OPERATOR_UNSENT) == OPERATORS


def test_an_order_from_before_fingerprints_takes_the_key_that_is_typed_in_its_gallery() -> None:
    credentials, earlier = Credentials(), Payer("here", "session")
    credentials.use(ANOTHER_TAB, "elsewhere", OTHER)
    assert credentials.paying_key(earlier) is None
    credentials.use(TAB, "here", OWN)
    assert secret(credentials.paying_key(earlier)) == OWN


def test_a_refused_key_is_not_tried_until_it_is_entered_again() -> None:
    credentials = Credentials()
    credentials.use(TAB, "here", OWN)
    credentials.refuse(UNSENT)
    assert not credentials.usable(UNSENT)
    credentials.use(TAB, "here", OWN)
    assert credentials.usable(UNSENT)


@pytest.mark.parametrize("sent", [False, True])
@pytest.mark.parametrize("source", ["session", "operator"])
def test_a_missing_key_is_named_by_its_account_and_never_shown(source: str, sent: bool) -> None:
    payer = Payer("here", "session" if source == "session" else "operator", ACCOUNT, sent)
    said = Credentials().missing(payer) + Credentials(OPERATORS).other_account(payer)
    assert ACCOUNT[:6] in said
    assert ACCOUNT not in said
    assert "charged" in said
