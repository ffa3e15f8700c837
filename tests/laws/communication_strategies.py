"""Hypothesis strategies for communication records and logs, and the hands that tamper with exported lines.

Texts are hostile and valid: formulas, markup, quotes, joiners, combining marks, scripts in both directions.
Moments have any offset of whole minutes, microseconds or none. Every optional field is often absent.

What is the same at every draw is built once, since building a strategy takes longer than drawing from it.
"""

from __future__ import annotations

import datetime as dt
import functools
import io
import itertools
import json
from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs
import pendulum
from hypothesis import strategies as st

import repayplan as rp
from repayplan.checks import TEXT_MAX
from repayplan.communication.steps import StepNote
from repayplan.languages import KNOWN_LANGUAGES
from tests.communication.independent_verifier import canonical, leaf

if TYPE_CHECKING:
    import enum
    from collections.abc import Callable, Iterator

T = TypeVar("T")

Content = dict[str, Any]

# ------------------------------------------------------------------------------------------ texts

HOSTILE_LINES: Final = (
    '=HYPERLINK("https://example.org")',
    "+1",
    "-1",
    "@x",
    "<script>&lt;",
    "{{7*7}} {0.__class__} ${jndi:x} %s %n",
    "раypal",  # noqa: RUF001  # Cyrillic, on purpose
    '","number":0,"x":"',
    "\\u0000\\n\\",
    "'; DROP TABLE log; --",
    "null",
    "é e\u0301 \u0301",
    "می\u200cخواهم",  # noqa: RUF001  # a joiner that Persian needs
    "👨\u200d👩\u200d👧 𝕏",  # noqa: RUF001  # outside the basic plane
    "\uffff\U0010ffff\ue000",
    "王小明" * 60,
    "😀" * TEXT_MAX,
)
HOSTILE_BODIES: Final = (
    *HOSTILE_LINES,
    "a\n\n\nb\n",
    "\u200f\u2066שלום\u2069 \u200e\ufeff\u00ad",  # noqa: RUF001  # marks and isolates of direction
    "😀" * 500,  # the longest body is kept by the tests of bad inputs: here every field is tried many times
)

_ZONES: Final = (
    "Asia/Shanghai",
    "Europe/London",
    "America/St_Johns",
    "Pacific/Kiritimati",
    "Etc/GMT+12",
    "UTC",
)
_TAGS: Final = ("zh-Hans-CN", "ZH-hant", "es-419", "yue", "ase", "DE-at", *sorted(KNOWN_LANGUAGES)[::40])


@functools.cache
def one_line(maximum: int = TEXT_MAX) -> st.SearchStrategy[str]:
    """One visible line."""
    characters = st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"])
    plain = st.text(characters | st.sampled_from("\u200c\u200d"), max_size=30)
    return st.one_of(
        st.tuples(st.sampled_from("a0王é"), plain).map("".join).map(lambda text: text[:maximum]),
        st.sampled_from([text for text in HOSTILE_LINES if len(text) <= maximum]),
    )


@functools.cache
def bodies() -> st.SearchStrategy[str]:
    """Text of several lines."""
    characters = st.characters(
        exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\u202a\u202b\u202c\u202d\u202e"
    )
    plain = st.text(characters | st.just("\n"), max_size=40)
    return plain.map(lambda text: f"a{text}") | st.sampled_from(HOSTILE_BODIES)


