"""The condition that whoever is to be reached is reached there: a wrong number stays one until checked."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from repayplan.communication.channels import Outcome
from repayplan.communication.conditions import Condition
from repayplan.communication.local_clock import minute_after, minute_of
from repayplan.communication.phases import FOREVER, in_spans
from repayplan.communication.profiles import ContactPointNote
from repayplan.moments import instant
from repayplan.rules import Finding

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence

    import pendulum

    from repayplan.communication.contact import Contact
    from repayplan.communication.contact_points import ContactPoint
    from repayplan.communication.contact_question import ContactQuestion

__all__ = ["right_person"]


class _Check(NamedTuple):
    """Something by which it was made sure that the recipient is reached there.

    Attributes:
        at: When that became known.
        checked_on: The day of the check: it says nothing of an answer on a later one. None for a talk.
    """

    at: datetime.datetime
    checked_on: pendulum.Date | None = None


def right_person(question: ContactQuestion, point: ContactPoint) -> Condition:
    """Bar a point at which somebody else answered for the recipient, until it is made sure to be right.

    That is done by a later talk there in which the recipient was confirmed, or by a later note of the log
    that the point was verified from a permitted source, on the day of the wrong answer or after it. A wrong
    answer is about the owner of the point alone: who else owns the same number may be reached there.
    """
    found = question.log.contacts(outcome=Outcome.WRONG_PERSON, point=point)
    wrong = [item for item in found if item.point is not None and item.point.owner == point.owner]
    checks: list[_Check] = []
    if wrong:  # seldom so; nothing else is looked at otherwise
        checks += _talks(question, point, wrong[0].started_at)
        checks += _notes(question, point)
        checks.sort(key=_known_at)

    def finding(_: int, passed: bool) -> Finding:  # noqa: FBT001  # the shape of every finding
        return Finding("right_person", passed, point.id, citation=question.rules.third_parties)

    return Condition(in_spans((minute_of(item.started_at), _until(item, checks)) for item in wrong), finding)


def _talks(question: ContactQuestion, point: ContactPoint, since: datetime.datetime) -> Iterator[_Check]:
    """Give the talks there in which the recipient was confirmed."""
    for talk in question.log.contacts(since=since, outcome=Outcome.CONVERSATION, point=point):
        if any(one.is_verified and one.party.id == point.owner for one in talk.participants):
            yield _Check(talk.started_at)


def _notes(question: ContactQuestion, point: ContactPoint) -> Iterator[_Check]:
    """Give the notes of the log by which the point was verified as the recipient's."""
    for note in question.log.records(ContactPointNote):
        noted = note.point
        if noted is None or noted.verified_on is None or note.source not in question.rules.sources.value:
            continue
        if noted.owner == point.owner and noted.is_same_as(point):
            yield _Check(note.recorded_at, noted.verified_on)


def _until(wrong: Contact, checks: Sequence[_Check]) -> int:
    """Give the first minute in which the first check after a wrong answer is known."""
    answered_on = wrong.started_at.date()
    for place in range(bisect_left(checks, instant(wrong.started_at), key=_known_at), len(checks)):
        check = checks[place]
        if check.checked_on is None or check.checked_on >= answered_on:
            return minute_after(check.at)
    return FOREVER


def _known_at(check: _Check) -> int:
    return instant(check.at)
