"""Whom a visitor who did not sign in is counted as: the network address that they come from."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

IPV6_PREFIX = 64  # one household or office; the device chooses the rest and changes it often


def client_address(peer: str | None, forwarded: str | None, proxies: int | None) -> str | None:
    """Return a visitor's address, an IPv6 one as its network of 64 bits; None if it is not known.

    Args:
        peer: the other end of the connection: the visitor, or the last proxy before the app.
        forwarded: the header `X-Forwarded-For`. Each proxy adds whom it was asked by at the end;
            what comes before that, the visitor may have made up.
        proxies: how many proxies the operator says there are; None: at most one, and only if the
            connection comes from a private address.
    """
    passed_on = [part.strip() for part in (forwarded or "").split(",") if part.strip()]
    if proxies:
        # Fewer than there should be: counted with everybody behind the last one, rather than not.
        return _network(passed_on[-proxies] if len(passed_on) >= proxies else peer)
    if proxies is None and passed_on and not _is_public(peer):
        return _network(passed_on[-1])
    return _network(peer)


def _parsed(address: str | None) -> IPv4Address | IPv6Address | None:
    text = (address or "").strip()
    if text.startswith("["):  # [2001:db8::1]:443
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:  # 203.0.113.5:443
        text = text.partition(":")[0]
    try:
        parsed = ip_address(text)
    except ValueError:
        return None
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    return mapped or parsed


def _is_public(address: str | None) -> bool:
    parsed = _parsed(address)
    return parsed is not None and parsed.is_global


def _network(address: str | None) -> str | None:
    parsed = _parsed(address)
    if parsed is None or parsed.is_loopback or parsed.is_unspecified:
        return None
    if isinstance(parsed, IPv6Address):
        return str(ip_network((parsed, IPV6_PREFIX), strict=False))
    return str(parsed)
