"""A walk through the originating practice, on one realistic case: each step leads to the right next one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest

import repayplan as rp
from repayplan.casework.actions import ActionKind
from repayplan.casework.briefing import brief
from repayplan.casework.follow_up import next_actions
from tests.casework import examples as made
from tests.casework.simulation import check_permitted

if TYPE_CHECKING:
    import pendulum

    from repayplan.casework.actions import Action
    from repayplan.casework.case import Case

DATE = made.DATE
MISSED = made.moment("2027-02-02 10:00")
"""The day after the second installment was due and not paid."""


def action_of(case: Case, at: pendulum.DateTime, kind: ActionKind, horizon: int = 14) -> Action:
    (found,) = (action for action in next_actions(case, at, horizon) if action.kind is kind)
    return found


def agreed() -> Case:
    """A plan over twelve months, due on the last of each month, of which the first is paid."""
    return made.paid(made.planned(12), 1)


def with_cause() -> Case:
    """The second payment was missed; the client called back and told that hours were cut."""
    at = MISSED.add(hours=2)
    told = made.contact(
        at, direction=rp.Direction.INBOUND, hardship=rp.HardshipReason.REDUCED_HOURS, spoken_language="zh"
    )
    asked = action_of(agreed(), MISSED, ActionKind.ASK_CAUSE)
    return made.recorded(made.done(agreed(), asked), told)


def with_budget() -> Case:
    return with_cause().with_budget(made.statement(DATE(2027, 2, 2), budget=made.budget(7200)))


def test_the_preparation_is_complete_before_the_first_contact() -> None:
    found = brief(made.case(), made.moment("2026-12-02 10:00"))
    assert found.open_questions == ()
    assert found.last_said is None
    assert next(way.channel for way in found.client.ways if way.is_open_now) is rp.Channel.SMS
    (account,) = found.accounts
    assert account.owed == made.DEBT
    assert account.limitation.state is rp.LimitationState.RUNNING


def test_what_is_missing_comes_before_the_first_contact() -> None:
    bare = attrs.evolve(made.CLIENT, party=attrs.evolve(made.PARTY, name=None), preferences=())
    case = made.case(client=bare, budgets=())
    at = made.moment("2026-12-02 10:00")
    kinds = made.kinds(next_actions(case, at))
    assert kinds == ["VERIFY_DATA", "VERIFY_DATA", "ASK_CAUSE"]
    assert len(brief(case, at).open_questions) == 3


def test_the_offer_never_exceeds_capacity() -> None:
    offer = action_of(with_budget(), MISSED.add(hours=3), ActionKind.OFFER)
    assert isinstance(offer.offers, rp.Offers)
    capacity = rp.assess(made.budget(7200), rules=made.POLICY.affordability, as_of=DATE(2027, 2, 2)).capacity
    for one in offer.offers:
        assert one.certificate.holds
        assert all(row.amount <= capacity.on(row.scheduled_for) for row in one.schedule)


def test_two_debts_are_offered_on_together_within_one_capacity() -> None:
    case = made.case(budgets=(made.statement(budget=made.budget(7000)),))
    second = attrs.evolve(case.accounts[0], debt=attrs.evolve(made.DEBT, id="loan"))
    case = case.with_account(second)
    told = made.contact(
        made.moment("2026-12-02 11:00"), debts=("card", "loan"), hardship=rp.HardshipReason.ILLNESS
    )
    case = made.recorded(case, told).with_budget(made.statement(DATE(2026, 12, 2), budget=made.budget(7000)))
    offer = action_of(case, made.moment("2026-12-02 12:00"), ActionKind.OFFER)
    assert offer.debts == ("card", "loan")
    assert isinstance(offer.offers, rp.JointOffers)
    assert offer.offers[0].certificate.holds


def test_a_running_plan_on_another_debt_comes_off_the_capacity() -> None:
    alone = action_of(with_budget(), MISSED.add(hours=3), ActionKind.OFFER)
    plan = made.plan(months=60)
    loan = attrs.evolve(
        with_budget().accounts[0],
        debt=attrs.evolve(made.DEBT, id="loan"),
        plan=attrs.evolve(
            plan, offer=attrs.evolve(plan.offer, debt=attrs.evolve(plan.offer.debt, id="loan"))
        ),
        payments=(),
    )
    both = with_budget().with_account(loan)
    beside = action_of(both, MISSED.add(hours=3), ActionKind.OFFER)
    assert isinstance(alone.offers, rp.Offers)
    assert isinstance(beside.offers, rp.Offers)
    highest = [max(row.amount for row in offers[-1].schedule) for offers in (alone.offers, beside.offers)]
    installment = max(row.amount for row in plan.schedule)
    assert highest[1] <= rp.Money(1080, "CNY") - installment < highest[0]


def test_the_clients_channel_is_used() -> None:
    for channels in ((rp.Channel.EMAIL,), (rp.Channel.PHONE, rp.Channel.SMS), (rp.Channel.SMS,)):
        wish = attrs.evolve(made.WISH, channels=channels)
        case = attrs.evolve(agreed(), client=attrs.evolve(made.CLIENT, preferences=(wish,)))
        assert action_of(case, MISSED, ActionKind.ASK_CAUSE).channel is channels[0]


def test_the_reminder_goes_out_before_the_due_date() -> None:
    case = agreed()
    reminder = action_of(case, made.moment("2027-01-20 10:00"), ActionKind.REMIND)
    assert reminder.window is not None
    assert reminder.window.start.date() == DATE(2027, 1, 24)
    assert reminder.by == DATE(2027, 1, 28)
    assert reminder.facts is not None
    assert reminder.facts.due_on == DATE(2027, 1, 31)
    text = rp.render_message(rp.MessageKind.REMINDER, "en", reminder.facts).plain
    assert "Wang" in text
    sent = made.done(case, reminder)
    assert "REMIND" not in made.kinds(next_actions(sent, made.moment("2027-01-25 10:00")))


def test_a_missed_payment_leads_to_the_cause_then_to_a_revised_plan() -> None:
    first = next_actions(agreed(), MISSED)[0]
    assert (first.kind, first.purpose) == (ActionKind.ASK_CAUSE, rp.Purpose.MISSED_PAYMENT)
    assert first.message is rp.MessageKind.MISSED_PAYMENT
    later = MISSED.add(hours=3)
    assert next_actions(with_cause(), later)[0].kind is ActionKind.TAKE_BUDGET
    offer = next_actions(with_budget(), later)[0]
    assert offer.kind is ActionKind.OFFER
    assert isinstance(offer.offers, rp.Offers)
    case = made.done(with_budget(), offer)
    plan = case.accounts[0].plan
    assert plan is not None
    revised = rp.revise(
        plan,
        case.accounts[0].payments,
        affordability=rp.assess(made.budget(7200), rules=made.POLICY.affordability, as_of=DATE(2027, 2, 2)),
        on=DATE(2027, 2, 2),
        reason=rp.HardshipReason.REDUCED_HOURS,
        rules=made.POLICY.plan,
        offer=offer.offers[0],
    )
    assert isinstance(revised, rp.Plan)
    after = next_actions(case.with_plan("card", revised), made.moment("2027-02-03 10:00"))
    kinds = {action.kind for action in after}
    assert kinds <= {ActionKind.CONFIRM_AGREEMENT, ActionKind.REMIND, ActionKind.CHECK_PAYMENT}
    assert after[0].message is rp.MessageKind.PLAN_CHANGED


def test_where_nothing_is_affordable_nothing_is_asked_and_advice_is_free() -> None:
    case = with_cause().with_budget(made.statement(DATE(2027, 2, 2), budget=made.budget(5000)))
    offer = action_of(case, MISSED.add(hours=3), ActionKind.OFFER)
    assert isinstance(offer.offers, rp.NoAffordablePlan)
    assert offer.offers.next_steps[0].kind is rp.NextStepKind.HOLD
    assert offer.message is rp.MessageKind.INVITATION_TO_SPEAK
    assert offer.facts is not None
    assert offer.facts.adviser == made.DESK.adviser


def test_every_contact_is_in_the_record_and_proved() -> None:
    case, at = agreed(), MISSED
    action = action_of(case, at, ActionKind.ASK_CAUSE)
    check_permitted(case, action)
    done = made.done(case, action)
    assert rp.verify_log(done.log, done.log.head()).is_complete
    alone = rp.excerpt(done.log, len(done.log) - 1)
    assert rp.verify_excerpt(alone, done.log.head())


def failing(*outcomes: rp.Outcome, channel: rp.Channel = rp.Channel.PHONE) -> Case:
    """A plan with a missed payment, and attempts to reach the client that failed, a day apart."""
    case = agreed()
    for place, outcome in enumerate(outcomes):
        at = MISSED.add(days=place)
        contact = made.contact(
            at,
            purpose=rp.Purpose.MISSED_PAYMENT,
            outcome=outcome,
            channel=channel,
            participants=(),
        )
        case = made.recorded(case, contact)
    return case


def remedy_of(case: Case, at: pendulum.DateTime) -> Action:
    return next(action for action in next_actions(case, at, 30) if action.kind is ActionKind.REMOVE_BARRIER)


def test_a_language_barrier_leads_to_an_interpreter_and_closes_on_a_talk_with_one() -> None:
    at = MISSED.add(hours=1)
    talk = made.contact(at, purpose=rp.Purpose.MISSED_PAYMENT, spoken_language="en")
    case = made.recorded(agreed(), talk)
    action = remedy_of(case, at.add(hours=1))
    assert action.remedy is not None
    assert action.remedy.kind is rp.RemedyKind.INTERPRETER
    assert brief(case, at.add(hours=1)).client.needs_interpreter
    helped = made.contact(
        at.add(hours=3), spoken_language="en", interpreter=rp.Party(id="i", role=rp.PartyRole.INTERPRETER)
    )
    assert "REMOVE_BARRIER" not in made.kinds(next_actions(made.recorded(case, helped), at.add(hours=4)))


def test_a_technical_failure_leads_to_a_check_of_the_line_and_closes_on_a_contact() -> None:
    case = failing(rp.Outcome.DROPPED, rp.Outcome.DROPPED)
    at = MISSED.add(days=1, hours=1)
    action = remedy_of(case, at)
    assert action.remedy is not None
    assert action.remedy.kind is rp.RemedyKind.CHECK_EQUIPMENT
    through = made.recorded(case, made.contact(at.add(hours=1)))
    assert "REMOVE_BARRIER" not in made.kinds(next_actions(through, at.add(hours=2)))


def test_wrong_data_are_not_used_until_they_are_verified() -> None:
    case = failing(rp.Outcome.BOUNCED, channel=rp.Channel.SMS)
    at = MISSED.add(hours=1)
    action = remedy_of(case, at)
    assert action.remedy is not None
    assert action.remedy.kind is rp.RemedyKind.STOP_USING_POINT
    again = action_of(case, at, ActionKind.ASK_CAUSE)
    assert again.point == made.EMAIL
    verified = rp.ContactPointNote(
        id="verified",
        case_id="case",
        recorded_at=at.add(hours=1),
        point_id="mobile",
        source=rp.PointSource.CLIENT,
        point=attrs.evolve(made.MOBILE, verified_on=DATE(2027, 2, 2)),
    )
    closed = made.recorded(case, verified)
    assert "REMOVE_BARRIER" not in made.kinds(next_actions(closed, at.add(hours=2)))
    assert action_of(closed, at.add(hours=2), ActionKind.ASK_CAUSE).point == verified.point


def test_an_unsuitable_channel_leads_to_the_clients_own_and_closes_on_a_talk_there() -> None:
    wish = attrs.evolve(made.WISH, channels=(rp.Channel.PHONE,))
    case = attrs.evolve(agreed(), client=attrs.evolve(made.CLIENT, preferences=(wish,)))
    for place in range(2):
        mail = made.contact(
            MISSED.add(days=place),
            channel=rp.Channel.EMAIL,
            point=made.EMAIL,
            outcome=rp.Outcome.DELIVERED,
            purpose=rp.Purpose.MISSED_PAYMENT,
        )
        case = made.recorded(case, mail)
    at = MISSED.add(days=1, hours=1)
    action = remedy_of(case, at)
    assert action.remedy is not None
    assert rp.Channel.PHONE in action.remedy.channels or action.remedy.kind is rp.RemedyKind.ASK_WISHES
    talked = made.recorded(case, made.contact(at.add(hours=1)))
    assert "REMOVE_BARRIER" not in made.kinds(next_actions(talked, at.add(hours=2)))


def test_a_clients_own_proposal_is_weighed_and_answered_in_time() -> None:
    at = made.moment("2027-01-10 10:00")
    proposal = made.contact(
        at,
        id="proposal",
        direction=rp.Direction.INBOUND,
        client_said={rp.ClientStatement.PROPOSES_PLAN},
    )
    case = made.recorded(agreed(), proposal)
    answer = next_actions(case, at.add(hours=1))[0]
    assert (answer.kind, answer.answers) == (ActionKind.ANSWER_CLIENT, "proposal")
    assert answer.by == DATE(2027, 1, 19)  # a Sunday, and seven working days
    assert isinstance(answer.offers, rp.Offers)
    done = made.done(case, answer)
    assert "ANSWER_CLIENT" not in made.kinds(next_actions(done, at.add(days=1)))


def test_a_false_statement_found_later_is_a_correction_and_not_an_edit() -> None:
    stated = rp.Hardship(
        id="stated",
        case_id="case",
        recorded_at=MISSED.add(hours=1),
        party_id="client",
        reason=rp.HardshipReason.INCOME_LOSS,
    )
    case = made.recorded(with_budget(), attrs.evolve(stated, recorded_at=MISSED.add(hours=3)))
    entry = case.log[-1]
    assert isinstance(entry.record, rp.Hardship)
    found = attrs.evolve(
        entry.record,
        verification=rp.VerificationState.CONTRADICTED,
        verified_on=DATE(2027, 2, 5),
    )
    at = made.moment("2027-02-05 10:00")
    correction = rp.amend(
        entry.record, found, amendment_id="correction", reason="the employer says otherwise", recorded_at=at
    )
    corrected = made.recorded(case, correction)
    assert corrected.log[len(case.log) - 1] == entry
    ask = action_of(corrected, at.add(hours=1), ActionKind.VERIFY_DATA)
    assert ask.purpose is rp.Purpose.VERIFICATION
    assert any("stated" in question for question in brief(corrected, at.add(hours=1)).open_questions)


@pytest.mark.parametrize("days", [1, 5])
def test_help_comes_before_a_payment_is_missed_too(days: int) -> None:
    at = made.moment("2027-01-05 10:00")
    asked = made.contact(
        at, direction=rp.Direction.INBOUND, client_said={rp.ClientStatement.ASKS_FOR_HELP}, debts=()
    )
    case = made.recorded(agreed(), asked)
    first = next_actions(case, at.add(days=days))[0]
    assert first.kind is ActionKind.ANSWER_CLIENT
