"""The address that a visitor is counted by, which they cannot choose."""

import pytest

from talkinghead.teams.client_address import client_address

VISITOR, MADE_UP = "198.51.100.7", "192.0.2.99"
PUBLIC = "8.8.4.4"


@pytest.mark.parametrize(
    ("peer", "forwarded", "proxies", "counted"),
    [
        (PUBLIC, None, None, PUBLIC),
        (PUBLIC, MADE_UP, None, PUBLIC),  # no proxy between: the header is the visitor's own
        ("10.0.0.3", VISITOR, None, VISITOR),
        ("10.0.0.3", f"{MADE_UP}, {VISITOR}", None, VISITOR),
        (None, f"{MADE_UP}, {VISITOR}", None, VISITOR),  # Streamlit tells no loopback address
        ("192.168.1.20", None, None, "192.168.1.20"),
        ("10.0.0.3", f"{MADE_UP}, {VISITOR}, 10.0.0.9", 2, VISITOR),
        (PUBLIC, f"{MADE_UP}, {VISITOR}", 1, VISITOR),
        ("10.0.0.3", VISITOR, 2, "10.0.0.3"),  # fewer than were promised: one person behind it
        ("10.0.0.3", None, 1, "10.0.0.3"),
        (None, MADE_UP, 2, None),
        ("10.0.0.3", MADE_UP, 0, "10.0.0.3"),
        (None, None, None, None),
        ("127.0.0.1", None, None, None),
        ("10.0.0.3", "unknown", None, None),
        ("10.0.0.3", f"{VISITOR}:50123", None, VISITOR),
        ("10.0.0.3", "[2001:db8:1:2:3:4:5:6]:443", None, "2001:db8:1:2::/64"),
        ("10.0.0.3", "2001:db8:1:2:aaaa::1", None, "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.7", None, None, VISITOR),
    ],
)
def test_a_visitor_is_counted_by_what_the_last_proxy_saw(
    peer: str | None, forwarded: str | None, proxies: int | None, counted: str | None
) -> None:
    assert client_address(peer, forwarded, proxies) == counted
