from __future__ import annotations

import json
from typing import Any

import pytest

import repayplan as rp
from repayplan.communication.stored import StoredEntry, StoredExcerpt, StoredLog
from tests.communication.examples import NINE, call, letter, salts

AT = NINE.add(hours=30)
LOG = rp.CommunicationLog("bank").extend([(call(), AT), (letter(id="letter"), AT)], salts=salts())


def test_a_log_is_stored_by_its_lines_and_keeps_what_was_erased() -> None:
    log = LOG.redact(0, [next(iter(LOG[0].disclosed))], "asked", AT)
    plain = rp.to_dict(log)
    assert plain == {"schema_version": 1, "origin": "bank", "lines": list(log.to_lines())}
    again = rp.from_dict(rp.CommunicationLog, json.loads(json.dumps(plain)))
    assert again == log
    assert again.head() == log.head()
    assert rp.verify_log(again, log.head()).is_complete
    empty = rp.CommunicationLog("bank")
    assert rp.from_dict(rp.CommunicationLog, rp.to_dict(empty)) == empty


def test_an_entry_and_an_excerpt_are_stored_by_their_texts() -> None:
    entry, excerpt = LOG[1], rp.excerpt(LOG, 1, [])
    assert rp.from_dict(rp.LogEntry, rp.to_dict(entry)) == entry
    assert rp.to_dict(excerpt) == {"schema_version": 1, "text": excerpt.to_text()}
    again = rp.from_dict(rp.Excerpt, rp.to_dict(excerpt))
    assert again.to_text() == excerpt.to_text()
    assert rp.verify_excerpt(again, LOG.head())


LINES = list(LOG.to_lines())


@pytest.mark.parametrize(
    ("kind", "plain", "code", "field"),
    [
        (rp.CommunicationLog, {"origin": "bank", "lines": LINES[1:]}, "log.number", "lines[0]"),
        (rp.CommunicationLog, {"origin": "other", "lines": LINES}, "log.other", "lines[0]"),
        (rp.CommunicationLog, {"origin": "", "lines": []}, "text.empty", "origin"),
        (rp.CommunicationLog, {"origin": "bank", "lines": "x"}, "data.type", "lines"),
        (rp.CommunicationLog, {"origin": "bank", "lines": [5]}, "data.type", "lines[0]"),
        (rp.CommunicationLog, {"origin": "bank"}, "data.missing", "lines"),
        (rp.LogEntry, {"line": "{}"}, "log.truncated", "line"),
        (rp.LogEntry, {"line": 5}, "data.type", "line"),
        (rp.Excerpt, {"text": "{}"}, "excerpt.form", "excerpt"),
        (rp.Excerpt, {}, "data.missing", "text"),
    ],
)
def test_what_no_log_wrote_is_refused(kind: Any, plain: dict[str, Any], code: str, field: str) -> None:  # noqa: ANN401  # a class
    with pytest.raises(rp.SerializationError) as caught:
        rp.from_dict(kind, {"schema_version": 1, **plain})
    assert (caught.value.code, caught.value.field) == (code, field)


def test_what_is_stored_shows_nothing_of_what_it_says() -> None:
    stored = StoredLog.of(LOG), StoredEntry.of(LOG[0]), StoredExcerpt.of(rp.excerpt(LOG, 0))
    assert list(map(repr, stored)) == ["<StoredLog of 2 entries>", "<StoredEntry>", "<StoredExcerpt>"]
    with pytest.raises(rp.InputTypeError):
        StoredEntry(5)  # type: ignore[arg-type]  # wrong on purpose
