"""What annotations and classes say of themselves: names, fields, and what is an enumeration."""

from __future__ import annotations

import enum
import inspect
import sys
import types
import typing
from typing import TYPE_CHECKING, Any, TypeVar

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["annotated_fields", "annotation_name", "class_name", "is_enum", "is_stored"]


def is_stored(kind: Any) -> bool:  # noqa: ANN401  # anything
    """Tell whether a class has a form as plain data by itself."""
    return isinstance(kind, type) and (attrs.has(kind) or hasattr(kind, "__stored_as__"))


def is_enum(kind: Any) -> bool:  # noqa: ANN401  # any annotation
    """Tell whether an annotation is an enumeration that has members."""
    return isinstance(kind, enum.EnumMeta) and len(kind) > 0


def class_name(value: object) -> str:
    """Give the name of the class of a value."""
    return type(value).__name__


def annotation_name(kind: Any) -> str:  # noqa: ANN401  # a class, one with arguments, or such an argument
    """Give the name of an annotation with those of its arguments, such as ``Limit[int]``."""
    inner = ", ".join(annotation_name(argument) for argument in typing.get_args(kind) if argument is not ...)
    named = typing.get_origin(kind) or kind
    name: str = getattr(named, "__name__", str(named))  # the texts of a Literal have none
    return f"{name}[{inner}]" if inner else name


def annotated_fields(kind: Any, arguments: tuple[Any, ...]) -> Iterator[tuple[Any, Any]]:  # noqa: ANN401  # an attrs class
    """Give the fields that the constructor of a class takes, each with its annotation.

    An annotation is resolved where it was written; a type variable is the argument that the class was given.
    """
    given: Mapping[Any, Any] = dict(zip(getattr(kind, "__parameters__", ()), arguments, strict=False))
    for field in attrs.fields(kind):
        if field.init:
            hint = _resolved(kind, field)
            yield field, given.get(hint, hint) if isinstance(hint, TypeVar) else hint


def _resolved(kind: type, field: Any) -> Any:  # noqa: ANN401  # as attrs gives it
    home = next(base for base in kind.__mro__ if field.name in inspect.get_annotations(base))
    holder = types.SimpleNamespace(__annotations__={field.name: field.type})
    names = vars(sys.modules[home.__module__])
    return typing.get_type_hints(holder, globalns=names)[field.name]
