from __future__ import annotations

import copy
import hashlib
import pickle
import threading
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import repayplan as rp
from repayplan.communication.fields import personal_fields
from tests.communication.examples import MOBILE, NINE, call, letter, salts
from tests.communication.independent_verifier import canonical
from tests.laws.communication_strategies import Content, contents, hardship, relinked, written

if TYPE_CHECKING:
    from collections.abc import Callable

AT = NINE.add(hours=2)
EMPTY = rp.CommunicationLog("bank/log")
LOG = EMPTY.extend([(call(), AT), (letter(recorded_at=AT), AT), (hardship("h"), AT)], salts=salts())
Wrong = Any


def refused(
    call_: Callable[[], object], code: str, field: str, error: type[rp.RepayPlanError] = rp.CommunicationError
) -> rp.RepayPlanError:
    """The call is refused with the code and the field, and the example log is as it was."""
    before = tuple(LOG.to_lines()), LOG.head()
    with pytest.raises(error) as caught:
        call_()
    assert (caught.value.code, caught.value.field) == (code, field)
    assert str(caught.value).isprintable()
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301  # our own bytes
    assert (type(again), str(again)) == (type(caught.value), str(caught.value))
    assert (tuple(LOG.to_lines()), LOG.head()) == before
    return caught.value


def append(record: Wrong, at: Wrong = AT, given: Wrong = None, **more: Wrong) -> Callable[[], object]:
    return lambda: LOG.append(record, at=at, salts=salts(900) if given is None else given, **more)


def amendment(**fields: Wrong) -> rp.Amendment:
    given = {
        "id": "a",
        "case_id": "case",
        "recorded_at": AT,
        "corrects": "call",
        "reason": "mistake",
        "changes": "{}",
    }
    return rp.Amendment(**{**given, **fields})


def redaction(**fields: Wrong) -> rp.Redaction:
    given: Content = {"id": "x", "case_id": "case", "recorded_at": AT, "entry": 0}
    return rp.Redaction(**{**given, "fields": ("content",), "reason": "asked", **fields})


# ------------------------------------------------------------------------------------------ reading


def test_an_entry_says_where_it_stands() -> None:
    first, second = LOG[0], LOG[1]
    assert (first.number, first.log, first.kind, first.at) == (0, "bank/log", "Contact", AT)
    assert first.previous == "00" * 32
    assert second.previous == first.hash.hex()
    assert first.record == call()
    assert first.missing == frozenset()
    assert set(first.disclosed) == set(first.sealed)
    assert set(first.sealed) == {"point", "participants", "zone", "spoken_language", "content", "operator"}
    assert repr(first) == "<LogEntry 0: Contact>"
    assert hash(first) == hash(copy.copy(first))
    assert first != second
    assert first != "entry"


def test_what_is_personal_is_committed_to_and_not_in_clear() -> None:
    assert personal_fields(rp.Contact) >= {"content", "participants", "point", "operator", "hardship"}
    for secret in ("lost the job", "138 0000", "王小明", "op-7"):
        assert secret not in LOG[0].data.decode()
        assert secret not in repr(LOG) + repr(LOG[0]) + repr(LOG.head())


def test_a_log_is_a_sequence_of_entries() -> None:
    assert (len(EMPTY), list(EMPTY), EMPTY[:]) == (0, [], ())
    assert [entry.number for entry in LOG] == [0, 1, 2]
    assert LOG[-1] is LOG[2]
    assert LOG[1:] == (LOG[1], LOG[2])
    with pytest.raises(IndexError):
        LOG[3]
    assert repr(LOG) == "<CommunicationLog bank/log: 3 entries>"
    assert LOG.origin == "bank/log"
    assert LOG != "log"
    again = pickle.loads(pickle.dumps(LOG))  # noqa: S301  # our own bytes
    assert (again, hash(again)) == (LOG, hash(LOG))
    assert rp.CommunicationLog("other") != EMPTY


