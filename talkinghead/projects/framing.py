"""The keys under which a project keeps its crops."""

from talkinghead.catalogue import Geometry
from talkinghead.catalogue.export import Fit


def crop_key(geometry: Geometry, fit: Fit = "crop") -> str:
    """Return the key of a crop for this shape and fit: a surrounded frame may exceed the
    picture."""
    key = f"{geometry.aspect:.3f}"
    return key if fit == "crop" else f"{key} surrounded"
