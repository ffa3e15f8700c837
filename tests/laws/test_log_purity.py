"""Law 18 for the communication log: no file, no clock, no chance, and no input is changed."""

from __future__ import annotations

import pytest

from tests.laws.test_purity import PATCHES, WATCH, run

# moments are recognised by their class, so the class that fails for a clock must still know them
_CLASS = "class NoClock(datetime.datetime):"
assert _CLASS in PATCHES
LOG_PATCHES = PATCHES.replace(
    _CLASS,
    """real = datetime.datetime

    class AnyMoment(type):
        def __instancecheck__(cls, value):
            return isinstance(value, real)

    class NoClock(real, metaclass=AnyMoment):""",
)

JOB = """
from tests.communication.examples import NINE, call, letter, salts

AT = NINE.add(hours=2)
SECOND = call(id="second", external_ids=("t1",), started_at=NINE.add(minutes=30), ended_at=None)
RECORDS = (call(), letter(recorded_at=AT), SECOND)

def log_job():
    log = rp.CommunicationLog("bank").extend([(item, AT) for item in RECORDS], salts=salts())
    to = rp.from_dict(rp.Contact, {**rp.to_dict(RECORDS[0]), "outcome": "DROPPED"})
    note = rp.amend(RECORDS[0], to, amendment_id="a", reason="it broke off", recorded_at=AT)
    log = log.append(note, at=AT, salts=salts(900), onto=log.head())
    redacted = log.redact(1, ["content"], "asked", AT)
    lines = tuple(redacted.to_lines())
    again = rp.CommunicationLog.from_lines(lines, head=redacted.head())
    shown = rp.excerpt(again, 2, ["content"])
    text = redacted.head().to_text()
    return (
        lines, again, text, rp.verify_log(again, rp.Head.from_text(text)), shown.to_text(),
        rp.verify_excerpt(rp.Excerpt.from_text(shown.to_text()), again.head()),
        rp.compare_heads(log.head(), again.head(), again.consistency_proof(4)),
        again.contacts(since=NINE, before=AT, debt="card"), again.attempts(), again.last_conversation(),
        again.promises(), again.unanswered(), again.redactions(), again.record("call"),
        again.amendments("call"), again.known_by(AT), rp.reconcile(again, ["t1", "t2"]),
        rp.to_dict(RECORDS[0]), pickle.loads(pickle.dumps(again)), repr(again), hash(again),
    )
"""


def test_the_log_raises_no_event_of_input_or_output() -> None:
    # The first run loads modules and opens the file of the client's time zone, once.
    script = f"""
{JOB}
{WATCH}
log_job()
active = True
log_job()
active = False
assert not [item for item in seen if item[0] != "pickle.find_class"], seen
"""
    assert run(script) == ""


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/St_Johns"])
def test_only_the_file_of_a_zone_is_opened_and_only_once(zone: str) -> None:
    script = f"""
{JOB}
{WATCH}
log_job()
active = True
call(zone={zone!r})
once = len(seen)
call(zone={zone!r})
active = False
assert len(seen) == once, seen
assert all(event == "open" and "zoneinfo" in text or event.startswith("os.") or event == "import"
           for event, text in seen), seen
"""
    assert run(script) == ""


def test_the_log_asks_no_environment_no_clock_and_no_chance() -> None:
    script = f"""
{JOB}
{LOG_PATCHES}
before = log_job()
patch()
assert log_job() == before
"""
    assert run(script) == ""


def test_inputs_are_never_changed_and_the_same_input_gives_the_same_output() -> None:
    script = f"""
{JOB}
before = [pickle.dumps(item) for item in RECORDS]
first, second = log_job(), log_job()
assert first == second
assert first[0] == second[0]
assert [pickle.dumps(item) for item in RECORDS] == before
"""
    assert run(script) == ""
