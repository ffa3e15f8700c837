"""Which remedies a barrier has for a client, the kindest and the least effort first."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import attrs

from repayplan.checks import check_date, check_instance
from repayplan.communication import remedy_details as details
from repayplan.communication.accessibility import forms_for
from repayplan.communication.barrier_rules import HOUSE_BARRIER_RULES, BarrierRules
from repayplan.communication.barriers import Barrier, BarrierKind
from repayplan.communication.client import Client
from repayplan.communication.periods import Period, PeriodUnit
from repayplan.communication.remedy_details import Case, Details
from repayplan.communication.remedy_kinds import (
    ClosingEvidence,
    Prohibition,
    Remedy,
    RemedyHelper,
    RemedyKind,
)

if TYPE_CHECKING:
    import datetime

    from repayplan.rules import Limit

__all__ = ["remedies"]


def remedies(
    barrier: Barrier,
    client: Client,
    rules: BarrierRules = HOUSE_BARRIER_RULES,
    *,
    on: datetime.date | None = None,
) -> tuple[Remedy, ...]:
    """Give what to do about an open barrier, the kindest first; a closed one needs nothing.

    An emergency contact is asked only where the rules permit it, and only how the client can be reached:
    never about money, and without learning of the debt.

    Args:
        barrier: The barrier, from :func:`repayplan.diagnose`.
        client: The client as known now: wishes, needs, contact points and who else takes part. What the log
            notes of them is taken in by :func:`repayplan.client_as_noted`.
        rules: The sources and helpers that are permitted, and within which time.
        on: The day from which the times count, and on which wishes and authorities must hold; None is the day
            of the latest evidence.

    Raises:
        DateError: A day by which something is done lies after the year 9999.
    """
    check_instance(barrier, Barrier, "barrier")
    check_instance(client, Client, "client")
    check_instance(rules, BarrierRules, "rules")
    if not barrier.is_open:
        return ()
    day = barrier.latest_at.date() if on is None else check_date(on, "on")
    case = Case(barrier, client, rules, day, client.preference_on(day))
    found = (_remedy(kind, case) for kind in _REMEDIES[barrier.kind])
    return tuple(remedy for remedy in found if remedy is not None)


@attrs.frozen
class _Step:
    """How a kind of remedy is made.

    Attributes:
        by: Who does it.
        within: The rule that says by when.
        find: Finds its details; None where it does not apply.
        never: What is not allowed besides what never is.
        reaches_client: Whether the client is reached by it.
    """

    by: RemedyHelper
    within: str
    find: Callable[[Case], Details] = details.always
    never: tuple[Prohibition, ...] = ()
    reaches_client: bool = True


_STEPS: Final = {
    RemedyKind.STOP_USING_POINT: _Step(
        RemedyHelper.BANK, "desk_days", details.failed_point, reaches_client=False
    ),
    RemedyKind.PAUSE: _Step(RemedyHelper.BANK, "pause_days"),
    RemedyKind.ASK_WISHES: _Step(RemedyHelper.BANK, "helper_days"),
    RemedyKind.CLIENTS_CHANNEL: _Step(
        RemedyHelper.BANK, "desk_days", details.clients_channel, (Prohibition.TRYING_MORE_OFTEN,)
    ),
    RemedyKind.ACCESSIBLE_FORM: _Step(RemedyHelper.BANK, "helper_days"),
    RemedyKind.PUBLISHED_NUMBER: _Step(
        RemedyHelper.BANK, "desk_days", never=(Prohibition.ASKING_FOR_SECRETS, Prohibition.TRYING_MORE_OFTEN)
    ),
    RemedyKind.CHECK_EQUIPMENT: _Step(
        RemedyHelper.BANK, "desk_days", never=(Prohibition.TRYING_MORE_OFTEN,), reaches_client=False
    ),
    RemedyKind.OTHER_LINE: _Step(
        RemedyHelper.BANK, "desk_days", details.other_line, (Prohibition.TRYING_MORE_OFTEN,)
    ),
    RemedyKind.INTERPRETER: _Step(
        RemedyHelper.INTERPRETER, "helper_days", details.interpreter, (Prohibition.RELATIVES_INTERPRET,)
    ),
    RemedyKind.TRANSLATED_LETTER: _Step(RemedyHelper.TRANSLATOR, "helper_days", details.translated),
    RemedyKind.TECHNICAL_SUPPORT: _Step(
        RemedyHelper.TECHNICAL_SUPPORT,
        "helper_days",
        never=(Prohibition.TRYING_MORE_OFTEN,),
        reaches_client=False,
    ),
    RemedyKind.CONFIRM_WITH_CLIENT: _Step(RemedyHelper.BANK, "desk_days", details.confirm),
    RemedyKind.VERIFY_DATA: _Step(
        RemedyHelper.BANK,
        "helper_days",
        details.sources,
        (Prohibition.ASKING_OTHERS_ABOUT_MONEY,),
        reaches_client=False,
    ),
    RemedyKind.REPRESENTATIVE: _Step(
        RemedyHelper.REPRESENTATIVE, "helper_days", details.representative, reaches_client=False
    ),
    RemedyKind.MEETING: _Step(RemedyHelper.BANK, "meeting_days", never=(Prohibition.UNANNOUNCED_VISIT,)),
    RemedyKind.ADVISER: _Step(RemedyHelper.ADVISER, "meeting_days", details.adviser),
    RemedyKind.EMERGENCY_CONTACT: _Step(
        RemedyHelper.BANK,
        "helper_days",
        details.emergency_contact,
        (Prohibition.ASKING_OTHERS_ABOUT_MONEY, Prohibition.ASKING_TWICE),
        reaches_client=False,
    ),
}


def _remedy(kind: RemedyKind, case: Case) -> Remedy | None:
    step = _STEPS[kind]
    found = step.find(case)
    if found is None:
        return None
    within: Limit[int] = getattr(case.rules, step.within)
    formats = forms_for(case.needs, case.wish.formats) if step.reaches_client else ()
    return Remedy(
        kind=kind,
        by=step.by,
        within=within,
        due_on=Period(within.value, PeriodUnit.DAYS).after(case.day),
        closes_when=_CLOSES_WHEN[case.barrier.kind],
        not_allowed=_not_allowed(step, case),
        formats=frozenset(formats),
        **found,
    )


def _not_allowed(step: _Step, case: Case) -> tuple[Prohibition, ...]:
    shared = any(point.shared is not False for point in case.points)
    always = (
        (Prohibition.OTHERS_LEARN_OF_DEBT, True),
        (Prohibition.PRESSING, True),
        (Prohibition.USING_FAILED_POINT, case.barrier.kind in _FAILED_DATA),
        (Prohibition.EXCLUDED_PLACES, step.reaches_client and bool(case.wish.not_at)),
        (Prohibition.OTHERS_HEAR, step.reaches_client and shared),
    )
    return (*(found for found, applies in always if applies), *step.never)


# --- which kinds a barrier has, in the order of RemedyKind, and what closes it


_FAILED_DATA: Final = {BarrierKind.INACCURATE_DATA, BarrierKind.WRONG_PERSON}
_KIND: Final = RemedyKind
_CARE: Final = (
    _KIND.ASK_WISHES,
    _KIND.CLIENTS_CHANNEL,
    _KIND.ACCESSIBLE_FORM,
)
_REMEDIES: Final = {
    BarrierKind.LANGUAGE: (
        _KIND.INTERPRETER,
        _KIND.TRANSLATED_LETTER,
        _KIND.MEETING,
        _KIND.ADVISER,
    ),
    BarrierKind.TECHNICAL_FAILURE: (
        _KIND.CLIENTS_CHANNEL,
        _KIND.CHECK_EQUIPMENT,
        _KIND.OTHER_LINE,
        _KIND.TECHNICAL_SUPPORT,
    ),
    BarrierKind.INACCURATE_DATA: (
        _KIND.STOP_USING_POINT,
        _KIND.OTHER_LINE,
        _KIND.CONFIRM_WITH_CLIENT,
        _KIND.VERIFY_DATA,
        _KIND.EMERGENCY_CONTACT,
    ),
    BarrierKind.OUTDATED_DATA: (_KIND.CONFIRM_WITH_CLIENT, _KIND.VERIFY_DATA),
    BarrierKind.UNSUITABLE_CHANNEL: (
        _KIND.ASK_WISHES,
        _KIND.CLIENTS_CHANNEL,
        _KIND.MEETING,
        _KIND.ADVISER,
    ),
    BarrierKind.NO_REPLY: (
        _KIND.CLIENTS_CHANNEL,
        _KIND.VERIFY_DATA,
        _KIND.REPRESENTATIVE,
        _KIND.ADVISER,
        _KIND.EMERGENCY_CONTACT,
    ),
    BarrierKind.REFUSAL: (_KIND.PAUSE, _KIND.REPRESENTATIVE, _KIND.ADVISER),
    BarrierKind.WRONG_PERSON: (
        _KIND.STOP_USING_POINT,
        _KIND.OTHER_LINE,
        _KIND.CONFIRM_WITH_CLIENT,
        _KIND.VERIFY_DATA,
        _KIND.EMERGENCY_CONTACT,
    ),
    BarrierKind.HEARING: (*_CARE, _KIND.INTERPRETER, _KIND.MEETING, _KIND.ADVISER),
    BarrierKind.SIGHT: (*_CARE, _KIND.MEETING, _KIND.ADVISER),
    BarrierKind.DISTRUST: (
        _KIND.CLIENTS_CHANNEL,
        _KIND.PUBLISHED_NUMBER,
        _KIND.REPRESENTATIVE,
        _KIND.MEETING,
        _KIND.ADVISER,
    ),
}

_CLOSES_WHEN: Final = {
    BarrierKind.LANGUAGE: ClosingEvidence.UNDERSTOOD,
    BarrierKind.TECHNICAL_FAILURE: ClosingEvidence.CONNECTED,
    BarrierKind.INACCURATE_DATA: ClosingEvidence.VERIFIED,
    BarrierKind.OUTDATED_DATA: ClosingEvidence.VERIFIED,
    BarrierKind.UNSUITABLE_CHANNEL: ClosingEvidence.ON_CLIENTS_CHANNEL,
    BarrierKind.NO_REPLY: ClosingEvidence.HEARD,
    BarrierKind.REFUSAL: ClosingEvidence.WILLING,
    BarrierKind.WRONG_PERSON: ClosingEvidence.VERIFIED,
    BarrierKind.HEARING: ClosingEvidence.HEARD_WELL,
    BarrierKind.SIGHT: ClosingEvidence.HEARD_WELL,
    BarrierKind.DISTRUST: ClosingEvidence.TRUSTED,
}
