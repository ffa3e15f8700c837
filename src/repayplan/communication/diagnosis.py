"""Diagnosis: which barriers the record shows, open and overcome."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from repayplan.checks import check_instance
from repayplan.communication.barrier_rules import HOUSE_BARRIER_RULES, BarrierRules
from repayplan.communication.barriers import Barrier, BarrierKind
from repayplan.communication.difficulties import Difficulty
from repayplan.communication.reasons import SupportNeed
from repayplan.communication.signs import Threshold, barriers_from
from repayplan.communication.signs_of_age import outdated_data
from repayplan.communication.signs_of_reach import (
    inaccurate_data,
    no_reply,
    refusal,
    technical_failure,
    wrong_person,
)
from repayplan.communication.signs_of_understanding import (
    care_need,
    distrust,
    other_language,
    unsuitable_channel,
)
from repayplan.communication.trails import Trail, trail_of
from repayplan.moments import instant

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator

    from repayplan.communication.client import Client
    from repayplan.communication.log import CommunicationLog
    from repayplan.communication.signs import Closing, Sign

__all__ = ["barriers_in", "diagnose"]


def diagnose(
    log: CommunicationLog,
    client: Client,
    rules: BarrierRules = HOUSE_BARRIER_RULES,
    *,
    as_of: datetime.datetime | None = None,
    case_id: str | None = None,
) -> tuple[Barrier, ...]:
    """Find the barriers that the record of a client shows, the earliest first; overcome ones too.

    Only records show barriers: what the client wishes counts as it was noted in the log, and where the log
    notes nothing, as ``client`` says. A barrier is closed by the first record after its evidence that shows
    that communication works again, and a new failure after that is a new barrier.

    Args:
        log: The log.
        client: The client; ids of parties and contact points are those of the log.
        rules: From when on something counts as a barrier.
        as_of: The moment of the question: nothing that was entered later is known, and silence lasts until
            then. There is no clock here, so None is the moment of the last entry; silence after the last
            entry shows only when the moment is given.
        case_id: The case of the client; None takes every case of the log, which fits a log of one case alone,
            since ids of parties are those of a case.

    Raises:
        DateError: The moment is naive.
    """
    check_instance(rules, BarrierRules, "rules")
    trail = trail_of(log, client, as_of, case_id)
    return () if trail is None else barriers_in(trail, rules)


def barriers_in(trail: Trail, rules: BarrierRules) -> tuple[Barrier, ...]:
    """Find the barriers that a trail shows, as :func:`diagnose` does."""
    found = chain.from_iterable(
        barriers_from(kind, signs, trail.as_of, threshold) for kind, signs, threshold in _signs(trail, rules)
    )
    return tuple(sorted(found, key=_order))


def _signs(
    trail: Trail, rules: BarrierRules
) -> Iterator[tuple[BarrierKind, Iterable[Sign | Closing], Threshold]]:
    once, kinds, sources = Threshold(), BarrierKind, rules.sources.value
    yield kinds.LANGUAGE, other_language(trail), once
    yield kinds.TECHNICAL_FAILURE, technical_failure(trail), Threshold(rules.technical_attempts)
    yield kinds.INACCURATE_DATA, inaccurate_data(trail, sources), Threshold(rules.dead_line_attempts)
    yield kinds.OUTDATED_DATA, outdated_data(trail, rules.verification_days, sources), once
    yield kinds.UNSUITABLE_CHANNEL, unsuitable_channel(trail), Threshold(rules.unsuitable_attempts)
    yield kinds.NO_REPLY, no_reply(trail), Threshold(rules.no_reply_attempts, rules.no_reply_days)
    yield kinds.REFUSAL, refusal(trail), once
    yield kinds.WRONG_PERSON, wrong_person(trail, sources), once
    yield kinds.HEARING, care_need(trail, SupportNeed.HEARING, Difficulty.NOT_HEARD), once
    yield kinds.SIGHT, care_need(trail, SupportNeed.SIGHT, Difficulty.NOT_READ), once
    yield kinds.DISTRUST, distrust(trail), once


def _order(barrier: Barrier) -> tuple[int, int, str, str]:
    channel = "" if barrier.channel is None else barrier.channel.value
    place = tuple(BarrierKind).index(barrier.kind)
    return instant(barrier.began_at), place, barrier.point_id or "", channel
