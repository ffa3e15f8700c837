"""What a codec is, and the definitions that its JSON Schema may refer to."""

from __future__ import annotations

import abc
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Codec", "Definitions", "ObjectCodec", "Schema", "origin_of"]

Schema: TypeAlias = dict[str, Any]
"""A JSON Schema, as plain data."""


def origin_of(kind: type, name: str = "") -> str:
    """Give the full name of a class, or of what is made of it under another name."""
    return f"{kind.__module__}.{name or kind.__name__}"


class Definitions:
    """The named parts of a schema, each written once however often it is used, also within itself."""

    __slots__ = ("origins", "schemas")

    def __init__(self) -> None:
        """Begin with none."""
        self.schemas: dict[str, Schema] = {}
        self.origins: dict[str, str] = {}
        """The full name of what each of them defines."""

    def refer(self, origin: str, make: Callable[[], Schema]) -> Schema:
        """Give a reference to a definition, which is made where it is not there yet.

        Args:
            origin: The full name of what it defines, such as ``repayplan.money.Money``; its last part names
                the definition. Where another has that name already, a number is added.
            make: Makes its schema.
        """
        name = free = origin.rpartition(".")[2]
        count = 1
        while self.origins.setdefault(free, origin) != origin:
            count += 1
            free = f"{name}-{count}"
        if free not in self.schemas:
            self.schemas[free] = {}  # so that a definition may refer to itself
            self.schemas[free] = make()
        return {"$ref": f"#/$defs/{free}"}


class Codec(abc.ABC):
    """Writes and reads the values of one annotation.

    Errors name the place within the value; each container adds its own step to them.
    """

    origin: str = ""
    """The full name of what it writes, where a schema defines that by name; empty where it is plain."""

    @abc.abstractmethod
    def encode(self, value: Any) -> Any:  # noqa: ANN401  # any value of the annotation, any plain data
        """Write a value as plain data.

        Raises:
            SerializationError: It holds something that cannot be stored.
        """

    @abc.abstractmethod
    def decode(self, data: Any) -> Any:  # noqa: ANN401  # as above
        """Read a value from plain data.

        Raises:
            SerializationError: They are not of the form, or the constructor refuses what they say.
        """

    @abc.abstractmethod
    def schema(self, definitions: Definitions, /) -> Schema:
        """Describe the plain data as JSON Schema."""


class ObjectCodec(Codec):
    """Writes an object with keys of its own, beside which the name of a class may stand."""

    @abc.abstractmethod
    def object_schema(self, definitions: Definitions, more: Schema, /) -> Schema:
        """Describe the object as JSON Schema, with more properties that must be there."""
