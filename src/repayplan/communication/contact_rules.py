"""May we contact the client now, and if not, when at the earliest?"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

import attrs
import pendulum

from repayplan.checks import check_count
from repayplan.communication.contact_counts import counting
from repayplan.communication.contact_parties import standing_between
from repayplan.communication.contact_question import ask
from repayplan.communication.contact_times import timing
from repayplan.communication.phases import any_bars, first_open, open_spans
from repayplan.errors import CommunicationError
from repayplan.rules import Finding
from repayplan.values import Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from repayplan.communication.blocked_spans import BlockedSpan
    from repayplan.communication.channels import Channel
    from repayplan.communication.client import Client
    from repayplan.communication.conditions import Condition
    from repayplan.communication.contact_points import ContactPoint
    from repayplan.communication.contact_question import ContactQuestion
    from repayplan.communication.contact_rule_book import ContactRules
    from repayplan.communication.log import CommunicationLog
    from repayplan.communication.purposes import Purpose

__all__ = ["Allowed", "ContactAnswer", "ContactWindow", "Denied", "may_contact", "next_window"]

_WINDOWS_MAX: Final = 100


@attrs.frozen
class Allowed(Value):
    """The contact may begin in the minute that was asked about; made by :func:`repayplan.may_contact`.

    Attributes:
        findings: Every rule that bears on it, each passed.
    """

    findings: tuple[Finding, ...]


@attrs.frozen
class Denied(Value):
    """The contact may not begin now; made by :func:`repayplan.may_contact`.

    Attributes:
        findings: Every rule that bears on it, passed or not at the moment that was asked about.
        earliest: The first minute that is permitted, with the offset of the client's first zone: no minute
            from the one that was asked about to the one before it is. None where there is none within the
            horizon of the rules.
    """

    findings: tuple[Finding, ...]
    earliest: pendulum.DateTime | None

    @property
    def reasons(self) -> tuple[Finding, ...]:
        """The findings that did not pass."""
        return tuple(finding for finding in self.findings if not finding.passed)


ContactAnswer: TypeAlias = Allowed | Denied
"""What :func:`repayplan.may_contact` answers."""


@attrs.frozen
class ContactWindow(Value):
    """A time in which a contact may begin; made by :func:`repayplan.next_window`.

    Attributes:
        start: The first minute.
        end: The first minute after it: one that is barred, or the end of the horizon.
    """

    start: pendulum.DateTime
    end: pendulum.DateTime


def may_contact(  # noqa: PLR0913, PLR0917  # all of them bear on the answer
    purpose: Purpose,
    recipient: str,
    debts: Sequence[str],
    channel: Channel,
    point: ContactPoint | None,
    at: datetime.datetime,
    log: CommunicationLog,
    client: Client,
    rules: ContactRules,
    blocked: Sequence[BlockedSpan] = (),
) -> Allowed | Denied:
    """Tell whether a contact may begin at a moment, and if not, from when.

    The answer is for the whole minute of UTC in which the moment lies, with every clock read at its first
    instant. What the log holds is taken to be known at its own time: a contact counts from the minute in
    which it began, in that minute too, so whoever asks about a contact that is in the log already asks a log
    without it (``log.known_by(moment)``).

    A stop of contact, an opt-out and a consent hold for every debt. Wishes as to time and place are those of
    the recipient: as the log notes them, each from its minute on, and where it notes none, as ``client`` says
    for the client; which channel somebody likes best is no rule, and is left to whoever picks one.

    Args:
        purpose: What the contact is for. Rules bar some purposes and not others.
        recipient: The id of the client, or of another party of the client.
        debts: The ids of the debts that it is about, for limits per debt.
        channel: By which channel.
        point: At which number, address or account; None where none is named. It may then be any: hours for
            contact at work hold, and every opt-out of an address and every wish as to places bars it. Whether
            it is in use, and whether somebody else answered there, is asked of a point that is named.
        at: When.
        log: The record.
        client: The client, who may be in several zones: a time must suit all of them, or only the zone of the
            point where the point is tied to a place.
        rules: The rules.
        blocked: What blocks contact from outside the record, such as breathing space or a running promise.

    Returns:
        ``Allowed``, or ``Denied`` with the first permitted minute.

    Raises:
        CommunicationError: The recipient is nobody of the case, or of the bank; the point is another's, or
            the channel does not reach it.
        DateError: The moment is naive or not in the years 1900 to 2999, or a calendar does not know a day.
        PolicyError: The hours depend on public holidays that the rules do not have.
    """
    question = ask(
        purpose=purpose,
        recipient=recipient,
        debts=debts,
        channel=channel,
        point=point,
        at=at,
        log=log,
        client=client,
        rules=rules,
        blocked=blocked,
    )
    conditions = _conditions(question)
    findings = tuple(condition.finding(question.minute) for condition in conditions)
    if all(finding.passed for finding in findings):
        return Allowed(findings)
    barring = any_bars([condition.bars for condition in conditions])
    earliest = first_open(barring, question.minute, question.end)
    return Denied(findings, None if earliest is None else question.clocks[0].moment(earliest))


def next_window(  # noqa: PLR0913, PLR0917  # as above
    purpose: Purpose,
    recipient: str,
    debts: Sequence[str],
    channel: Channel,
    point: ContactPoint | None,
    at: datetime.datetime,
    log: CommunicationLog,
    client: Client,
    rules: ContactRules,
    blocked: Sequence[BlockedSpan] = (),
    *,
    count: int = 1,
) -> tuple[ContactWindow, ...]:
    """Give the next times in which a contact may begin, the earliest first.

    Args:
        purpose: As for :func:`repayplan.may_contact`, which says what each argument is.
        recipient: As there.
        debts: As there.
        channel: As there.
        point: As there.
        at: From when: the first window begins with its minute where that is permitted.
        log: As there.
        client: As there.
        rules: As there; nothing after their horizon is looked at.
        blocked: As there.
        count: How many at most, 1 to 100.

    Raises:
        CommunicationError: As there, or the count is out of range.
        DateError: As there.
        PolicyError: As there.
    """
    check_count(count, "count", minimum=1, maximum=_WINDOWS_MAX, error=CommunicationError)
    question = ask(
        purpose=purpose,
        recipient=recipient,
        debts=debts,
        channel=channel,
        point=point,
        at=at,
        log=log,
        client=client,
        rules=rules,
        blocked=blocked,
    )
    barring = any_bars([condition.bars for condition in _conditions(question)])
    clock = question.clocks[0]
    found = islice(open_spans(barring, question.minute, question.end), count)
    return tuple(ContactWindow(clock.moment(start), clock.moment(end)) for start, end in found)


def _conditions(question: ContactQuestion) -> list[Condition]:
    return [*timing(question), *counting(question), *standing_between(question)]
