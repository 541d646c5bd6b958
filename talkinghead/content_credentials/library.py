"""The C2PA library, set up so that it asks nobody: for worker processes only."""

from typing import Any

import c2pa

from talkinghead.content_credentials.keys.certificates import ACCEPTED_PURPOSES

_IN_MEMORY_MB = 32  # of a file that is signed; more is on the disk meanwhile
_PURPOSES = (*ACCEPTED_PURPOSES, "1.3.6.1.5.5.7.3.8", "1.3.6.1.5.5.7.3.9")  # timestamps, revocation


def context(trusted: str | None = None) -> c2pa.Context:
    """Return the library's settings.

    Args:
        trusted: the certificates of authorities to trust, as PEM; None trusts nobody.
    """
    settings: dict[str, Any] = {
        "core": {
            "allowed_network_hosts": [],  # a second bar to what a file names, beside those below
            "allow_redirects": False,
            "decode_identity_assertions": False,
            "backing_store_memory_threshold_in_mb": _IN_MEMORY_MB,
        },
        "builder": {"thumbnail": {"enabled": False}},
        "verify": {
            "remote_manifest_fetch": False,
            "ocsp_fetch": False,
            "verify_after_sign": False,  # what was signed is read back, once
        },
        "trust": {"trust_config": "\n".join(_PURPOSES)},
    }
    if trusted:
        settings["trust"]["trust_anchors"] = trusted
    return c2pa.Context(c2pa.Settings.from_dict(settings))
