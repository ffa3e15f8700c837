"""What a user's type checker sees of the public face. Checked by mypy and pyright, never run."""

from __future__ import annotations

import datetime
from typing import assert_type

import pendulum

import repayplan as rp
from repayplan import policies
from repayplan.policies import cn


class CountryCalendar:
    """Another library's calendar, which knows nothing of ours."""

    def is_business_day(self, day: pendulum.Date, /) -> bool:
        return day.day > 1


CNY = rp.Currency.of("CNY")
TODAY = datetime.date(2026, 12, 1)

assert_type(CNY, rp.Currency)
assert_type(rp.Money("1", "CNY") + rp.Money(1, CNY), rp.Money)
assert_type(rp.Money("1", "CNY").split(3), tuple[rp.Money, ...])
assert_type(rp.Money.total([], CNY), rp.Money)
assert_type(rp.Rounding.HALF_EVEN.divide(5, 2), int)

rp.Money(1.5, "CNY")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # never a float
rp.Money("1", "CNY") * 1.5  # type: ignore[operator]  # pyright: ignore[reportOperatorIssue, reportUnusedExpression]
rp.Rate.annual(0.18)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]

assert_type(rp.due_dates(TODAY, rp.Frequency.MONTHLY, 3), tuple[pendulum.Date, ...])
rp.due_dates(TODAY, rp.Frequency.MONTHLY, 3, calendar=CountryCalendar())
rp.due_dates(TODAY, rp.Frequency.MONTHLY, 3, calendar=lambda day: day.day > 1)

terms = rp.Terms(
    principal=rp.Money("12345.67", "EUR"),
    rate=rp.Rate.annual("0.18"),
    starts_on=TODAY,
    first_due=datetime.date(2026, 12, 31),
    repayment=rp.LevelPayment(count=60),
)
assert_type(terms.starts_on, pendulum.Date)
schedule = rp.build_schedule(terms)
assert_type(schedule[0], rp.Installment)
assert_type(schedule[1:], tuple[rp.Installment, ...])
assert_type(schedule[0].amount, rp.Money)
assert_type(schedule.last_due, pendulum.Date)
assert_type(schedule.to_rows(), list[dict[str, object]])
assert_type(schedule._repr_html_(), str)

policy = cn.CREDIT_CARD.in_force(TODAY)
budget = rp.Budget(
    currency=CNY,
    household=rp.Household(adults=1),
    incomes=[rp.Income("salary", rp.Money("8500", CNY))],
    expenses=(rp.Expense("rent", rp.Money("3200", CNY), category=rp.Category.HOUSING),),
)
affordability = rp.assess(budget, rules=policy.affordability, as_of=TODAY)
assert_type(affordability.capacity, rp.Capacity)
assert_type(affordability.findings, tuple[rp.Finding, ...])
assert_type(affordability.explain().to_text(), str)

debt = rp.Debt(principal=rp.Money("36000", CNY), rate=rp.Rate.daily("0.0005"), as_of=TODAY)
answer = rp.propose(debt, affordability, rules=policy.plan, first_due=TODAY)
assert_type(answer, rp.Offers | rp.NoAffordablePlan)
match answer:
    case rp.Offers():
        assert_type(answer[0], rp.Offer)
        assert_type(answer[0].cost.months, int)
        plan = rp.agree(
            answer[0],
            on=TODAY,
            form=rp.AgreementForm.ORAL,
            accepted_in="contact-17",
            contact_by=rp.Channel.SMS,
        )
        assert_type(plan.schedule, rp.Schedule)
    case rp.NoAffordablePlan():
        assert_type(answer.next_steps, tuple[rp.NextStep, ...])

assert_type(policy.plan.max_months, rp.Limit[int])
assert_type(policy.contact, rp.ContactRules)
house = rp.Citation(title="ours", force=rp.Force.HOUSE)
assert_type(policies.compose("ours", policy.plan, policy.contact, effective_from=TODAY), policies.Policy)
assert_type(
    policies.compose("ours", policy.plan, rp.HOUSE_FOLLOW_UP_RULES, effective_from=TODAY), policies.Policy
)
assert_type(policies.evolve(policy, {"contact.limits[0].most": 2}, citation=house), policies.Policy)
assert_type(policies.evolve(cn.CREDIT_CARD, {}, citation=house), policies.PolicyVersions)
policies.compose("ours", 60)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
assert_type(policy.plan.max_months.value, int)
assert_type(rp.format_money(debt.principal, "zh_CN"), str)

message = rp.render_message(
    rp.MessageKind.REMINDER,
    "zh-CN",
    rp.MessageFacts(
        sender="North Bank",
        contact=rp.ContactRoute("1", "always"),
        client_name="Ms Wang",
        amount=rp.Money("5", "CNY"),
        due_on=TODAY,
        options=["a", "b"],
    ),
    rules=rp.US_ELECTRONIC_MESSAGE,
    catalogs=[rp.catalog_for("en")],
)
assert_type(message, rp.RenderedMessage)
assert_type(message.sms_size, rp.SmsSize)
assert_type(rp.review_wording("x", "en"), tuple[rp.Finding, ...])
assert_type(rp.phrasebook("en"), tuple[rp.Phrase, ...])
assert_type(rp.facts_of(rp.MessageKind.REMINDER).required, frozenset[str])
assert_type(rp.plural_form(1, "en"), str)
rp.Plural("plan_count", [("one", "{plan_count}"), ("other", rp.Template("{plan_count}"))], may_omit={"x"})
rp.MessageFacts(sender="x", contact=rp.ContactRoute("1", "2"), amount="5")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # typed


def next_steps_of(case: rp.Case) -> rp.Action:
    actions = rp.next_actions(case, TODAY)
    assert_type(actions, rp.Actions)
    assert_type(actions[:1], rp.Actions)
    assert_type(rp.calendar_for(case, TODAY, TODAY), rp.Actions)
    return assert_type(actions[0], rp.Action)
