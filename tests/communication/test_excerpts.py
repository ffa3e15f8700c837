from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import repayplan as rp
from repayplan.communication import log_checks
from repayplan.communication.entries import LogEntry
from tests.communication.examples import NINE, call, letter, salts
from tests.communication.independent_verifier import canonical
from tests.laws.communication_strategies import hardship

if TYPE_CHECKING:
    from collections.abc import Callable

AT = NINE.add(hours=2)
LOG = rp.CommunicationLog("bank").extend(
    [(call(), AT), (hardship("h"), AT), (letter(recorded_at=AT), AT)], salts=salts()
)
HEAD = LOG.head()
FOUND = rp.excerpt(LOG, 0)
TEXT = FOUND.to_text()


def test_an_excerpt_proves_one_record_with_nothing_else() -> None:
    assert rp.verify_excerpt(FOUND, HEAD)
    assert (FOUND.entry.record, FOUND.size) == (call(), 3)
    assert repr(FOUND) == "<Excerpt of entry 0>"
    again = rp.Excerpt.from_text(TEXT)
    assert again == FOUND
    assert again.to_text() == TEXT
    assert rp.verify_excerpt(again, HEAD)
    assert "letter" not in TEXT


def test_the_longest_record_can_be_handed_over() -> None:
    text = '"' * 195  # of which each level of JSON makes two characters
    original = rp.Original(digest="0" * 64, where=text, form=rp.OriginalForm.PDF)
    papers = [rp.Document(id=f"{place:03}{text}", title=text, original=original) for place in range(100)]
    long = call(content='"' * 20_000, documents_sent=papers, documents_received=papers)
    plain = attrs.evolve(long, content=None, documents_sent=(), documents_received=())
    note = rp.amend(plain, long, amendment_id="a", reason="added", recorded_at=AT)
    log = rp.CommunicationLog("bank").extend([(plain, AT), (note, AT)], salts=salts())
    assert max(map(len, log.to_lines())) > 500_000
    found = rp.excerpt(log, 1)
    assert rp.verify_excerpt(rp.Excerpt.from_text(found.to_text()), log.head())


def test_a_record_that_could_not_be_handed_over_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    longest = len(next(LOG.to_lines()).encode())
    empty = rp.CommunicationLog("bank")
    monkeypatch.setattr(log_checks, "_LINE_MAX", longest)
    assert empty.append(call(), at=AT, salts=salts()).head() == LOG.first(1).head()
    monkeypatch.setattr(log_checks, "_LINE_MAX", longest - 1)
    with pytest.raises(rp.CommunicationError) as caught:
        empty.append(call(), at=AT, salts=salts())
    assert (caught.value.code, caught.value.field) == ("log.size", "record")


def test_only_the_fields_asked_for_are_shown() -> None:
    found = rp.excerpt(LOG, 0, ["operator"])
    assert set(found.entry.disclosed) == {"operator"}
    assert rp.verify_excerpt(found, HEAD)
    assert "lost the job" not in found.to_text()
    assert found.entry.record.id == "call"
    bare = rp.excerpt(LOG, 0, [])
    assert bare.entry.disclosed == {}
    assert rp.verify_excerpt(rp.Excerpt.from_text(bare.to_text()), HEAD)
    erased = LOG.redact(0, ["content"], "asked", AT)
    assert rp.verify_excerpt(rp.excerpt(erased.first(3), 0), HEAD)  # the same entry, less of it shown


def test_it_is_for_one_log_and_one_size() -> None:
    longer = LOG.append(hardship("more"), at=AT, salts=salts(900))
    assert not rp.verify_excerpt(FOUND, longer.head())
    assert rp.verify_excerpt(rp.excerpt(longer.first(3), 0), HEAD)
    for head in (
        attrs.evolve(HEAD, origin="other"),
        attrs.evolve(HEAD, size=4),
        attrs.evolve(HEAD, size=0),
        attrs.evolve(HEAD, root=bytes(32)),
    ):
        assert not rp.verify_excerpt(FOUND, head)
    for change in (
        {"size": 4},
        {"proof": ()},
        {"proof": FOUND.proof[::-1]},
        {"proof": (*FOUND.proof, bytes(32))},
        {"proof": (b"", b"")},
        {"entry": LOG[1]},
    ):
        assert not rp.verify_excerpt(attrs.evolve(FOUND, **change), HEAD)


def test_an_entry_that_was_changed_is_refused_or_not_verified() -> None:
    changed = FOUND.entry.data.replace(b'"case"', b'"cold"')
    assert not rp.verify_excerpt(attrs.evolve(FOUND, entry=LogEntry(changed, FOUND.entry.disclosed)), HEAD)
    forged = {"content": FOUND.entry.disclosed["operator"]}
    assert not rp.verify_excerpt(attrs.evolve(FOUND, entry=LogEntry(FOUND.entry.data, forged)), HEAD)


