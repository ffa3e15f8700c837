from __future__ import annotations

from typing import Any

import attrs

import repayplan as rp
from repayplan.serialization.codec import Definitions
from repayplan.serialization.descriptions import field_descriptions, summary
from repayplan.values import Value


@attrs.frozen
class Described(Value):
    """What it is, in
    two lines with ``code``.

    More about it.

    Attributes:
        one: The one, a :class:`repayplan.Money` or
            a :func:`~repayplan.to_dict`.
        two: The other.

    Raises:
        ValueError: Never.
    """

    one: int
    two: int


@attrs.frozen
class Below(Described):
    """Another.

    Attributes:
        two: The second.
    """


@attrs.frozen
class Silent(Value):
    one: int = 1


def test_a_docstring_is_read_in_plain_words() -> None:
    assert summary(Described) == "What it is, in two lines with code."
    assert field_descriptions(Described) == {"one": "The one, a Money or a to_dict.", "two": "The other."}
    assert field_descriptions(Below) == {"one": "The one, a Money or a to_dict.", "two": "The second."}


def test_a_class_without_a_docstring_has_a_schema_without_descriptions() -> None:
    assert (summary(Silent), field_descriptions(Silent)) == ("", {})
    assert "description" not in str(rp.json_schema(Silent))


def test_most_fields_of_the_library_are_described() -> None:
    kinds: list[Any] = [getattr(rp, name) for name in rp.__all__]
    fields = [
        field.alias in field_descriptions(kind)
        for kind in kinds
        if isinstance(kind, type) and attrs.has(kind)
        for field in attrs.fields(kind)
    ]
    assert sum(fields) > 0.9 * len(fields)


def test_two_of_one_name_are_told_apart() -> None:
    definitions = Definitions()
    assert definitions.refer("here.Part", lambda: {"const": 1}) == {"$ref": "#/$defs/Part"}
    assert definitions.refer("there.Part", lambda: {"const": 2}) == {"$ref": "#/$defs/Part-2"}
    assert definitions.refer("here.Part", lambda: {"const": 3}) == {"$ref": "#/$defs/Part"}
    assert definitions.schemas == {"Part": {"const": 1}, "Part-2": {"const": 2}}
