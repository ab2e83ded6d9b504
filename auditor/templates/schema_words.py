"""What the values in a template file are made of, and the group of keys that every other is."""

import re
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

_TRUTHS = {"true": True, "yes": True, "false": False, "no": False}


def _truth(value: object) -> object:
    if isinstance(value, str) and value.lower() in _TRUTHS:
        return _TRUTHS[value.lower()]
    raise ValueError("must be true or false")


def whole(value: object) -> object:
    """A whole number out of what the file says in figures."""
    if isinstance(value, str) and re.fullmatch(r"\d{1,6}", value):
        return int(value)
    raise ValueError("must be a whole number")


def listed(value: object) -> object:
    """A list of one where a single text may stand for it."""
    return [value] if isinstance(value, str) else value


def or_none(value: object) -> object:
    """Nothing, where the file says `none`."""
    return None if value == "none" else value


Truth = Annotated[bool, BeforeValidator(_truth)]
Whole = Annotated[int, BeforeValidator(whole)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Prose = Annotated[str, StringConstraints(min_length=1, max_length=4000)]


class Form(BaseModel):
    """A group of keys; unknown keys are refused, and nothing is guessed from a value of another kind."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)