def test_first_and_known_by_give_the_log_as_it_was() -> None:
    assert LOG.first(3) == LOG
    assert LOG.first(0) == EMPTY
    assert LOG.known_by(AT) == LOG
    assert LOG.known_by(AT.subtract(microseconds=1)) == EMPTY
    refused(lambda: LOG.first(4), "count.range", "size")
    refused(lambda: LOG.first(-1), "count.range", "size")
    refused(
        lambda: LOG.first(True),  # noqa: FBT003  # wrong on purpose
        "count.type",
        "size",
        rp.InputTypeError,
    )
    refused(lambda: LOG.known_by(None), "moment.type", "moment", rp.InputTypeError)  # type: ignore[arg-type]  # wrong on purpose
    refused(lambda: LOG.known_by(AT.naive()), "moment.naive", "moment", rp.DateError)


def test_nothing_that_a_log_gives_out_can_change_it() -> None:
    log = EMPTY.append(call(), at=AT, salts=salts())
    before = tuple(log.to_lines()), log[0].missing, dict(log[0].sealed)
    for given in (log[0].disclosed, log[0].sealed):
        changeable: Any = given
        with pytest.raises((TypeError, AttributeError)):
            changeable.clear()
    assert (tuple(log.to_lines()), log[0].missing, dict(log[0].sealed)) == before


# ------------------------------------------------------------------------------------------ appending


@pytest.mark.parametrize("origin", ["", "\u200b", "a\nb", "\ud800", "x" * 201])
def test_a_bad_name_is_refused(origin: str) -> None:
    with pytest.raises(rp.CommunicationError) as caught:
        rp.CommunicationLog(origin)
    assert caught.value.field == "origin"


@pytest.mark.parametrize("wrong", [None, 5, "call", b"x", [], {}, MOBILE])
def test_what_is_no_record_is_refused(wrong: Wrong) -> None:
    refused(append(wrong), "type.wrong", "record", rp.InputTypeError)


def test_a_record_of_another_class_is_refused() -> None:
    @attrs.frozen(kw_only=True, repr=False)
    class Contact(rp.Contact):
        """Another class of the same name."""

    other = Contact(**{field.name: getattr(call(), field.name) for field in attrs.fields(rp.Contact)})
    refused(append(attrs.evolve(other, id="new")), "type.wrong", "record", rp.InputTypeError)
    plain = rp.Record(id="new", case_id="case", recorded_at=AT)
    refused(append(plain), "type.wrong", "record", rp.InputTypeError)


def test_ids_moments_and_heads_must_follow() -> None:
    refused(append(call()), "log.id", "record.id")
    new = call(id="new")
    refused(append(new, AT.subtract(microseconds=1)), "log.moment", "at")
    refused(append(call(id="new", recorded_at=AT.add(days=1))), "log.moment", "at")
    refused(append(new, "now"), "moment.type", "at", rp.InputTypeError)
    refused(append(new, AT.naive()), "moment.naive", "at", rp.DateError)
    stale = refused(append(new, onto=LOG.first(2).head()), "log.stale", "onto")
    assert stale.data["size"] == 3
    refused(append(new, onto="head"), "type.wrong", "onto", rp.InputTypeError)
    assert len(LOG.append(new, at=AT, salts=salts(900), onto=LOG.head())) == 4
    # another offset, the same moment
    assert len(LOG.append(new, at=AT.in_timezone("UTC"), salts=salts(900))) == 4


@pytest.mark.parametrize(
    ("given", "code", "field", "error"),
    [
        ([], "salts.few", "salts", rp.CommunicationError),
        ([bytes(16)], "salts.few", "salts", rp.CommunicationError),
        ([bytes(15)], "salts.length", "salts[0]", rp.CommunicationError),
        ([bytes(65)], "salts.length", "salts[0]", rp.CommunicationError),
        ([bytes(16), bytes(16)], "salts.twice", "salts[1]", rp.CommunicationError),
        ([bytes(16), "x" * 16], "salts.type", "salts[1]", rp.InputTypeError),
        ([bytearray(16)], "salts.type", "salts[0]", rp.InputTypeError),
        (bytes(64), "salts.type", "salts", rp.InputTypeError),
        ("x" * 64, "salts.type", "salts", rp.InputTypeError),
        (None, "salts.type", "salts", rp.InputTypeError),
        (5, "salts.type", "salts", rp.InputTypeError),
    ],
)
def test_a_bad_salt_is_refused(given: Wrong, code: str, field: str, error: type[rp.RepayPlanError]) -> None:
    refused(lambda: LOG.append(call(id="new"), at=AT, salts=given), code, field, error)
    with pytest.raises(error) as caught:
        LOG.extend([(call(id="new"), AT)], salts=given)
    assert caught.value.code == code


