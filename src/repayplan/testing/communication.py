"""Strategies for records of every kind, and logs of them.

Records are such as :mod:`repayplan.communication` takes: an outcome that the channel can have, moments in
order, ids that differ.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

import repayplan as rp
from repayplan.communication.channels import possible_outcomes
from repayplan.testing.drawing import values
from repayplan.testing.ground import moments, names, salts
from repayplan.testing.registry import Strategy, relation_of, strategy_for

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
