"""Values as fields of pydantic models, and so as bodies of FastAPI with their OpenAPI.

Pydantic imports this module through the hook of :class:`repayplan.values.Storable`; nothing else does, and
the library does not need pydantic. The data of a field are what :func:`repayplan.to_dict` gives for it,
without ``schema_version``: the document is the model's, and so is its version.
"""

from __future__ import annotations

import re
import typing
from typing import TYPE_CHECKING, Any, Final

from pydantic_core import PydanticCustomError, ValidationError
from pydantic_core.core_schema import (
    any_schema,
    definition_reference_schema,
    definitions_schema,
    no_info_plain_validator_function,
    plain_serializer_function_ser_schema,
)

from repayplan.errors import SerializationError
from repayplan.serialization.choosing import codec_of
from repayplan.serialization.codec import Definitions
from repayplan.serialization.plain import beyond_the_stack, check_size

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import InitErrorDetails
    from pydantic_core.core_schema import CoreSchema

    from repayplan.serialization.codec import Schema

__all__ = ["core_schema_of", "json_schema_of"]

_KIND: Final = "repayplan_kind"
_STEP: Final = re.compile(r"""\[(\d+)\]|['"](.*)|([^.\[\]'"]+)""")
"""A place in a list, a key that is no plain name (quoted, and the last step), or a name."""
_REFERENCE: Final = "#/$defs/"


def core_schema_of(kind: Any) -> CoreSchema:  # noqa: ANN401  # a class, or one with arguments
    """Give pydantic what reads, checks and writes the values of a class.

    A value passes as it is; plain data are read as :func:`repayplan.from_dict` reads them. An error tells its
    code, its path and its message, and never the data, which are somebody's.
    """
    codec = codec_of(kind)
    own: type = typing.get_origin(kind) or kind

    def read(data: Any) -> Any:  # noqa: ANN401  # any input
        try:
            if isinstance(data, own):
                if own is not kind:  # a Limit is no Limit[int] by its class alone
                    codec.encode(data)
                return data
            check_size(data)
            return codec.decode(data)
        except SerializationError as error:
            details = _details(error)
        except RecursionError:
            details = _details(beyond_the_stack())
        raise ValidationError.from_exception_data(own.__name__, [details], hide_input=True)

    read.__name__ = read.__qualname__ = own.__name__  # by which pydantic tells the choices of a union apart
    return no_info_plain_validator_function(
        read,
        ref=codec.origin,
        metadata={_KIND: kind},
        serialization=plain_serializer_function_ser_schema(codec.encode),
    )


def _details(error: SerializationError) -> InitErrorDetails:
    found_steps = _STEP.findall(error.field)
    steps = [int(place) if place else name or quoted.strip("'\"") for place, quoted, name in found_steps]
    code: Any = error.code  # pydantic asks for literal text, so that nobody puts data into it
    message: Any = error.message
    found: InitErrorDetails = {
        "type": PydanticCustomError(code, message),
        "loc": tuple(steps),
        "input": None,
    }
    return found


def json_schema_of(core: Any, handler: Any) -> Schema:  # noqa: ANN401  # pydantic's
    """Give pydantic the JSON Schema of a class, its parts among pydantic's own definitions."""
    definitions = Definitions()
    schema = codec_of(core["metadata"][_KIND]).schema(definitions)
    origins = definitions.origins
    parts = [_definition(origins[name], part, origins) for name, part in definitions.schemas.items()]
    handler(definitions_schema(any_schema(), parts))
    found: Schema = _linked(schema, origins, handler)
    return found


def _definition(origin: str, part: Schema, origins: Mapping[str, str]) -> CoreSchema:
    """Give a schema of no meaning, by whose origin pydantic keeps a definition."""

    def describe(_: CoreSchema, handler: Any) -> Any:  # noqa: ANN401  # as above
        return _linked(part, origins, handler)

    return any_schema(ref=origin, metadata={"pydantic_js_functions": [describe]})


def _linked(part: Any, origins: Mapping[str, str], handler: Any) -> Any:  # noqa: ANN401  # plain data, pydantic's
    """Put pydantic's references in the places of ours."""
    items: Any = part
    if type(part) is list:
        return [_linked(item, origins, handler) for item in items]
    if type(part) is not dict:
        return part
    found: Schema = {key: _linked(item, origins, handler) for key, item in items.items() if key != "$ref"}
    if "$ref" not in part:
        return found
    origin = origins[items["$ref"].removeprefix(_REFERENCE)]
    return {**handler(definition_reference_schema(origin)), **found}
