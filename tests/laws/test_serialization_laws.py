"""Law 16 for every public class: what is written is read again as it was, and nothing else is read.

Values come from the strategies of the other laws, and from the golden files by changes after which the
constructors still take them; so each class is reached, in shapes that nobody wrote down.
"""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

import repayplan as rp
from tests.clock import within
from tests.laws import budget_strategies, communication_strategies, plan_strategies, schedule_strategies
from tests.laws import strategies as basic
from tests.laws.serialization_strategies import broken, near, shapes
from tests.laws.test_purity import WATCH, run
from tests.serialization.golden_files import KINDS, values

FEW = settings(max_examples=max(settings().max_examples // 10, 1))
EUR = rp.Currency.of("EUR")
SECONDS = 5
"""Of the processor, for one document: the slowest of the examples takes a hundredth of a second."""

MADE: dict[str, st.SearchStrategy[Any]] = {
    "currencies": basic.currencies(),
    "money": basic.money(),
    "rates": basic.rates(),
    "frequencies": basic.frequencies(),
    "calendars": basic.explicit_calendars(),
    "terms": schedule_strategies.terms(),
    "schedules": schedule_strategies.schedules(),
    "budgets": basic.currencies().flatmap(budget_strategies.budgets),
    "affordabilities": budget_strategies.cases(),
    "debts": basic.dates().flatmap(lambda day: plan_strategies.debts(EUR, day)),
    "records": communication_strategies.records(),
    "logs": communication_strategies.logs(),
}


def check_law(value: Any) -> None:  # noqa: ANN401  # any value
    kind = type(value)
    plain = rp.to_dict(value)
    text = json.dumps(plain, allow_nan=False)
    assert json.loads(text) == plain
    again = rp.from_dict(kind, json.loads(text))
    assert again == value
    assert type(again) is kind
    assert json.dumps(rp.to_dict(again)) == text


def read(kind: Any, document: object) -> tuple[Any, Exception | None]:  # noqa: ANN401  # a class, its value
    """Give the value, or the error, whichever it is: a refusal is timed like a reading."""
    try:
        return rp.from_dict(kind, document), None
    except Exception as error:  # noqa: BLE001  # that there is no other than ours is the law
        return None, error


@pytest.mark.parametrize("name", MADE)
@given(data=st.data())
def test_a_value_of_any_strategy_is_read_as_it_was_written(name: str, data: st.DataObject) -> None:
    value = data.draw(MADE[name])
    try:
        rp.to_dict(value)
    except rp.SerializationError as error:
        assert error.code == "data.kind"  # noqa: PT017  # the calendars of some terms are functions
        assert error.field.endswith("calendar")  # noqa: PT017  # as above
        return
    check_law(value)


@pytest.mark.parametrize("name", KINDS)
@given(data=st.data())
@FEW
def test_a_value_near_to_an_example_is_read_as_it_was_written(name: str, data: st.DataObject) -> None:
    document = data.draw(near(name))
    before = copy.deepcopy(document)
    try:
        value = rp.from_dict(KINDS[name], document)
    except rp.SerializationError as error:
        event("refused")
        assert error.field  # noqa: PT017  # refused or not, by the value
        assert len(str(error)) < 600  # noqa: PT017  # as above
    else:
        event("read")
        check_law(value)
    assert document == before


@pytest.mark.parametrize("name", KINDS)
@given(data=st.data())
@FEW
def test_data_of_any_shape_are_read_or_refused_with_one_error(name: str, data: st.DataObject) -> None:
    document = data.draw(st.one_of(broken(name), shapes()))
    with within(SECONDS):
        value, error = read(KINDS[name], document)
    if error is None:
        check_law(value)
    else:
        assert type(error) is rp.SerializationError
        assert error.field
        assert len(str(error)) < 600


@given(data=shapes(), version=st.sampled_from([1, 1, 2, True, "1", None]))
def test_data_of_any_shape_under_a_version_are_no_more_than_that(data: object, version: object) -> None:
    for kind in (rp.Money, rp.Limit, rp.Finding, rp.Terms, rp.CommunicationLog):
        document = {**data, "schema_version": version} if isinstance(data, dict) else data
        try:
            found = rp.from_dict(kind, document)
        except Exception as error:  # noqa: BLE001  # as above
            assert type(error) is rp.SerializationError  # noqa: PT017  # as above
        else:
            assert type(version) is int
            check_law(found)


@pytest.mark.parametrize("name", KINDS)
def test_every_class_is_read_near_to_its_examples_too(name: str) -> None:
    # without this, a strategy that only makes what is refused would prove nothing
    assert values(name)
    for value in values(name):
        check_law(value)


JOB = """
import decimal, hashlib, json
from tests.serialization.golden_files import KINDS, documents
DOCUMENTS = [(kind, documents(name)) for name, kind in KINDS.items()]

def written():
    for kind, found in DOCUMENTS:
        yield [rp.to_dict(rp.from_dict(kind, document)) for document in found], rp.json_schema(kind)

def digest():
    return hashlib.sha256(json.dumps(list(written())).encode()).hexdigest()
"""


def test_plain_data_raise_no_event_of_input_or_output() -> None:
    # the first run resolves annotations and loads modules
    watched = "list(written())\nactive = True\nlist(written())\nactive = False\nassert not seen, seen\n"
    assert run(f"{JOB}{WATCH}\n{watched}") == ""


def test_plain_data_are_the_same_in_any_process() -> None:
    odd = "decimal.setcontext(decimal.Context(prec=3, Emax=5, Emin=-5, capitals=0, traps=[]))\n"
    assert run(f"{JOB}print(digest())") == run(f"{JOB}{odd}print(digest())")
