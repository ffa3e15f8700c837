"""A tour of the main job: from a client's budget and an overdue card to offers that the client can afford.

Run it with ``python docs/tour.py``. Everything it prints is a value of the library, written for an adviser.
"""

from __future__ import annotations

import pendulum

import repayplan as rp
from repayplan.policies import cn

LOCALE = "zh_CN"
CNY = rp.Currency.of("CNY")
TODAY = pendulum.date(2026, 12, 1)
POLICY = cn.CREDIT_CARD.in_force(TODAY)


def main() -> None:
    """Tell the story twice: with an income that allows a plan, and with one that does not."""
    debt = rp.Debt(
        principal=rp.Money("36000", CNY),
        interest=rp.Money("1250.40", CNY),
        fees=rp.Money("300", CNY),
        rate=rp.Rate.daily("0.0005"),
        as_of=TODAY,
    )
    heading("1. What is owed")
    show_debt(debt)

    heading("2. What the client can pay")
    affordability = rp.assess(budget(salary="8500"), rules=POLICY.affordability, as_of=TODAY)
    print(affordability.explain().to_text())
    print(f"\nSo no installment may be above {money(affordability.capacity.monthly)} a month.")
    cite("The contingency is a", POLICY.affordability.contingency.citation)

    heading("3. The choice to put to the client")
    offers = rp.propose(debt, affordability, rules=POLICY.plan, first_due=pendulum.date(2026, 12, 31))
    if not isinstance(offers, rp.Offers):
        raise SystemExit(offers)
    show_offers(offers)
    cite("The longest term is set by", POLICY.plan.max_months.citation)

    heading("4. The client chooses the one in between")
    chosen = offers[1]
    show_conditions()
    show_schedule(chosen)
    plan = rp.agree(
        chosen,
        on=pendulum.date(2026, 12, 3),
        form=rp.AgreementForm.ORAL,
        accepted_in="contact-17",
        contact_by=rp.Channel.SMS,
    )
    show_plan(plan)

    heading("5. The same debt with a salary of 6,400 yuan")
    poorer = rp.assess(budget(salary="6400"), rules=POLICY.affordability, as_of=TODAY)
    answer = rp.propose(debt, poorer, rules=POLICY.plan, first_due=pendulum.date(2026, 12, 31))
    show_no_plan(answer)

    heading("6. And with a salary of 5,200 yuan")
    poorest = rp.assess(budget(salary="5200"), rules=POLICY.affordability, as_of=TODAY)
    answer = rp.propose(debt, poorest, rules=POLICY.plan, first_due=pendulum.date(2026, 12, 31))
    show_no_plan(answer)


def budget(*, salary: str) -> rp.Budget:
    """Give the client's budget: one adult with a child, who rents."""
    return rp.Budget(
        currency=CNY,
        household=rp.Household(adults=1, children=1),
        incomes=(rp.Income("salary", rp.Money(salary, CNY)),),
        expenses=(
            rp.Expense("rent", rp.Money("3200", CNY), category=rp.Category.HOUSING),
            rp.Expense("food", rp.Money("420", CNY), rp.Frequency.WEEKLY, category=rp.Category.FOOD),
            rp.Expense("power, water, gas", rp.Money("380", CNY), category=rp.Category.UTILITIES),
            rp.Expense("bus and metro", rp.Money("260", CNY), category=rp.Category.TRANSPORT),
        ),
    )


def money(amount: rp.Money) -> str:
    """Write an amount as the client's bank does."""
    return rp.format_money(amount, LOCALE)


def shown(value: object) -> str:
    """Write a figure of a finding."""
    return money(value) if isinstance(value, rp.Money) else str(value)


def heading(text: str) -> None:
    """Print a heading."""
    print(f"\n{text}\n{'=' * len(text)}")


def cite(lead: str, citation: rp.Citation) -> None:
    """Print where a figure comes from."""
    evidence = f", {citation.evidence.value} evidence" if citation.evidence else ""
    print(f"{lead} {citation} ({citation.force.value}{evidence}).")


