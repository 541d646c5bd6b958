"""Whose key pays, and that a person's own stays with its workspace."""

import pytest
from pydantic import SecretStr

from talkinghead.billing.credentials import Keys
from talkinghead.core.errors import InvalidInput

OWN = "0a1b2c3d-1111-2222-3333-444455556666:fedcba9876543210fedcba9876543210"
OPERATORS = SecretStr("the-operators-key")


def test_a_persons_own_key_pays_before_the_operators() -> None:
    keys = Keys(OPERATORS, everybody=True)
    assert keys.payer("here") == "operator"
    keys.use("here", OWN)
    assert (keys.payer("here"), keys.payer("there")) == ("own", "operator")
    keys.forget("here")
    assert keys.payer("here") == "operator"


def test_what_one_key_ordered_is_never_asked_for_with_another() -> None:
    keys = Keys(OPERATORS, everybody=True)
    assert keys.key("here", "own") is None
    keys.use("here", OWN)
    assert keys.key("here", "operator") == OPERATORS


def test_what_the_operators_key_ordered_goes_on_though_visitors_may_not_pay_any_more() -> None:
    keys = Keys(OPERATORS, everybody=False)
    assert keys.payer("here") is None
    assert keys.usable("here", "operator")


@pytest.mark.parametrize("typed", [f"  {OWN}\n", f"FAL_KEY={OWN}", f'"{OWN}"', f"Key {OWN}"])
def test_a_key_is_found_in_what_was_pasted(typed: str) -> None:
    keys = Keys()
    keys.use("here", typed)
    key = keys.key("here")
    assert key is not None
    assert key.get_secret_value() == OWN


def test_a_refused_key_is_not_tried_until_it_is_entered_again() -> None:
    keys = Keys()
    keys.use("here", OWN)
    keys.refuse("here", "own")
    assert not keys.usable("here", "own")
    keys.use("here", OWN)
    assert keys.usable("here", "own")


@pytest.mark.parametrize("typed", ["", "   ", "short", "two words of it", "schlüssel-mit-umlaut"])
def test_what_cannot_be_a_key_is_not_repeated(typed: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        Keys().use("here", typed)
    assert not typed.strip() or typed not in str(caught.value)


@pytest.mark.parametrize(("operator", "everybody"), [(None, False), (OPERATORS, False)])
def test_without_a_key_the_status_says_what_to_do(
    operator: SecretStr | None, everybody: bool
) -> None:
    status = Keys(operator, everybody=everybody).status("here")
    assert status.source is None
    assert "nter" in status.text


def test_no_status_tells_a_key() -> None:
    keys = Keys(OPERATORS, everybody=True)
    shown = repr(keys.status("here"))
    keys.use("here", OWN)
    shown += repr(keys.status("here"))
    assert OWN not in shown
    assert OPERATORS.get_secret_value() not in shown