def maybe(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[T | None]:
    return st.none() | strategy


def some(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.just(()) | st.lists(strategy, max_size=2).map(tuple)


@functools.cache
def ids() -> st.SearchStrategy[tuple[str, ...]]:
    return st.just(()) | st.lists(one_line(), max_size=3, unique=True).map(tuple)


@functools.cache
def members(kind: type[enum.Enum]) -> st.SearchStrategy[frozenset[Any]]:
    return st.frozensets(st.sampled_from(list(kind)), max_size=3)


# ------------------------------------------------------------------------------------------ days and moments


@functools.cache
def days() -> st.SearchStrategy[pendulum.Date]:
    return st.dates().map(lambda day: pendulum.Date(day.year, day.month, day.day))


@st.composite
def spans(draw: st.DrawFn) -> tuple[pendulum.Date | None, pendulum.Date | None]:
    """Two days in order, either or both absent."""
    first, last = sorted((draw(days()), draw(days())))
    return draw(st.sampled_from([first, None])), draw(st.sampled_from([last, None]))


@functools.cache
def offsets() -> st.SearchStrategy[dt.timezone]:
    minutes = st.sampled_from([0, 480, -210, 345, 840, 1_439, -1_439]) | st.integers(-1_439, 1_439)
    return minutes.map(lambda minute: dt.timezone(dt.timedelta(minutes=minute)))


@functools.cache
def instants() -> st.SearchStrategy[dt.datetime]:
    """Moments in UTC that leave room for any offset and a few years of a case."""
    zone = st.just(dt.UTC)
    usual = st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2099, 1, 1), timezones=zone)  # noqa: DTZ001  # with zone
    wide = st.datetimes(dt.datetime(2, 1, 1), dt.datetime(9950, 1, 1), timezones=zone)  # noqa: DTZ001  # as above
    return usual | wide


@st.composite
def moments(draw: st.DrawFn, after: dt.datetime | None = None) -> dt.datetime:
    """A moment with an offset, where asked for not before another: at once, or days later."""
    if after is None:
        return draw(instants()).astimezone(draw(offsets()))
    step = draw(st.just(dt.timedelta()) | st.timedeltas(dt.timedelta(), dt.timedelta(days=90)))
    return (after.astimezone(dt.UTC) + step).astimezone(draw(offsets()))


# ------------------------------------------------------------------------------------------ parts of records


@st.composite
def originals(draw: st.DrawFn) -> rp.Original:
    digest = draw(st.binary(min_size=32, max_size=32)).hex()
    return rp.Original(
        digest=digest,
        where=draw(one_line()),
        form=draw(st.sampled_from(rp.OriginalForm)),
        kept_until=draw(maybe(days())),
    )


@functools.cache
def documents() -> st.SearchStrategy[rp.Document]:
    return st.builds(rp.Document, id=one_line(), title=one_line(), original=maybe(originals()))


@functools.cache
def receipts() -> st.SearchStrategy[rp.Receipt]:
    kinds = st.sampled_from(rp.ReceiptKind)
    return st.builds(
        rp.Receipt, kind=kinds, at=moments(), reference=maybe(one_line()), original=maybe(originals())
    )


@st.composite
def parties(draw: st.DrawFn) -> rp.Party:
    role = draw(st.sampled_from(rp.PartyRole))
    first, last = draw(spans())
    authority = rp.Authority(
        scope=draw(one_line()), valid_from=first, valid_until=last, document=draw(maybe(one_line()))
    )
    may_have = not (role.owes or role.is_creditor_side)
    return rp.Party(
        id=draw(one_line()),
        role=role,
        name=draw(maybe(one_line())),
        organisation=draw(maybe(one_line())),
        authority=authority if may_have and draw(st.booleans()) else None,
    )


@functools.cache
def interpreters() -> st.SearchStrategy[rp.Party]:
    role = rp.PartyRole.INTERPRETER
    return st.builds(rp.Party, id=one_line(), role=st.just(role), name=maybe(one_line()))


@st.composite
def participants(draw: st.DrawFn) -> rp.Participant:
    result = st.sampled_from(rp.VerificationResult)
    checks = st.builds(rp.Verification, method=one_line(), at=moments(), result=result, by=maybe(one_line()))
    return rp.Participant(party=draw(parties()), verification=draw(maybe(checks)))


