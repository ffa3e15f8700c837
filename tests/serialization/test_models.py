"""Values as fields of pydantic models, and as bodies of a service."""

from __future__ import annotations

import enum
import json
import subprocess
import sys
from typing import Any

import pendulum
import pytest

import repayplan as rp
from repayplan.serialization.names import is_abstract
from tests.serialization.golden_files import KINDS, PUBLIC, documents, values

pydantic = pytest.importorskip("pydantic", reason="needs the extra test")
jsonschema = pytest.importorskip("jsonschema", reason="needs the extra test")

EUR = rp.Currency.of("EUR")
DEBT = rp.Debt(
    principal=rp.Money("1000", EUR), rate=rp.Rate.annual("0.1"), as_of=pendulum.date(2026, 12, 1), id="card"
)


class Question(pydantic.BaseModel):  # type: ignore[name-defined, misc]  # imported where it is there
    debts: list[rp.Debt]
    frequency: rp.Frequency
    most: rp.Limit[int] | None = None
    terms: rp.Terms | None = None
    plan: rp.Plan | None = None
    log: rp.CommunicationLog | None = None


QUESTION = Question(
    debts=[DEBT],
    frequency=rp.Frequency.MONTHLY,
    most=rp.Limit(3, rp.Citation(title="house", force=rp.Force.HOUSE)),
    terms=values("Terms")[0],
    plan=values("Plan")[0],
    log=values("CommunicationLog")[0],
)


def without_version(document: dict[str, Any]) -> dict[str, Any]:
    return {name: item for name, item in document.items() if name != "schema_version"}


def refused(data: object) -> list[dict[str, Any]]:
    with pytest.raises(pydantic.ValidationError) as caught:
        Question.model_validate(data)
    found: list[dict[str, Any]] = caught.value.errors()
    return found


def test_a_model_writes_and_reads_what_to_dict_writes_without_the_version() -> None:
    written = QUESTION.model_dump()
    assert written["debts"] == [without_version(rp.to_dict(DEBT))]
    assert written["frequency"] == {"type": "EveryMonths", "months": 1}
    assert written["log"] == without_version(documents("CommunicationLog")[0])
    assert Question.model_validate(written) == QUESTION
    text = QUESTION.model_dump_json()
    assert json.loads(text) == written
    assert Question.model_validate_json(text) == QUESTION


@pytest.mark.parametrize("name", KINDS)
def test_every_class_is_a_field(name: str) -> None:
    adapter: Any = pydantic.TypeAdapter(KINDS[name])
    for document, value in zip(documents(name), values(name), strict=True):
        assert adapter.validate_python(value) is value
        plain = without_version(document)
        assert adapter.validate_python(plain) == value
        assert adapter.dump_python(value) == plain


ENUMERATIONS = {
    name: kind for name, kind in PUBLIC.items() if isinstance(kind, type) and issubclass(kind, enum.Enum)
}


@pytest.mark.parametrize("name", ENUMERATIONS)
def test_every_enumeration_is_a_field_by_the_names_of_its_members(name: str) -> None:
    kind = ENUMERATIONS[name]
    adapter: Any = pydantic.TypeAdapter(kind)
    for member in kind:
        assert adapter.validate_python(member) is member
        assert adapter.validate_python(member.name) is member
        assert adapter.dump_python(member) == member.name
        assert adapter.dump_json(member) == json.dumps(member.name).encode()
    assert adapter.json_schema()["enum"] == [member.name for member in kind]


class Wish(pydantic.BaseModel):  # type: ignore[name-defined, misc]  # as above
    channel: rp.Channel
    others: dict[rp.Channel, rp.Money] = pydantic.Field(default_factory=dict)


@pytest.mark.parametrize("wrong", ["sms", "call Wang Xiaoming", 5, None, rp.Purpose.DEMAND])
def test_what_is_no_member_is_refused_and_not_repeated(wrong: object) -> None:
    with pytest.raises(pydantic.ValidationError) as caught:
        Wish.model_validate({"channel": wrong})
    (found,) = caught.value.errors()
    assert found["loc"] == ("channel",)
    assert found["type"] == ("data.member" if isinstance(wrong, str) else "data.type")
    assert found["input"] is None
    assert "Wang" not in str(caught.value) + caught.value.json()


