from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest

import repayplan as rp
from repayplan import moments
from repayplan.communication.log_lines import read_line
from repayplan.communication.merkle import root_of
from tests.communication import independent_verifier
from tests.communication.examples import NINE, call, letter, salts
from tests.communication.independent_verifier import canonical
from tests.laws.communication_strategies import (
    contents,
    exported,
    hardship,
    lines_of,
    relinked,
    short_log,
    written,
)

AT = NINE.add(hours=2)
LOG = rp.CommunicationLog("bank").extend(
    [(call(), AT), (letter(recorded_at=AT), AT), (hardship("h"), AT)], salts=salts()
)
HEAD = LOG.head()


def root_of_lines(lines: list[str]) -> bytes:
    """The root over lines, as who writes a whole log anew makes it."""
    return root_of(read_line(line, f"lines[{place}]").hash for place, line in enumerate(lines))


def test_a_log_that_was_not_touched_is_complete() -> None:
    found = rp.verify_log(LOG, HEAD)
    assert found == rp.LogVerification(HEAD)
    assert (found.is_intact, found.is_complete) == (True, True)
    empty = rp.CommunicationLog("bank")
    assert rp.verify_log(empty, empty.head()).is_complete
    assert rp.verify_log([], empty.head()).is_complete


def test_erased_lost_and_unerased_fields_are_told_apart() -> None:
    log = LOG.redact(0, ["content", "zone"], "asked", AT).redact(1, ["content"], "asked", AT)
    items = contents(log)
    items[1]["disclosed"] = [item for item in items[1]["disclosed"] if item[1] != "point"]
    items[2]["disclosed"] = []
    items[0]["disclosed"] = contents(LOG)[0]["disclosed"]
    found = rp.verify_log([written(item) for item in items], log.head())
    assert found.redacted == (rp.FieldsOf(1, ("content",)),)
    assert found.lost == (rp.FieldsOf(1, ("point",)), rp.FieldsOf(2, ("statement",)))
    assert found.unerased == (rp.FieldsOf(0, ("content", "zone")),)
    assert (found.is_intact, found.is_complete) == (True, False)


@pytest.mark.parametrize(
    ("size", "code", "first_bad"), [(2, "log.long", 2), (4, "log.short", 3), (0, "log.long", 0)]
)
def test_a_log_of_another_size_is_not_that_of_the_head(size: int, code: str, first_bad: int) -> None:
    longer = LOG.append(hardship("more"), at=AT, salts=salts(900))
    head = longer.first(size).head()
    found = rp.verify_log(LOG, head)
    assert (found.code, found.first_bad, found.is_intact) == (code, first_bad, False)
    assert rp.verify_log(longer.first(size), head).is_complete


def test_a_log_may_have_grown_since_its_head() -> None:
    grown = LOG.redact(0, ["content"], "asked", AT)
    found = rp.verify_log(grown, HEAD, may_have_grown=True)
    assert (found.is_complete, found.added) == (True, 1)
    assert found.redacted == (rp.FieldsOf(0, ("content",)),)
    assert rp.verify_log(LOG, HEAD, may_have_grown=True) == rp.LogVerification(HEAD)
    lines = list(grown.to_lines())
    assert rp.verify_log(lines[:2], HEAD, may_have_grown=True).code == "log.short"
    items = contents(grown)
    items[1]["entry"]["record"]["debts"] = ["other"]
    found = rp.verify_log(relinked(items, 1), HEAD, may_have_grown=True)
    assert (found.code, found.first_bad) == ("log.root", 2)
    found = rp.verify_log([*lines[:3], lines[3].replace("asked", "told")], HEAD, may_have_grown=True)
    assert (found.is_intact, found.added) == (True, 1)  # no head vouches for what was added


def test_an_entry_that_the_head_vouches_for_is_not_accused() -> None:
    log = short_log(3)
    lines = [*log.to_lines(), list(short_log(4, seed=5).to_lines())[3]]  # added, and its link does not hold
    assert rp.verify_log(lines, log.head()).first_bad == 3


def test_an_added_entry_in_the_middle_is_named() -> None:
    log, other = short_log(4), list(short_log(4, seed=5).to_lines())
    for place in range(1, 4):
        lines = list(log.to_lines())
        lines.insert(place, other[place])
        assert rp.verify_log(lines, log.head()).first_bad == place, place


def test_of_several_entries_that_were_changed_the_first_is_named() -> None:
    log = short_log(7)
    for changed in itertools.combinations(range(6), 3):  # what the last one was, nothing says
        items = contents(log)
        for place in changed:
            items[place]["entry"]["record"]["party_id"] = "other"
        assert rp.verify_log([written(item) for item in items], log.head()).first_bad == changed[0], changed


