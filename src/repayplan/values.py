"""The bases of all that is stored: frozen values, checked again when they are read, and enumerations."""

from __future__ import annotations

import enum
from typing import Any

import attrs

__all__ = ["Enumeration", "Storable", "Value"]


class Storable:
    """The base of what has a form as plain data, by which pydantic reads, writes and describes it.

    Pydantic asks its hooks when a model has such a field, and only then is it imported here.
    """

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, _: Any) -> Any:  # noqa: ANN401  # pydantic's
        """Say how a field is read and written; ``source`` is the class, with its arguments if it has any."""
        from repayplan.serialization.models import core_schema_of  # noqa: PLC0415  # it imports pydantic

        return core_schema_of(source)

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: Any) -> Any:  # noqa: ANN401  # pydantic's
        """Describe a field as JSON Schema, for OpenAPI."""
        from repayplan.serialization.models import json_schema_of  # noqa: PLC0415  # as above

        return json_schema_of(core, handler)


class Enumeration(Storable, enum.Enum):
    """The base of the public enumerations, whose members are stored by their names.

    Without it pydantic would take the values of members, where the fields of our classes have the names, and
    repeat in its errors what came.
    """


class Value(Storable):
    """A frozen attrs class whose pickles are checked again when they are read.

    attrs restores a pickled instance without its constructor, so a forged pickle could hold an amount that no
    constructor would accept. This base hands the constructor's own arguments to pickle instead.
    """

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        """Rebuild through the constructor."""
        kind: Any = type(self)
        arguments = {field.alias: getattr(self, field.name) for field in attrs.fields(kind) if field.init}
        return _rebuilt, (kind, arguments)


def _rebuilt(kind: type[Value], arguments: dict[str, Any]) -> Value:
    return kind(**arguments)
