"""What plain data are, and the errors that say where they are not of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from repayplan.errors import SerializationError, shown, type_shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from repayplan.errors import RepayPlanError
    from repayplan.serialization.codec import Schema

__all__ = [
    "CHARACTERS_MAX",
    "ITEMS_MAX",
    "PLAIN_DEPTH_MAX",
    "beyond_the_stack",
    "check_size",
    "exactly",
    "expect",
    "expect_object",
    "object_of",
    "own",
    "refusal",
    "unknown",
    "within",
]

PLAIN_DEPTH_MAX: Final = 450
"""How deep lists and objects may nest: a plan and its 200 versions nest 400 deep, besides what they hold."""
ITEMS_MAX: Final = 5_000_000
"""The most items of all lists and objects together, so that no data make more than they are themselves.

An item that is named from several places, which JSON cannot say but Python can, counts each time.
"""
CHARACTERS_MAX: Final = 2**28
"""The most characters of all text together, keys included, each time that it is named: 268,435,456.

That is a log of a hundred thousand entries of 2 kB. To look at so much text takes about a second.
"""

_STEP_LENGTH_MAX: Final = 32
_NAMES: Final = {
    str: "text",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    dict: "an object",
}


def expect(data: Any, kind: type) -> Any:  # noqa: ANN401  # any plain data
    """Return ``data`` if it is of exactly one kind of plain data.

    Raises:
        SerializationError: It is of another.
    """
    if type(data) is not kind:
        message = f"expected {_NAMES[kind]}, got {type_shown(data)}"
        raise SerializationError("data.type", "", message, {"expected": kind.__name__})
    return data


def expect_object(data: object) -> Mapping[str, Any]:
    """Return ``data`` if it is a dict with text for keys.

    Raises:
        SerializationError: It is anything else.
    """
    content: Mapping[Any, Any] = expect(data, dict)
    for name in content:
        expect(name, str)
    return content


def within(step: str | int, error: SerializationError) -> SerializationError:
    """Give an error about a part as one about the whole: ``"rate"`` within 2 is ``"[2].rate"``.

    Each container adds its own step on the way out, so that reading what is right builds no path.
    """
    here = f"[{step}]" if isinstance(step, int) else step
    dot = "." if error.field and not error.field.startswith("[") else ""
    named = SerializationError(error.code, f"{here}{dot}{error.field}", error.message, error.data)
    named.__cause__ = error.__cause__
    return named


def refusal(error: RepayPlanError, field: str) -> SerializationError:
    """Give what a constructor refused as what it is here: data that cannot be read; the cause is kept."""
    found = SerializationError(error.code, field, error.message, error.data)
    found.__cause__ = error
    return found


def unknown(name: str, owner: str) -> SerializationError:
    """Give the error for a key that its owner has not; one that is no plain name is quoted in the path."""
    is_plain = len(name) <= _STEP_LENGTH_MAX and name.isascii() and name.isidentifier()
    message = f"expected {owner}, got {shown(name)}"
    return SerializationError("data.unknown", name if is_plain else shown(name), message)


def own(value: object, kind: type) -> None:
    """Refuse to write a value that is not of the kind which its annotation promises.

    Raises:
        SerializationError: It is of another kind.
    """
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        message = f"expected {kind.__name__}, got {type_shown(value)}, which cannot be stored here"
        raise SerializationError("data.kind", "", message, {"expected": kind.__name__})


def exactly(value: object, kind: type) -> None:
    """Refuse to write a value of a class derived from the one that is named, as which it would be read.

    Raises:
        SerializationError: It is of another class.
    """
    if type(value) is not kind:
        message = f"expected {kind.__name__} itself, got {type_shown(value)}"
        raise SerializationError("data.kind", "", message, {"expected": kind.__name__})


def object_of(properties: Schema) -> Schema:
    """Describe an object of just these properties, all of which must be there."""
    return {
        "type": "object",
        "properties": properties,
        "required": [*properties],
        "additionalProperties": False,
    }


def beyond_the_stack() -> SerializationError:
    """Give the error for data of a depth that is allowed, for which the caller has left too little stack."""
    message = "expected lists and objects that the stack has room for, got deeper ones; ask from fewer calls"
    return SerializationError("data.depth", "", message, {"maximum": PLAIN_DEPTH_MAX})


def check_size(data: object) -> None:
    """Refuse data that nest too deep, or whose items or characters are too many, in time that is linear.

    Nothing is called that recurses, and no level is looked at before its items are counted.

    Raises:
        SerializationError: They are beyond ``PLAIN_DEPTH_MAX``, ``ITEMS_MAX`` or ``CHARACTERS_MAX``.
    """
    level: list[Any] = [data]
    depth, items_left, characters_left = 0, ITEMS_MAX, CHARACTERS_MAX
    while level:
        containers: list[Any] = [item for item in level if type(item) is dict or type(item) is list]
        items_left -= sum(map(len, containers))
        if items_left < 0:  # before their keys are looked at: one object may be named many times over
            raise _too_large("items in all", ITEMS_MAX)
        objects: list[Any] = [item for item in containers if type(item) is dict]
        characters_left -= _length_of(level) + sum(map(_length_of, objects))  # the keys too
        if characters_left < 0:
            raise _too_large("characters of text in all", CHARACTERS_MAX)
        if containers and depth == PLAIN_DEPTH_MAX:
            message = f"expected lists and objects at most {PLAIN_DEPTH_MAX} deep, got deeper ones"
            raise SerializationError("data.depth", "", message, {"maximum": PLAIN_DEPTH_MAX})
        depth += 1
        level = [item for container in containers for item in _items_of(container)]


def _length_of(items: Iterable[Any]) -> int:
    """Give the length of all text among some items, or keys."""
    return sum(len(item) for item in items if type(item) is str)


def _too_large(what: str, maximum: int) -> SerializationError:
    message = f"expected at most {maximum} {what}, got more; store them in parts"
    return SerializationError("data.size", "", message, {"maximum": maximum})


def _items_of(container: list[Any] | dict[Any, Any]) -> Iterable[Any]:
    return container.values() if isinstance(container, dict) else container
