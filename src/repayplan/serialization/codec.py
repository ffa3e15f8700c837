"""What a codec is, and the definitions that its JSON Schema may refer to."""

from __future__ import annotations

import abc
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Codec", "Definitions", "Schema"]

Schema: TypeAlias = dict[str, Any]
"""A JSON Schema, as plain data."""


class Definitions:
    """The named parts of a schema, each written once however often it is used, also within itself."""

    __slots__ = ("_owners", "schemas")

    def __init__(self) -> None:
        """Begin with none."""
        self.schemas: dict[str, Schema] = {}
        self._owners: dict[str, object] = {}

    def refer(self, name: str, owner: object, make: Callable[[], Schema]) -> Schema:
        """Give a reference to the definition of a name, which is made where it is not there yet.

        Args:
            name: What to call it; another owner of the same name gets a number after it.
            owner: What it defines, such as a class.
            make: Makes its schema.
        """
        free, count = name, 1
        while self._owners.setdefault(free, owner) != owner:
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

    is_object: ClassVar[bool] = False
    """Whether it writes an object with keys of its own, beside which the name of a class may stand."""

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

    def object_schema(self, definitions: Definitions, more: Schema, /) -> Schema:
        """Describe the object that is written, with more properties that must be there.

        Only codecs that say ``is_object`` are asked.
        """
        raise NotImplementedError
