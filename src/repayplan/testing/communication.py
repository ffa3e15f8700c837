"""Strategies for communication: parties, points, wishes, records of every kind, and logs of them.

Records are such as :mod:`repayplan.communication` takes: an outcome that the channel can have, moments in
order, ids that differ.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

import repayplan as rp
from repayplan.communication.channels import possible_outcomes
from repayplan.testing.derived import Strategy, relation_of, strategy_for, values
from repayplan.testing.ground import moments, names, salts, zones
from repayplan.testing.relating import by_id, in_order

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pendulum

__all__ = ["contacts", "logs", "records"]

_KINDS: Final[tuple[type[rp.Record], ...]] = (
    rp.StepNote,
    rp.Contact,
    rp.Hardship,
    rp.Consent,
    rp.ConsentWithdrawal,
    rp.ContactPointNote,
    rp.DifficultyNote,
    rp.PreferenceNote,
    rp.Vulnerability,
)
"""The kinds of record that state something, simplest first; the others speak of records in a log."""

_ABOUT_SOMEBODY: Final = {rp.ConsentScope.THIRD_PARTY, rp.ConsentScope.DATA_SHARING}


def contacts(**fields: object) -> st.SearchStrategy[rp.Contact]:
    """Draw a contact or an attempt, by any channel, with an outcome that it can have.

    Args:
        fields: Fields that are fixed, or strategies for them.
    """
    return values(rp.Contact, **fields)


def records(**fields: object) -> st.SearchStrategy[rp.Record]:
    """Draw a record of any kind that states something.

    Args:
        fields: Fields of every record (``id``, ``case_id``, ``recorded_at``) that are fixed, or strategies.
    """
    return st.sampled_from(_KINDS).flatmap(lambda kind: values(kind, **fields))


@strategy_for(rp.Record)
def _any_record(_: rp.Currency) -> Strategy:
    return records()


@st.composite
def logs(
    draw: st.DrawFn,
    *,
    case_id: str | None = None,
    origin: str = "bank/log",
    shortest: int = 0,
    longest: int = 5,
) -> rp.CommunicationLog:
    """Draw a log of ``shortest`` to ``longest`` records of one case, in the order of their entry.

    Args:
        draw: Given by Hypothesis.
        case_id: The case; None draws one.
        origin: The name of the log.
        shortest: The fewest entries.
        longest: The most.
    """
    case = draw(names()) if case_id is None else case_id
    log, source = rp.CommunicationLog(origin), draw(salts())
    for number in range(draw(st.integers(shortest, longest))):
        record = draw(records(id=f"r{number}", case_id=case))
        earliest = record.recorded_at if not len(log) else max(record.recorded_at, log[-1].at)
        log = log.append(record, at=earliest, salts=source)
    return log


@strategy_for(rp.CommunicationLog)
def _logs(_: rp.Currency) -> Strategy:
    return logs()


@strategy_for(rp.LogEntry)
def _entries(_: rp.Currency) -> Strategy:
    return logs(shortest=1).flatmap(lambda log: st.sampled_from(list(log)))


@strategy_for(rp.Excerpt)
def _excerpts(_: rp.Currency) -> Strategy:
    return logs(shortest=1).map(lambda log: rp.excerpt(log, len(log) - 1))


@strategy_for(rp.Head)
def _heads(_: rp.Currency) -> Strategy:
    return logs().map(lambda log: log.head())


@strategy_for(rp.LogVerification)
def _verifications(_: rp.Currency) -> Strategy:
    return logs().map(lambda log: rp.verify_log(log.to_lines(), log.head()))


# --- relations of parts


@relation_of(rp.WeeklyTimes)
def _weekly(draw: st.DrawFn, _: Mapping[str, Any]) -> Mapping[str, Any]:
    start, end = sorted(draw(st.lists(st.integers(0, 48), min_size=2, max_size=2, unique=True)))
    weekdays = draw(st.frozensets(st.integers(1, 7), min_size=1))
    return {"weekdays": weekdays, "start": _clock(start), "end": _clock(end)}


def _clock(half_hours: int) -> str:
    return f"{half_hours // 2:02d}:{half_hours % 2 * 30:02d}"


@relation_of(rp.Authority, rp.ContactPoint, rp.ContactPreference)
def _valid(_: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return in_order(fields, "valid_from", "valid_until")


@relation_of(rp.Party)
def _party(_: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    role = fields["role"]
    return {"authority": None if role.owes or role.is_creditor_side else fields["authority"]}


@relation_of(rp.PublicHolidays)
def _holidays(draw: st.DrawFn, _: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"zone": draw(zones())}


@relation_of(rp.BlockedSpan)
def _blocked(_: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return in_order(fields, "start", "end")


@relation_of(rp.Client)
def _client(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Let the client owe, every party have an id of its own, and every point an owner that is known."""
    party = draw(values(rp.Party, role=rp.PartyRole.CLIENT))
    others = tuple(other for other in by_id(fields["others"]) if other.id != party.id)
    owned = [draw(values(rp.ContactPoint, id=point.id, owner=party.id)) for point in fields["points"]]
    zone = draw(st.lists(zones(), min_size=1, max_size=2, unique=True))
    return {"party": party, "others": others, "points": by_id(owned), "zones": tuple(zone)}


