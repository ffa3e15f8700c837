"""How a value is written that may be of several classes: beside the name of its class."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

import attrs

from repayplan.errors import SerializationError, shown, type_shown
from repayplan.serialization.codec import Codec, Definitions, ObjectCodec, Schema
from repayplan.serialization.numerals import LARGE, WholeCodec
from repayplan.serialization.plain import expect, expect_object, object_of, within
from repayplan.serialization.scalars import TextCodec, TruthCodec

__all__ = ["TAG", "AnyCodec", "BelowCodec", "TaggedCodec", "definition_name"]

TAG: Final = "type"
"""The key that names the class of a value where an annotation allows several."""

_CONTENT: Final = "value"
"""The key of what is no object itself, beside the name of its class."""

_WHOLE: Final = WholeCodec()
_PLAIN: Final[dict[type, Codec]] = {str: TextCodec(), int: _WHOLE, bool: TruthCodec()}


class _LargeCodec(WholeCodec):
    """A number that is too large for JSON, where text of its own may stand too."""

    def decode(self, data: Any) -> int:  # noqa: ANN401
        found: int = _WHOLE.decode(expect(data, str))
        return found

    def schema(self, _: Definitions, /) -> Schema:
        return LARGE[1]


_LARGE: Final = _LargeCodec()


@attrs.frozen
class TaggedCodec(Codec):
    """A value of one of several classes, beside the name of its class; plain data say what they are.

    Attributes:
        origin: The full name of the choice; empty where it is described in its place.
        find: Gives the class of a name and how it is written; None where it may not stand here.
        names: Gives the names, for a schema.
        name_of: Gives the name of a value.
        plain: The kinds of plain data that may stand here too.
    """

    origin: str
    find: Callable[[str], tuple[type, Codec] | None]
    names: Callable[[], Iterable[str]]
    name_of: Callable[[Any], str]
    plain: frozenset[type]

    def encode(self, value: Any) -> Any:  # noqa: ANN401
        if value is None and type(None) in self.plain:
            return None
        if type(value) in self.plain:
            encoded = _PLAIN[type(value)].encode(value)
            return encoded if type(encoded) is type(value) else {TAG: "int", _CONTENT: encoded}
        name = self.name_of(value)
        found = self.find(name)
        if found is None or found[0] is not type(value):
            message = f"expected a value of a class that may stand here, got {type_shown(value)}"
            raise SerializationError("data.kind", "", message)
        encoded = found[1].encode(value)
        return {TAG: name, **(encoded if isinstance(found[1], ObjectCodec) else {_CONTENT: encoded})}

    def decode(self, data: Any) -> Any:  # noqa: ANN401
        if data is None and type(None) in self.plain:
            return None
        if type(data) in self.plain:
            return _PLAIN[type(data)].decode(data)
        content = dict(expect_object(data))
        codec = self._codec_named(_tag_of(content))
        return codec.decode(content) if isinstance(codec, ObjectCodec) else _decoded_content(codec, content)

    def _codec_named(self, name: object) -> Codec:
        try:
            known: str = expect(name, str)
        except SerializationError as error:
            raise within(TAG, error) from None
        if known == "int" and int in self.plain:
            return _LARGE
        found = self.find(known)
        if found is None:
            message = f"expected the name of a class that may stand here, got {shown(known)}"
            raise SerializationError("data.tag", TAG, message)
        return found[1]

    def schema(self, definitions: Definitions, /) -> Schema:
        if self.origin:
            return definitions.refer(self.origin, lambda: self._choices(definitions))
        return self._choices(definitions)

    def _choices(self, definitions: Definitions) -> Schema:
        choices = [codec.schema(definitions) for kind, codec in _PLAIN.items() if kind in self.plain - {int}]
        if type(None) in self.plain:
            choices.append({"type": "null"})
        if int in self.plain:
            choices += [LARGE[0], _tagged("int", _LARGE, definitions)]
        return {"anyOf": [*choices, *self._classes(definitions)]}

    def _classes(self, definitions: Definitions, /) -> list[Schema]:
        return [_tagged(name, codec, definitions) for name, codec in self._named()]

    def _named(self) -> list[tuple[str, Any]]:
        found = [(name, self.find(name)) for name in self.names()]
        return [(name, known[1]) for name, known in found if known is not None]


@attrs.frozen
class BelowCodec(TaggedCodec, ObjectCodec):
    """A value of one of the classes that are derived from an abstract one, each of which has fields."""

    def object_schema(self, definitions: Definitions, more: Schema, /) -> Schema:
        return {
            "anyOf": [
                codec.object_schema(definitions, {**more, TAG: {"const": name}})
                for name, codec in self._named()
            ]
        }


@attrs.frozen
class AnyCodec(TaggedCodec):
    """A value of any class that has a form; they are too many for a schema to list them at each place."""

    def _classes(self, _: Definitions, /) -> list[Schema]:
        return [{"type": "object", "properties": {TAG: {"type": "string"}}, "required": [TAG]}]


def _tag_of(content: dict[str, Any]) -> object:
    """Take the name of the class out of an object."""
    if TAG not in content:
        message = "expected the name of the class, since several may stand here; it is missing"
        raise SerializationError("data.missing", TAG, message)
    return content.pop(TAG)


def _decoded_content(codec: Codec, content: dict[str, Any]) -> Any:  # noqa: ANN401  # any value
    """Read what is no object itself, and so stands under a key of its own."""
    if content.keys() != {_CONTENT}:
        raise SerializationError("data.unknown", "", f"expected a {TAG} and a {_CONTENT} alone")
    try:
        return codec.decode(content[_CONTENT])
    except SerializationError as error:
        raise within(_CONTENT, error) from error.__cause__


def _tagged(name: str, codec: Codec, definitions: Definitions) -> Schema:
    tag: Schema = {TAG: {"const": name}}
    if not isinstance(codec, ObjectCodec):
        return object_of({**tag, _CONTENT: codec.schema(definitions)})
    return definitions.refer(f"{codec.origin}-typed", lambda: codec.object_schema(definitions, tag))


def definition_name(name: str) -> str:
    """Give a name of classes as definitions may have it: ``Limit[Money]`` is ``Limit-Money``."""
    return name.replace("[", "-").replace("]", "").replace(", ", "-")
