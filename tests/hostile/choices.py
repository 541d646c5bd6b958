"""Settings of the studio and parameters of the models, of every kind that is none."""

import math
from functools import partial
from typing import Any

from talkinghead.catalogue import MODELS, ModelInput
from talkinghead.catalogue.forms.fields import form_fields
from talkinghead.catalogue.forms.problems import problem_with
from talkinghead.core.errors import InvalidParameters
from talkinghead.core.settings import Settings, read_settings
from tests.hostile.here import Here, Rows

SETTINGS: dict[str, Any] = {
    "words": "yes please",
    "a negative number": "-1",
    "an endless number": "1e999",
    "no number": "nan",
    "NUL": "a\0b",
    "quotes": "'\"'",
    "a line break": "a\nb",
    "an address": "http://[::1",
    "a password": "postgresql://me:p@ss@/@:0/",
}
VALUES: dict[str, Any] = {
    "none": None,
    "not a number": math.nan,
    "infinity": math.inf,
    "a number of 400 digits": 10**400,
    "a list": [[]],
    "an object": {"type": {"type": 1}},
    "a long text": "a" * 100_000,
}


def _setting(name: str, value: Any, here: Here) -> object:
    return read_settings(**{name: value})


def settings() -> Rows:
    """Return the rows of settings."""
    return {
        f"{name}: {kind}": partial(_setting, name, value)
        for name in Settings.model_fields
        for kind, value in SETTINGS.items()
    }


def _parameter(model: type[ModelInput], value: Any, here: Here) -> None:
    for field in form_fields(model):
        if problem := problem_with(model, field.name, value):
            raise InvalidParameters(problem, field=field.name)


def parameters() -> Rows:
    """Return the rows of parameters."""
    return {
        f"{model.title}: {kind}": partial(_parameter, model, value)
        for model in MODELS
        for kind, value in VALUES.items()
    }
