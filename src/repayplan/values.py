"""The base of every frozen value: pickles and copies go through the constructor and its checks."""

from __future__ import annotations

from typing import Any

import attrs

__all__ = ["Value"]


class Value:
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