@st.composite
def points(draw: st.DrawFn) -> rp.ContactPoint:
    first, last = draw(spans())
    return rp.ContactPoint(
        id=draw(one_line()),
        kind=draw(st.sampled_from(rp.PointKind)),
        value=draw(one_line()),
        owner=draw(one_line()),
        place=draw(st.sampled_from(rp.Place)),
        shared=draw(maybe(st.booleans())),
        valid_from=first,
        valid_until=last,
        verified_on=draw(maybe(days())),
        zone=draw(maybe(st.sampled_from(_ZONES))),
    )


@st.composite
def weekly_times(draw: st.DrawFn) -> rp.WeeklyTimes:
    start, end = sorted(draw(st.lists(st.integers(0, 1_440), min_size=2, max_size=2, unique=True)))
    weekdays = st.frozensets(st.integers(1, 7), min_size=1)
    return rp.WeeklyTimes(weekdays=draw(weekdays), start=_clock(start), end=_clock(end))


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


@st.composite
def preferences(draw: st.DrawFn) -> rp.ContactPreference:
    first, last = draw(spans())
    tags = maybe(st.sampled_from(_TAGS))
    return rp.ContactPreference(
        channels=draw(st.lists(st.sampled_from(rp.Channel), max_size=3, unique=True).map(tuple)),
        convenient=draw(some(weekly_times())),
        inconvenient=draw(some(weekly_times())),
        not_at=draw(members(rp.Place)),
        spoken_language=draw(tags),
        written_language=draw(tags),
        formats=draw(members(rp.AccessibleFormat)),
        valid_from=first,
        valid_until=last,
    )


# ------------------------------------------------------------------------------------------ records

_TRIED: Final = (
    rp.Outcome.CONVERSATION,
    rp.Outcome.NO_ANSWER,
    rp.Outcome.BUSY,
    rp.Outcome.DROPPED,
    rp.Outcome.VOICEMAIL_LEFT,
    rp.Outcome.VOICEMAIL_NOT_LEFT,
)
_REACHED: Final = (rp.Outcome.REFUSED, rp.Outcome.WRONG_PERSON)


def possible_outcomes(direction: rp.Direction, channel: rp.Channel) -> tuple[rp.Outcome, ...]:
    """What may come of a call or a message of either side."""
    inbound = direction is rp.Direction.INBOUND
    if channel.is_live:
        return _TRIED if inbound else (*_TRIED, *_REACHED, rp.Outcome.OUT_OF_SERVICE)
    if inbound:
        return (rp.Outcome.RECEIVED,)
    return (rp.Outcome.SENT, rp.Outcome.DELIVERED, rp.Outcome.BOUNCED, *_REACHED)


def _contact(draw: st.DrawFn, began: dt.datetime) -> Content:
    channel = draw(st.sampled_from(rp.Channel))
    direction = draw(st.sampled_from(rp.Direction))
    tags = maybe(st.sampled_from(_TAGS))
    return {
        "direction": direction,
        "channel": channel,
        "purpose": draw(st.sampled_from(rp.Purpose)),
        "outcome": draw(st.sampled_from(possible_outcomes(direction, channel))),
        "started_at": began,
        "ended_at": draw(st.none() | moments(began)),
        "external_ids": draw(ids()),
        "debts": draw(ids()),
        "debts_raised": draw(ids()),
        "point": draw(maybe(points())),
        "bank_point": draw(maybe(one_line())),
        "participants": draw(some(participants())),
        "zone": draw(maybe(st.sampled_from(_ZONES))),
        "spoken_language": draw(tags),
        "dialect": draw(maybe(one_line())),
        "written_language": draw(tags),
        "interpreter": draw(maybe(interpreters())),
        "content": draw(maybe(bodies())),
        "original": draw(maybe(originals())),
        "stated": draw(members(rp.StatedItem)),
        "client_said": draw(members(rp.ClientStatement)),
        "promise_ids": draw(ids()),
        "actions": draw(ids()),
        "hardship": draw(maybe(st.sampled_from(rp.HardshipReason))),
        "documents_sent": draw(some(documents())),
        "documents_received": draw(some(documents())),
        "receipts": draw(some(receipts())),
        "answers": draw(maybe(one_line())),
        "next_step": draw(maybe(bodies())),
        "next_step_on": draw(maybe(days())),
        "operator": draw(maybe(one_line())),
    }


