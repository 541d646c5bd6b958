"""Faces as JSON: what their pose is computed from, to a tenth of a pixel, and how they are lit."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from talkinghead.av.faces import Face, face_from_landmarks
from talkinghead.portraits.check import Light


def face_facts(face: Face) -> dict[str, Any]:
    """Return a face as JSON."""
    return {
        "score": round(float(face.score), 4),
        "presence": round(float(face.presence), 4),
        "box": [round(float(side), 1) for side in face.box],
        "landmarks": np.round(face.landmarks, 1).tolist(),
    }


def face_of(facts: Mapping[str, Any]) -> Face:
    """Return the face of its JSON."""
    landmarks = np.asarray(facts["landmarks"], dtype=np.float32)
    x0, y0, x1, y1 = facts["box"]
    return face_from_landmarks(facts["score"], facts["presence"], (x0, y0, x1, y1), landmarks)


def light_facts(light: Light | None) -> dict[str, Any]:
    """Return the light on a face as JSON, to go with the face's own."""
    if light is None:
        return {"light": None}
    values = (round(light.lightest, 2), round(light.middle, 2), round(light.sharpness, 5))
    return {"light": list(values)}


def light_of(facts: Mapping[str, Any]) -> Light | None:
    """Return the light of its JSON."""
    return Light(*facts["light"]) if facts.get("light") else None