@relation_of(rp.BestChannel)
def _best(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    ways = sorted(fields["point"].kind.channels, key=lambda channel: channel.name)
    return {"channel": draw(st.sampled_from(ways))}


@relation_of(rp.Barrier)
def _barrier(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Close it by a record and at a moment, or not at all."""
    ordered = in_order(fields, "began_at", "latest_at")
    closed = fields["closed_by"] is not None
    return {**ordered, "closed_at": draw(moments(after=ordered["latest_at"])) if closed else None}


# --- relations of records


def _recorded_after(draw: st.DrawFn, day: pendulum.DateTime) -> dict[str, Any]:
    return {"recorded_at": draw(moments(after=day))}


def _another(fields: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Let a record name another one than itself."""
    return {name: f"not {fields['id']}" if fields[name] == fields["id"] else fields[name]}


@relation_of(rp.Contact)
def _contact(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    possible = possible_outcomes(fields["channel"], fields["direction"])
    outcomes = [outcome for outcome in rp.Outcome if outcome in possible]
    ended_at = draw(st.none() | moments(after=fields["started_at"]))
    return {
        "outcome": fields["outcome"] if fields["outcome"] in possible else draw(st.sampled_from(outcomes)),
        "ended_at": ended_at,
        "interpreter": draw(st.none() | values(rp.Party, role=rp.PartyRole.INTERPRETER)),
        **_another(fields, "answers"),
        **_recorded_after(draw, ended_at or fields["started_at"]),
    }


@relation_of(rp.Consent)
def _consent(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    about = fields["scope"] in _ABOUT_SOMEBODY
    starts_at = draw(st.none() | moments(after=fields["given_at"]))
    return {
        "with_party": (fields["with_party"] or draw(names())) if about else None,
        "starts_at": starts_at,
        "until": draw(st.none() | moments(after=starts_at or fields["given_at"])),
        **_recorded_after(draw, fields["given_at"]),
    }


@relation_of(rp.ConsentWithdrawal)
def _withdrawal(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**_another(fields, "consent_id"), **_recorded_after(draw, fields["given_at"])}


@relation_of(rp.ContactPointNote)
def _point_note(_: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"point_id": fields["point_id"] if fields["point"] is None else fields["point"].id}


@relation_of(rp.DifficultyNote)
def _difficulty(_: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    return _another(fields, "contact_id")


@relation_of(rp.Hardship)
def _hardship(_: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    checked = fields["verification"] is not rp.VerificationState.UNVERIFIED
    day = fields["verified_on"] or fields["recorded_at"].date()
    return {"verified_on": day if checked else None, **_another(fields, "contact_id")}


@relation_of(rp.Vulnerability)
def _vulnerability(_: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    by_consent = fields["basis"] is rp.VulnerabilityBasis.EXPLICIT_CONSENT
    return {"consent_id": f"not {fields['id']}" if by_consent else None}


@relation_of(rp.Amendment)
def _amendment(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Let the changes be the canonical text of some fields and what they become."""
    changes = st.dictionaries(st.sampled_from(["content", "how", "party_id"]), st.sampled_from(["a", "é"]))
    written = changes.map(
        lambda found: json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    )
    personal = draw(st.none() | written)
    return {"changes": draw(written), "personal_changes": personal, **_another(fields, "corrects")}