def test_a_salt_of_an_earlier_entry_is_refused() -> None:
    refused(append(call(id="new"), given=salts()), "salts.twice", "salts")
    shorter = LOG.first(1)  # which does not know the salts of later entries
    assert len(shorter.append(hardship("new"), at=AT, salts=salts(8))) == 2


def test_as_many_salts_as_needed_are_taken() -> None:
    source = salts(900)
    log = LOG.append(call(id="new"), at=AT, salts=source)
    needed = rp.salts_needed(call())
    assert needed == len(log[-1].disclosed) == 6
    assert next(source) == (901 + needed).to_bytes(16, "big")
    assert rp.salts_needed(rp.Hardship(id="h", case_id="c", recorded_at=AT, party_id="p")) == 0
    assert len(LOG.append(hardship("bare", statement=None), at=AT)) == 4


def test_extending_adds_all_or_none() -> None:
    assert EMPTY.extend([]) is EMPTY
    refused(
        lambda: LOG.extend([(hardship("n"), AT), (hardship("n"), AT)], salts=salts(900)),
        "log.id",
        "record.id",
    )


@pytest.mark.parametrize("wrong", [None, 5, [None], [call()], [(call(id="n"),)], "xy"])
def test_what_is_no_list_of_pairs_is_refused_by_the_tree(wrong: Wrong) -> None:
    with pytest.raises(rp.InputTypeError):
        LOG.extend(wrong, salts=salts(900))


# ------------------------------------------------------------------------------------------ corrections


def test_an_amendment_corrects_and_leaves_the_record_as_it_is() -> None:
    to = call(outcome=rp.Outcome.DROPPED)
    note = rp.amend(call(), to, amendment_id="a", reason="it broke off", recorded_at=AT)
    log = LOG.append(note, at=AT, salts=salts(900))
    assert log.record("call") == to
    assert log[0].record == call()
    assert log.first(3).record("call") == call()
    assert log.amendments("call") == (note,)
    assert log.first(3).amendments("call") == ()
    assert log.amendments("letter") == ()
    refused(lambda: LOG.record("a"), "log.unknown", "record_id")


def test_an_amendment_is_of_the_same_record_and_changes_something() -> None:
    def amended(to: rp.Record, code: str, field: str, at: Wrong = AT) -> None:
        refused(lambda: rp.amend(call(), to, amendment_id="a", reason="x", recorded_at=at), code, field)

    amended(call(), "amendment.same", "to")
    amended(call(id="other"), "amendment.other", "to")
    amended(call(case_id="other"), "amendment.other", "to")
    amended(hardship("call", case_id="case"), "amendment.other", "to")
    refused(lambda: amendment(corrects="a"), "amendment.itself", "corrects")


def test_an_amendment_must_fit() -> None:
    refused(append(amendment(corrects="nobody")), "amendment.target", "record.corrects")
    refused(append(amendment(case_id="other")), "amendment.case", "record.case_id")
    refused(append(amendment(changes='{"id":"new"}')), "amendment.changes", "record.changes")
    refused(append(amendment(changes='{"case_id":"new"}')), "amendment.changes", "record.changes")
    log = LOG.append(amendment(), at=AT)
    assert log.record("call") == call()  # whose changes are not there
    refused(lambda: log.append(amendment(id="b", corrects="a"), at=AT), "amendment.target", "record.corrects")
    log = LOG.append(redaction(), at=AT)
    refused(lambda: log.append(amendment(corrects="x"), at=AT), "amendment.target", "record.corrects")


@pytest.mark.parametrize(
    "changes", ["[]", "5", "null", '"abc"', '[["content","x"]]', "true", '{"nickname":1}', '{"content":5}']
)
def test_changes_that_are_no_fields_are_refused_by_the_tree(changes: str) -> None:
    with pytest.raises(rp.RepayPlanError):
        LOG.append(amendment(changes=changes), at=AT, salts=salts(900))


