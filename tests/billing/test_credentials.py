"""Whose key pays, and that a person's own stays with its workspace."""

import pytest
from pydantic import SecretStr

from talkinghead.billing.credentials import Credentials
from talkinghead.core.errors import InvalidInput

OWN = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"
OPERATORS = SecretStr("the-operators-key")


def test_a_persons_own_key_pays_before_the_operators() -> None:
    credentials = Credentials(OPERATORS, everybody=True)
    assert credentials.payer("here") == "operator"
    credentials.use("here", OWN)
    assert (credentials.payer("here"), credentials.payer("there")) == ("own", "operator")
    credentials.forget("here")
    assert credentials.payer("here") == "operator"


def test_what_one_key_ordered_is_never_asked_for_with_another() -> None:
    credentials = Credentials(OPERATORS, everybody=True)
    assert credentials.key("here", "own") is None
    credentials.use("here", OWN)
    assert credentials.key("here", "operator") == OPERATORS


def test_what_the_operators_key_ordered_goes_on_though_visitors_may_not_pay_any_more() -> None:
    credentials = Credentials(OPERATORS, everybody=False)
    assert credentials.payer("here") is None
    assert credentials.usable("here", "operator")


@pytest.mark.parametrize("typed", [f"  {OWN}\n", f"FAL_KEY={OWN}", f'"{OWN}"', f"Key {OWN}"])
def test_a_key_is_found_in_what_was_pasted(typed: str) -> None:
    credentials = Credentials()
    credentials.use("here", typed)
    key = credentials.key("here")
    assert key is not None
    assert key.get_secret_value() == OWN


def test_a_refused_key_is_not_tried_until_it_is_entered_again() -> None:
    credentials = Credentials()
    credentials.use("here", OWN)
    credentials.refuse("here", "own")
    assert not credentials.usable("here", "own")
    credentials.use("here", OWN)
    assert credentials.usable("here", "own")


@pytest.mark.parametrize("typed", ["", "   ", "short", "two words of it", "schlüssel-mit-umlaut"])
def test_what_cannot_be_a_key_is_not_repeated(typed: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        Credentials().use("here", typed)
    assert not typed.strip() or typed not in str(caught.value)


@pytest.mark.parametrize(("operator", "everybody"), [(None, False), (OPERATORS, False)])
def test_without_a_key_the_status_says_what_to_do(
    operator: SecretStr | None, everybody: bool
) -> None:
    status = Credentials(operator, everybody=everybody).status("here")
    assert status.source is None
    assert "nter" in status.text


def test_no_status_tells_a_key() -> None:
    credentials = Credentials(OPERATORS, everybody=True)
    shown = repr(credentials.status("here"))
    credentials.use("here", OWN)
    shown += repr(credentials.status("here"))
    assert OWN not in shown
    assert OPERATORS.get_secret_value() not in shown