def test_every_flip_of_a_bit_of_its_text_is_seen() -> None:
    data = rp.excerpt(LOG, 1).to_text().encode()
    for place in range(len(data) * 8):
        changed = bytearray(data)
        changed[place // 8] ^= 1 << place % 8
        try:
            found = rp.Excerpt.from_text(changed.decode())
        except (UnicodeDecodeError, rp.RepayPlanError):
            continue
        assert not rp.verify_excerpt(found, HEAD), place


@pytest.mark.parametrize(
    ("number", "fields", "code", "field", "error"),
    [
        (3, None, "count.range", "number", rp.CommunicationError),
        (-1, None, "count.range", "number", rp.CommunicationError),
        (True, None, "count.type", "number", rp.InputTypeError),
        (0, ["purpose"], "excerpt.fields", "fields", rp.CommunicationError),
        (0, ["content", "content"], "record.twice", "fields[1]", rp.CommunicationError),
        (0, "content", "tuple.type", "fields", rp.InputTypeError),
        (0, [5], "type.wrong", "fields[0]", rp.InputTypeError),
    ],
)
def test_a_bad_question_is_refused(
    number: Any,  # noqa: ANN401  # wrong on purpose
    fields: Any,  # noqa: ANN401  # wrong on purpose
    code: str,
    field: str,
    error: type[rp.RepayPlanError],
) -> None:
    with pytest.raises(error) as caught:
        rp.excerpt(LOG, number, fields)
    assert (caught.value.code, caught.value.field) == (code, field)


@pytest.mark.parametrize("wrong", [None, 5, "log", [], HEAD])
def test_wrong_types_are_refused(wrong: Any) -> None:  # noqa: ANN401  # wrong on purpose
    with pytest.raises(rp.InputTypeError):
        rp.verify_excerpt(wrong, HEAD)
    if wrong is not HEAD:
        with pytest.raises(rp.InputTypeError):
            rp.verify_excerpt(FOUND, wrong)
    with pytest.raises(rp.InputTypeError):
        rp.excerpt(wrong, 0)


def changed_text(change: Callable[[Any], object]) -> str:
    content = json.loads(TEXT)
    change(content)
    return canonical(content).decode()


@pytest.mark.parametrize(
    ("text", "code", "field"),
    [
        ("", "canonical.json", "excerpt"),
        (" " + TEXT, "canonical.form", "excerpt"),
        ("[]", "excerpt.form", "excerpt"),
        ("{}", "excerpt.form", "excerpt"),
        (changed_text(lambda found: found.pop("proof")), "excerpt.form", "excerpt"),
        (changed_text(lambda found: found.update(more=1)), "excerpt.form", "excerpt"),
        (changed_text(lambda found: found.update(size="3")), "excerpt.form", "excerpt"),
        (changed_text(lambda found: found.update(size=None)), "excerpt.form", "excerpt"),
        (changed_text(lambda found: found.update(size=True)), "excerpt.form", "excerpt"),
        (changed_text(lambda found: found.update(proof="x")), "excerpt.form", "excerpt"),
        (changed_text(lambda found: found.update(line=5)), "log.form", "excerpt.line"),
        (changed_text(lambda found: found.update(line={})), "log.form", "excerpt.line"),
        (changed_text(lambda found: found.update(line="{}\n")), "log.form", "excerpt.line"),
        (changed_text(lambda found: found.update(proof=[5])), "excerpt.proof", "excerpt.proof"),
        (changed_text(lambda found: found.update(proof=["é"])), "excerpt.proof", "excerpt.proof"),
        (changed_text(lambda found: found.update(proof=["AB"])), "excerpt.proof", "excerpt.proof"),
        (changed_text(lambda found: found.update(proof=["AB=="])), "excerpt.proof", "excerpt.proof"),
        (changed_text(lambda found: found.update(proof=[""])), "excerpt.proof", "excerpt.proof"),
        (changed_text(lambda found: found.update(proof=["AAAA"])), "excerpt.proof", "excerpt.proof"),
    ],
)
def test_text_that_is_no_excerpt_is_refused(text: str, code: str, field: str) -> None:
    with pytest.raises(rp.SerializationError) as caught:
        rp.Excerpt.from_text(text)
    assert (caught.value.code, caught.value.field) == (code, field)


@pytest.mark.parametrize("wrong", [None, 5, [TEXT]])
def test_what_is_no_text_is_refused(wrong: Any) -> None:  # noqa: ANN401  # wrong on purpose
    with pytest.raises(rp.InputTypeError) as caught:
        rp.Excerpt.from_text(wrong)
    assert caught.value.field == "excerpt"
