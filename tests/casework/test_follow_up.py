"""Each rule of following up by itself: what it wants, when, and what ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan import policies
from repayplan.casework.account import Account
from repayplan.casework.actions import Action, ActionKind, Urgency
from repayplan.casework.affordable import offers_for, owed_by
from repayplan.casework.follow_up import calendar_for, next_actions
from repayplan.casework.liabilities import CollectionStop, StopKind
from repayplan.casework.reminders import dues_ahead
from repayplan.casework.suspensions import blocked_spans
from repayplan.casework.view import HORIZON_MAX, view_of
from repayplan.communication.steps import StepNote
from repayplan.overdue.follow_up_rules import HOUSE_FOLLOW_UP_RULES
from repayplan.policies.contact import US_REGULATION_F
from repayplan.policies.follow_up import US_REGULATION_X
from repayplan.policies.policy import PolicyVersions
from tests.casework import examples as made

if TYPE_CHECKING:
    from repayplan.casework.case import Case

DATE = made.DATE
MISSED = made.moment("2027-02-02 10:00")


def late() -> Case:
    """The second of twelve installments was due on 31 January 2027 and is not paid."""
    return made.paid(made.planned(12), 1)


def found(case: Case, at: pendulum.DateTime, kind: ActionKind, horizon: int = 14) -> list[Action]:
    return [action for action in next_actions(case, at, horizon) if action.kind is kind]


def one(case: Case, at: pendulum.DateTime, kind: ActionKind, horizon: int = 14) -> Action:
    (action,) = found(case, at, kind, horizon)
    return action


def with_rules(case: Case, **parts: Any) -> Case:  # noqa: ANN401  # parts of a policy
    return attrs.evolve(case, policy=PolicyVersions((attrs.evolve(made.POLICY, **parts),)))


def with_account(case: Case, **fields: Any) -> Case:  # noqa: ANN401  # any field
    return attrs.evolve(case, accounts=(attrs.evolve(case.accounts[0], **fields), *case.accounts[1:]))


# ------------------------------------------------------------------------------------ the question


def test_a_day_is_its_first_moment_by_the_clients_clock() -> None:
    case = late()
    assert next_actions(case, DATE(2027, 2, 2)) == next_actions(case, made.moment("2027-02-02 00:00"))
    assert next_actions(case, MISSED.in_timezone("UTC")) == next_actions(case, MISSED)


@pytest.mark.parametrize(
    ("as_of", "horizon", "field"),
    [
        (pendulum.naive(2027, 2, 2), 1, "as_of"),
        ("2027-02-02", 1, "as_of"),
        (MISSED, -1, "horizon"),
        (MISSED, HORIZON_MAX + 1, "horizon"),
        (MISSED, True, "horizon"),
    ],
)
def test_wrong_questions_are_refused(as_of: Any, horizon: Any, field: str) -> None:  # noqa: ANN401  # wrong on purpose
    with pytest.raises(rp.RepayPlanError) as caught:
        next_actions(late(), as_of, horizon)
    assert caught.value.field == field


def test_what_is_asked_is_a_case() -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        next_actions("case", MISSED)  # type: ignore[arg-type]  # wrong on purpose
    assert caught.value.field == "case"


def test_before_the_first_rules_there_is_no_answer() -> None:
    with pytest.raises(rp.PolicyError):
        next_actions(made.case(), DATE(2010, 1, 1))


def test_an_action_hides_what_is_personal() -> None:
    assert repr(one(late(), MISSED, ActionKind.ASK_CAUSE)) == (
        "<Action: ask for the cause of a missed payment by 2027-02-03>"
    )


def test_an_error_of_a_fact_names_it_within_the_case() -> None:
    rules = attrs.evolve(made.POLICY.overdue, tolerance=rp.Tolerance(rp.Money(1, "EUR"), 0))  # type: ignore[arg-type]  # zero is a share
    with pytest.raises(rp.MoneyError) as caught:
        next_actions(with_rules(late(), overdue=rules), MISSED)
    assert caught.value.field == "accounts[0].rules.tolerance"


# ------------------------------------------------------------------------------------ what was agreed


def test_what_was_agreed_in_a_talk_is_confirmed_in_writing_once() -> None:
    case, at = made.planned(12), made.moment("2026-12-04 10:00")
    action = one(case, at, ActionKind.CONFIRM_AGREEMENT)
    assert (action.message, action.by) == (rp.MessageKind.AGREEMENT, DATE(2026, 12, 10))
    assert action.channel is not None
    assert not action.channel.is_live
    assert action.facts is not None
    assert rp.render_message(rp.MessageKind.AGREEMENT, "zh-Hans", action.facts).plain
    assert found(made.done(case, action), at, ActionKind.CONFIRM_AGREEMENT) == []
    assert found(case, made.moment("2026-12-11 10:00"), ActionKind.CONFIRM_AGREEMENT) == []
    plan = case.accounts[0].plan
    assert plan is not None
    written = attrs.evolve(plan, form=rp.AgreementForm.WRITTEN)
    assert found(with_account(case, plan=written), at, ActionKind.CONFIRM_AGREEMENT) == []


def test_a_rhythm_without_a_name_is_for_a_person_to_put_into_words() -> None:
    case, at = made.planned(12), made.moment("2026-12-04 10:00")
    offers = rp.propose(
        made.DEBT,
        rp.assess(made.budget(), rules=made.POLICY.affordability, as_of=DATE(2026, 12, 1)),
        rules=made.POLICY.plan,
        first_due=DATE(2026, 12, 31),
        frequency=rp.Frequency.every_days(10),
    )
    assert isinstance(offers, rp.Offers)
    plan = rp.agree(
        offers[0],
        on=made.AGREED,
        form=rp.AgreementForm.ORAL,
        accepted_in="talk",
        contact_by=rp.Channel.SMS,
    )
    odd = with_account(case, plan=plan)
    assert one(odd, at, ActionKind.CONFIRM_AGREEMENT).facts is None


@pytest.mark.parametrize(
    ("wish", "channel"),
    [
        (rp.ContactPreference(spoken_language="zh"), rp.Channel.EMAIL),
        (rp.ContactPreference(channels=[rp.Channel.SMS], valid_from=DATE(2026, 12, 2)), rp.Channel.EMAIL),
        (rp.ContactPreference(channels=[rp.Channel.SMS], valid_from=DATE(2026, 12, 4)), rp.Channel.SMS),
        (rp.ContactPreference(channels=[rp.Channel.SMS]), rp.Channel.SMS),
    ],
)
def test_the_channel_that_was_agreed_is_used_unless_a_later_wish_names_another(
    wish: rp.ContactPreference, channel: rp.Channel
) -> None:
    case = made.planned(12, client=attrs.evolve(made.CLIENT, preferences=(wish,)))
    plan = case.accounts[0].plan
    assert plan is not None
    case = with_account(case, plan=attrs.evolve(plan, contact_by=rp.Channel.EMAIL))
    assert one(case, made.moment("2026-12-24 10:00"), ActionKind.REMIND, 0).channel is channel


# ------------------------------------------------------------------------------------ reminders


def test_a_reminder_opens_some_days_before_its_last_day() -> None:
    case = made.planned(12)
    assert found(case, made.moment("2026-12-23 10:00"), ActionKind.REMIND, 0) == []
    action = one(case, made.moment("2026-12-24 10:00"), ActionKind.REMIND, 0)
    assert (action.opens_on, action.by) == (DATE(2026, 12, 24), DATE(2026, 12, 28))
    assert action.urgency is Urgency.REMINDER


def test_a_late_reminder_goes_out_until_the_eve_of_the_due_day() -> None:
    case = made.planned(12)
    action = one(case, made.moment("2026-12-30 10:00"), ActionKind.REMIND, 0)
    assert not action.why.passed
    assert found(case, made.moment("2026-12-31 10:00"), ActionKind.REMIND, 0) == []
    assert found(case, made.moment("2026-12-30 22:30"), ActionKind.REMIND, 0) == []


def test_a_reminder_that_failed_is_tried_again_the_next_day() -> None:
    case = made.planned(12)
    first = one(case, made.moment("2026-12-24 10:00"), ActionKind.REMIND)
    failed = made.done(case, first, outcome=rp.Outcome.BOUNCED)
    second = one(failed, made.moment("2026-12-24 11:00"), ActionKind.REMIND)
    assert second.key == f"{first.key}:2"
    assert second.window is not None
    assert second.window.start == made.moment("2026-12-25 08:00")


def test_without_a_rule_nobody_is_reminded() -> None:
    rules = attrs.evolve(made.POLICY.overdue, reminder_days=None)
    assert (
        found(with_rules(made.planned(12), overdue=rules), made.moment("2026-12-30 10:00"), ActionKind.REMIND)
        == []
    )


def test_dues_ahead_begin_with_what_is_due_next() -> None:
    account = view_of(late(), MISSED, 60).accounts[0]
    (first, *_) = dues_ahead(account, DATE(2027, 4, 1))
    assert account.standing is not None
    assert account.standing.next_due is not None
    assert first == (account.standing.next_due.on, account.standing.next_due.amount)
    assert len(list(dues_ahead(account, DATE(2027, 4, 1)))) == 2
    assert len(list(dues_ahead(account, DATE(2030, 4, 1)))) == 10


def test_the_account_is_looked_into_on_the_due_day_and_on_the_day_of_a_promise() -> None:
    promise = rp.Promise("m", rp.Money(500, "CNY"), by=DATE(2027, 2, 8), made_on=DATE(2027, 2, 2))
    case = late().with_promise("card", promise)
    checks = found(case, MISSED, ActionKind.CHECK_PAYMENT, 30)
    assert [check.by for check in checks] == [DATE(2027, 2, 8), DATE(2027, 2, 28)]
    done = made.done(case, checks[0], made.moment("2027-02-08 10:00"))
    assert len(found(done, made.moment("2027-02-08 11:00"), ActionKind.CHECK_PAYMENT, 30)) == 1


# ------------------------------------------------------------------------------------ missed payments


def test_the_cause_is_asked_once_for_each_missed_day() -> None:
    case = late()
    action = one(case, MISSED, ActionKind.ASK_CAUSE)
    assert action.facts is not None
    assert action.facts.days_past_due == 2
    asked = made.done(case, action)
    assert found(asked, MISSED.add(days=9), ActionKind.ASK_CAUSE) == []
    again = one(asked, made.moment("2027-03-01 10:00"), ActionKind.ASK_CAUSE)
    assert again.key == "cause:card:2027-02-28"


def test_a_failed_attempt_is_made_again_after_some_days_and_thrice_at_most() -> None:
    case, at = late(), MISSED
    for attempt in range(3):
        action = one(case, at, ActionKind.ASK_CAUSE)
        assert action.window is not None
        assert action.window.start == (MISSED if not attempt else at.add(days=3).set(hour=8))
        case = made.done(case, action, outcome=rp.Outcome.WRONG_PERSON, channel=rp.Channel.FAX, point=None)
        at = action.window.start.add(hours=1) if attempt == 2 else action.window.start
        at = case.log[-1].at
    assert found(case, at, ActionKind.ASK_CAUSE) == []
    way = one(case, at, ActionKind.FIND_WAY)
    assert way.purpose is None
    assert found(made.done(case, way, at), at, ActionKind.FIND_WAY) == []


def test_a_later_attempt_is_named_by_its_own_key() -> None:
    case, at = late(), MISSED
    for key in ("cause:card:2027-01-31", "cause:card:2027-01-31:2", "cause:card:2027-01-31:3"):
        action = one(case, at, ActionKind.ASK_CAUSE)
        assert action.key == key
        failed: dict[str, Any] = {
            "outcome": rp.Outcome.WRONG_PERSON,
            "channel": rp.Channel.FAX,
            "point": None,
        }
        case = made.done(case, action, actions=[key], **failed)
        at = case.log[-1].at
    way = one(case, at.add(hours=1), ActionKind.FIND_WAY)
    assert way.purpose is None


def test_one_talk_carries_out_each_action_that_it_names_and_no_other() -> None:
    case = late()
    action = one(case, MISSED, ActionKind.ASK_CAUSE)
    for_another = made.contact(MISSED, purpose=action.purpose, actions=["cause:loan:2027-01-31"])
    assert len(found(made.recorded(case, for_another), MISSED.add(hours=2), ActionKind.ASK_CAUSE)) == 1
    called_back = made.contact(
        MISSED,
        direction=rp.Direction.INBOUND,
        purpose=rp.Purpose.INFORMATION,
        actions=["question:limitation", action.key],
    )
    assert found(made.recorded(case, called_back), MISSED.add(days=9), ActionKind.ASK_CAUSE) == []


def test_an_action_on_many_debts_with_long_ids_can_be_named_and_noted() -> None:
    case = late()
    for number in range(8):
        case = case.with_debt(attrs.evolve(made.DEBT, id=f"{'9' * 190}{number}"))
    debts = tuple(account.id for account in case.accounts)
    help_asked = made.contact(MISSED, debts=debts, client_said={rp.ClientStatement.ASKS_FOR_HELP})
    case = made.recorded(case, help_asked)
    case = made.done(case, one(case, MISSED.add(hours=1), ActionKind.ANSWER_CLIENT))
    at = case.log[-1].at.add(hours=1)
    budget = one(case, at, ActionKind.TAKE_BUDGET)
    assert budget.debts == debts
    case = made.done(case, budget, actions=[budget.key])
    assert found(case, case.log[-1].at, ActionKind.TAKE_BUDGET) == []
    step = f"way:{budget.key}"
    case = made.recorded(case, StepNote(id="n", case_id="case", recorded_at=case.log[-1].at, step=step))
    assert step in view_of(case, case.log[-1].at).steps


def test_a_contact_that_names_two_attempts_is_one_attempt() -> None:
    case = late()
    action = one(case, MISSED, ActionKind.ASK_CAUSE)
    failed: dict[str, Any] = {"outcome": rp.Outcome.WRONG_PERSON, "channel": rp.Channel.FAX, "point": None}
    case = made.done(case, action, actions=[action.key, f"{action.key}:2"], **failed)
    assert one(case, case.log[-1].at, ActionKind.ASK_CAUSE).key == f"{action.key}:2"


def test_a_contact_that_names_the_step_of_finding_a_way_meets_what_the_way_was_for() -> None:
    case = late()
    failed: dict[str, Any] = {"outcome": rp.Outcome.WRONG_PERSON, "channel": rp.Channel.FAX, "point": None}
    for _ in range(3):
        at = case.log[-1].at if len(case.log) else MISSED
        case = made.done(case, one(case, at, ActionKind.ASK_CAUSE), **failed)
    way = one(case, case.log[-1].at, ActionKind.FIND_WAY)
    found_by_hand = made.contact(case.log[-1].at, purpose=rp.Purpose.MISSED_PAYMENT, actions=[way.key])
    case = made.recorded(case, found_by_hand)
    assert found(case, case.log[-1].at.add(hours=1), ActionKind.FIND_WAY) == []


@pytest.mark.parametrize("direction", rp.Direction)
def test_a_request_is_answered_by_a_talk_that_names_the_answer(direction: rp.Direction) -> None:
    request = asked(rp.ClientStatement.ASKS_FOR_HELP, hardship=rp.HardshipReason.INCOME_LOSS)
    case = made.recorded(late(), request).with_budget(
        made.statement(DATE(2027, 2, 2), budget=made.budget(7200))
    )
    action = one(case, MISSED.add(hours=1), ActionKind.ANSWER_CLIENT)
    talk = made.contact(
        MISSED.add(hours=2), direction=direction, purpose=rp.Purpose.ANSWER, actions=[action.key]
    )
    case = made.recorded(case, talk)
    assert view_of(case, MISSED.add(hours=3)).requests == ()
    assert found(case, MISSED.add(hours=3), ActionKind.OFFER) == []
    case = case.with_budget(made.statement(DATE(2027, 2, 5), budget=made.budget(7000)))
    assert len(found(case, made.moment("2027-02-06 10:00"), ActionKind.OFFER)) == 1


def test_a_held_plan_asks_for_nothing() -> None:
    effects = {rp.HoldEffect.PLAN_DAYS_STOP}
    hold = rp.Hold("h", rp.HoldKind.OTHER, effects, DATE(2027, 2, 2), DATE(2027, 2, 10))
    assert found(late().with_hold("card", hold), MISSED, ActionKind.ASK_CAUSE) == []


@pytest.mark.parametrize("debtor", [None, "client", "wife"])
def test_breathing_space_suspends_what_asks_for_payment(debtor: str | None) -> None:
    effects = {rp.HoldEffect.CONTACT_STOPS}
    hold = rp.Hold(
        "h", rp.HoldKind.BREATHING_SPACE, effects, DATE(2027, 2, 2), DATE(2027, 3, 20), debtor=debtor
    )
    case = late().with_hold("card", hold)
    kinds = made.kinds(next_actions(case, MISSED, 30))
    assert ("ASK_CAUSE" in kinds) is (debtor == "wife")
    after = made.moment("2027-03-21 10:00")
    assert found(case, after, ActionKind.ASK_CAUSE) != []


def test_a_suspended_plan_asks_for_nothing() -> None:
    plan = late().accounts[0].plan
    assert plan is not None
    act = rp.PlanAct(kind=rp.ActKind.SUSPEND, on=DATE(2027, 2, 1), reason="ill")
    case = late().with_plan("card", plan.record(act))
    assert made.kinds(next_actions(case, MISSED, 30)) == []


def test_a_cancelled_plan_is_followed_no_more() -> None:
    plan = late().accounts[0].plan
    assert plan is not None
    act = rp.PlanAct(kind=rp.ActKind.CANCEL, on=DATE(2027, 2, 1), reason="both agreed")
    case = late().with_plan("card", plan.record(act))
    assert made.kinds(next_actions(case, MISSED, 30)) == []


# ------------------------------------------------------------------------------------ promises


def promised(amount: int = 500) -> Case:
    promise = rp.Promise("m", rp.Money(amount, "CNY"), by=DATE(2027, 2, 8), made_on=DATE(2027, 2, 2))
    return late().with_promise("card", promise)


def test_a_running_promise_suspends_what_asks_for_payment() -> None:
    kinds = made.kinds(next_actions(promised(), MISSED.add(hours=1), 30))
    assert "ASK_CAUSE" not in kinds
    assert "REMIND" in kinds


@pytest.mark.parametrize("paid", [0, 200])
def test_a_broken_promise_is_followed_up_in_place_of_the_missed_payment(paid: int) -> None:
    case = promised()
    if paid:
        case = case.with_payment(
            "card", rp.Payment("part", rp.Money(paid, "CNY"), received_on=DATE(2027, 2, 5))
        )
    at = made.moment("2027-02-09 10:00")
    action = one(case, at, ActionKind.FOLLOW_UP_PROMISE)
    assert found(case, at, ActionKind.ASK_CAUSE) == []
    assert action.facts is not None
    assert action.facts.paid == (rp.Money(paid, "CNY") if paid else None)
    assert rp.render_message(rp.MessageKind.PROMISE_BROKEN, "en", action.facts).plain
    assert found(made.done(case, action), at.add(days=2), ActionKind.FOLLOW_UP_PROMISE) == []


def test_once_the_cause_is_told_a_broken_promise_is_followed_up_no_more() -> None:
    told = made.contact(made.moment("2027-02-09 09:00"), hardship=rp.HardshipReason.ILLNESS)
    case = made.recorded(promised(), told)
    kinds = made.kinds(next_actions(case, made.moment("2027-02-09 10:00")))
    assert "FOLLOW_UP_PROMISE" not in kinds
    assert "TAKE_BUDGET" in kinds


def test_a_later_promise_and_a_later_plan_stand_in_the_place_of_a_broken_one() -> None:
    later = rp.Promise("n", rp.Money(600, "CNY"), by=DATE(2027, 2, 20), made_on=DATE(2027, 2, 9))
    case = promised().with_promise("card", later)
    assert found(case, made.moment("2027-02-10 10:00"), ActionKind.FOLLOW_UP_PROMISE) == []
    old = rp.Promise("o", rp.Money(600, "CNY"), by=DATE(2026, 12, 2), made_on=DATE(2026, 12, 1))
    before = late().with_promise("card", old)
    assert found(before, MISSED, ActionKind.FOLLOW_UP_PROMISE) == []


def test_a_kept_promise_is_thanked_for_while_it_is_fresh() -> None:
    case = promised(amount=300).with_payment(
        "card", rp.Payment("kept", rp.Money(300, "CNY"), received_on=DATE(2027, 2, 5))
    )
    at = made.moment("2027-02-06 10:00")
    action = one(case, at, ActionKind.CONFIRM_PROMISE)
    assert action.facts is not None
    assert rp.render_message(rp.MessageKind.PROMISE_KEPT, "en", action.facts).plain
    assert found(made.done(case, action), at.add(hours=1), ActionKind.CONFIRM_PROMISE) == []
    assert found(case, made.moment("2027-02-13 10:00"), ActionKind.CONFIRM_PROMISE) == []


# ------------------------------------------------------------------------------------ requests


def asked(said: rp.ClientStatement | None, **fields: Any) -> rp.Contact:  # noqa: ANN401  # any field
    given = {"id": "asked", "direction": rp.Direction.INBOUND, "client_said": {said} if said else set()}
    return made.contact(MISSED, **(given | fields))


@pytest.mark.parametrize(
    ("said", "purpose", "message"),
    [
        (rp.ClientStatement.COMPLAINS, rp.Purpose.COMPLAINT, rp.MessageKind.COMPLAINT_RECEIVED),
        (rp.ClientStatement.DISPUTES_DEBT, rp.Purpose.DISPUTE, rp.MessageKind.INVITATION_TO_SPEAK),
        (rp.ClientStatement.ASKS_FOR_HELP, rp.Purpose.ANSWER, rp.MessageKind.OFFERS),
        (rp.ClientStatement.ASKS_TO_DEFER, rp.Purpose.ANSWER, rp.MessageKind.OFFERS),
    ],
)
def test_each_request_is_answered(
    said: rp.ClientStatement, purpose: rp.Purpose, message: rp.MessageKind
) -> None:
    case = made.recorded(late(), asked(said))
    action = one(case, MISSED.add(hours=1), ActionKind.ANSWER_CLIENT)
    assert (action.purpose, action.message, action.answers) == (purpose, message, "asked")
    assert action.by == DATE(2027, 2, 11)
    assert action.facts is not None
    assert rp.render_message(message, "en", action.facts).plain
    failed = made.done(case, action, outcome=rp.Outcome.BOUNCED)
    assert one(failed, MISSED.add(hours=2), ActionKind.ANSWER_CLIENT).key == f"{action.key}:2"
    answered = made.done(case, action)
    assert found(answered, MISSED.add(hours=2), ActionKind.ANSWER_CLIENT) == []


def test_a_message_is_answered_and_other_talks_are_not() -> None:
    mail = asked(
        None, channel=rp.Channel.EMAIL, point=made.EMAIL, outcome=rp.Outcome.RECEIVED, debts=("loan",)
    )
    action = one(made.recorded(late(), mail), MISSED.add(hours=1), ActionKind.ANSWER_CLIENT)
    assert (action.purpose, action.debts) == (rp.Purpose.ANSWER, ())
    talk = made.recorded(late(), asked(rp.ClientStatement.ACKNOWLEDGES_DEBT))
    assert found(talk, MISSED.add(hours=1), ActionKind.ANSWER_CLIENT) == []


def test_an_open_dispute_suspends_what_asks_for_payment() -> None:
    case = made.recorded(late(), asked(rp.ClientStatement.DISPUTES_DEBT))
    kinds = made.kinds(next_actions(case, MISSED.add(hours=1), 30))
    assert kinds == ["ANSWER_CLIENT", "OPEN_QUESTION", "CHECK_PAYMENT"]
    (span,) = blocked_spans(case, MISSED.add(hours=1))
    assert (span.reason, span.debts) == ("open dispute", ("card",))


def test_a_dispute_is_open_until_a_person_has_decided_it() -> None:
    case = made.recorded(late(), asked(rp.ClientStatement.DISPUTES_DEBT))
    received = made.done(case, one(case, MISSED.add(hours=1), ActionKind.ANSWER_CLIENT))
    later = made.moment("2027-02-10 10:00")
    assert "ASK_CAUSE" not in made.kinds(next_actions(received, later))
    question = one(received, later, ActionKind.OPEN_QUESTION)
    assert (question.key, question.debts, question.why.rule) == (
        "dispute:asked",
        ("card",),
        "dispute_decided",
    )
    decided = made.done(received, question, later)
    assert "ASK_CAUSE" in made.kinds(next_actions(decided, later.add(days=1)))


def test_help_without_a_budget_is_answered_with_a_talk_in_which_one_is_taken() -> None:
    at = made.moment("2027-01-05 10:00")  # nothing is missed
    request = attrs.evolve(
        asked(rp.ClientStatement.ASKS_FOR_HELP, debts=()), started_at=at, ended_at=None, recorded_at=at
    )
    case = made.recorded(attrs.evolve(late(), budgets=()), request)
    action = one(case, at.add(hours=1), ActionKind.ANSWER_CLIENT)
    assert (action.offers, action.message) == (None, rp.MessageKind.INVITATION_TO_SPEAK)
    invited = made.done(case, action)
    later = at.add(hours=3)
    talk = one(invited, later, ActionKind.TAKE_BUDGET)
    talked = made.done(invited, talk, channel=rp.Channel.PHONE, outcome=rp.Outcome.CONVERSATION)
    stated = talked.with_budget(made.statement(later.date(), budget=made.budget(7200)))
    assert isinstance(one(stated, later, ActionKind.OFFER).offers, rp.Offers)


@pytest.mark.parametrize("names_actions", [False, True])
def test_what_was_offered_in_the_answer_is_not_offered_again(names_actions: bool) -> None:  # noqa: FBT001  # a parameter of the test
    case = made.recorded(
        late(), asked(rp.ClientStatement.ASKS_FOR_HELP, hardship=rp.HardshipReason.INCOME_LOSS)
    )
    case = case.with_budget(made.statement(DATE(2027, 2, 2), budget=made.budget(7200)))
    action = one(case, MISSED.add(hours=1), ActionKind.ANSWER_CLIENT)
    assert isinstance(action.offers, rp.Offers)
    answered = made.done(case, action, actions=[action.key] if names_actions else [])
    assert found(answered, MISSED.add(hours=2), ActionKind.OFFER) == []
    other = answered.with_budget(made.statement(DATE(2027, 2, 4), budget=made.budget(7000)))
    assert isinstance(one(other, made.moment("2027-02-04 10:00"), ActionKind.OFFER).offers, rp.Offers)


def test_what_answers_a_request_late_by_a_rule_from_outside_stands_first() -> None:
    law = rp.Citation(title="a law", evidence=rp.Evidence.PRIMARY, force=rp.Force.LAW)
    view = view_of(late(), MISSED)
    rules = attrs.evolve(view.follow_up, answer_days=attrs.evolve(view.follow_up.answer_days, citation=law))
    case = with_rules(made.recorded(late(), asked(rp.ClientStatement.COMPLAINS)), follow_up=rules)
    soon, over = made.moment("2027-02-03 10:00"), made.moment("2027-03-03 10:00")
    assert next_actions(case, soon)[0].urgency is Urgency.DUTY
    first = next_actions(case, over)[0]
    assert (first.urgency, first.why.passed, first.why.citation) == (Urgency.MISSED_DUTY, False, law)


# ------------------------------------------------------------------------------------ reviews and the end


def test_a_budget_is_reviewed_once_a_year_while_a_plan_runs() -> None:
    case = made.paid(made.planned(24), 11)
    at = made.moment("2027-11-02 10:00")
    action = one(case, at, ActionKind.REVIEW_BUDGET)
    assert action.by == DATE(2027, 12, 1)
    assert found(made.done(case, action), at.add(days=1), ActionKind.REVIEW_BUDGET) == []
    fresh = case.with_budget(made.statement(DATE(2027, 11, 2)))
    assert found(fresh, at, ActionKind.REVIEW_BUDGET) == []
    assert found(attrs.evolve(case, budgets=()), at, ActionKind.REVIEW_BUDGET) == []
    over = made.paid(made.planned(12), 11)  # the last payment falls due before the year of the budget is over
    assert found(over, at, ActionKind.REVIEW_BUDGET) == []


def token_plan() -> rp.Plan:
    affordability = rp.assess(made.budget(6050), rules=made.POLICY.affordability, as_of=DATE(2026, 12, 1))
    refused = rp.propose(made.DEBT, affordability, rules=made.POLICY.plan, first_due=DATE(2026, 12, 31))
    assert isinstance(refused, rp.NoAffordablePlan)
    (step,) = (step for step in refused.next_steps if step.kind is rp.NextStepKind.TOKEN_PAYMENTS)
    assert step.offer is not None
    return rp.agree(
        step.offer, on=made.AGREED, form=rp.AgreementForm.ORAL, accepted_in="talk", contact_by=rp.Channel.SMS
    )


def test_token_payments_are_reviewed_before_they_end() -> None:
    plan = token_plan()
    review = plan.schedule.terms.review_on
    assert review is not None
    case = with_account(made.case(), plan=plan, contract_due_on=None)
    case = made.paid(case, len(plan.schedule))
    opens = review.subtract(days=30)
    at = pendulum.datetime(opens.year, opens.month, opens.day, 10, tz=made.ZONE)
    assert found(case, at.subtract(days=1), ActionKind.REVIEW_TEMPORARY_PLAN, 0) == []
    action = one(case, at, ActionKind.REVIEW_TEMPORARY_PLAN, 0)
    assert (action.by, action.urgency) == (review, Urgency.HELP)
    assert found(made.done(case, action), at.add(days=1), ActionKind.REVIEW_TEMPORARY_PLAN) == []


def test_a_cure_is_confirmed_while_it_is_fresh() -> None:
    case = made.paid(late(), 0)
    plan = case.accounts[0].plan
    assert plan is not None
    case = case.with_payment(
        "card", rp.Payment("late", plan.schedule[1].amount, received_on=DATE(2027, 2, 10))
    )
    action = one(case, made.moment("2027-02-11 10:00"), ActionKind.CONFIRM_CURE)
    assert action.purpose is rp.Purpose.INFORMATION
    assert found(case, made.moment("2027-02-19 10:00"), ActionKind.CONFIRM_CURE) == []


def test_completion_is_confirmed_and_the_plan_is_closed() -> None:
    case = made.paid(made.planned(12), 12)
    at = made.moment("2027-12-02 10:00")
    confirm, close = found(case, at, ActionKind.CONFIRM_COMPLETION)[0], one(case, at, ActionKind.CLOSE)
    assert confirm.facts is not None
    assert confirm.facts.completed_on == DATE(2027, 11, 30)
    plan = case.accounts[0].plan
    assert plan is not None
    act = rp.PlanAct(kind=rp.ActKind.COMPLETE, on=DATE(2027, 12, 2), reason="repaid")
    closed = made.done(case, confirm).with_plan("card", plan.record(act))
    assert next_actions(closed, at.add(hours=1)) == ()
    assert close.purpose is None


# ------------------------------------------------------------------------------------ stops and limitation


@pytest.mark.parametrize("kind", StopKind)
def test_a_state_that_stops_collection_refers_the_case_once(kind: StopKind) -> None:
    case = late().with_stop("card", CollectionStop(id="s", kind=kind, first_day=DATE(2027, 2, 1)))
    (refer,) = next_actions(case, MISSED, 30)
    assert (refer.kind, refer.urgency, refer.debts) == (ActionKind.REFER, Urgency.PROTECTION, ("card",))
    assert refer.text
    assert next_actions(made.done(case, refer, MISSED), MISSED, 30) == ()


def test_a_stop_of_the_person_stops_other_debts_too() -> None:
    loan = Account(
        debt=attrs.evolve(made.DEBT, id="loan"),
        contract_due_on=DATE(2026, 11, 20),
        last_due_on=DATE(2026, 11, 20),
    )
    both = late().with_account(loan)
    sold = both.with_stop("card", CollectionStop(id="s", kind=StopKind.DEBT_SOLD, first_day=DATE(2027, 2, 1)))
    dead = both.with_stop("card", CollectionStop(id="s", kind=StopKind.DECEASED, first_day=DATE(2027, 2, 1)))
    assert [action.debts for action in found(sold, MISSED, ActionKind.ASK_CAUSE)] == [("loan",)]
    assert found(dead, MISSED, ActionKind.ASK_CAUSE) == []


@pytest.mark.parametrize(
    ("last_due_on", "state"),
    [(None, rp.LimitationState.UNKNOWN), (DATE(2022, 1, 1), rp.LimitationState.EXPIRED)],
)
def test_no_payment_is_asked_before_a_person_decided_on_limitation(
    last_due_on: pendulum.Date | None, state: rp.LimitationState
) -> None:
    case = with_account(made.case(), last_due_on=last_due_on)
    at = made.moment("2026-12-02 10:00")
    (decide,) = next_actions(case, at)
    assert (decide.kind, decide.key) == (ActionKind.ESTABLISH_LIMITATION, f"limitation:card:{state.value}")
    decided = made.done(case, decide, at)
    assert made.kinds(next_actions(decided, at)) == ["ASK_CAUSE"]


# ------------------------------------------------------------------------------------ barriers and silence


def test_remedies_follow_each_other_when_each_had_its_time() -> None:
    talk = made.contact(MISSED, purpose=rp.Purpose.MISSED_PAYMENT, spoken_language="en")
    case, at, keys = made.recorded(late(), talk), MISSED, list[str]()
    while True:
        actions = found(case, at, ActionKind.REMOVE_BARRIER, 30)
        if not actions:
            break
        (action,) = actions
        keys.append(action.key)
        at = max(at, pendulum.datetime(*action.opens_on.timetuple()[:3], 10, tz=made.ZONE))
        case = made.done(case, action, at)
        assert found(case, at, ActionKind.REMOVE_BARRIER, 0) == []
    assert len(set(keys)) == len(keys) > 1
    (question,) = (
        action for action in found(case, at, ActionKind.OPEN_QUESTION, 30) if "language" in action.text
    )
    assert question not in found(made.done(case, question, at), at, ActionKind.OPEN_QUESTION, 30)


def test_silence_is_handed_to_a_person_after_some_days() -> None:
    case = made.done(late(), one(late(), MISSED, ActionKind.ASK_CAUSE))
    assert found(case, made.moment("2027-02-15 10:00"), ActionKind.OPEN_QUESTION) == []
    at = made.moment("2027-02-16 10:00")
    question = one(case, at, ActionKind.OPEN_QUESTION)
    assert "missed payment" in question.text
    heard = made.recorded(case, asked(None, started_at=at, recorded_at=at))
    assert found(heard, at.add(hours=1), ActionKind.OPEN_QUESTION) == []
    reminded = made.recorded(case, made.contact(at, purpose=rp.Purpose.REMINDER))
    assert found(reminded, at.add(hours=1), ActionKind.OPEN_QUESTION) != []


# ------------------------------------------------------------------------------------ offers


def test_old_balances_are_stated_anew_before_anything_is_offered() -> None:
    case = made.case()
    day = made.DEBT_DAY.add(days=HOUSE_FOLLOW_UP_RULES.stated_days.value + 1)
    at = pendulum.datetime(day.year, day.month, day.day, 10, tz=made.ZONE)
    told = made.contact(at, hardship=rp.HardshipReason.ILLNESS)
    case = made.recorded(case, told).with_budget(made.statement(day))
    kinds = made.kinds(next_actions(case, at))
    assert "OFFER" not in kinds
    assert one(case, at, ActionKind.VERIFY_DATA).text == "State what is owed anew."
    view = view_of(case, at)
    assert owed_by(view.accounts[0]) is None
    assert owed_by(view.accounts[0], fresh=False) == made.DEBT
    assert offers_for(view, ("card",)) is None
    assert offers_for(view_of(attrs.evolve(case, budgets=()), at), ("card",)) is None


@pytest.mark.parametrize(("days", "is_offered"), [(10, True), (11, False)])
def test_a_house_rule_moves_how_old_balances_may_be_and_when_a_plan_begins(
    days: int, *, is_offered: bool
) -> None:
    policy = attrs.evolve(made.POLICY, follow_up=HOUSE_FOLLOW_UP_RULES)
    ours = rp.Citation(title="our bank", force=rp.Force.HOUSE)
    moves = {"follow_up.stated_days": 10, "follow_up.first_due_days": 45}
    case = made.case(policy=PolicyVersions((policies.evolve(policy, moves, citation=ours),)))
    view = view_of(case, made.DEBT_DAY.add(days=days))
    offers = offers_for(view, ("card",))
    assert (offers is not None) is is_offered
    if isinstance(offers, rp.Offers):
        assert {offer.schedule.due[0] for offer in offers} == {view.day.add(days=45)}
    for path, worse in (("follow_up.stated_days", 93), ("follow_up.first_due_days", 29)):
        with pytest.raises(rp.PolicyError) as caught:
            policies.evolve(policy, {path: worse}, citation=ours)
        assert (caught.value.code, caught.value.field) == ("limit.direction", path)


def test_a_note_of_hardship_is_a_cause_too() -> None:
    note = rp.Hardship(
        id="note", case_id="case", recorded_at=MISSED, party_id="client", reason=rp.HardshipReason.ILLNESS
    )
    kinds = made.kinds(next_actions(made.recorded(late(), note), MISSED))
    assert "TAKE_BUDGET" in kinds
    assert "ASK_CAUSE" not in kinds


def test_a_budget_that_names_the_other_debt_is_not_charged_twice() -> None:
    named = attrs.evolve(
        made.budget(), commitments=[rp.Commitment("loan", rp.Money(100, "CNY"), rp.Frequency.MONTHLY)]
    )
    case = late().with_budget(made.statement(DATE(2027, 2, 2), budget=named))
    plan = made.plan(months=12)
    offer = attrs.evolve(plan.offer, debt=attrs.evolve(plan.offer.debt, id="loan"))
    loan = Account(debt=attrs.evolve(made.DEBT, id="loan"), plan=attrs.evolve(plan, offer=offer))
    view = view_of(case.with_account(loan), MISSED)
    offers = offers_for(view, ("card",))
    assert isinstance(offers, rp.Offers)
    assert max(row.amount for row in offers[-1].schedule) > rp.Money(1000, "CNY")


# ------------------------------------------------------------------------------------ reaching


def test_where_nobody_may_be_contacted_a_person_decides() -> None:
    stop = rp.ConsentWithdrawal(
        id="cease",
        case_id="case",
        recorded_at=MISSED,
        party_id="client",
        scope=rp.ConsentScope.CONTACT,
        given_at=MISSED,
    )
    case = made.recorded(late(), stop)
    for at, is_paused in ((MISSED.add(hours=1), True), (MISSED.add(days=15), False)):
        actions = next_actions(case, at, 10)
        assert ("FIND_WAY" in made.kinds(actions)) is not is_paused
        assert not any(action.is_contact for action in actions)


@pytest.mark.parametrize("role", [rp.PartyRole.ATTORNEY, rp.PartyRole.REPRESENTATIVE])
def test_who_acts_for_the_client_is_contacted_in_the_clients_place(role: rp.PartyRole) -> None:
    lawyer = rp.Party(id="lawyer", role=role, authority=rp.Authority(scope="all"))
    office = attrs.evolve(made.EMAIL, id="office", owner="lawyer")
    client = attrs.evolve(made.CLIENT, others=(lawyer,), points=(*made.CLIENT.points, office))
    case = attrs.evolve(late(), client=client)
    redirected = one(case, MISSED, ActionKind.ASK_CAUSE)
    assert (redirected.recipient, redirected.point) == ("lawyer", office)
    ended = attrs.evolve(lawyer, authority=rp.Authority(scope="all", valid_until=DATE(2027, 2, 1)))
    alone = attrs.evolve(case, client=attrs.evolve(client, others=(ended,)))
    assert one(alone, MISSED, ActionKind.ASK_CAUSE).recipient == "client"


def test_where_the_rules_say_who_stands_between_that_holds() -> None:
    friend = rp.Party(id="friend", role=rp.PartyRole.REPRESENTATIVE, authority=rp.Authority(scope="all"))
    address = attrs.evolve(made.EMAIL, id="friend's", owner="friend")
    client = attrs.evolve(made.CLIENT, others=(friend,), points=(*made.CLIENT.points, address))
    case = with_rules(attrs.evolve(late(), client=client), contact=US_REGULATION_F)
    assert one(case, MISSED, ActionKind.ASK_CAUSE).recipient == "client"


def test_a_shared_point_gets_a_neutral_message() -> None:
    shared = attrs.evolve(made.MOBILE, shared=True)
    case = attrs.evolve(late(), client=attrs.evolve(made.CLIENT, points=(shared,)))
    action = one(case, MISSED, ActionKind.ASK_CAUSE)
    assert action.message is rp.MessageKind.NEUTRAL
    assert action.facts is not None
    assert rp.render_message(rp.MessageKind.NEUTRAL, "en", action.facts).plain


def test_without_a_desk_or_a_name_a_message_has_no_facts() -> None:
    assert one(attrs.evolve(late(), desk=None), MISSED, ActionKind.ASK_CAUSE).facts is None
    nameless = attrs.evolve(made.CLIENT, party=attrs.evolve(made.PARTY, name=None))
    assert one(attrs.evolve(late(), client=nameless), MISSED, ActionKind.ASK_CAUSE).facts is None


def test_without_rules_of_contact_the_clients_wishes_hold() -> None:
    case = with_rules(late(), contact=None, records=None)
    noted = StepNote(id="n", case_id="case", recorded_at=MISSED, step="limitation:card:unknown")
    action = one(made.recorded(case, noted), MISSED.add(hours=14), ActionKind.ASK_CAUSE)
    assert action.window is not None
    assert action.window.start == MISSED.add(hours=14)


# ------------------------------------------------------------------------------------ the calendar


def test_the_calendar_gives_the_contacts_ahead_in_their_order() -> None:
    case = made.paid(made.planned(12), 1)
    plan = calendar_for(case, DATE(2027, 1, 2), DATE(2027, 12, 31))
    assert made.kinds(plan) == ["REMIND"] * 11
    assert made.kinds(calendar_for(case, DATE(2027, 1, 2), DATE(2027, 1, 2))) == []


def test_the_calendar_has_days_in_order() -> None:
    with pytest.raises(rp.RepayPlanError) as caught:
        calendar_for(late(), DATE(2027, 1, 2), DATE(2027, 1, 1))
    assert caught.value.field == "end"
    with pytest.raises(rp.RepayPlanError):
        calendar_for(late(), DATE(2027, 1, 2), DATE(2047, 1, 1))


def test_our_own_word_is_kept_by_the_day_that_we_named() -> None:
    talk = made.contact(MISSED, next_step="send the form", next_step_on=DATE(2027, 2, 5))
    vague = made.contact(MISSED, id="vague", next_step="think about it")
    case = made.recorded(late(), talk, vague)
    word = one(case, MISSED, ActionKind.KEEP_WORD)
    assert (word.text, word.by, word.debts) == ("send the form", DATE(2027, 2, 5), ("card",))
    assert found(made.done(case, word, MISSED), MISSED, ActionKind.KEEP_WORD) == []


def test_a_note_of_hardship_about_another_debt_is_no_cause() -> None:
    note = rp.Hardship(id="note", case_id="case", recorded_at=MISSED, party_id="client", debts=("loan",))
    assert "ASK_CAUSE" in made.kinds(next_actions(made.recorded(late(), note), MISSED))


def test_help_after_all_is_repaid_has_nothing_to_offer() -> None:
    case = made.paid(made.planned(12), 12)
    at = made.moment("2027-12-02 10:00")
    case = made.recorded(case, made.contact(at, client_said={rp.ClientStatement.ASKS_FOR_HELP}))
    action = one(case, at.add(hours=1), ActionKind.ANSWER_CLIENT)
    assert (action.offers, action.message) == (None, rp.MessageKind.INVITATION_TO_SPEAK)


def test_a_debt_without_a_plan_takes_nothing_from_the_capacity_of_another() -> None:
    told = made.contact(MISSED.add(minutes=1), hardship=rp.HardshipReason.ILLNESS)
    case = made.recorded(late(), told).with_budget(made.statement(DATE(2027, 2, 2)))
    at = MISSED.add(hours=1)
    alone = one(case, at, ActionKind.OFFER)
    beside = one(case.with_debt(attrs.evolve(made.DEBT, id="loan")), at, ActionKind.OFFER)
    assert alone.offers == beside.offers


def test_other_requests_and_holds_block_nothing() -> None:
    case = made.recorded(late(), asked(rp.ClientStatement.COMPLAINS))
    fees = rp.Hold("h", rp.HoldKind.OTHER, {rp.HoldEffect.FEES_STOP}, DATE(2027, 2, 1), None)
    case = case.with_hold("card", fees)
    assert blocked_spans(case, MISSED.add(hours=1)) == ()


def test_after_a_transfer_notices_count_from_the_plans_next_due_day() -> None:
    case = with_account(late(), transferred_on=DATE(2027, 2, 10))
    at = made.moment("2027-02-20 10:00")
    actions = found(with_rules(case, follow_up=US_REGULATION_X), at, ActionKind.ARREARS_NOTICE)
    assert {action.by for action in actions} == {
        DATE(2027, 2, 28).add(days=36),
        DATE(2027, 2, 28).add(days=45),
    }


def vulnerable(need: rp.SupportNeed, party: str = "client") -> rp.Vulnerability:
    return rp.Vulnerability(
        id="note",
        case_id="case",
        recorded_at=MISSED,
        party_id=party,
        basis=rp.VulnerabilityBasis.VITAL_INTEREST,
        needs={need},
    )


def test_in_a_crisis_nobody_asks_for_money() -> None:
    for case in (
        made.recorded(late(), vulnerable(rp.SupportNeed.CRISIS)),
        attrs.evolve(late(), client=attrs.evolve(made.CLIENT, needs={rp.SupportNeed.CRISIS})),
    ):
        actions = next_actions(case, MISSED, 30)
        assert made.kinds(actions) == ["REFER", "OPEN_QUESTION", "CHECK_PAYMENT"]
        referred = made.done(case, actions[0], MISSED)
        assert made.kinds(next_actions(referred, MISSED.add(hours=1), 0)) == []
        later = MISSED.add(days=4)
        over = made.done(referred, one(referred, later, ActionKind.OPEN_QUESTION), later)
        assert "ASK_CAUSE" in made.kinds(next_actions(over, later.add(hours=1)))
    other = made.recorded(late(), vulnerable(rp.SupportNeed.CRISIS, party="wife"))
    assert "ASK_CAUSE" in made.kinds(next_actions(other, MISSED))


def test_what_was_noted_of_a_need_is_asked_about_on_its_day() -> None:
    note = attrs.evolve(vulnerable(rp.SupportNeed.HEARING), review_on=DATE(2027, 3, 1))
    case = made.recorded(late(), note)
    assert found(case, MISSED, ActionKind.OPEN_QUESTION, 7) == []
    at = made.moment("2027-03-01 10:00")
    (review,) = (one for one in next_actions(case, at, 0) if one.why.rule == "care_reviewed")
    done = made.done(case, review, at)
    assert not any(one.why.rule == "care_reviewed" for one in next_actions(done, at.add(hours=1)))


def test_what_is_offered_in_one_list_counts_no_money_twice() -> None:
    loan = Account(
        debt=attrs.evolve(made.DEBT, id="loan"),
        last_due_on=DATE(2027, 1, 20),
        contract_due_on=DATE(2027, 1, 20),
    )
    case = attrs.evolve(late(), accounts=(*late().accounts, loan))
    told = made.contact(
        MISSED, id="told", debts=("loan",), debts_raised=(), hardship=rp.HardshipReason.INCOME_LOSS
    )
    case = made.recorded(case, told, asked(rp.ClientStatement.ASKS_FOR_HELP, id="asked", debts=("card",)))
    case = case.with_budget(made.statement(DATE(2027, 2, 2), budget=made.budget(9500)))
    actions = [action for action in next_actions(case, MISSED.add(hours=1)) if action.offers is not None]
    assert [action.kind for action in actions] == [ActionKind.ANSWER_CLIENT]
    assert isinstance(actions[0].offers, rp.JointOffers)


def test_after_a_plan_was_terminated_limitation_runs_from_that_day() -> None:
    case = made.paid(made.planned(60), 1)
    plan = case.accounts[0].plan
    assert plan is not None
    day = DATE(2027, 6, 1)
    act = rp.PlanAct(
        kind=rp.ActKind.TERMINATE,
        on=day,
        reason="not paid after notice",
        notice_on=DATE(2027, 5, 1),
        pay_by=DATE(2027, 5, 31),
    )
    ended = plan.record(act)
    view = view_of(with_account(case, plan=ended), made.moment("2027-07-01 10:00"))
    assert view.accounts[0].limitation.expires_on == DATE(2030, 6, 1)


def test_after_abuse_messages_are_neutral_unless_nobody_else_sees_them() -> None:
    for shared, message in ((None, rp.MessageKind.NEUTRAL), (False, rp.MessageKind.MISSED_PAYMENT)):
        point = attrs.evolve(made.MOBILE, shared=shared)
        case = attrs.evolve(late(), client=attrs.evolve(made.CLIENT, points=(point,)))
        case = made.recorded(case, vulnerable(rp.SupportNeed.ABUSE))
        assert one(case, MISSED, ActionKind.ASK_CAUSE).message is message


def test_help_on_a_debt_that_nobody_collects_is_answered_without_an_offer() -> None:
    stop = CollectionStop(id="s", kind=StopKind.LITIGATION, first_day=DATE(2027, 2, 1))
    case = made.recorded(late(), asked(rp.ClientStatement.ASKS_FOR_HELP)).with_stop("card", stop)
    action = one(case, MISSED.add(hours=1), ActionKind.ANSWER_CLIENT)
    assert (action.offers, action.message) == (None, rp.MessageKind.INVITATION_TO_SPEAK)


def test_a_cause_that_is_told_anew_on_the_same_day_has_an_offer_of_its_own() -> None:
    first = made.contact(MISSED, hardship=rp.HardshipReason.ILLNESS)
    case = made.recorded(late(), first).with_budget(made.statement(DATE(2027, 2, 2)))
    offer = one(case, MISSED.add(minutes=1), ActionKind.OFFER)
    offered = made.done(case, offer)
    assert found(offered, MISSED.add(minutes=2), ActionKind.OFFER) == []
    again = made.contact(MISSED.add(hours=1), hardship=rp.HardshipReason.DIVORCE)
    anew = one(made.recorded(offered, again), MISSED.add(hours=2), ActionKind.OFFER)
    assert anew.key != offer.key
    assert anew.by == offer.by


def test_whoever_does_not_wish_to_talk_is_left_in_peace_for_some_days() -> None:
    refused = made.contact(MISSED, outcome=rp.Outcome.REFUSED)
    case = made.recorded(late(), refused)
    assert found(case, MISSED.add(hours=1), ActionKind.ASK_CAUSE) == []
    assert found(case, made.moment("2027-02-15 23:59"), ActionKind.ASK_CAUSE) == []
    assert len(found(case, made.moment("2027-02-16 00:00"), ActionKind.ASK_CAUSE)) == 1


def test_a_broken_promise_does_not_silence_the_next_missed_payment() -> None:
    promise = rp.Promise("p", rp.Money(300, "CNY"), by=DATE(2027, 2, 8), made_on=DATE(2027, 2, 3))
    case = late().with_promise("card", promise)
    case = made.done(case, one(case, made.moment("2027-02-09 10:00"), ActionKind.FOLLOW_UP_PROMISE))
    assert found(case, made.moment("2027-02-12 10:00"), ActionKind.ASK_CAUSE) == []
    at = made.moment("2027-03-02 10:00")
    assert one(case, at, ActionKind.ASK_CAUSE).key == "cause:card:2027-02-28"
    assert found(case, at, ActionKind.FOLLOW_UP_PROMISE) == []


def test_a_transfer_ahead_puts_off_no_notice() -> None:
    moved = with_account(late(), transferred_on=DATE(2027, 2, 10))
    for case in (late(), moved):
        actions = found(with_rules(case, follow_up=US_REGULATION_X), MISSED, ActionKind.ARREARS_NOTICE)
        assert {action.by for action in actions} == {
            DATE(2027, 1, 31).add(days=36),
            DATE(2027, 1, 31).add(days=45),
        }


def test_limitation_of_a_kept_plan_is_established_before_a_reminder() -> None:
    unknown = attrs.evolve(made.POLICY.records, limitation=None)
    case = made.planned(policy=attrs.evolve(made.POLICY, records=unknown))
    at = made.moment("2026-12-26 10:00")
    assert found(case, at, ActionKind.REMIND) == []
    decided = made.done(case, one(case, at, ActionKind.ESTABLISH_LIMITATION), at)
    assert found(decided, at, ActionKind.ESTABLISH_LIMITATION) == []
    assert len(found(decided, at, ActionKind.REMIND)) == 1


def test_reminders_after_a_hold_are_in_the_calendar_made_while_it_lasts() -> None:
    effects = {rp.HoldEffect.CONTACT_STOPS}
    hold = rp.Hold("h", rp.HoldKind.BREATHING_SPACE, effects, DATE(2026, 12, 10), DATE(2027, 2, 7))
    ahead = calendar_for(made.planned().with_hold("card", hold), DATE(2026, 12, 20), DATE(2027, 4, 10))
    assert [action.key for action in ahead] == ["remind:card:2027-02-28", "remind:card:2027-03-31"]


def test_the_last_payment_of_a_promise_is_told_as_the_completion_that_it_is() -> None:
    case = made.paid(made.planned(), 11)
    plan = case.accounts[0].plan
    assert plan is not None
    last = plan.schedule[-1]
    promise = rp.Promise("p", last.amount, by=last.due_on, made_on=last.due_on.subtract(days=2))
    paid = rp.Payment("last", last.amount, received_on=last.due_on)
    case = case.with_promise("card", promise).with_payment("card", paid)
    at = pendulum.datetime(last.due_on.year, last.due_on.month, last.due_on.day, 10, tz=made.ZONE)
    assert made.kinds(next_actions(case, at)) == ["CONFIRM_COMPLETION", "CLOSE"]


@pytest.mark.parametrize("kind", [kind for kind in StopKind if kind.is_of_the_person])
def test_where_the_client_cannot_be_asked_nothing_is_left_but_to_refer(kind: StopKind) -> None:
    said = made.contact(MISSED, next_step="call about the payment", next_step_on=DATE(2027, 2, 9))
    bounced = made.contact(
        MISSED.add(hours=1), channel=rp.Channel.SMS, outcome=rp.Outcome.BOUNCED, participants=()
    )
    case = made.recorded(late(), said, bounced).with_debt(attrs.evolve(made.DEBT, id="loan"))
    nameless = attrs.evolve(made.CLIENT, party=attrs.evolve(made.PARTY, name=None))
    case = case.with_client(nameless)
    assert len(next_actions(case, MISSED.add(hours=2), 30)) > 1
    stopped = case.with_stop("card", CollectionStop(id="s", kind=kind, first_day=DATE(2027, 2, 2)))
    assert made.kinds(next_actions(stopped, MISSED.add(hours=2), 30)) == ["REFER"]


def old_plan(**limitation: Any) -> Case:  # noqa: ANN401  # any field
    """A plan on a claim whose limitation of three years had expired long before."""
    rules = made.POLICY.records.limitation
    assert rules is not None
    records = attrs.evolve(made.POLICY.records, limitation=attrs.evolve(rules, **limitation))
    case = made.planned(policy=attrs.evolve(made.POLICY, records=records))
    return with_account(case, last_due_on=DATE(2015, 1, 1))


def test_a_plan_revives_an_expired_claim_only_where_the_rules_say_so() -> None:
    at = made.moment("2026-12-26 10:00")
    assert "REMIND" in made.kinds(next_actions(old_plan(), at))
    expired = old_plan(revived_by=frozenset())
    assert found(expired, at, ActionKind.REMIND) == []
    assert one(expired, at, ActionKind.ESTABLISH_LIMITATION).key == "limitation:card:expired"
    sued = rp.LimitationEvent(kind=rp.RestartKind.SUIT_OR_ARBITRATION, on=DATE(2017, 1, 1), debt="card")
    again = attrs.evolve(sued, on=DATE(2020, 1, 1))
    later = attrs.evolve(sued, on=DATE(2023, 1, 1))
    sued_thrice = with_account(expired, limitation_events=(sued, again, later))
    assert "ESTABLISH_LIMITATION" in made.kinds(next_actions(sued_thrice, at))
    in_time = with_account(
        expired, limitation_events=(sued, again, later, attrs.evolve(sued, on=DATE(2025, 1, 1)))
    )
    assert "REMIND" in made.kinds(next_actions(in_time, at))


def test_a_plan_that_was_cancelled_leaves_the_limitation_of_the_contract() -> None:
    case = old_plan(revived_by=frozenset())
    case = with_account(case, contract_due_on=DATE(2015, 1, 1), last_due_on=DATE(2023, 12, 10))
    plan = case.accounts[0].plan
    assert plan is not None
    ended = plan.record(rp.PlanAct(kind=rp.ActKind.CANCEL, on=DATE(2026, 12, 10), reason="withdrawn"))
    at = made.moment("2027-01-02 10:00")
    assert found(case.with_plan("card", ended), at, ActionKind.ASK_CAUSE) == []


def test_a_talk_from_which_nothing_came_is_handed_to_a_person_too() -> None:
    case = made.done(late(), one(late(), MISSED, ActionKind.ASK_CAUSE))
    heard = made.contact(MISSED.add(hours=2), id="call", direction=rp.Direction.INBOUND)
    case = made.recorded(case, heard)
    assert found(case, made.moment("2027-02-15 10:00"), ActionKind.OPEN_QUESTION) == []
    at = made.moment("2027-02-16 10:00")
    question = one(case, at, ActionKind.OPEN_QUESTION)
    assert "heard on 2027-02-02" in question.text
    assert found(made.done(case, question, at), at, ActionKind.OPEN_QUESTION) == []


def represented(*lawyers: rp.Party, office: str) -> Case:
    """A kept plan of a client with lawyers, one of whom has an address."""
    point = attrs.evolve(made.EMAIL, id="office", owner=office)
    client = attrs.evolve(made.CLIENT, others=lawyers, points=(*made.CLIENT.points, point))
    policy = attrs.evolve(made.POLICY, contact=US_REGULATION_F)
    return made.planned(client=client, policy=policy)


def lawyer(name: str, until: pendulum.Date | None = None) -> rp.Party:
    authority = rp.Authority(scope="all", valid_until=until)
    return rp.Party(id=name, role=rp.PartyRole.ATTORNEY, authority=authority)


def test_whoever_has_authority_on_the_day_is_reminded() -> None:
    case = represented(lawyer("a", DATE(2027, 2, 10)), office="a")
    ahead = calendar_for(case, DATE(2026, 12, 20), DATE(2027, 3, 10))
    assert [action.recipient for action in ahead] == ["a", "a", "client"]


def test_of_two_lawyers_the_one_with_an_address_is_written_to() -> None:
    case = represented(lawyer("a"), lawyer("b"), office="b")
    assert one(case, made.moment("2026-12-26 10:00"), ActionKind.REMIND).recipient == "b"