def test_erasing_an_amendment_is_possible_whatever_was_amended_later() -> None:
    steps = (call(), call(content="b", operator="op-8"), call(content="c", operator="op-8"))
    log = LOG
    for name, before, to in (("a", steps[0], steps[1]), ("b", steps[1], steps[2])):
        note = rp.amend(before, to, amendment_id=name, reason="mistake", recorded_at=AT)
        assert note.changes == "{}"  # what is personal is not in clear
        log = log.append(note, at=AT, salts=salts(900 + len(log)))
    assert log.record("call") == steps[2]
    erased = log.redact(3, ["personal_changes"], "erasure", AT)
    assert erased.record("call") == call(content="c", operator=None)  # not the one that was wrong
    assert rp.verify_log(erased, erased.head()).is_complete
    items = contents(log)
    items[3]["disclosed"] = []
    found = rp.verify_log([written(item) for item in items], log.head())
    assert found.is_intact
    assert found.lost == (rp.FieldsOf(3, ("personal_changes",)),)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"changes": '{"content":"x"}'}, "record.changes"),
        (
            {"personal_changes": '{"purpose":"OFFER"}', "personal_names": ["purpose"]},
            "record.personal_changes",
        ),
        ({"personal_changes": '{"nickname":"x"}', "personal_names": ["nickname"]}, "record.personal_changes"),
        ({"changes": '{"schema_version":1}'}, "record.changes"),
    ],
)
def test_an_amendment_keeps_what_is_personal_apart(fields: Wrong, field: str) -> None:
    refused(append(amendment(**fields)), "amendment.personal", field)


# ------------------------------------------------------------------------------------------ erasures


def test_an_erasure_removes_the_content_and_the_salt_and_leaves_a_note() -> None:
    log = LOG.redact(0, ["content", "zone"], "asked for", AT)
    (note,) = log.redactions()
    assert (note.id, note.case_id, note.entry, note.fields) == ("redaction-3", "case", 0, ("content", "zone"))
    assert (note.reason, note.by, note.recorded_at) == ("asked for", None, AT)
    assert log[0].record == call(content=None, zone=None)
    assert log[0].missing == {"content", "zone"}
    assert log[0].data == LOG[0].data
    assert "lost the job" not in next(log.to_lines())
    assert LOG[0].record == call()
    assert LOG.redactions() == ()
    assert log.redact(1, ["content"], "asked for", AT, record_id="mine")[-1].record.id == "mine"


@pytest.mark.parametrize(
    ("arguments", "code", "field", "error"),
    [
        ((3, ["content"], "r", AT), "count.range", "number", rp.CommunicationError),
        ((-1, ["content"], "r", AT), "count.range", "number", rp.CommunicationError),
        (("0", ["content"], "r", AT), "count.type", "number", rp.InputTypeError),
        ((0, ["id"], "r", AT), "redaction.fields", "fields", rp.CommunicationError),
        ((0, [], "r", AT), "redaction.fields", "fields", rp.CommunicationError),
        ((0, "content", "r", AT), "tuple.type", "fields", rp.InputTypeError),
        ((0, ["content", "content"], "r", AT), "record.twice", "fields[1]", rp.CommunicationError),
        ((0, ["content"], "", AT), "text.empty", "reason", rp.CommunicationError),
        ((0, ["content"], "r", NINE), "log.moment", "at", rp.CommunicationError),
        ((0, ["content"], "r", None), "moment.type", "at", rp.InputTypeError),
    ],
)
def test_a_bad_erasure_is_refused(
    arguments: Wrong, code: str, field: str, error: type[rp.RepayPlanError]
) -> None:
    refused(lambda: LOG.redact(*arguments), code, field, error)


def test_several_entries_are_erased_at_once_as_one_after_the_other() -> None:
    one_by_one = LOG.redact(0, ["content", "zone"], "asked", AT).redact(1, ["content"], "asked", AT)
    at_once = LOG.redact_each({0: ["content", "zone"], 1: ["content"]}, "asked", AT)
    assert at_once == one_by_one
    assert at_once[0].missing == {"content", "zone"}
    assert [note.id for note in at_once.redactions()] == ["redaction-3", "redaction-4"]


