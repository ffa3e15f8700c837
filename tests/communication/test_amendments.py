"""Amendments and redactions: what they name, and what a record is after them."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

import repayplan as rp
from repayplan.communication.amendments import ENTRIES_MAX, corrected
from tests.communication.examples import MOBILE, NINE, call, letter

LATER = NINE.add(days=1)
REDACTION = rp.Redaction(
    id="r", case_id="case", recorded_at=LATER, entry=0, fields=("content",), reason="erasure duty"
)
Wrong = Any


def amended(record: Wrong, to: Wrong, name: str = "a") -> rp.Amendment:
    return rp.amend(record, to, amendment_id=name, reason="mistyped", recorded_at=LATER)


def amendment(changes: Wrong) -> rp.Amendment:
    return rp.Amendment(
        id="a", case_id="case", recorded_at=LATER, corrects="call", reason="mistyped", changes=changes
    )


def refusal(value: Any, **fields: Any) -> rp.RepayPlanError:  # noqa: ANN401  # any value, any field
    with pytest.raises(rp.RepayPlanError) as caught:
        attrs.evolve(value, **fields)
    return caught.value


# ------------------------------------------------------------------------------------------ amend


def test_an_amendment_names_the_record_and_holds_the_fields_that_change() -> None:
    made = amended(call(), call(operator="op-8", debts=("card", "loan")))
    assert (made.id, made.case_id, made.corrects, made.reason) == ("a", "case", "call", "mistyped")
    assert made.recorded_at == LATER
    assert made.changes == '{"debts":["card","loan"]}'
    assert made.personal_changes == '{"operator":"op-8"}'
    assert repr(made) == "<Amendment a>"


@pytest.mark.parametrize(
    "fields",
    [
        {"operator": None},
        {"outcome": rp.Outcome.DROPPED},
        {"started_at": NINE.add(minutes=1)},
        {"started_at": NINE.in_timezone("UTC")},  # equal, yet another clock
        {"recorded_at": NINE.add(hours=2)},
        {"point": attrs.evolve(MOBILE, shared=True)},
        {"participants": ()},
        {"stated": {rp.StatedItem.RECORDED, rp.StatedItem.HELP}},
        {"content": "Otherwise: \u738b\nand more", "zone": "Europe/Berlin"},
    ],
    ids="+".join,
)
def test_a_record_with_its_amendment_is_the_record_that_was_meant(fields: dict[str, Any]) -> None:
    before, meant = call(), call(**fields)
    after = corrected(before, [amended(before, meant)])
    assert type(after) is rp.Contact
    assert after == meant
    assert before == call()
    assert rp.from_dict(rp.Contact, rp.to_dict(after)) == meant
    assert rp.to_dict(after) == rp.to_dict(meant)


def test_amendments_apply_in_their_order() -> None:
    first, second, third = call(), call(operator="op-8"), call(operator="op-9", debts=("loan",))
    steps = [amended(first, second), amended(second, third, "b")]
    assert corrected(first, steps) == third
    assert corrected(first, [steps[1], steps[0]]) == call(operator="op-8", debts=("loan",))
    assert corrected(first, []) == first
    assert corrected(first, ()) == first


def test_what_was_corrected_does_not_come_back_when_the_correction_is_erased() -> None:
    made = amended(call(), call(operator="op-8", debts=("loan",)))
    assert made.personal_names == ("operator",)
    erased = attrs.evolve(made, personal_changes=None)
    assert corrected(call(), [erased]) == call(operator=None, debts=("loan",))
    later = amended(call(operator=None, debts=("loan",)), call(operator="op-9", debts=("loan",)))
    assert corrected(call(), [erased, later]) == call(operator="op-9", debts=("loan",))


def test_the_names_of_personal_changes_are_those_of_the_changes() -> None:
    made = amended(call(), call(operator="op-8"))
    for names in ((), ("content",), ("content", "operator")):
        with pytest.raises(rp.CommunicationError) as caught:
            attrs.evolve(made, personal_names=names)
        assert (caught.value.code, caught.value.field) == ("amendment.names", "personal_names")


def test_a_correction_is_not_recorded_before_what_it_corrects() -> None:
    with pytest.raises(rp.CommunicationError) as caught:
        amended(call(recorded_at=LATER.add(minutes=1)), call())
    assert (caught.value.code, caught.value.field) == ("record.order", "recorded_at")


def test_what_an_amendment_makes_is_checked_as_any_record() -> None:
    with pytest.raises(rp.SerializationError) as caught:
        corrected(call(), [amendment('{"ended_at":"2026-11-30T09:00:00+08:00"}')])
    assert (caught.value.code, caught.value.field) == ("record.order", "ended_at")
    with pytest.raises(rp.SerializationError) as refused:
        corrected(call(), [amendment('{"nothing":1}')])
    assert refused.value.code == "data.unknown"


def test_a_contact_by_another_channel_is_the_same_kind_of_record() -> None:
    assert corrected(call(), [amended(call(), letter(id="call"))]) == letter(id="call")


@pytest.mark.parametrize(
    "other",
    [call(id="other"), call(case_id="other"), attrs.evolve(REDACTION, id="call")],
    ids=["id", "case", "kind"],
)
def test_a_record_is_amended_to_one_of_the_same_kind_id_and_case(other: Wrong) -> None:
    with pytest.raises(rp.CommunicationError) as caught:
        amended(call(), other)
    assert (caught.value.code, caught.value.field) == ("amendment.other", "to")


def test_an_amendment_changes_something() -> None:
    with pytest.raises(rp.CommunicationError) as caught:
        amended(call(), call())
    assert (caught.value.code, caught.value.field) == ("amendment.same", "to")


def test_a_record_is_amended_by_another_record() -> None:
    with pytest.raises(rp.CommunicationError) as caught:
        amended(call(), call(operator="op-8"), "call")
    assert (caught.value.code, caught.value.field) == ("amendment.itself", "corrects")


@pytest.mark.parametrize(
    ("record", "to"),
    [
        (None, call()),
        (call(), None),
        ("call", call()),
        (rp.WeeklyTimes(), rp.WeeklyTimes(start="08:00")),  # a value that is no record
        (rp.Money("1", "EUR"), rp.Money("2", "EUR")),
    ],
    ids=["none", "to none", "text", "no record", "money"],
)
def test_what_is_no_record_is_not_amended(record: Wrong, to: Wrong) -> None:
    with pytest.raises(rp.InputTypeError):
        amended(record, to)


# ------------------------------------------------------------------------------------------ changes


@pytest.mark.parametrize(
    ("changes", "error", "code"),
    [
        ("", rp.SerializationError, "canonical.json"),
        ("{", rp.SerializationError, "canonical.json"),
        ('{"a": 1}', rp.SerializationError, "canonical.form"),
        ('{"b":1,"a":1}', rp.SerializationError, "canonical.form"),
        ('{"a":1,"a":1}', rp.SerializationError, None),
        ('{"a":1.5}', rp.SerializationError, "canonical.type"),
        ('{"a":NaN}', rp.SerializationError, None),
        ("[" * 100_000, rp.SerializationError, "canonical.depth"),
        ("x" * 10_000_000, rp.SerializationError, "canonical.size"),
        ('{"a":"\ud800"}', rp.SerializationError, None),
    ],
    ids=["nothing", "torn", "space", "order", "twice", "float", "nan", "deep", "long", "surrogate"],
)
def test_changes_that_are_no_canonical_json_are_refused(
    changes: str, error: type[rp.RepayPlanError], code: str | None
) -> None:
    refused = refusal(amendment("{}"), changes=changes)
    assert type(refused) is error
    assert refused.field.startswith("changes")
    assert code in {None, refused.code}
    assert len(str(refused)) < 250


@pytest.mark.parametrize("changes", ["null", "true", "5", '"x"', "[]", "[1]", '[["operator","x"]]'])
def test_changes_are_the_fields_of_a_record_and_no_other_json(changes: str) -> None:
    # `corrected` would otherwise fail outside the error tree, or read pairs as fields
    refused = refusal(amendment("{}"), changes=changes)
    assert refused.field == "changes"


def test_changes_are_text_and_not_bytes() -> None:
    refused = refusal(amendment("{}"), changes=b"{}")
    assert type(refused) is rp.InputTypeError
    assert refused.field == "changes"


def test_an_amendment_corrects_another_record() -> None:
    refused = refusal(amendment("{}"), corrects="a")
    assert type(refused) is rp.CommunicationError
    assert (refused.code, refused.field) == ("amendment.itself", "corrects")


# ------------------------------------------------------------------------------------------ redactions


def test_a_redaction_names_an_entry_and_its_fields() -> None:
    made = attrs.evolve(REDACTION, entry=ENTRIES_MAX, fields=("content", "point"), by="officer")
    assert (made.entry, made.fields, made.by) == (2**53 - 1, ("content", "point"), "officer")
    assert repr(made) == "<Redaction r>"


@pytest.mark.parametrize("entry", [-1, ENTRIES_MAX + 1, 10**5000], ids=["-1", "2^53", "10^5000"])
def test_an_entry_has_a_number_that_json_keeps(entry: int) -> None:
    refused = refusal(REDACTION, entry=entry)
    assert type(refused) is rp.CommunicationError
    assert (refused.code, refused.field) == ("count.range", "entry")
    assert refused.data == {"minimum": 0, "maximum": ENTRIES_MAX}


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ((), "redaction.fields", "fields"),
        (("content", "content"), "record.twice", "fields[1]"),
        (("content", ""), "text.empty", "fields[1]"),
        (("a\u202eb",), "text.control", "fields[0]"),
        ("content", "tuple.type", "fields"),
        (("content", 1), "type.wrong", "fields[1]"),
        (tuple(map(str, range(101))), "tuple.length", "fields"),
    ],
)
def test_a_redaction_names_each_field_once_and_at_least_one(fields: Wrong, code: str, field: str) -> None:
    refused = refusal(REDACTION, fields=fields)
    assert (refused.code, refused.field) == (code, field)
