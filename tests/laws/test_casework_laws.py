"""Laws of casework, over random cases, rules and clients who do anything that a client may do.

No action is proposed that the rules of contact would deny at its time, none is proposed twice, several
contacts of one list are allowed one after the other, and the order in which facts were added never matters.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, NamedTuple

import attrs
import pendulum
from hypothesis import given, settings
from hypothesis import strategies as st

import repayplan as rp
from repayplan.casework.briefing import brief
from repayplan.casework.case import Case
from repayplan.casework.follow_up import calendar_for, next_actions
from repayplan.casework.liabilities import CollectionStop, StopKind
from repayplan.communication.planned_log import PlannedLog
from repayplan.policies.contact import AU_RG96, CN_GBT_45251, US_REGULATION_F
from repayplan.policies.follow_up import US_REGULATION_X
from repayplan.policies.policy import PolicyVersions
from tests.casework import examples as made
from tests.casework import simulation as sim

if TYPE_CHECKING:
    from repayplan.casework.actions import Action

DAYS = 45
START = pendulum.date(2026, 12, 20)
LIVE = (
    rp.Outcome.CONVERSATION,
    rp.Outcome.NO_ANSWER,
    rp.Outcome.BUSY,
    rp.Outcome.WRONG_PERSON,
    rp.Outcome.REFUSED,
)
SENT = (rp.Outcome.DELIVERED, rp.Outcome.SENT, rp.Outcome.BOUNCED)
SAID = (
    None,
    rp.ClientStatement.ASKS_FOR_HELP,
    rp.ClientStatement.PROPOSES_PLAN,
    rp.ClientStatement.DISPUTES_DEBT,
    rp.ClientStatement.COMPLAINS,
    rp.ClientStatement.ACKNOWLEDGES_DEBT,
)


class Anybody(sim.Behaviour):
    """A client who does anything, as a seed decides."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  # no secret
        self.habits: dict[tuple[int, int], int | None] = {}

    def pays(self, row: rp.Installment, version: int) -> pendulum.Date | None:
        key = (version, row.number)
        if key not in self.habits:
            self.habits[key] = self.chance.choice((0, 0, 0, 4, 12, None))
        late = self.habits[key]
        return None if late is None else row.due_on.add(days=late)

    def reached(self, action: Action, world: sim.World) -> sim.Reply:  # noqa: ARG002  # as the base has it
        assert action.channel is not None
        outcome = self.chance.choice(LIVE if action.channel.is_live else SENT)
        return sim.Reply(outcome, calls_back=self.chance.random() < 0.4)  # as good as any

    def says(self, action: Action, world: sim.World) -> dict[str, Any]:  # noqa: ARG002  # as the base has it
        if self.chance.random() < 0.3:  # as good as any
            return self._promises(world)
        cause = self.chance.choice((None, rp.HardshipReason.ILLNESS))
        return {**self._said(), "hardship": cause}

    def speaks(self, day: pendulum.Date, world: sim.World) -> None:
        turn = self.chance.randrange(60)
        if turn == 0:
            world.inbound(
                world.at(day), outcome=rp.Outcome.RECEIVED, channel=rp.Channel.EMAIL, point=made.EMAIL
            )
        elif turn == 1:
            effects = {rp.HoldEffect.CONTACT_STOPS, rp.HoldEffect.PLAN_DAYS_STOP}
            last = day.add(days=self.chance.randrange(20))
            hold = rp.Hold(world.name("hold"), rp.HoldKind.BREATHING_SPACE, effects, day, last)
            world.case = world.case.with_hold("card", hold)
        elif turn == 2:  # a turn
            kind = self.chance.choice(tuple(StopKind))
            stop = CollectionStop(id=world.name("stop"), kind=kind, first_day=day, last_day=day.add(days=5))
            world.case = world.case.with_stop("card", stop)
        elif turn == 3:  # a turn
            world.inbound(world.at(day), **self._said())

    def _said(self) -> dict[str, Any]:
        said = self.chance.choice(SAID)
        return {} if said is None else {"client_said": {said}}

    def _promises(self, world: sim.World) -> dict[str, Any]:
        day = world.case.log[-1].at.date()
        promise = rp.Promise(world.name("promise"), rp.Money(300, "CNY"), by=day.add(days=6), made_on=day)
        world.case = world.case.with_promise("card", promise)
        return {"client_said": {rp.ClientStatement.PROMISES_PAYMENT}, "promise_ids": (promise.id,)}


CHANNELS = (rp.Channel.PHONE, rp.Channel.SMS, rp.Channel.EMAIL)
HOLIDAYS = rp.WeekendCalendar()
CONTACT = {
    "CN": CN_GBT_45251,
    "US": US_REGULATION_F,
    "AU": AU_RG96.with_holidays(made.ZONE, HOLIDAYS),
    "none": None,
}
LAWYER = rp.Party(id="lawyer", role=rp.PartyRole.ATTORNEY, authority=rp.Authority(scope="all"))