@pytest.mark.parametrize(
    ("erasures", "code", "field"),
    [
        ({0: ["content"], 3: ["content"]}, "count.range", "number"),
        ({0: ["content"], 1: ["id"]}, "redaction.fields", "fields"),
        ({}, "redaction.none", "erasures"),
        ([0], "type.wrong", "erasures"),
    ],
)
def test_of_several_erasures_none_is_made_where_one_is_wrong(erasures: Wrong, code: str, field: str) -> None:
    with pytest.raises(rp.RepayPlanError) as caught:
        LOG.redact_each(erasures, "asked", AT)
    assert (caught.value.code, caught.value.field) == (code, field)


def test_an_erasure_says_who_ordered_it() -> None:
    erased = LOG.redact(0, ["content"], "asked", AT, by="data protection officer", salts=salts(900))
    (note,) = erased.redactions()
    assert (note.by, erased[3].missing) == ("data protection officer", frozenset())
    assert b"officer" not in erased[3].data  # a person, so that it can be erased in its turn
    refused(lambda: LOG.redact(0, ["content"], "asked", AT, by="officer"), "salts.few", "salts")


def test_nothing_is_erased_twice_nor_from_an_empty_log() -> None:
    log = LOG.redact(0, ["content"], "asked for", AT)
    refused(lambda: log.redact(0, ["content"], "again", AT), "redaction.fields", "fields")
    refused(lambda: EMPTY.redact(0, ["content"], "r", AT), "redaction.empty", "number")
    refused(lambda: log.redact(1, ["content"], "r", AT, record_id="call"), "log.id", "record.id")


def test_a_correction_moves_no_moment_of_recording_and_is_not_recorded_before_it() -> None:
    late = '{"recorded_at":"2026-12-01T23:00:00+08:00"}'
    refused(append(amendment(changes=late)), "amendment.changes", "record.changes")
    early = call().recorded_at.subtract(minutes=1)
    refused(append(amendment(recorded_at=early)), "record.order", "record.recorded_at")


def test_what_was_refused_leaves_nothing_behind() -> None:
    log = EMPTY.append(call(), at=AT, salts=salts())
    orphan = call(id="orphan", content="ORPHAN")
    refused(lambda: log.extend([(orphan, AT), (call(), AT)], salts=salts(900)), "log.id", "record.id")
    assert len(log._view.store.entries) == 1  # noqa: SLF001  # what no log could ever erase
    longer = log.extend([(orphan, AT)], salts=salts(900))
    assert (len(longer), len(log)) == (2, 1)


def test_what_was_refused_leaves_longer_logs_as_they_are() -> None:
    short = EMPTY.append(call(), at=AT, salts=salts())
    longer = short.extend([(hardship("a"), AT), (hardship("b"), AT)], salts=salts(900))
    lines, head = list(longer.to_lines()), longer.head()
    for records in ([(call(), AT)], [None]):
        with pytest.raises(rp.RepayPlanError):
            short.extend(records, salts=salts(950))  # type: ignore[arg-type]  # wrong on purpose
        assert (list(longer.to_lines()), longer.head()) == (lines, head)


def test_a_note_of_erasure_must_fit() -> None:
    refused(append(redaction(entry=3)), "redaction.entry", "record.entry")
    refused(append(redaction(fields=("id",))), "redaction.fields", "record.fields")
    refused(append(redaction(case_id="other")), "redaction.case", "record.case_id")
    log = LOG.append(redaction(), at=AT)  # noted, and still there
    assert rp.verify_log(log, log.head()).unerased == (rp.FieldsOf(0, ("content",)),)


# ------------------------------------------------------------------------------------------ storing


def read(lines: Wrong, **more: Wrong) -> Callable[[], object]:
    return lambda: rp.CommunicationLog.from_lines(lines, **more)


LINES = list(LOG.to_lines())


def test_lines_are_read_as_text_and_as_bytes() -> None:
    assert rp.CommunicationLog.from_lines(LINES) == LOG
    assert rp.CommunicationLog.from_lines(line.encode() for line in LINES) == LOG
    assert rp.CommunicationLog.from_lines([], origin="bank/log") == EMPTY
    assert rp.CommunicationLog.from_lines([], head=EMPTY.head()) == EMPTY


@pytest.mark.parametrize("wrong", [None, 5, "".join(LINES), "".join(LINES).encode()])
def test_what_is_no_lines_is_refused(wrong: Wrong) -> None:
    refused(read(wrong), "lines.type", "lines", rp.InputTypeError)


