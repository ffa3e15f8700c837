from __future__ import annotations

import hashlib
import json
import pickle

import attrs
import pytest

import repayplan as rp
from repayplan.communication.entries import ENTRY_VERSION, LogEntry
from repayplan.communication.fields import personal_fields
from repayplan.communication.kinds import RECORD_KINDS, kind_name
from repayplan.communication.records import Record
from tests.communication.examples import NINE, call, salts
from tests.laws.communication_strategies import KINDS

AT = NINE.add(hours=2)
LOG = rp.CommunicationLog("bank").append(call(), at=AT, salts=salts())
ENTRY = LOG[0]


def test_the_bytes_of_an_entry_are_these() -> None:
    """The format, written out: digests never change within a version."""
    log = rp.CommunicationLog("bank").append(
        rp.Hardship(id="h", case_id="c", recorded_at=NINE, party_id="p", statement="ill"),
        at=AT,
        salts=[bytes(range(16))],
    )
    shown = '["000102030405060708090a0b0c0d0e0f","statement","ill"]'
    digest = hashlib.sha256(shown.encode()).hexdigest()
    entry = (
        '{"at":"2026-12-01T11:00:00+08:00","kind":"Hardship","log":"bank","number":0,"previous":"'
        + "00" * 32
        + '","record":{"case_id":"c","contact_id":null,"debts":[],"id":"h",'
        '"party_id":"p","recorded_at":"2026-12-01T09:00:00+08:00",'
        '"schema_version":1,"verification":"UNVERIFIED","verified_on":null},"sealed":{"statement":"'
        + digest
        + '"},"version":1}'
    )
    assert log[0].data.decode() == entry
    assert list(log.to_lines()) == [f'{{"disclosed":[{shown}],"entry":{entry}}}\n']
    assert log[0].hash == hashlib.sha256(b"\x00" + entry.encode()).digest()
    assert log.head().root == log[0].hash
    assert ENTRY_VERSION == 1


def test_every_kind_of_record_is_known_by_its_name() -> None:
    assert set(RECORD_KINDS.values()) == set(KINDS)
    assert all(name == kind.__name__ for name, kind in RECORD_KINDS.items())
    assert kind_name(call()) == "Contact"
    for wrong in (None, "Contact", rp.Contact, Record(id="x", case_id="c", recorded_at=NINE)):
        with pytest.raises(rp.InputTypeError) as caught:
            kind_name(wrong)  # type: ignore[arg-type]  # wrong on purpose
        assert (caught.value.code, caught.value.field) == ("type.wrong", "record")


@pytest.mark.parametrize("kind", KINDS)
def test_every_personal_field_may_be_absent(kind: type[rp.Record]) -> None:
    fields = {field.name: field for field in attrs.fields(kind)}
    for name in personal_fields(kind):
        assert fields[name].default is not attrs.NOTHING, name
    assert not personal_fields(kind) & {"id", "case_id", "recorded_at", "corrects", "entry"}


def test_an_entry_is_read_from_its_bytes_alone() -> None:
    again = LogEntry(ENTRY.data, ENTRY.disclosed)  # reads the bytes when asked
    assert again == ENTRY
    assert again.record == call()
    assert (again.number, again.kind, again.at, again.hash) == (0, "Contact", AT, ENTRY.hash)
    copied = pickle.loads(pickle.dumps(again))  # noqa: S301  # our own bytes
    assert (copied, copied.record, copied.missing) == (ENTRY, call(), frozenset())


def test_what_is_still_disclosed_counts_for_equality() -> None:
    less = LogEntry(ENTRY.data, {})
    assert less != ENTRY
    assert hash(less) == hash(ENTRY)
    assert less.missing == set(ENTRY.sealed)
    assert ENTRY.__eq__(5) is NotImplemented


@pytest.mark.parametrize("name", ["content", "interpreter"])
def test_a_disclosure_that_is_not_committed_to_is_refused(name: str) -> None:
    item = attrs.evolve(ENTRY.disclosed["content"], field=name, data=b'["00","x","y"]')
    with pytest.raises(rp.CommunicationError) as caught:
        LogEntry.read(ENTRY.data, json.loads(ENTRY.data), {name: item}, "entry")
    assert (caught.value.code, caught.value.field) == ("log.disclosure", f"entry.disclosed.{name}")
