"""The schemas, held against an independent validator."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any, Literal

import pytest

import repayplan as rp
from tests.serialization.golden_files import KINDS, documents

jsonschema = pytest.importorskip("jsonschema", reason="needs the extra test")

if TYPE_CHECKING:
    from collections.abc import Iterator


def validator_of(kind: Any) -> Any:  # noqa: ANN401  # a class; the package has no types
    schema = rp.json_schema(kind)
    return jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


def objects_in(data: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401  # plain data
    """Every object, but those of which the schema says no more than that they name their class."""
    if isinstance(data, dict):
        yield data
        for name, item in data.items():
            if name not in {"observed", "limit"}:
                yield from objects_in(item)
    elif isinstance(data, list):
        for item in data:
            yield from objects_in(item)


def references(data: Any) -> Iterator[str]:  # noqa: ANN401  # plain data
    if isinstance(data, dict):
        for name, item in data.items():
            if name == "$ref":
                yield item
            yield from references(item)
    elif isinstance(data, list):
        for item in data:
            yield from references(item)


@pytest.mark.parametrize("name", KINDS)
def test_a_schema_is_one_and_holds_for_what_is_written(name: str) -> None:
    validator = validator_of(KINDS[name])
    schema = validator.schema
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(schema)) == schema
    assert {ref.removeprefix("#/$defs/") for ref in references(schema)} == schema.get("$defs", {}).keys()
    for document in documents(name):
        validator.validate(document)


@pytest.mark.parametrize("name", KINDS)
def test_an_unknown_key_is_refused_by_the_schema_and_by_from_dict(name: str) -> None:
    validator = validator_of(KINDS[name])
    document = documents(name)[0]
    count = len(list(objects_in(document)))
    for place in range(0, count, max(count // 10, 1)):
        wrong = copy.deepcopy(document)
        list(objects_in(wrong))[place]["nickname"] = None
        assert not validator.is_valid(wrong)
        with pytest.raises(rp.SerializationError):
            rp.from_dict(KINDS[name], wrong)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_another_version_is_refused(name: str, version: object) -> None:
    validator = validator_of(KINDS[name])
    for document in documents(name):
        assert not validator.is_valid({**document, "schema_version": version})
        del document["schema_version"]
        assert not validator.is_valid(document)


@pytest.mark.parametrize("name", KINDS)
def test_a_value_of_another_type_is_refused(name: str) -> None:
    validator = validator_of(KINDS[name])
    for document in documents(name):
        for field in document.keys() - {"schema_version", "observed", "limit", "value"}:
            assert not validator.is_valid({**document, field: 1.5}), field
            assert not validator.is_valid({**document, field: {"x": 1}}), field


def test_what_a_schema_says_of_money() -> None:
    schema = rp.json_schema(rp.Debt)
    assert schema["title"] == "Debt"
    assert schema["description"] == "The balances owed on a day."
    assert schema["required"] == ["schema_version", "principal", "rate", "as_of"]
    assert schema["properties"]["schema_version"] == {"const": 1}
    assert schema["properties"]["principal"] == {
        "$ref": "#/$defs/Money",
        "description": "What bears interest, above zero.",
    }
    assert schema["$defs"]["RateUnit"] == {"type": "string", "enum": ["YEAR", "MONTH", "DAY"]}
    assert schema["$defs"]["Money"]["additionalProperties"] is False


def test_an_abstract_class_has_a_schema_of_all_its_kinds() -> None:
    schema = rp.json_schema(rp.Frequency)
    kinds = [choice["properties"]["type"]["const"] for choice in schema["anyOf"]]
    assert kinds == ["EveryDays", "EveryMonths", "ListedDates", "SemiMonthly"]
    validator = validator_of(rp.Frequency)
    for frequency in (rp.Frequency.MONTHLY, rp.Frequency.SEMI_MONTHLY, rp.Frequency.every_days(3)):
        document = rp.to_dict(frequency, rp.Frequency)
        validator.validate(document)
        assert rp.from_dict(rp.Frequency, document) == frequency  # type: ignore[type-abstract]  # by its name
    assert not validator.is_valid(rp.to_dict(rp.Frequency.MONTHLY))
    assert rp.json_schema(rp.Terms)["$defs"]["Repayment"]["anyOf"] == [
        {"$ref": f"#/$defs/{name}-typed"}
        for name in (
            "Balloon",
            "BalloonRemainder",
            "CustomPayments",
            "DeferringPayments",
            "EqualPrincipal",
            "FixedPayment",
            "FlatInterest",
            "InterestOnly",
            "LevelPayment",
            "SeasonalPayments",
            "StepPayments",
        )
    ]


def test_a_class_with_arguments_has_a_schema_of_its_own() -> None:
    assert rp.json_schema(rp.Limit[int])["properties"]["value"]["anyOf"][0]["type"] == "integer"
    assert rp.json_schema(rp.Limit)["properties"]["value"]["$ref"] == "#/$defs/Anything"
    limit = rp.Limit(3, rp.Citation(title="house", force=rp.Force.HOUSE))
    validator_of(rp.Limit[int]).validate(rp.to_dict(limit, rp.Limit[int]))
    assert rp.from_dict(rp.Limit[int], rp.to_dict(limit, rp.Limit[int])) == limit
    with pytest.raises(rp.SerializationError, match="value: expected a whole number"):
        rp.from_dict(rp.Limit[int], rp.to_dict(attrs_evolved(limit, "three")))


def test_a_listed_text_may_be_the_argument_of_a_class() -> None:
    kind: Any = rp.Limit[Literal["ltr", "rtl"]]
    limit = rp.Limit("rtl", rp.Citation(title="house", force=rp.Force.HOUSE))
    assert rp.json_schema(kind)["properties"]["value"]["enum"] == ["ltr", "rtl"]
    validator_of(kind).validate(rp.to_dict(limit, kind))
    assert rp.from_dict(kind, rp.to_dict(limit, kind)) == limit


def attrs_evolved(limit: rp.Limit[Any], value: object) -> rp.Limit[Any]:
    return rp.Limit(value, limit.citation)