@pytest.mark.parametrize("size", [3, 4, 5])
def test_in_a_log_that_has_grown_since_its_head_a_changed_link_is_named(size: int) -> None:
    log = short_log(6)
    for place in range(1, size):
        items = contents(log)
        items[place]["entry"]["previous"] = "ab" * 32
        found = rp.verify_log([written(item) for item in items], log.first(size).head())
        assert (found.code, found.first_bad) == ("log.link", place)


@pytest.mark.parametrize("seam", [1, 2, 3])
def test_a_splice_with_a_longer_log_is_named_at_its_seam(seam: int) -> None:
    ours, theirs = list(short_log(4).to_lines()), list(short_log(6, seed=5).to_lines())
    assert rp.verify_log([*ours[:seam], *theirs[seam:]], short_log(4).head()).first_bad == seam


@pytest.mark.parametrize("digit", ["g", " ", "G", "A"])
def test_a_link_of_the_last_entry_that_is_no_digest_is_named(digit: str) -> None:
    items = contents(short_log(3))
    items[2]["entry"]["previous"] = digit * 64
    found = rp.verify_log([written(item) for item in items], short_log(3).head())
    assert found.first_bad == 2


def test_the_root_and_the_code_of_each_trouble() -> None:
    log = short_log(4)
    items = contents(log)
    items[1]["entry"]["record"]["party_id"] = "other"
    found = rp.verify_log([written(item) for item in items], log.head())
    assert (found.code, found.first_bad) == ("log.link", 1)
    found = rp.verify_log(relinked(items, 1), log.head())
    assert (found.code, found.first_bad) == ("log.root", 3)
    found = rp.verify_log([5, None], log.head())  # type: ignore[list-item]  # wrong on purpose
    assert (found.code, found.first_bad) == ("lines.type", 0)
    found = rp.verify_log(log, attrs.evolve(log.head(), origin="other"))
    assert (found.code, found.first_bad) == ("log.other", 0)
    found = rp.verify_log(log, attrs.evolve(log.head(), size=0))
    assert (found.code, found.first_bad) == ("log.root", 0)


def test_with_an_older_database_of_zones_a_log_is_intact_and_not_readable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    log = LOG.redact(1, ["content"], "asked", AT)
    lines = list(log.to_lines())
    monkeypatch.setattr(moments, "_zone", lambda _name: None)
    found = rp.verify_log(lines, log.head())
    assert (found.is_intact, found.is_readable, found.is_complete) == (True, False, False)
    assert (found.first_bad, found.first_unreadable, found.code) == (None, 0, "zone.unknown")
    assert found.redacted == (rp.FieldsOf(1, ("content",)),)
    extract = rp.excerpt(log.first(3), 0)
    assert rp.verify_excerpt(rp.Excerpt.from_text(extract.to_text()), log.first(3).head())
    with pytest.raises(rp.SerializationError) as caught:
        rp.CommunicationLog.from_lines(lines)
    assert (caught.value.code, caught.value.field, caught.value.data["line"]) == (
        "zone.unknown",
        "lines[0].zone",
        1,
    )


def test_a_kind_of_a_later_release_is_intact_and_not_readable() -> None:
    items = contents(LOG)
    items[1]["entry"]["kind"] = "Later"
    lines = relinked(items, 1)
    head = rp.Head("bank", 3, root_of_lines(lines))
    found = rp.verify_log(lines, head)
    assert (found.is_intact, found.first_unreadable, found.code) == (True, 1, "log.kind")
    with pytest.raises(rp.SerializationError, match="Later"):
        rp.CommunicationLog.from_lines(lines, head=head)


@pytest.mark.parametrize("change", [{"entry": "0"}, {"entry": False}, {"entry": 3}, {"fields": "content"}])
def test_a_note_of_erasure_of_another_form_is_intact_and_names_nothing(change: dict[str, object]) -> None:
    log = LOG.redact(0, ["content"], "asked", AT)
    items = contents(log)
    items[3]["entry"]["record"] |= change
    lines = relinked(items, 3)
    found = rp.verify_log(lines, rp.Head("bank", 4, root_of_lines(lines)))
    assert (found.is_intact, found.first_unreadable, found.redacted) == (True, 3, ())
    assert found.lost == (rp.FieldsOf(0, ("content",)),)