def _consent_fields(draw: st.DrawFn, began: dt.datetime) -> Content:
    return {
        "party_id": draw(one_line()),
        "scope": draw(st.sampled_from(rp.ConsentScope)),
        "given_at": began,
        "channel": draw(maybe(st.sampled_from(rp.Channel))),
        "point_id": draw(maybe(one_line())),
        "how": draw(maybe(bodies())),
    }


def _consent(draw: st.DrawFn, began: dt.datetime) -> Content:
    fields = _consent_fields(draw, began)
    with_somebody = fields["scope"] in {rp.ConsentScope.THIRD_PARTY, rp.ConsentScope.DATA_SHARING}
    party = draw(one_line()) if with_somebody else None
    return fields | {"until": draw(st.none() | moments(began)), "with_party": party}


def _withdrawal(draw: st.DrawFn, began: dt.datetime) -> Content:
    return _consent_fields(draw, began) | {"consent_id": draw(maybe(one_line()))}


def _point_note(draw: st.DrawFn, _: dt.datetime) -> Content:
    point = draw(maybe(points()))
    name = draw(one_line()) if point is None else point.id
    return {"point_id": name, "source": draw(st.sampled_from(rp.PointSource)), "point": point}


def _preference_note(draw: st.DrawFn, _: dt.datetime) -> Content:
    return {"party_id": draw(one_line()), "preference": draw(maybe(preferences()))}


def _hardship(draw: st.DrawFn, _: dt.datetime) -> Content:
    state = draw(st.sampled_from(rp.VerificationState))
    return {
        "party_id": draw(one_line()),
        "contact_id": draw(maybe(one_line())),
        "debts": draw(ids()),
        "reason": draw(maybe(st.sampled_from(rp.HardshipReason))),
        "statement": draw(maybe(bodies())),
        "since": draw(maybe(days())),
        "evidence": draw(some(documents())),
        "verification": state,
        "verified_on": None if state is rp.VerificationState.UNVERIFIED else draw(days()),
    }


def _vulnerability(draw: st.DrawFn, _: dt.datetime) -> Content:
    basis = draw(st.sampled_from(rp.VulnerabilityBasis))
    by_consent = basis is rp.VulnerabilityBasis.EXPLICIT_CONSENT
    return {
        "party_id": draw(one_line()),
        "basis": basis,
        "consent_id": draw(one_line()) if by_consent else None,
        "needs": draw(members(rp.SupportNeed)),
        "support": draw(maybe(bodies())),
        "review_on": draw(maybe(days())),
    }


def _difficulty_note(draw: st.DrawFn, _: dt.datetime) -> Content:
    return {
        "contact_id": draw(one_line()),
        "party_id": draw(one_line()),
        "difficulties": draw(members(rp.Difficulty)),
        "language": draw(maybe(st.sampled_from(_TAGS))),
        "words": draw(maybe(bodies())),
    }


def _step_note(draw: st.DrawFn, _: dt.datetime) -> Content:
    return {"step": draw(one_line()), "debts": draw(ids()), "result": draw(maybe(bodies()))}


def _amendment(draw: st.DrawFn, _: dt.datetime) -> Content:
    changes = st.dictionaries(st.sampled_from(["content", "party_id", "how"]), one_line(), max_size=2)
    personal = draw(maybe(changes))
    return {
        "corrects": draw(one_line()),
        "reason": draw(one_line()),
        "changes": canonical(draw(changes)).decode(),
        "personal_changes": None if personal is None else canonical(personal).decode(),
        "personal_names": draw(ids()) if personal is None else sorted(personal),
    }


def _redaction(draw: st.DrawFn, _: dt.datetime) -> Content:
    return {
        "entry": draw(st.sampled_from([0, 2**53 - 1]) | st.integers(0, 2**53 - 1)),
        "fields": draw(st.lists(one_line(), min_size=1, max_size=3, unique=True).map(tuple)),
        "reason": draw(one_line()),
        "by": draw(maybe(one_line())),
    }


