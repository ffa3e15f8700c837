from __future__ import annotations

import pendulum

import repayplan as rp
from tests.communication.examples import NINE, call, letter, salts
from tests.display import Page

CLIENT_SAID = "<b>The client lost the job in October.</b>"


def log() -> rp.CommunicationLog:
    """A call, a letter that was sent later, and the erasure of what was said in the call."""
    sent = letter(recorded_at=NINE.add(days=4))
    both = [(call(content=CLIENT_SAID), NINE.add(hours=2)), (sent, NINE.add(days=4))]
    made = rp.CommunicationLog("bank/<log>").extend(both, salts=salts())
    return made.redact(0, ["content"], "asked by the client", NINE.add(days=5))


def test_a_log_gives_a_plain_row_for_each_entry() -> None:
    first, _, note = log().to_rows()
    assert first == {
        "number": 0,
        "at": NINE.add(hours=2),
        "kind": "Contact",
        "id": "call",
        "case_id": "case",
        "direction": "outbound",
        "channel": "phone",
        "outcome": "conversation",
        "started_at": NINE,
    }
    assert isinstance(first["at"], pendulum.DateTime)
    assert (note["kind"], note["channel"], note["started_at"]) == ("Redaction", None, None)


def test_a_log_shows_ids_moments_channels_and_outcomes() -> None:
    (table,) = Page(log()._repr_html_()).tables
    assert table.caption == "Log bank/<log>: 3 entries"
    assert table.head == ["number", "at", "kind", "id", "direction", "channel", "outcome", "started at"]
    began, none = "2026-12-01 09:00:00+08:00", "\u2013"
    assert table.rows == [
        ["0", "2026-12-01 11:00:00+08:00", "Contact", "call", "outbound", "phone", "conversation", began],
        ["1", "2026-12-05 09:00:00+08:00", "Contact", "letter", "outbound", "letter", "delivered", began],
        ["2", "2026-12-06 09:00:00+08:00", "Redaction", "redaction-2", none, none, none, none],
    ]


def test_a_log_shows_nothing_that_is_personal() -> None:
    # what every personal field of the two contacts holds, as far as it is text
    shown = log()._repr_html_() + str(log().to_rows())
    personal = (
        "October",
        "138 0000",
        "王小明",
        "client",
        "three questions",
        "Nanjing",
        "zh",
        "op-7",
        "zh-Hans",
    )
    assert [text for text in personal if text in shown] == []


def test_an_empty_log_is_an_empty_table() -> None:
    (table,) = Page(rp.CommunicationLog("bank")._repr_html_()).tables
    assert (table.caption, table.rows) == ("Log bank: 0 entries", [])
    assert rp.CommunicationLog("bank").to_rows() == []
