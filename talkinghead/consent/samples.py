"""The sample portraits, known by their content: paintings, of whom nobody has to be asked."""

SAMPLE_FILES = frozenset(
    {
        "49bdee735bed389d289c20d0bdff9bf0a485068e128cec8eb9e5bb11ae1f0422",
        "84a6bfcb3346951cef85c0b0bb07856794e0b04d5b65322c18d77198fbf43f2a",
        "ccd094951787cec391f3d444e056ee9a58d715f84152f49100c03bb3ce2962fc",
    }
)
"""The SHA-256 of each sample's file."""

STORED_SAMPLES = frozenset(
    {
        "03223c2df1530b9e5ad3e0870dff2877f0d5c0f0f127300f28bd8343df27dfb8",
        "69b3966ff0cd0e37dbbc7c7b929b977cb1b979f95e334c667e55ca0646e37def",
        "cf247eebfe88c32d34b107bc29d7d31b86465419495859a2ae31e22e200cd271",
    }
)
"""The SHA-256 of each as it is stored: of those that were added before the hash of the file was
kept with it."""


def is_sample(portrait: str, uploaded: str | None) -> bool:
    """Return whether a portrait is one of the samples.

    Args:
        portrait: the SHA-256 of the stored picture.
        uploaded: that of the file that it was made from, where it is known.
    """
    return portrait in STORED_SAMPLES or uploaded in SAMPLE_FILES