FACTS: Final[dict[type[rp.Record], Callable[[st.DrawFn, dt.datetime], Content]]] = {
    rp.Consent: _consent,
    rp.ConsentWithdrawal: _withdrawal,
    rp.Contact: _contact,
    rp.ContactPointNote: _point_note,
    rp.DifficultyNote: _difficulty_note,
    rp.Hardship: _hardship,
    rp.PreferenceNote: _preference_note,
    StepNote: _step_note,
    rp.Vulnerability: _vulnerability,
}
"""The kinds of record that state something, and what to draw for their own fields."""

CORRECTIONS: Final[dict[type[rp.Record], Callable[[st.DrawFn, dt.datetime], Content]]] = {
    rp.Amendment: _amendment,
    rp.Redaction: _redaction,
}
"""The kinds that speak of other records."""

KINDS: Final = (*FACTS, *CORRECTIONS)


@st.composite
def records_of(
    draw: st.DrawFn, kind: type[rp.Record], record_id: str | None = None, case_id: str | None = None
) -> rp.Record:
    """A record of a kind with any values in every field, where asked for of an id and a case."""
    began = draw(moments())
    make: Any = {**FACTS, **CORRECTIONS}[kind]
    fields = make(draw, began)
    given: Content = {
        "id": draw(one_line()) if record_id is None else record_id,
        "case_id": draw(one_line()) if case_id is None else case_id,
        "recorded_at": draw(moments(fields.get("ended_at") or began)),
    }
    for name in ("answers", "consent_id", "contact_id", "corrects"):  # none may name the record itself
        if fields.get(name) == given["id"]:
            fields[name] = f"{given['id'][:100]} too"
    return kind(**given, **fields)


def records() -> st.SearchStrategy[rp.Record]:
    """A record of any kind."""
    return st.sampled_from(KINDS).flatmap(records_of)


def salts(seed: int = 0, length: int = 16) -> Iterator[bytes]:
    """Salts that differ, which is all that a test needs; other seeds give others, and other lengths too."""
    return (number.to_bytes(length, "big") for number in itertools.count(seed * 2**32 + 1))


# ------------------------------------------------------------------------------------------ logs


@attrs.frozen
class History:
    """A log and what it was after every step."""

    log: rp.CommunicationLog
    steps: tuple[rp.CommunicationLog, ...]
    """Every log on the way, the empty one first."""


def _add_fact(draw: st.DrawFn, log: rp.CommunicationLog, source: Iterator[bytes]) -> rp.CommunicationLog:
    name = f"r{len(log)}" + draw(st.sampled_from(["", " '\"\\", "é"]))
    case = draw(st.sampled_from(["case a", "case b"]))
    record = draw(st.sampled_from(list(FACTS)).flatmap(lambda kind: records_of(kind, name, case)))
    return log.append(record, at=_next_moment(draw, log, record.recorded_at), salts=source)


def _next_moment(draw: st.DrawFn, log: rp.CommunicationLog, recorded: dt.datetime | None) -> dt.datetime:
    known = [moment for moment in (recorded, log[-1].at if len(log) else None) if moment is not None]
    return draw(moments(max(known)))


def _with_fields(now: rp.Record, other: rp.Record, names: list[str]) -> rp.Record | None:
    """Some fields of another record, where they fit."""
    try:
        return attrs.evolve(now, **{name: getattr(other, name) for name in names})
    except rp.RepayPlanError:
        return None