def test_members_are_keys_and_have_one_schema() -> None:
    wish = Wish(channel=rp.Channel.SMS, others={rp.Channel.PHONE: rp.Money(1, EUR)})
    plain = {"channel": "SMS", "others": {"PHONE": {"amount": "1.00", "currency": "EUR"}}}
    assert wish.model_dump() == plain == json.loads(wish.model_dump_json())
    assert Wish.model_validate(plain) == wish
    schema = Wish.model_json_schema()
    assert schema["properties"]["channel"] == {"$ref": "#/$defs/Channel"}
    assert schema["$defs"]["Channel"] == rp.json_schema(rp.ContactPreference)["$defs"]["Channel"]


def test_a_calendar_is_a_field_as_one_of_those_that_are_stored() -> None:
    with pytest.raises(pydantic.errors.PydanticSchemaGenerationError):
        pydantic.TypeAdapter(rp.Calendar)
    adapter: Any = pydantic.TypeAdapter(rp.WeekendCalendar | rp.ExplicitCalendar)
    for calendar in (rp.WeekendCalendar({5, 6}), values("ExplicitCalendar")[0]):
        assert adapter.validate_python(calendar) is calendar
        assert adapter.validate_json(adapter.dump_json(calendar)) == calendar


def test_a_currency_of_the_standard_is_its_code() -> None:
    adapter: Any = pydantic.TypeAdapter(rp.Currency)
    assert adapter.validate_json('"EUR"') == EUR
    assert adapter.dump_json(EUR) == b'"EUR"'


def test_an_error_names_the_path_and_tells_nothing_of_the_data() -> None:
    debt = without_version(rp.to_dict(DEBT))
    broken = {**debt, "rate": {"value": "1/10", "unit": "YEAR", "per": 1}}
    (found,) = refused({"debts": [debt, broken], "frequency": rp.Frequency.MONTHLY})
    assert found["type"] == "data.unknown"
    assert found["loc"] == ("debts", 1, "rate", "per")
    assert found["msg"] == "expected a field of Rate, got 'per'"
    assert found["input"] is None
    assert "ctx" not in found
    secret = {**debt, "id": "Wang Xiaoming\n"}
    with pytest.raises(pydantic.ValidationError) as caught:
        Question.model_validate({"debts": [secret], "frequency": rp.Frequency.MONTHLY})
    assert caught.value.errors()[0]["type"] == "text.control"
    assert "Wang" not in str(caught.value) + repr(caught.value.errors()) + caught.value.json()
    assert (caught.value.__cause__, caught.value.__context__) == (None, None)


@pytest.mark.parametrize(
    ("key", "step"),
    [
        ("per", "per"),
        ("a.b[0]", "a.b[0]"),
        ("it's", "it's"),
        ("x." * 50, "x." * 15 + "x..."),
        ("", ""),
        ("a{b}", "a{b}"),
        ("王", "\\u738b"),
    ],
)
def test_a_key_that_is_nobodys_is_one_step_of_a_path(key: str, step: str) -> None:
    adapter: Any = pydantic.TypeAdapter(list[rp.Rate])
    with pytest.raises(pydantic.ValidationError) as caught:
        adapter.validate_python([{"value": "1/10", "unit": "YEAR", key: 1}])
    assert caught.value.errors()[0]["loc"] == (0, step)


def test_an_error_in_a_union_says_which_class_refused() -> None:
    adapter: Any = pydantic.TypeAdapter(rp.Debt | rp.Promise)
    with pytest.raises(pydantic.ValidationError) as caught:
        adapter.validate_python({"owner": 1})
    assert [found["loc"] for found in caught.value.errors()] == [
        ("function-plain[Debt()]", "owner"),
        ("function-plain[Promise()]", "owner"),
    ]


def test_a_value_must_be_of_the_arguments_of_its_class() -> None:
    adapter: Any = pydantic.TypeAdapter(rp.Limit[int])
    citation = rp.Citation(title="house", force=rp.Force.HOUSE)
    assert adapter.validate_python(rp.Limit(3, citation)) == rp.Limit(3, citation)
    with pytest.raises(pydantic.ValidationError) as caught:
        adapter.validate_python(rp.Limit("three", citation))
    assert [(found["type"], found["loc"]) for found in caught.value.errors()] == [("data.kind", ("value",))]
    anything: Any = pydantic.TypeAdapter(rp.Limit)
    assert anything.validate_python(rp.Limit("three", citation)).value == "three"


def test_braces_in_a_message_are_not_read_as_places() -> None:
    adapter: Any = pydantic.TypeAdapter(rp.Template)
    with pytest.raises(pydantic.ValidationError) as caught:
        adapter.validate_python({"text": "a { alone"})
    assert "expected {name} or a doubled brace" in caught.value.errors()[0]["msg"]


