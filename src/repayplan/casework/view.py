"""A view of a case at a moment: what is known by then, and what follows from it, each worked out once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.affordability.assessment import Affordability, assess
from repayplan.casework.account_view import AccountView
from repayplan.casework.action_keys import attempt_key, way_key
from repayplan.casework.case import Case
from repayplan.casework.moments import day_of, moment_of, start_of
from repayplan.casework.requests import open_requests
from repayplan.checks import check_count, check_instance
from repayplan.communication.barrier_rules import HOUSE_BARRIER_RULES, BarrierRules
from repayplan.communication.channels import Direction
from repayplan.communication.circumstances import Hardship, Vulnerability
from repayplan.communication.client import Client
from repayplan.communication.contact_rule_book import ContactRules
from repayplan.communication.diagnosis import barriers_in
from repayplan.communication.limitation import events_of
from repayplan.communication.noted_client import client_as_noted
from repayplan.communication.purposes import ClientStatement
from repayplan.communication.reasons import SupportNeed
from repayplan.communication.steps import StepNote
from repayplan.communication.trails import Trail, trail_of
from repayplan.errors import CaseError
from repayplan.overdue.follow_up_rules import HOUSE_FOLLOW_UP_RULES, FollowUpRules

if TYPE_CHECKING:
    import datetime

    from repayplan.casework.statements import BudgetStatement
    from repayplan.communication.barriers import Barrier
    from repayplan.communication.contact import Contact
    from repayplan.communication.limitation import LimitationEvent
    from repayplan.communication.limitation_rules import LimitationRules
    from repayplan.communication.purposes import Purpose
    from repayplan.policies.policy import Policy

__all__ = ["HORIZON_MAX", "CaseView", "view_of"]

HORIZON_MAX: Final = 3_660
"""The most days that are looked ahead: ten years."""


@attrs.frozen(eq=False, slots=False, repr=False)
class CaseView:
    """A case at a moment; made by :func:`view_of`.

    Attributes:
        case: The case with what is known by then, and the client as its log notes it.
        at: The moment, by the client's clock.
        day: Its day.
        until: The last day that is looked at: what begins by then is in view.
        profile: The client as known besides the log, by which what lies before a note is judged.
    """

    case: Case
    at: pendulum.DateTime
    day: pendulum.Date
    until: pendulum.Date
    profile: Client

    @cached_property
    def policy(self) -> Policy:
        """The rule book in force."""
        return self.case.policy.in_force(self.day)

    @cached_property
    def follow_up(self) -> FollowUpRules:
        """By when what is to be done; house defaults where the policy says nothing."""
        return self.policy.follow_up if self.policy.has("follow_up") else HOUSE_FOLLOW_UP_RULES

    @cached_property
    def contact_rules(self) -> ContactRules:
        """The rules of contact; where the policy has none, the client's own wishes and stops alone."""
        return self.policy.contact if self.policy.has("contact") else ContactRules()

    @property
    def barrier_rules(self) -> BarrierRules:
        """From when on something counts as a barrier."""
        return HOUSE_BARRIER_RULES

    @cached_property
    def limitation_rules(self) -> LimitationRules | None:
        """The rules of limitation; None where they are not known."""
        return self.policy.records.limitation if self.policy.has("records") else None

    # --- the record

    @cached_property
    def contacts(self) -> tuple[Contact, ...]:
        """All contacts, the earliest first."""
        return () if self.trail is None else self.trail.all_contacts

    @cached_property
    def attempts(self) -> dict[Purpose, list[Contact]]:
        """What the bank began, by purpose, whether it names an action or not."""
        found: dict[Purpose, list[Contact]] = {}
        for contact in self.contacts:
            if contact.direction is Direction.OUTBOUND:
                found.setdefault(contact.purpose, []).append(contact)
        return found

    @cached_property
    def carried_out(self) -> dict[str, list[Contact]]:
        """The contacts that name an action, whoever began them, by its key."""
        found: dict[str, list[Contact]] = {}
        for contact in self.contacts:
            for key in contact.actions:
                found.setdefault(key, []).append(contact)
        return found

    def naming(self, key: str) -> list[Contact]:
        """Give the contacts that name an action, a later attempt at it or the step of finding a way for it.

        The earliest comes first, and each once, even where it names several of them.
        """
        keys = [attempt_key(key, attempt) for attempt in range(1, self.follow_up.attempts.value + 1)]
        found = [contact for one in (*keys, way_key(key)) for contact in self.carried_out.get(one, ())]
        return sorted({one.id: one for one in found}.values(), key=lambda contact: contact.started_at)

    @cached_property
    def answered(self) -> frozenset[str]:
        """The ids of the contacts that one of the bank says to answer."""
        return frozenset(
            contact.answers
            for contact in self.contacts
            if contact.direction is Direction.OUTBOUND
            and contact.answers is not None
            and not contact.outcome.is_failure
        )

    @cached_property
    def requests(self) -> tuple[Contact, ...]:
        """The messages and talks in which the client asked for something that is not answered yet."""
        return open_requests(self)

    @cached_property
    def disputes(self) -> tuple[Contact, ...]:
        """The contacts in which the client disputed a debt and which no person has noted as decided."""
        return tuple(
            contact
            for contact in self.contacts
            if ClientStatement.DISPUTES_DEBT in contact.client_said
            and self.dispute_step(contact) not in self.steps
        )

    @staticmethod
    def dispute_step(contact: Contact) -> str:
        """Give the name of the step by which a person decides on a dispute."""
        return f"dispute:{contact.id}"

    @cached_property
    def steps(self) -> dict[str, pendulum.DateTime]:
        """The steps of the desk that were done, each with the moment at which it was noted last."""
        return {note.step: note.recorded_at for note in self.case.log.records(StepNote)}

    @cached_property
    def hardships(self) -> tuple[Hardship, ...]:
        """The reasons that were stated."""
        return self.case.log.records(Hardship)

    @cached_property
    def needs(self) -> frozenset[SupportNeed]:
        """What the client needs care for, as the client's profile or a note of the log says."""
        return self.case.client.needs

    @cached_property
    def care_notes(self) -> tuple[Vulnerability, ...]:
        """What was noted of the client's need for care."""
        mine = self.case.client.party.id
        return tuple(note for note in self.case.log.records(Vulnerability) if note.party_id == mine)

    @cached_property
    def crises(self) -> dict[str, pendulum.Date]:
        """What says that life or health is in danger, by the step by which a person notes that this is over.

        Each with the day from which it is known; what stands in the profile alone is known today.
        """
        noted = {f"crisis:{note.id}": note for note in self.care_notes if SupportNeed.CRISIS in note.needs}
        found = {step: self.day_of(note.recorded_at) for step, note in noted.items()}
        if SupportNeed.CRISIS in self.profile.needs:
            found["crisis:profile"] = self.day
        return {step: day for step, day in found.items() if step not in self.steps}

    @cached_property
    def trail(self) -> Trail | None:
        """What the record says of the communication with the client; None where there is no record yet."""
        return trail_of(self.case.log, self.profile, self.at)

    @cached_property
    def barriers(self) -> tuple[Barrier, ...]:
        """The barriers that are open, the earliest first."""
        found = () if self.trail is None else barriers_in(self.trail, self.barrier_rules)
        return tuple(barrier for barrier in found if barrier.is_open)

    @cached_property
    def limitation_events(self) -> tuple[LimitationEvent, ...]:
        """What in the log may have restarted limitation."""
        rules = self.limitation_rules
        return () if rules is None else events_of(self.contacts, rules)

    # --- the debts and the money

    @cached_property
    def accounts(self) -> tuple[AccountView, ...]:
        """The debts, each at the moment."""
        return tuple(AccountView(self, account) for account in self.case.accounts)

    @cached_property
    def collected(self) -> tuple[AccountView, ...]:
        """Those of them on which no state stops collection; a state of the client stops it on all."""
        stops = [stop.kind for account in self.accounts for stop in account.stops]
        if any(kind.is_of_the_person for kind in stops):
            return ()
        return tuple(account for account in self.accounts if not account.stops)

    @property
    def is_stopped(self) -> bool:
        """Whether there are debts and none is collected: what is left is to refer the case and to answer."""
        return bool(self.accounts) and not self.collected

    @property
    def budget(self) -> BudgetStatement | None:
        """The latest budget; None where the client stated none."""
        return self.case.budgets[-1] if self.case.budgets else None

    @cached_property
    def affordability(self) -> Affordability | None:
        """What the client can pay by the latest budget; None without one."""
        if self.budget is None:
            return None
        return assess(self.budget.budget, rules=self.policy.affordability, as_of=self.budget.stated_on)

    # --- days

    def day_of(self, moment: datetime.datetime) -> pendulum.Date:
        """Give the day of a moment by the client's clock."""
        return day_of(moment, self.case.client)

    def start_of(self, day: pendulum.Date) -> pendulum.DateTime:
        """Give the first moment of a day by the client's clock."""
        return start_of(day, self.case.client)


def view_of(case: Case, as_of: datetime.date, horizon: int = 0) -> CaseView:
    """Look at a case at a moment, or at the first moment of a day by the client's clock.

    Args:
        case: The case.
        as_of: The moment or the day.
        horizon: How many days are looked ahead.

    Raises:
        CaseError: The horizon is out of range.
        DateError: The moment is naive.
        PolicyError: No rules are in force on the day.
    """
    check_instance(case, Case, "case")
    at = moment_of(as_of, case.client)
    check_count(horizon, "horizon", minimum=0, maximum=HORIZON_MAX, error=CaseError)
    day = day_of(at, case.client)
    known = case.known_by(at)
    noted = attrs.evolve(known, client=client_as_noted(known.client, known.log, at))
    return CaseView(noted, at, day, day.add(days=horizon), known.client)
