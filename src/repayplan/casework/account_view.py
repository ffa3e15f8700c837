"""One debt of a case at a moment: where it stands, why it is not paid, and what stops."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import attrs
import pendulum

from repayplan.casework.requests import HELP
from repayplan.communication.limitation import Limitation, LimitationState, limitation_on
from repayplan.communication.limitation_rules import RestartKind
from repayplan.communication.records import covers_day
from repayplan.errors import RepayPlanError
from repayplan.overdue.promise_states import promise_states
from repayplan.overdue.promises import PromiseState
from repayplan.overdue.standing import Standing, standing_of
from repayplan.plan.states import ActKind, PlanState

if TYPE_CHECKING:
    from repayplan.casework.account import Account
    from repayplan.casework.liabilities import CollectionStop
    from repayplan.casework.view import CaseView
    from repayplan.communication.contact import Contact
    from repayplan.overdue.holds import Hold
    from repayplan.overdue.promises import PromiseStanding

__all__ = ["AccountView", "Cause"]

_ASKED_OF: frozenset[PlanState] = frozenset({PlanState.ACTIVE})


class Cause(NamedTuple):
    """When a cause was told, and the id of the contact in which that was, or of the note."""

    at: pendulum.DateTime
    told_in: str


class AccountView:
    """A debt at the moment of a view.

    Args:
        view: The view of the case.
        account: The account, with what is known of it by then.
    """

    def __init__(self, view: CaseView, account: Account) -> None:
        self.view = view
        self.account = account

    @property
    def id(self) -> str:
        """The id of the debt."""
        return self.account.id

    @cached_property
    def plan_state(self) -> PlanState | None:
        """What has become of the plan by the day; None without one, or before it was agreed."""
        plan = self.account.plan
        if plan is None or plan.agreed_on > self.view.day:
            return None
        return plan.state_on(self.view.day)

    @property
    def has_plan(self) -> bool:
        """Whether a plan is running."""
        return self.plan_state in _ASKED_OF

    @cached_property
    def standing(self) -> Standing | None:
        """Where a plan that is running or suspended stands; None without one."""
        facts = self.account.facts
        if facts is None or self.plan_state not in {PlanState.ACTIVE, PlanState.SUSPENDED}:
            return None
        try:
            own = attrs.evolve(facts, debtor=self.view.case.client.party.id)
            return standing_of(own, self.view.day, self.view.policy.overdue, None)
        except RepayPlanError as error:
            place = self.view.case.accounts.index(self.account)
            field = f"accounts[{place}].{error.field}"
            raise type(error)(error.code, field, error.message, error.data) from None

    @property
    def is_repaying(self) -> bool:
        """Whether a plan is running and something of it is left to pay."""
        is_over = self.standing is not None and (
            self.standing.is_completed or self.standing.is_completed_within_tolerance
        )
        return self.has_plan and not is_over

    @cached_property
    def arrears_since(self) -> pendulum.Date | None:
        """The due day since which the plan, or without one the contract, is past due; None where it is not.

        Whoever keeps a plan is not in arrears, whatever the contract was before it.
        """
        if self.standing is not None:
            late = self.standing.days_past_due > 0
            return self.standing.oldest_unpaid_due_on if late else None
        due = self.account.contract_due_on
        is_over = self.plan_state in {PlanState.COMPLETED, PlanState.SUPERSEDED}
        return None if due is None or due >= self.view.day or is_over else due

    @property
    def last_missed_on(self) -> pendulum.Date | None:
        """The latest due day that was missed; None where nothing is past due."""
        if self.standing is None or self.arrears_since is None:
            return self.arrears_since
        lateness = self.standing.lateness
        return pendulum.Date.fromordinal(max(lateness.due[item] for item in lateness.past_due))

    @cached_property
    def promises(self) -> tuple[PromiseStanding, ...]:
        """What became of the promises, the one that is due first before the others."""
        return promise_states(self.account.promises, self.account.payments, self.view.day)

    @property
    def running_promises(self) -> list[PromiseStanding]:
        """The promises that are pending."""
        return [promise for promise in self.promises if promise.state is PromiseState.PENDING]

    @cached_property
    def stops(self) -> tuple[CollectionStop, ...]:
        """What stops collection on the day."""
        return tuple(stop for stop in self.account.stops if stop.covers(self.view.day))

    @cached_property
    def holds(self) -> tuple[Hold, ...]:
        """The holds that are in force on the day."""
        day, client = self.view.day, self.view.case.client.party.id
        return tuple(
            hold
            for hold in self.account.holds
            if hold.protects(client) and covers_day(hold.first_day, hold.last_day, day)
        )

    @cached_property
    def contacts(self) -> tuple[Contact, ...]:
        """The contacts that concern it, or name no debt, the earliest first."""
        return tuple(
            contact for contact in self.view.contacts if not contact.all_debts or self.id in contact.all_debts
        )

    @cached_property
    def cause(self) -> Cause | None:
        """The last time that the client said why a payment was missed; None where nobody knows.

        Only what was said since the payment was missed counts.
        """
        if self.arrears_since is None:
            return None
        said = [Cause(one.started_at, one.id) for one in self.contacts if one.hardship is not None]
        notes = (note for note in self.view.hardships if not note.debts or self.id in note.debts)
        said += [Cause(note.recorded_at, note.contact_id or note.id) for note in notes]
        since = (cause for cause in said if self.view.day_of(cause.at) > self.arrears_since)
        return max(since, default=None)

    @cached_property
    def help_asked(self) -> Cause | None:
        """The last time that the client asked for help that was answered, in arrears or not; None for never.

        What is not answered yet is answered first.
        """
        open_ids = {contact.id for contact in self.view.requests}
        asked = [
            Cause(one.started_at, one.id)
            for one in self.contacts
            if not HELP.isdisjoint(one.client_said) and one.id not in open_ids
        ]
        return max(asked, default=None)

    @cached_property
    def limitation(self) -> Limitation:
        """Whether the claim may still be enforced; from a plan on, by its last installment.

        A plan that was cancelled, or made when the claim had expired, leaves that of the contract to count;
        of one that was terminated, all is due from that day on at the latest.
        """
        plan = self.account.plan
        if plan is None or not self._plan_counts:
            return self._limitation_on(self.view.day, self.account.last_due_on)
        ended = [act.on for act in plan.acts if act.kind is ActKind.TERMINATE]
        return self._limitation_on(self.view.day, min([plan.schedule.last_due, *ended]))

    def _limitation_on(self, day: pendulum.Date, last_due_on: pendulum.Date | None) -> Limitation:
        return limitation_on(
            day,
            last_due_on=last_due_on,
            rules=self.view.limitation_rules,
            debt=self.id,
            events=[*self.account.limitation_events, *self.view.limitation_events],
        )

    @cached_property
    def _plan_counts(self) -> bool:
        """Whether limitation runs from the plan: it stands, and it was not made on an expired claim."""
        plan, rules, last = self.account.plan, self.view.limitation_rules, self.account.last_due_on
        if plan is None or self.plan_state is PlanState.CANCELLED:
            return False
        if rules is None or last is None or RestartKind.NEW_AGREEMENT in rules.revived_by:
            return True
        agreed = plan.versions[0].agreed_on
        return self._limitation_on(agreed, last).state is not LimitationState.EXPIRED

    @property
    def limitation_step(self) -> str:
        """The name of the step by which a person decides on limitation that is expired or unknown."""
        return f"limitation:{self.id}:{self.limitation.state.value}"

    @property
    def may_ask(self) -> bool:
        """Whether payment may be asked as far as limitation goes: it is running, or a person has decided."""
        plan, rules = self.account.plan, self.view.limitation_rules
        is_ahead = plan is not None and self.has_plan and plan.schedule.last_due >= self.view.day
        if rules is not None and is_ahead and self._plan_counts:
            return True  # the period has not even begun, so that no event needs a look
        running = self.limitation.state is LimitationState.RUNNING
        return running or self.limitation_step in self.view.steps