def test_bad_options_are_refused() -> None:
    refused(read([]), "log.origin", "origin")
    refused(read(LINES, origin=5), "text.type", "origin", rp.InputTypeError)
    refused(read(LINES, origin=""), "text.empty", "origin")
    refused(read(LINES, head="head"), "type.wrong", "head", rp.InputTypeError)


def test_a_head_of_another_log_is_refused() -> None:
    other = attrs.evolve(LOG.head(), origin="other")
    for origin in (None, "bank/log"):
        with pytest.raises(rp.CommunicationError):
            rp.CommunicationLog.from_lines(LINES, origin=origin, head=other)
    with pytest.raises(rp.CommunicationError):
        rp.CommunicationLog.from_lines([], origin="x", head=EMPTY.head())


@pytest.mark.parametrize(
    ("line", "code", "error"),
    [
        (5, "lines.type", rp.InputTypeError),
        (None, "lines.type", rp.InputTypeError),
        (LINES[1][:-1], "log.truncated", rp.SerializationError),
        (LINES[1][:40], "log.truncated", rp.SerializationError),
        ("", "log.truncated", rp.SerializationError),
        ("\n", "canonical.json", rp.SerializationError),
        ("\ufeff" + LINES[1], "canonical.utf8", rp.SerializationError),
        ("\ud800\n", "canonical.utf8", rp.SerializationError),
        (LINES[1][:-1] + "\r\n", "canonical.form", rp.SerializationError),
        (" " + LINES[1], "canonical.form", rp.SerializationError),
        ("x" * 10_000_000 + "\n", "canonical.size", rp.SerializationError),
        ("[" * 100_000 + "\n", "canonical.depth", rp.SerializationError),
        ("{}\n", "log.form", rp.SerializationError),
        ("[]\n", "log.form", rp.SerializationError),
        ('{"disclosed":{},"entry":{}}\n', "log.form", rp.SerializationError),
        ('{"disclosed":[],"entry":{}}\n', "log.form", rp.SerializationError),
        ('{"disclosed":[5],"entry":{}}\n', "log.disclosure", rp.CommunicationError),
        (LINES[0], "log.number", rp.CommunicationError),
    ],
)
def test_the_first_bad_line_is_named(line: Wrong, code: str, error: type[rp.RepayPlanError]) -> None:
    with pytest.raises(error) as caught:
        rp.CommunicationLog.from_lines([LINES[0], line, LINES[2]])
    assert caught.value.code == code
    assert caught.value.field.startswith("lines[1]")
    assert caught.value.data["line"] == 2
    assert len(str(caught.value)) < 400


def test_a_record_as_large_as_may_be_appended_can_be_read_again() -> None:
    text = "😀" * 200

    def name(place: int) -> str:
        return text[:-3] + f"{place:03}"

    original = rp.Original(digest="0" * 64, where=text, form=rp.OriginalForm.PDF)
    papers = tuple(rp.Document(id=name(place), title=text, original=original) for place in range(100))
    authority = rp.Authority(scope=text, document=text)
    checked = rp.Verification(method=text, at=NINE, result=rp.VerificationResult.CONFIRMED)
    people = tuple(
        rp.Participant(
            party=rp.Party(
                id=name(place), role=rp.PartyRole.ADVISER, name=text, organisation=text, authority=authority
            ),
            verification=checked,
        )
        for place in range(100)
    )
    record = call(
        content="😀" * 20_000, participants=people, documents_sent=papers, documents_received=papers
    )
    try:
        log = EMPTY.append(record, at=AT, salts=salts())
    except rp.RepayPlanError:  # refused at once is as good
        return
    assert rp.CommunicationLog.from_lines(log.to_lines(), head=log.head()) == log