class Setup(NamedTuple):
    """What a case is like: the rules, the wishes, a lawyer, a plan, what contacts name, the client's seed."""

    contact: str
    notices: bool
    channels: list[rp.Channel]
    lawyer: bool
    planned: bool
    names_actions: bool
    seed: int

    def world(self, days: int = DAYS) -> sim.World:
        """The case after some days."""
        world = sim.World(self.case(), Anybody(self.seed), names_actions=self.names_actions)
        return world.run(days, start=START)

    def case(self) -> Case:
        """The case at its start."""
        follow_up = US_REGULATION_X if self.notices else None
        policy = attrs.evolve(made.POLICY, contact=CONTACT[self.contact], follow_up=follow_up)
        office = attrs.evolve(made.EMAIL, id="office", owner="lawyer")
        client = attrs.evolve(
            made.CLIENT,
            preferences=(attrs.evolve(made.WISH, channels=tuple(self.channels)),),
            others=(LAWYER,) if self.lawyer else (),
            points=(*made.CLIENT.points, *((office,) if self.lawyer else ())),
        )
        make = made.planned if self.planned else made.case
        return make(policy=PolicyVersions((policy,)), client=client)


setups = st.builds(
    Setup,
    contact=st.sampled_from(sorted(CONTACT)),
    notices=st.booleans(),
    channels=st.lists(st.sampled_from(CHANNELS), unique=True),
    lawyer=st.booleans(),
    planned=st.booleans(),
    names_actions=st.booleans(),
    seed=st.integers(0, 10_000),
)


@settings(max_examples=60, deadline=None)
@given(setup=setups)
def test_nothing_is_proposed_that_is_denied_or_twice_or_without_end(setup: Setup) -> None:
    setup.world()


@settings(max_examples=20, deadline=None)
@given(setup=setups, days=st.integers(1, DAYS))
def test_several_contacts_of_one_list_are_allowed_one_after_the_other(setup: Setup, days: int) -> None:
    case = setup.world(days).case
    at = case.log[-1].at if len(case.log) else made.moment("2027-01-05 10:00")
    planned: list[rp.Contact] = []
    actions = [action for action in next_actions(case, at, 40) if action.window is not None]
    for action in sorted(actions, key=starts_at):
        sim.check_permitted(case, action, blocked_at=at, log=PlannedLog(case.log, planned))
        planned.append(as_made(action, len(planned)))
    assert len({action.key for action in actions}) == len(actions)


def starts_at(action: Action) -> pendulum.DateTime:
    assert action.window is not None
    return action.window.start


def as_made(action: Action, number: int) -> rp.Contact:
    """The contact of an action at the first moment of its window, at its most."""
    assert action.window is not None
    assert action.channel is not None
    return made.contact(
        action.window.start,
        id=f"next {number}",
        channel=action.channel,
        purpose=action.purpose,
        outcome=rp.Outcome.CONVERSATION if action.channel.is_live else rp.Outcome.SENT,
        debts=action.debts,
        point=action.point,
        participants=(),
    )


def rebuilt(case: Case, order: random.Random) -> Case:
    """The case anew, with its facts added in another order."""
    fresh = Case(id=case.id, client=case.client, policy=case.policy, log=case.log, desk=case.desk)
    steps: list[tuple[str, tuple[Any, ...]]] = [("with_budget", (one,)) for one in case.budgets]
    for account in case.accounts:
        bare = attrs.evolve(account, plan=None, payments=(), holds=(), promises=(), stops=())
        fresh = fresh.with_account(bare)
        for method, facts in (
            ("with_payment", account.payments),
            ("with_hold", account.holds),
            ("with_promise", account.promises),
            ("with_stop", account.stops),
        ):
            steps += [(method, (account.id, fact)) for fact in facts]
    order.shuffle(steps)
    for method, arguments in steps:
        fresh = getattr(fresh, method)(*arguments)
    for account in case.accounts:
        if account.plan is not None:
            fresh = fresh.with_plan(account.id, account.plan)
    return fresh


@settings(max_examples=20, deadline=None)
@given(setup=setups)
def test_the_order_of_adding_facts_never_matters(setup: Setup) -> None:
    case = setup.world().case
    other = rebuilt(case, random.Random(setup.seed))  # noqa: S311  # no secret
    at = pendulum.datetime(2027, 2, 3, 10, tz=made.ZONE)
    assert other == case
    assert next_actions(other, at, 30) == next_actions(case, at, 30)
    assert brief(other, at) == brief(case, at)


@settings(max_examples=15, deadline=None)
@given(setup=setups)
def test_the_past_is_what_was_known_then(setup: Setup) -> None:
    world = setup.world(20)
    at = pendulum.datetime(2027, 1, 8, 12, tz=made.ZONE)
    before, known = next_actions(world.case, at, 10), world.case.known_by(at)
    world.run(15, start=pendulum.date(2027, 1, 9))
    assert world.case.known_by(at).log == known.log
    assert next_actions(world.case, at, 10) == before


@settings(max_examples=10, deadline=None)
@given(setup=setups)
def test_the_calendar_is_in_order_and_within_its_days(setup: Setup) -> None:
    case = setup.world().case
    first, last = pendulum.date(2027, 2, 10), pendulum.date(2027, 6, 30)
    actions = calendar_for(case, first, last)
    starts = [action.window.start for action in actions if action.window is not None]
    assert len(starts) == len(actions)
    assert starts == sorted(starts)
    assert all(first <= start.date() <= last for start in starts)