def test_an_entry_of_a_later_version_is_intact_and_not_readable() -> None:
    items = contents(LOG)
    items[1]["entry"] |= {"version": 2, "words": "more"}
    lines = relinked(items, 1)
    head = rp.Head("bank", 3, root_of_lines(lines))
    found = rp.verify_log(lines, head)
    assert (found.is_intact, found.first_unreadable, found.code) == (True, 1, "log.version")
    assert not independent_verifier.verify([line.encode() for line in lines], head.to_text()).troubles
    changed = [lines[0], lines[1].replace('"words":"more"', '"words":"less"'), lines[2]]
    assert rp.verify_log(changed, head).first_bad == 1
    with pytest.raises(rp.SerializationError) as caught:
        rp.CommunicationLog.from_lines(lines, head=head)
    assert (caught.value.code, caught.value.field) == ("log.version", "lines[1].version")
    items[1]["entry"]["version"] = 1  # this version has no such key
    assert rp.verify_log(relinked(items, 1), head).code == "log.form"


def test_a_note_of_erasure_that_is_no_such_note_erases_nothing() -> None:
    items = contents(LOG.redact(1, ["content"], "asked", AT))
    items[3]["entry"]["record"]["entry"] = 4
    lines = relinked(items, 3)
    found = rp.verify_log(lines, rp.Head("bank", 4, root_of_lines(lines)))
    assert (found.redacted, found.lost) == ((), (rp.FieldsOf(1, ("content",)),))
    assert (found.is_intact, found.first_unreadable, found.code) == (True, 3, "redaction.entry")


def test_without_a_head_the_first_that_may_be_bad_is_named() -> None:
    items = contents(short_log(2))
    items[0]["entry"]["record"]["party_id"] = "other"
    lines = [written(item) for item in items]
    with pytest.raises(rp.CommunicationError) as caught:
        rp.CommunicationLog.from_lines(lines)
    assert (caught.value.code, caught.value.field, caught.value.data["line"]) == ("log.link", "lines[0]", 1)


def test_wrong_types_are_the_callers_own_mistake() -> None:
    wrong: Any
    for wrong in (None, HEAD.to_text(), 5):
        with pytest.raises(rp.InputTypeError) as caught:
            rp.verify_log(LOG, wrong)
        assert caught.value.field == "head"
    for wrong in ("".join(LOG.to_lines()), b"x"):
        with pytest.raises(rp.InputTypeError) as caught:
            rp.verify_log(wrong, HEAD)
        assert caught.value.field == "lines"


@pytest.mark.parametrize("wrong", [None, 5])
def test_what_is_neither_a_log_nor_lines_is_refused(wrong: Any) -> None:  # noqa: ANN401  # wrong on purpose
    with pytest.raises(rp.InputTypeError):
        rp.verify_log(wrong, HEAD)


# ------------------------------------------------------------------------------------ the other verifier


def test_the_verifier_of_its_own_is_a_program(tmp_path: Path) -> None:
    lines, head, bad = tmp_path / "log.jsonl", tmp_path / "head", tmp_path / "bad"
    log = LOG.redact(0, ["content"], "asked", AT)
    lines.write_bytes(exported(log))
    head.write_text(log.head().to_text(), encoding="utf-8")
    bad.write_bytes(exported(log).replace(b'"case"', b'"cold"', 1))
    program = Path(independent_verifier.__file__)
    assert "repayplan" not in program.read_text(encoding="utf-8")
    for file, code, output in (
        (lines, 0, "entry 0 no more shows content\n"),
        (bad, 1, "entry 1 is not the next of this log\nthe entries are not those of the head\n"),
    ):
        done = subprocess.run(  # noqa: S603  # our own interpreter and script
            [sys.executable, "-I", str(program), str(file), str(head)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (code, "")
        assert output in done.stdout or done.stdout.startswith(output)
        assert independent_verifier.main(str(file), str(head)) == code


@pytest.mark.parametrize(
    "head", ["", "bank\n3\n", HEAD.to_text() + "x", HEAD.to_text().replace("\n3", "\n03"), "bank\nx\nAA==\n"]
)
def test_the_verifier_of_its_own_refuses_a_bad_head(head: str) -> None:
    assert independent_verifier.verify(lines_of(exported(LOG)), head).troubles


def test_the_verifier_of_its_own_refuses_bad_disclosures() -> None:
    for change in (["00" * 16, "zone", "UTC"], contents(LOG)[0]["disclosed"][0]):
        items = contents(LOG)
        items[0]["disclosed"].append(change)
        lines = [written(item).encode() for item in items]
        assert independent_verifier.verify(lines, HEAD.to_text()).troubles


@pytest.mark.parametrize("wrong", [None, 5, "x", [], {}, {"entry": [], "disclosed": []}])
def test_the_verifier_of_its_own_refuses_whatever_the_form(wrong: object) -> None:
    whole = contents(LOG)[0]
    sealed = {**whole, "entry": {**whole["entry"], "sealed": wrong}}
    for content in (wrong, {**whole, "entry": wrong}, {**whole, "disclosed": wrong}, sealed):
        lines = [canonical(content) + b"\n"]
        assert independent_verifier.verify(lines, HEAD.to_text()).troubles