def changed_entry(change: Callable[[Content], object]) -> list[str]:
    items = contents(LOG)
    change(items[1]["entry"])
    return relinked(items, 2)


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"version": 2}, "log.version", "version"),
        ({"version": True}, "log.version", "version"),
        ({"version": "1"}, "log.version", "version"),
        ({"version": None}, "log.version", "version"),
        ({"kind": "Nothing"}, "log.kind", "kind"),
        ({"kind": "Record"}, "log.kind", "kind"),
        ({"kind": 5}, "log.form", "kind"),
        ({"at": 5}, "log.form", "at"),
        ({"at": "2026-12-01"}, "moment.text", "at"),
        ({"log": "other"}, "log.other", ""),
        ({"log": None}, "log.form", "log"),
        ({"number": True}, "log.form", "number"),
        ({"previous": None}, "log.form", "previous"),
        ({"record": []}, "log.form", "record"),
        ({"sealed": []}, "log.form", "sealed"),
        ({"more": 1}, "log.form", ""),
    ],
)
def test_an_entry_of_another_form_is_refused(change: Content, code: str, field: str) -> None:
    lines = changed_entry(lambda entry: entry.update(change))
    with pytest.raises(rp.RepayPlanError) as caught:
        rp.CommunicationLog.from_lines(lines)
    assert (caught.value.code, caught.value.field) == (code, f"lines[1].{field}".rstrip("."))


def test_a_field_that_is_not_personal_is_not_sealed() -> None:
    lines = changed_entry(lambda entry: entry["sealed"].update(purpose="00" * 32))
    refused(read(lines), "log.sealed", "lines[1].sealed", rp.SerializationError)


def test_the_record_of_a_line_is_checked_as_when_it_was_made() -> None:
    lines = changed_entry(lambda entry: entry["record"].update(nickname="x"))
    with pytest.raises(rp.SerializationError) as caught:
        rp.CommunicationLog.from_lines(lines)
    assert caught.value.field == "lines[1].nickname"
    lines = changed_entry(lambda entry: entry["record"].update(id="call"))
    refused(read(lines), "log.id", "lines[1].record.id")
    lines = changed_entry(lambda entry: entry.update(at="2026-11-30T00:00:00+08:00"))
    refused(read(lines), "log.moment", "lines[1].at")


def unsorted(entry: Content) -> None:
    entry["record"]["stated"] = ["SEAL", "RECORDED"]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda entry: entry["sealed"].update(interpreter=5), id="a digest that is none"),
        pytest.param(lambda entry: entry["sealed"].update(interpreter="AB" * 32), id="a digest in capitals"),
        pytest.param(lambda entry: entry["record"].update(dialect="x"), id="a personal field in clear"),
        pytest.param(lambda entry: entry["record"].pop("purpose"), id="a field without a default left out"),
        pytest.param(unsorted, id="a set in another order"),
    ],
)
def test_an_entry_that_this_library_never_wrote_is_refused(change: Callable[[Content], object]) -> None:
    with pytest.raises(rp.RepayPlanError):
        rp.CommunicationLog.from_lines(changed_entry(change))


def test_an_entry_that_is_older_than_a_field_is_read_with_its_default() -> None:
    log = rp.CommunicationLog.from_lines(changed_entry(lambda entry: entry["record"].pop("actions")))
    found = log[1].record
    assert isinstance(found, rp.Contact)
    assert (found.actions, "actions" in log[1].open_fields) == ((), False)


def test_what_is_given_of_an_entry_is_a_copy() -> None:
    entry = pickle.loads(pickle.dumps(LOG[1]))  # noqa: S301  # our own bytes
    before = entry.open_fields["debts"].copy()
    entry.open_fields["debts"].append("forged")
    assert (entry.open_fields["debts"], entry.record) == (before, LOG[1].record)


def test_one_salt_for_two_fields_of_a_line_is_refused() -> None:
    items = contents(LOG)
    sealed: Any = items[0]["entry"]["sealed"]
    for shown in items[0]["disclosed"]:
        shown[0] = "ab" * 16
        sealed[shown[1]] = hashlib.sha256(canonical(shown)).hexdigest()
    refused(read(relinked(items)), "salts.twice", "lines[0].salts")


# ------------------------------------------------------------------------------------------ several writers


def test_threads_that_append_to_one_log_get_logs_of_their_own() -> None:
    results: dict[int, rp.CommunicationLog] = {}
    ready = threading.Barrier(8)

    def write(number: int) -> None:
        ready.wait()
        results[number] = LOG.append(hardship(f"t{number}"), at=AT, salts=salts(10_000 + number))

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == list(range(8))
    for number, log in results.items():
        assert [entry.record.id for entry in log] == ["call", "letter", "h", f"t{number}"]
        assert rp.verify_log(log, log.head()).is_complete
    assert len(LOG) == 3