def _amend_one(
    draw: st.DrawFn, log: rp.CommunicationLog, source: Iterator[bytes]
) -> rp.CommunicationLog | None:
    targets = [entry.record for entry in log if type(entry.record) in FACTS]
    if not targets:
        return None
    now = log.record(draw(st.sampled_from([target.id for target in targets])))
    other = draw(records_of(type(now), now.id, now.case_id))
    names = [field.name for field in attrs.fields(type(now)) if field.name not in {"recorded_at", "point_id"}]
    changed = draw(st.lists(st.sampled_from(names), min_size=1, max_size=4))
    to = _with_fields(now, other, changed) or _with_fields(now, other, names)
    if to is None or rp.to_dict(to) == rp.to_dict(now):
        return None
    at = _next_moment(draw, log, None)
    note = rp.amend(now, to, amendment_id=f"a{len(log)}", reason=draw(one_line()), recorded_at=at)
    return log.append(note, at=draw(moments(at)), salts=source)


def _redact_one(draw: st.DrawFn, log: rp.CommunicationLog) -> rp.CommunicationLog | None:
    held = [entry.number for entry in log if entry.disclosed]
    if not held:
        return None
    number = draw(st.sampled_from(held))
    names = sorted(log[number].disclosed)
    fields = draw(st.lists(st.sampled_from(names), min_size=1, max_size=len(names), unique=True))
    return log.redact(number, fields, draw(one_line()), _next_moment(draw, log, None))


@st.composite
def histories(
    draw: st.DrawFn, minimum: int = 0, maximum: int = 7, *, redactions: bool = True, origin: str | None = None
) -> History:
    """A log of several cases with records of all kinds, amendments and redactions, step by step."""
    log = rp.CommunicationLog(draw(one_line()) if origin is None else origin)
    source = salts(draw(st.integers(0, 2**32)), draw(st.sampled_from([16, 17, 64])))
    acts = ["add", "add", "amend", *(["redact"] if redactions else [])]
    steps = [log]
    size = draw(st.integers(minimum, maximum))
    while len(log) < size:
        act = draw(st.sampled_from(acts))
        after = None
        if act == "amend":
            after = _amend_one(draw, log, source)
        elif act == "redact":
            after = _redact_one(draw, log)
        log = _add_fact(draw, log, source) if after is None else after
        steps.append(log)
    return History(log, tuple(steps))


def logs(minimum: int = 0, maximum: int = 7, **options: Any) -> st.SearchStrategy[rp.CommunicationLog]:  # noqa: ANN401  # as histories
    return histories(minimum, maximum, **options).map(lambda found: found.log)


# ------------------------------------------------------------------------------------------ tampering

EXAMPLE_AT: Final = dt.datetime(2026, 12, 1, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def hardship(record_id: str, **fields: Any) -> rp.Hardship:  # noqa: ANN401  # any field
    """A short record with one personal field."""
    given: Content = {
        "id": record_id,
        "case_id": "c",
        "recorded_at": EXAMPLE_AT,
        "party_id": "p",
        "statement": "ill",
    }
    return rp.Hardship(**{**given, **fields})


def short_log(size: int = 3, origin: str = "bank", seed: int = 0) -> rp.CommunicationLog:
    """A log of short records."""
    records = [hardship(f"h{number}", case_id=f"c{number % 2}") for number in range(size)]
    return rp.CommunicationLog(origin).extend(((item, EXAMPLE_AT) for item in records), salts=salts(seed))


def lines_of(data: bytes) -> list[bytes]:
    """The lines of a file, with their line feeds."""
    return list(io.BytesIO(data))


def exported(log: rp.CommunicationLog) -> bytes:
    """The bytes of a log's file."""
    return "".join(log.to_lines()).encode()


def contents(log: rp.CommunicationLog) -> list[Content]:
    """What the lines say, to be changed."""
    return [json.loads(line) for line in log.to_lines()]


def written(content: Content) -> str:
    """One line as the library would write it."""
    return canonical(content).decode() + "\n"


def relinked(items: list[Content], first: int = 0) -> list[str]:
    """Write lines whose numbers and links were made anew from one on, as a clever forger would."""
    for number in range(max(first, 1), len(items)):
        before = leaf(canonical(items[number - 1]["entry"])).hex()
        items[number]["entry"] |= {"number": number, "previous": before}
    return [written(item) for item in items]