def show_debt(debt: rp.Debt) -> None:
    """Print the balances."""
    for label, amount in (
        ("principal", debt.principal),
        ("interest so far", debt.interest),
        ("fees so far", debt.fees),
        ("in all", debt.total),
    ):
        print(f"{label:>16}: {money(amount):>12}")
    rate = rp.format_percent(debt.rate.value, LOCALE, decimals=2)
    print(f"The principal bears {rate} a {debt.rate.unit.value}; what is owed besides bears nothing.")


def show_offers(offers: rp.Offers) -> None:
    """Print the offers side by side."""
    rows = [
        ("", [offer.name for offer in offers]),
        ("installments", [str(len(offer.schedule)) for offer in offers]),
        ("the highest", [money(offer.schedule.highest) for offer in offers]),
        ("least slack", [money(offer.certificate.tightest.slack) for offer in offers]),
        ("interest", [money(offer.cost.interest) for offer in offers]),
        ("to pay in all", [money(offer.cost.total) for offer in offers]),
        ("last due on", [str(offer.schedule.last_due) for offer in offers]),
    ]
    for label, cells in rows:
        print(f"{label:>16}  " + "  ".join(f"{cell:>12}" for cell in cells))
    print(f"{len(offers.dropped)} other affordable plans lie between these or are no better in any respect.")


def show_conditions() -> None:
    """Print what must hold before the bank may agree."""
    conditions = POLICY.plan.conditions
    if conditions is not None:
        for condition in conditions.value:
            print(f"- Before: {condition.value}.")
        cite("So says", conditions.citation)


def show_schedule(offer: rp.Offer) -> None:
    """Print the first rows and the last of the schedule, each with its proof."""
    print(
        f"{'no.':>4}  {'due on':>10}  {'principal':>11}  {'interest':>9}  {'owed before':>11}  {'to pay':>11}"
    )
    shown = {1, 2, 3, len(offer.schedule)}
    for row in offer.schedule:
        if row.number in shown:
            before = row.carried_interest + row.carried_fees + row.carried_penalties
            print(
                f"{row.number:>4}  {row.due_on!s:>10}  {money(row.principal):>11}  {money(row.interest):>9}"
                f"  {money(before):>11}  {money(row.amount):>11}"
            )
        elif row.number - 1 in shown:
            print(f"{'...':>4}")
    verdict = "within" if offer.certificate.holds else "ABOVE"
    print(
        f"Every one of the {len(offer.schedule)} installments is {verdict} capacity, the last one included."
    )


def show_plan(plan: rp.Plan) -> None:
    """Print what was agreed and what the bank must now do."""
    day = rp.format_date(plan.agreed_on, LOCALE)
    print(
        f"Agreed on {day} ({plan.form.value}, in {plan.accepted_in}); reminders by {plan.contact_by.value}."
    )
    duties = plan.offer.rules.duties
    if duties is not None:
        for duty in duties.value:
            print(f"- The bank must {duty.value}.")
        cite("So says", duties.citation)


def show_no_plan(answer: rp.Offers | rp.NoAffordablePlan) -> None:
    """Print why no plan is possible, and what would help."""
    if isinstance(answer, rp.Offers):
        raise SystemExit(answer)
    surplus, capacity = answer.affordability.surplus, answer.affordability.capacity.monthly
    print(f"Surplus {money(surplus)}, capacity {money(capacity)} a month: no plan is affordable.")
    for finding in answer.findings:
        wanted = f"{finding.comparison.value} {shown(finding.limit)}" if finding.comparison else "-"
        print(
            f"- failed: {finding.rule.replace('_', ' ')} (found {shown(finding.observed)}, wanted {wanted})"
        )
    print("What comes next:")
    for number, step in enumerate(answer.next_steps, start=1):
        print(f"{number}. {step.text}")
        if step.offer is not None and step.forgone is not None:
            schedule = step.offer.schedule
            print(f"   Then {len(schedule)} installments of at most {money(schedule.highest)};")
            print(f"   the bank goes without {money(step.forgone)} of what the contract would bring.")


if __name__ == "__main__":
    main()