@pytest.mark.parametrize(
    ("frequency", "code", "where"),
    [
        ({"months": 1}, "data.missing", ("frequency", "type")),
        ({"type": "Money", "months": 1}, "data.tag", ("frequency", "type")),
        ({"type": "EveryMonths", "months": 0}, "count.range", ("frequency", "months")),
        (5, "data.type", ("frequency",)),
        ([[]], "data.type", ("frequency",)),
        (DEBT, "data.type", ("frequency",)),
    ],
)
def test_what_is_no_frequency_is_refused(frequency: object, code: str, where: tuple[str, ...]) -> None:
    (found,) = refused({"debts": [], "frequency": frequency})
    assert (found["type"], found["loc"]) == (code, where)


def test_data_too_deep_or_too_many_are_refused() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    (found,) = refused({"debts": [deep], "frequency": rp.Frequency.MONTHLY})
    assert (found["type"], found["loc"]) == ("data.depth", ("debts", 0))


def test_data_too_deep_for_the_stack_that_is_left_are_refused() -> None:
    data: Any = None
    for _ in range(440):
        data = {"type": "Finding", "rule": "kept", "passed": True, "observed": data}
    adapter: Any = pydantic.TypeAdapter(rp.Finding)

    def ask(calls: int) -> object:
        return adapter.validate_python({**data, "rule": "all"}) if calls == 0 else ask(calls - 1)

    del data["type"]
    with pytest.raises(pydantic.ValidationError) as caught:
        ask(sys.getrecursionlimit() // 2)
    assert caught.value.errors()[0]["type"] == "data.depth"


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_the_schema_of_a_model_has_ours_among_its_definitions(mode: Any) -> None:  # noqa: ANN401  # a literal
    schema = Question.model_json_schema(mode=mode)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    validator.validate(json.loads(QUESTION.model_dump_json()))
    assert schema["properties"]["debts"]["items"] == {"$ref": "#/$defs/Debt"}
    assert schema["properties"]["frequency"] == {"$ref": "#/$defs/Frequency"}
    ours = rp.json_schema(rp.Plan)["$defs"]
    assert {name: schema["$defs"][name] for name in ours} == ours
    assert not validator.is_valid({**json.loads(QUESTION.model_dump_json()), "frequency": "MONTHLY"})


def test_abstract_classes_are_fields_too() -> None:
    for name in ("Frequency", "HouseholdTable", "IncomeRule"):
        kind: Any = getattr(rp, name)
        assert is_abstract(kind)
        assert "anyOf" in pydantic.TypeAdapter(kind).json_schema()


def test_a_service_reads_bodies_and_describes_them() -> None:
    fastapi = pytest.importorskip("fastapi", reason="needs the extra test")
    pytest.importorskip("httpx2", reason="needs the extra test")
    testclient = pytest.importorskip("fastapi.testclient", reason="needs the extra test")
    app = fastapi.FastAPI()

    @app.post("/totals")  # type: ignore[untyped-decorator]  # imported where it is there
    def total(question: Question) -> rp.Money:
        return rp.Money.total([debt.total for debt in question.debts], EUR)

    client = testclient.TestClient(app)
    body = json.loads(QUESTION.model_dump_json())
    answer = client.post("/totals", json=body)
    assert (answer.status_code, answer.json()) == (200, {"amount": "1000.00", "currency": "EUR"})
    body["debts"][0]["principal"]["amount"] = "1e3 of Wang"
    answer = client.post("/totals", json=body)
    (found,) = answer.json()["detail"]
    assert (answer.status_code, found["loc"]) == (422, ["body", "debts", 0, "principal", "amount"])
    assert found["input"] is None
    openapi = client.get("/openapi.json").json()
    assert openapi["openapi"].startswith("3.1")
    assert openapi["components"]["schemas"]["Money"]["properties"]["currency"]["$ref"].endswith("/Currency")


def test_pydantic_loads_with_the_first_model_and_not_before() -> None:
    script = (
        "import sys, repayplan as rp; rp.to_dict(rp.Money(1, 'EUR')); rp.json_schema(rp.Terms);"
        "assert 'pydantic_core' not in sys.modules;"
        "import pydantic; pydantic.TypeAdapter(rp.Money).json_schema()"
    )
    subprocess.run([sys.executable, "-c", script], check=True)  # noqa: S603  # ours
