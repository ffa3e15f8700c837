"""Laws 14 and 16: what happened to a log is seen against a held head; records survive storage exactly."""

from __future__ import annotations

import copy
import json
import pickle
from typing import TYPE_CHECKING, Any

import attrs
import pendulum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import repayplan as rp
from tests.communication.independent_verifier import verify
from tests.laws.communication_strategies import (
    EXAMPLE_AT,
    KINDS,
    Content,
    History,
    contents,
    exported,
    hardship,
    histories,
    lines_of,
    logs,
    maybe,
    possible_outcomes,
    records_of,
    relinked,
    salts,
    short_log,
    written,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

FEW = settings(max_examples=settings().max_examples // 3)
"""Logs are long, and each is read again in many ways; the thorough profile searches longer."""
SHORT = short_log()
SHORT_DATA, SHORT_HEAD = exported(SHORT), SHORT.head()


def bad(lines: list[Any], head: rp.Head) -> rp.LogVerification:
    """The verification of lines that are not what the head says; the verifier of its own agrees."""
    found = rp.verify_log(lines, head)
    assert not found.is_intact
    assert not found.is_complete
    assert found.code
    assert found.message
    plain = [line.encode() if isinstance(line, str) else line for line in lines]
    assert verify(plain, head.to_text()).troubles
    return found


# ------------------------------------------------------------------------------------------ a log as it was


def fields_of(pairs: dict[int, set[str]]) -> tuple[rp.FieldsOf, ...]:
    return tuple(
        rp.FieldsOf(number, tuple(sorted(names))) for number, names in sorted(pairs.items()) if names
    )


@FEW
@given(histories())
def test_what_was_not_touched_is_intact_and_erasures_are_told(history: History) -> None:
    log, head = history.log, history.log.head()
    erased: dict[int, set[str]] = {}
    for note in log.redactions():
        erased.setdefault(note.entry, set()).update(note.fields)
    for lines in (log, list(log.to_lines()), lines_of(exported(log))):
        found = rp.verify_log(lines, head)
        assert (found.is_intact, found.is_complete, found.first_bad) == (True, True, None)
        assert (found.redacted, found.lost, found.unerased) == (fields_of(erased), (), ())
    again = rp.CommunicationLog.from_lines(lines_of(exported(log)), origin=log.origin, head=head)
    assert again == log
    assert again.origin == log.origin
    assert exported(again) == exported(log)
    verdict = verify(lines_of(exported(log)), head.to_text())
    assert verdict.troubles == ()
    assert verdict.missing == {number: tuple(sorted(names)) for number, names in erased.items()}


# ------------------------------------------------------------------------------------------ bits


def test_every_flip_of_a_bit_of_a_small_log_is_seen_and_its_entry_named() -> None:
    ends = [place for place, byte in enumerate(SHORT_DATA) if byte == ord("\n")]
    for place in range(len(SHORT_DATA)):
        number = sum(end < place for end in ends)
        for bit in range(8):
            changed = bytearray(SHORT_DATA)
            changed[place] ^= 1 << bit
            found = rp.verify_log(lines_of(bytes(changed)), SHORT_HEAD)
            assert found.first_bad == number, (place, bit)


def test_the_verifier_of_its_own_sees_every_flip_too() -> None:
    head = SHORT_HEAD.to_text()
    for place in range(len(SHORT_DATA) * 8):
        changed = bytearray(SHORT_DATA)
        changed[place // 8] ^= 1 << place % 8
        assert verify(lines_of(bytes(changed)), head).troubles, place


@FEW
@given(logs(minimum=1), st.data())
def test_a_flip_of_a_bit_of_any_log_is_seen_and_its_entry_named(
    log: rp.CommunicationLog, data: st.DataObject
) -> None:
    lines = lines_of(exported(log))
    number = data.draw(st.integers(0, len(lines) - 1))
    changed = bytearray(lines[number])
    place = data.draw(st.integers(0, len(changed) * 8 - 1))
    changed[place // 8] ^= 1 << place % 8
    lines[number] = bytes(changed)
    assert bad(lines, log.head()).first_bad == number


def test_every_flip_of_a_bit_of_a_heads_text_is_seen() -> None:
    data = SHORT_HEAD.to_text().encode()
    for place in range(len(data) * 8):
        changed = bytearray(data)
        changed[place // 8] ^= 1 << place % 8
        try:
            head = rp.Head.from_text(changed.decode())
        except (UnicodeDecodeError, rp.CommunicationError):  # no head at all
            continue
        assert head != SHORT_HEAD
        assert head.to_text().encode() == bytes(changed)
        assert not rp.verify_log(SHORT, head).is_intact
        assert not rp.verify_excerpt(rp.excerpt(SHORT, 0), head)
        assert not rp.compare_heads(SHORT_HEAD, head).is_consistent


# ------------------------------------------------------------------------------------------ whole entries


@FEW
@given(logs(minimum=2), st.data())
def test_a_removed_entry_is_named(log: rp.CommunicationLog, data: st.DataObject) -> None:
    lines = list(log.to_lines())
    number = data.draw(st.integers(0, len(lines) - 1))
    del lines[number]
    assert bad(lines, log.head()).first_bad == number


@FEW
@given(logs(minimum=1), st.data())
def test_a_cut_end_is_named(log: rp.CommunicationLog, data: st.DataObject) -> None:
    lines = list(log.to_lines())
    size = data.draw(st.integers(0, len(lines) - 1))
    assert bad(lines[:size], log.head()).first_bad == size
    file = exported(log)
    cut = file[: data.draw(st.integers(1, len(file) - 1))]
    assert bad(lines_of(cut), log.head()).first_bad == cut.count(b"\n")


@FEW
@given(logs(minimum=1), st.data())
def test_an_entry_that_is_there_twice_is_named(log: rp.CommunicationLog, data: st.DataObject) -> None:
    lines = list(log.to_lines())
    number = data.draw(st.integers(0, len(lines) - 1))
    place = data.draw(st.integers(0, len(lines)))
    changed = [*lines[:place], lines[number], *lines[place:]]
    # before itself, the copy stands where the entry stood, and the entry is the one too many
    assert bad(changed, log.head()).first_bad == (place + 1 if place == number else place)


@FEW
@given(logs(minimum=1), st.data())
def test_a_foreign_entry_is_named(log: rp.CommunicationLog, data: st.DataObject) -> None:
    items = contents(log)
    place = data.draw(st.integers(0, len(items)))
    kept = rp.CommunicationLog(log.origin)
    salt = data.draw(st.integers(0, 2**16))
    for number in range(place + 1):  # a number and a form that are right
        at = log[-1].at
        kept = kept.append(
            hardship(f"new {number}", recorded_at=at), at=at, salts=salts(2**33 + salt + number)
        )
    new = contents(kept)[place]
    lines = [written(item) for item in [*items[:place], new, *items[place:]]]
    found = bad(lines, log.head())
    assert found.first_bad == (place or found.first_bad)
    if place == 0:  # it names no entry before, as a first one does; the old first has the number 0 too
        assert found.first_bad in {0, 1}
    renewed = relinked([*contents(log)[:place], new, *contents(log)[place:]], place)
    assert bad(renewed, log.head()).first_bad is not None


@FEW
@given(logs(minimum=2), st.data())
def test_swapped_entries_are_named(log: rp.CommunicationLog, data: st.DataObject) -> None:
    lines = list(log.to_lines())
    places = st.lists(st.integers(0, len(lines) - 1), min_size=2, max_size=2, unique=True)
    one, other = sorted(data.draw(places))
    lines[one], lines[other] = lines[other], lines[one]
    assert bad(lines, log.head()).first_bad == one


@FEW
@given(st.integers(2, 8), st.data())
def test_a_splice_of_two_logs_is_seen_at_its_seam(size: int, data: st.DataObject) -> None:
    ours, theirs = short_log(size, seed=1), short_log(size, seed=2)
    seam = data.draw(st.integers(1, size - 1))
    lines = [*list(ours.to_lines())[:seam], *list(theirs.to_lines())[seam:]]
    for head in (ours.head(), theirs.head()):
        # two entries do not fit: nothing but an older head tells which of them is the foreign one
        assert bad(lines, head).first_bad in {seam - 1, seam}
    assert bad(list(theirs.to_lines()), ours.head()).first_bad == size - 1
    other = short_log(size, origin="other bank")
    assert bad([*list(ours.to_lines())[:seam], *list(other.to_lines())[seam:]], ours.head()).first_bad in {
        seam - 1,
        seam,
    }


# ------------------------------------------------------------------------------------------ changes


@FEW
@given(logs(minimum=1), st.data())
def test_a_changed_record_is_named(log: rp.CommunicationLog, data: st.DataObject) -> None:
    items = contents(log)
    number = data.draw(st.integers(0, len(items) - 1))
    items[number]["entry"]["record"]["case_id"] = "tampered"
    assert bad([written(item) for item in items], log.head()).first_bad == number


@FEW
@given(logs(minimum=1), st.data())
def test_a_change_with_all_later_links_made_anew_is_seen_at_the_end(
    log: rp.CommunicationLog, data: st.DataObject
) -> None:
    items = contents(log)
    number = data.draw(st.integers(0, len(items) - 1))
    items[number]["entry"]["record"]["case_id"] = "tampered"
    found = bad(relinked(items, number), log.head())
    assert (found.code, found.first_bad) == ("log.root", len(items) - 1)
    # an older head tells more: it holds up to the change, and not beyond
    for size in range(len(items) + 1):
        older = rp.verify_log(relinked(items, number)[:size], log.first(size).head())
        assert older.is_intact == (size <= number)


@pytest.mark.parametrize("size", [3, 4, 5])
def test_of_two_neighbours_that_were_changed_the_first_is_named(size: int) -> None:
    log = short_log(size)
    for number in range(size - 1):
        items = contents(log)
        for changed in (number, number + 1):
            items[changed]["entry"]["record"]["party_id"] = "tampered"
        assert bad([written(item) for item in items], log.head()).first_bad == number, number


# ------------------------------------------------------------------------------------------ disclosures


@FEW
@given(logs(minimum=1), st.data())
def test_a_replaced_salt_or_value_is_named(log: rp.CommunicationLog, data: st.DataObject) -> None:
    held = [entry.number for entry in log if entry.disclosed]
    if not held:
        return
    number = data.draw(st.sampled_from(held))
    items = contents(log)
    place = data.draw(st.integers(0, len(items[number]["disclosed"]) - 1))
    shown = items[number]["disclosed"][place]
    items[number]["disclosed"][place] = data.draw(
        st.sampled_from(
            [
                ["00" * 16, shown[1], shown[2]],
                [shown[0], shown[1], [shown[2]]],
                [shown[0], "zone", "UTC"],
                [shown[0] + "00", shown[1], shown[2]],
            ]
        )
    )
    if items[number]["disclosed"][place] != shown:
        assert bad([written(item) for item in items], log.head()).first_bad == number


@pytest.mark.parametrize("number", range(3))
def test_a_value_whose_digest_was_made_anew_is_named(number: int) -> None:
    other = short_log(3, seed=9)
    items = contents(SHORT)
    theirs = contents(other)[number]
    items[number]["disclosed"] = theirs["disclosed"]
    items[number]["entry"]["sealed"] = theirs["entry"]["sealed"]
    assert bad([written(item) for item in items], SHORT_HEAD).first_bad == number
    assert bad(relinked(items, number), SHORT_HEAD).first_bad == 2


@FEW
@given(logs(minimum=1), st.data())
def test_a_lost_disclosure_is_told_as_lost_and_breaks_nothing_else(
    log: rp.CommunicationLog, data: st.DataObject
) -> None:
    held = [entry.number for entry in log if entry.disclosed]
    if not held:
        return
    number = data.draw(st.sampled_from(held))
    items = contents(log)
    gone = data.draw(st.sampled_from(items[number]["disclosed"]))
    items[number]["disclosed"].remove(gone)
    found = rp.verify_log([written(item) for item in items], log.head())
    assert found.is_intact
    assert not found.is_complete
    assert found.lost == (rp.FieldsOf(number, (gone[1],)),)
    assert found.redacted == rp.verify_log(log, log.head()).redacted
    verdict = verify([written(item).encode() for item in items], log.head().to_text())
    assert not verdict.troubles
    assert gone[1] in verdict.missing[number]


@FEW
@given(logs(minimum=1), st.data())
def test_an_added_disclosure_is_named(log: rp.CommunicationLog, data: st.DataObject) -> None:
    items = contents(log)
    number = data.draw(st.integers(0, len(items) - 1))
    shown = items[number]["disclosed"]
    shown.append(["ab" * 16, data.draw(st.sampled_from(["zone", "zzz", "content"])), "UTC"])
    if data.draw(st.booleans()):
        shown.sort(key=lambda item: item[1])
    assert bad([written(item) for item in items], log.head()).first_bad == number


@FEW
@given(logs(minimum=1), st.data())
def test_an_erased_field_that_is_still_there_is_told(log: rp.CommunicationLog, data: st.DataObject) -> None:
    held = [entry.number for entry in log if entry.disclosed]
    if not held:
        return
    number = data.draw(st.sampled_from(held))
    names = sorted(log[number].disclosed)
    erased = log.redact(number, names, "erasure", log[-1].at)
    items = contents(erased)
    items[number]["disclosed"] = contents(log)[number]["disclosed"]
    found = rp.verify_log([written(item) for item in items], erased.head())
    assert found.is_intact
    assert not found.is_complete
    assert found.unerased == (rp.FieldsOf(number, tuple(names)),)


# ------------------------------------------------------------------------------------------ erasure


@FEW
@given(histories(minimum=1), st.data())
def test_erasure_changes_no_digest_and_every_older_head_still_holds(
    history: History, data: st.DataObject
) -> None:
    log = history.log
    held = [entry.number for entry in log if entry.disclosed]
    if not held:
        return
    number = data.draw(st.sampled_from(held))
    names = data.draw(st.lists(st.sampled_from(sorted(log[number].disclosed)), min_size=1, unique=True))
    values = {name: log[number].disclosed[name] for name in names}
    erased = log.redact(number, names, "erasure", log[-1].at)
    assert len(erased) == len(log) + 1
    assert erased.first(len(log)).head() == log.head()
    assert rp.compare_heads(log.head(), erased.head(), erased.consistency_proof(len(log))).is_consistent
    assert rp.verify_log(erased, erased.head()).is_complete
    assert erased[number].missing >= set(names)
    assert set(erased[number].disclosed) == set(log[number].disclosed) - set(names)
    for item in values.values():
        assert item.salt not in exported(erased).decode()
    record = log[number].record
    plain: Content = {
        name: () if isinstance(getattr(record, name), (tuple, frozenset)) else None for name in names
    }
    assert erased[number].record == attrs.evolve(record, **plain)
    assert log[number].disclosed.keys() >= set(names)  # the log before is as it was


# ------------------------------------------------------------------------------------------ heads and proofs


@FEW
@given(logs(minimum=1))
def test_proofs_verify_for_every_size_and_no_other(log: rp.CommunicationLog) -> None:
    heads = [log.first(size).head() for size in range(len(log) + 1)]
    for size in range(1, len(log) + 1):
        part = log.first(size)
        for entry in part:
            proof = part.inclusion_proof(entry.number)
            found = rp.excerpt(part, entry.number)
            for head in heads:
                fits = head.size == size
                assert rp.verify_excerpt(found, head) == fits
                if head.size:
                    verified = rp.verify_inclusion(entry.hash, entry.number, head.size, proof, head.root)
                    assert verified == fits
            for other in range(size):
                shown = rp.verify_inclusion(entry.hash, other, size, proof, heads[size].root)
                assert shown == (other == entry.number)
        for old in range(1, size + 1):
            proof = part.consistency_proof(old)
            for head in heads:
                relation = rp.compare_heads(head, heads[size], proof).relation
                if head.size == size:
                    assert relation is rp.HeadRelation.SAME
                elif head.size > size:
                    assert relation is rp.HeadRelation.SHRUNK
                else:
                    extends = relation is rp.HeadRelation.EXTENDS
                    assert extends == (head.size == old)


@FEW
@given(st.integers(1, 9), st.data())
def test_heads_of_one_size_and_other_roots_are_a_fork(size: int, data: st.DataObject) -> None:
    one, other = short_log(size, seed=1), short_log(size, seed=2)
    found = rp.compare_heads(one.head(), other.head())
    assert found.relation is rp.HeadRelation.FORK
    assert (found.old, found.new, found.is_consistent) == (one.head(), other.head(), False)
    longer = other.append(hardship("more"), at=EXAMPLE_AT, salts=salts(5))
    old = data.draw(st.integers(1, size))
    forged = rp.compare_heads(one.first(old).head(), longer.head(), longer.consistency_proof(old))
    assert forged.relation is rp.HeadRelation.UNPROVEN


# ------------------------------------------------------------------------------------------ sharing


def state(log: rp.CommunicationLog) -> tuple[Any, ...]:
    """All that a log tells."""
    answers = (log.contacts(), log.promises(), log.unanswered(), log.redactions(), log.last_conversation())
    current = tuple(log.record(entry.record.id) for entry in log)
    amended = tuple(log.amendments(entry.record.id) for entry in log)
    return tuple(log.to_lines()), log.head(), len(log), answers, current, amended


@FEW
@given(histories(maximum=5), st.data())
def test_a_log_stays_as_it_is_whatever_grows_out_of_it(history: History, data: st.DataObject) -> None:
    steps = list(history.steps)
    before = [state(log) for log in steps]
    # branches from any log on the way, after the longest was made
    for branch in range(3):
        log = data.draw(st.sampled_from(steps))
        at = log[-1].at if len(log) else EXAMPLE_AT
        grown = log.append(hardship(f"branch {branch}", recorded_at=at), at=at, salts=salts(2**40 + branch))
        assert list(grown.to_lines())[:-1] == list(log.to_lines())
        steps.append(grown)
        before.append(state(grown))
    assert [state(log) for log in steps] == before
    for log in steps:
        fresh = rp.CommunicationLog.from_lines(log.to_lines(), origin=log.origin)
        assert state(fresh) == state(log)


@FEW
@given(histories(maximum=5))
def test_the_first_so_many_entries_are_the_log_as_it_was(history: History) -> None:
    log = history.log
    for step in history.steps:
        part = log.first(len(step))
        assert part.head() == step.head()
        assert [entry.data for entry in part] == [entry.data for entry in step]
        assert len(part) == len(step)
        if not log.redactions():
            assert part == step
            assert state(part) == state(step)


@FEW
@given(logs(maximum=5), logs(maximum=5))
def test_equality_pickles_and_copies(log: rp.CommunicationLog, other: rp.CommunicationLog) -> None:
    for again in (pickle.loads(pickle.dumps(log)), copy.copy(log), copy.deepcopy(log)):  # noqa: S301  # our own bytes
        assert again == log
        assert hash(again) == hash(log)
        assert state(again) == state(log)
    same = (log.origin, *log.to_lines()) == (other.origin, *other.to_lines())
    assert (log == other) == same
    for entry in log:
        assert pickle.loads(pickle.dumps(entry)) == entry  # noqa: S301  # as above
        if entry.disclosed:
            assert log.redact(entry.number, list(entry.disclosed), "x", log[-1].at).first(len(log)) != log
            break


# ------------------------------------------------------------------------------------------ law 16


def unlike(one: object, other: object) -> bool:
    """Whether plain data differ, types included: True is not 1 here."""
    return json.dumps(one, sort_keys=True) != json.dumps(other, sort_keys=True)


def places(data: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Every item of plain data with its path."""
    yield path, data
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, item in items:
        yield from places(item, (*path, step))


def named(path: tuple[str | int, ...]) -> str:
    """A path as errors write it."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return text.removeprefix(".")


def changed(data: Any, path: tuple[str | int, ...], change: Callable[[Any, Any], None]) -> Any:  # noqa: ANN401  # plain data
    """A copy of plain data in which the item at a path was changed, given its parent and its step."""
    copied = copy.deepcopy(data)
    parent = copied
    for step in path[:-1]:
        parent = parent[step]
    change(parent, path[-1])
    return copied


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_a_record_is_read_back_as_it_was_written(kind: type[rp.Record], data: st.DataObject) -> None:
    record = data.draw(records_of(kind))
    plain = rp.to_dict(record)
    again = rp.from_dict(kind, plain)
    assert again == record
    assert type(again) is kind
    assert rp.to_dict(again) == plain
    assert rp.from_dict(kind, json.loads(json.dumps(plain))) == record
    assert not unlike(json.loads(json.dumps(plain)), plain)  # no tuples, floats or other types
    for name in ("recorded_at", "started_at", "given_at"):  # equal moments may differ in their offsets
        if hasattr(record, name):
            assert getattr(again, name).isoformat() == getattr(record, name).isoformat()


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(max_examples=settings().max_examples // 20)
def test_an_unknown_key_at_any_depth_is_refused_with_its_path(
    kind: type[rp.Record], data: st.DataObject
) -> None:
    plain = rp.to_dict(data.draw(records_of(kind)))
    for path, item in places(plain):
        if isinstance(item, dict):
            wrong = copy.deepcopy(plain)
            parent = wrong
            for step in path:
                parent = parent[step]  # type: ignore[index]  # any plain data
            parent["nickname"] = None
            with pytest.raises(rp.SerializationError) as caught:
                rp.from_dict(kind, wrong)
            assert caught.value.code == "data.unknown"
            assert caught.value.field.replace("'", "") == named((*path, "nickname"))


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(max_examples=settings().max_examples // 20)
def test_a_field_that_is_missing_is_refused_or_takes_its_default(
    kind: type[rp.Record], data: st.DataObject
) -> None:
    record = data.draw(records_of(kind))
    plain = rp.to_dict(record)
    for path, _ in places(plain):
        if not path or isinstance(path[-1], int):
            continue
        wrong = changed(plain, path, lambda parent, step: parent.pop(step))
        try:
            found = rp.from_dict(kind, wrong)
        except rp.RepayPlanError as error:
            assert error.field  # noqa: PT017  # refused or not, by the value
            if error.code == "data.missing":
                assert error.field == named(path)  # noqa: PT017  # as above
            continue
        left = {named(place): item for place, item in places(wrong) if not isinstance(item, (dict, list))}
        read = {named(place): item for place, item in places(rp.to_dict(found))}
        assert left.items() <= read.items()
        assert named(path) in read


WRONG = [None, 0, -1, 1.5, True, "x", "", "\ud800", [], ["x"], {}, {"x": 1}, b"x", (), object()]


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
@settings(max_examples=settings().max_examples // 50)
def test_a_wrong_type_anywhere_is_refused_and_nothing_is_coerced(
    kind: type[rp.Record], data: st.DataObject
) -> None:
    plain = rp.to_dict(data.draw(records_of(kind)))
    for path, _ in places(plain):
        if not path:
            continue
        for wrong in WRONG:
            asked = changed(plain, path, lambda parent, step, wrong=wrong: parent.__setitem__(step, wrong))  # type: ignore[misc]  # bound now
            try:
                found = rp.from_dict(kind, asked)
            except rp.RepayPlanError as error:
                assert error.field  # noqa: PT017  # refused or not, by the value
                assert len(str(error)) < 600  # noqa: PT017  # as above
                continue
            read = {named(place): item for place, item in places(rp.to_dict(found))}
            for place, item in places(asked):  # an object that lacks fields takes their defaults
                if not isinstance(item, dict):
                    assert not unlike(read[named(place)], item)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("version", [0, 2, 99, "1", 1.0, True, None, [1], "absent"])
def test_another_version_is_refused(kind: type[rp.Record], version: object) -> None:
    plain: Content = {"schema_version": version}
    if version == "absent":
        del plain["schema_version"]
    with pytest.raises(rp.SerializationError) as caught:
        rp.from_dict(kind, plain)
    assert (caught.value.code, caught.value.field) == ("data.version", "schema_version")


# ------------------------------------------------------------------------------------------ queries

BEGIN = pendulum.datetime(2026, 12, 1, 9, tz="Asia/Shanghai")
CHANNELS = (rp.Channel.PHONE, rp.Channel.SMS)
PEOPLE = tuple(rp.Party(id=name, role=rp.PartyRole.CLIENT) for name in ("anna", "bert"))


@attrs.frozen
class Story:
    """A log of contacts, and the contacts as they are now, by hand."""

    log: rp.CommunicationLog
    now: tuple[rp.Contact, ...]


@st.composite
def contact_fields(draw: st.DrawFn) -> Content:
    """Fields from few values, so that they meet; moments on and beside the bounds of windows."""
    channel = draw(st.sampled_from(CHANNELS))
    direction = draw(st.sampled_from(rp.Direction))
    people = draw(st.lists(st.sampled_from(PEOPLE), max_size=2, unique=True))
    return {
        "direction": direction,
        "channel": channel,
        "purpose": draw(st.sampled_from([rp.Purpose.OFFER, rp.Purpose.ANSWER])),
        "outcome": draw(st.sampled_from(possible_outcomes(direction, channel)[:5])),
        "started_at": BEGIN.add(minutes=draw(st.integers(0, 5))).in_timezone(
            draw(st.sampled_from(["UTC", "America/New_York", "Asia/Shanghai"]))
        ),
        "debts": draw(st.sampled_from([(), ("card",), ("loan", "card")])),
        "debts_raised": draw(st.sampled_from([(), ("loan",)])),
        "participants": tuple(rp.Participant(party=party) for party in people),
        "promise_ids": draw(st.sampled_from([(), ("p1",), ("p1", "p2")])),
        "answers": draw(maybe(st.sampled_from([f"r{place}" for place in range(6)]))),
    }


@st.composite
def stories(draw: st.DrawFn) -> Story:
    log = rp.CommunicationLog("bank")
    now: dict[str, rp.Contact] = {}
    source = salts()
    for number in range(draw(st.integers(0, 6))):
        at = BEGIN.add(hours=1, minutes=number)
        amending = draw(st.booleans())
        if now and amending:
            target = draw(st.sampled_from(list(now)))
            fields = draw(contact_fields())
            kept = draw(st.sets(st.sampled_from(["started_at", "debts", "participants", "promise_ids"])))
            to = attrs.evolve(now[target], **{name: fields[name] for name in kept})
            if rp.to_dict(to) == rp.to_dict(now[target]):
                continue
            note = rp.amend(now[target], to, amendment_id=f"a{number}", reason="mistake", recorded_at=at)
            log, now[target] = log.append(note, at=at, salts=source), to
        else:
            fields = draw(contact_fields())
            if fields["answers"] == f"r{number}":
                fields["answers"] = None
            contact = rp.Contact(id=f"r{number}", case_id="case", recorded_at=at, **fields)
            log, now[contact.id] = log.append(contact, at=at, salts=source), contact
    return Story(log, tuple(now.values()))


def window_bounds() -> st.SearchStrategy[dt.datetime | None]:
    seconds = st.sampled_from([-1, 0, 1])
    found = st.builds(
        lambda minutes, extra: BEGIN.add(minutes=minutes, seconds=extra), st.integers(0, 5), seconds
    )
    return maybe(found)


def in_order(found: list[rp.Contact]) -> tuple[rp.Contact, ...]:
    """The earliest first; what began at once, in the order of the entries."""
    return tuple(sorted(found, key=lambda contact: contact.started_at.timestamp()))


@FEW
@given(stories(), window_bounds(), window_bounds(), st.data())
def test_contacts_and_attempts_are_those_of_a_naive_search(
    story: Story, since: dt.datetime | None, before: dt.datetime | None, data: st.DataObject
) -> None:
    channel = data.draw(maybe(st.sampled_from(CHANNELS)))
    direction = data.draw(maybe(st.sampled_from(rp.Direction)))
    purpose = data.draw(maybe(st.sampled_from([rp.Purpose.OFFER, rp.Purpose.ANSWER])))
    debt = data.draw(maybe(st.sampled_from(["card", "loan", "house"])))
    party = data.draw(maybe(st.sampled_from(["anna", "bert", "carl"])))
    wanted = [
        contact
        for contact in story.now
        if (since is None or contact.started_at >= since)
        and (before is None or contact.started_at < before)
        and channel in {None, contact.channel}
        and (debt is None or debt in contact.debts + contact.debts_raised)
        and (party is None or any(item.party.id == party for item in contact.participants))
    ]
    window: Content = {"since": since, "before": before, "channel": channel, "debt": debt, "party": party}
    found = story.log.contacts(**window, direction=direction, purpose=purpose)
    assert found == in_order(
        [item for item in wanted if direction in {None, item.direction} and purpose in {None, item.purpose}]
    )
    tried = [item for item in wanted if item.direction is rp.Direction.OUTBOUND]
    assert story.log.attempts(**window) == in_order(tried)
    talks = [
        contact
        for contact in story.now
        if contact.outcome is rp.Outcome.CONVERSATION
        and (before is None or contact.started_at < before)
        and (debt is None or debt in contact.debts + contact.debts_raised)
        and (party is None or any(item.party.id == party for item in contact.participants))
    ]
    last = in_order(talks)[-1] if talks else None
    assert story.log.last_conversation(before=before, debt=debt, party=party) == last


@FEW
@given(stories())
def test_promises_and_current_records_are_those_of_a_naive_search(story: Story) -> None:
    assert story.log.records(rp.Contact) == story.now
    assert {contact.id: story.log.record(contact.id) for contact in story.now} == {
        contact.id: contact for contact in story.now
    }
    assert story.log.promises() == in_order([item for item in story.now if item.promise_ids])


@FEW
@given(stories())
def test_unanswered_messages_are_those_of_a_naive_search(story: Story) -> None:
    def answers(contact: rp.Contact, message: rp.Contact) -> bool:
        later = (
            contact.started_at >= message.started_at
        )  # what was said before a message answers no part of it
        return contact.direction is rp.Direction.OUTBOUND and contact.answers == message.id and later

    wanted = [
        message
        for message in story.now
        if message.direction is rp.Direction.INBOUND
        and message.outcome in {rp.Outcome.RECEIVED, rp.Outcome.VOICEMAIL_LEFT}
        and not any(answers(contact, message) for contact in story.now)
    ]
    assert story.log.unanswered() == in_order(wanted)


@FEW
@given(histories(maximum=5))
def test_what_was_known_by_a_moment_is_the_log_as_it_was_then(history: History) -> None:
    log = history.log
    for entry in log:
        for moment in (entry.at, entry.at.subtract(microseconds=1)):
            size = sum(1 for item in log if item.at <= moment)
            assert log.known_by(moment).head() == log.first(size).head()
