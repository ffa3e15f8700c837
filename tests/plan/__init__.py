"""Makers that the tests of plans share: a debt, a capacity and rules in few words, and the main job."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

import pendulum

import repayplan as rp
from repayplan.policies import cn

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

HOUSE: Final = rp.Citation(title="the tests' own", force=rp.Force.HOUSE)
EUR: Final = rp.Currency.of("EUR")
CNY: Final = rp.Currency.of("CNY")
AS_OF: Final = pendulum.date(2026, 1, 1)
FIRST_DUE: Final = pendulum.date(2026, 2, 1)
ANYWHERE: Final = frozenset(rp.CarriedTreatment)


def money(units: int, currency: rp.Currency = EUR) -> rp.Money:
    """Money of so many minor units."""
    return rp.Money.from_minor_units(units, currency)


def affordability_rules(
    currency: rp.Currency = EUR,
    *,
    share: Fraction = Fraction(0),
    cap: int | None = None,
    protected: int = 0,
) -> rp.AffordabilityRules:
    """What stays with the client, in minor units; nothing unless it is stated."""
    return rp.AffordabilityRules(
        contingency=rp.Limit(share, HOUSE),
        contingency_cap=None if cap is None else rp.Limit(money(cap, currency), HOUSE),
        protected_minimum=rp.Limit(money(protected, currency), HOUSE),
    )


def plan_rules(
    months: int = 60,
    *,
    waivable: Iterable[str] = ("interest", "fees", "penalties"),
    order: rp.AllocationOrder | rp.SwitchingOrder = rp.PENALTIES_FEES_INTEREST_PRINCIPAL,
) -> rp.PlanRules:
    """A longest term, and every treatment, except that only the named components may be waived."""
    allowed = {
        component: rp.Limit(
            ANYWHERE if component in tuple(waivable) else ANYWHERE - {rp.CarriedTreatment.WAIVE}, HOUSE
        )
        for component in ("interest", "fees", "penalties")
    }
    return rp.PlanRules(
        max_months=rp.Limit(months, HOUSE, comparison=rp.Comparison.AT_MOST, unit="months"),
        interest_treatments=allowed["interest"],
        fees_treatments=allowed["fees"],
        penalties_treatments=allowed["penalties"],
        order=order,
    )


def able_to_pay(units: int, currency: rp.Currency = EUR) -> rp.Affordability:
    """An affordability whose monthly capacity is so many minor units; nothing is left over below zero."""
    budget = rp.Budget(
        currency=currency,
        household=rp.Household(adults=1),
        incomes=(rp.Income("salary", money(units, currency)),),
        expenses=(rp.Expense("rent", money(0, currency)),),
    )
    return rp.assess(budget, rules=affordability_rules(currency), as_of=AS_OF)


def able_to_pay_over_time(*steps: tuple[dt.date, int]) -> rp.Affordability:
    """An affordability whose monthly capacity is that of each step, in minor units, until the next begins."""
    ends = [day.replace(day=1) for day, _ in steps[1:]]
    incomes = [
        rp.Income(
            "work",
            money(units),
            starts_on=start,
            ends_on=None if end is None else pendulum.date(end.year, end.month, 1).subtract(days=1),
        )
        for (start, units), end in zip(steps, [*ends, None], strict=True)
    ]
    budget = rp.Budget(currency=EUR, household=rp.Household(adults=1), incomes=incomes)
    return rp.assess(budget, rules=affordability_rules(), as_of=AS_OF)


def debt_of(
    units: int,
    rate: rp.Rate | str = "0",
    currency: rp.Currency = EUR,
    *,
    as_of: dt.date = AS_OF,
    **carried: int,
) -> rp.Debt:
    """A debt in minor units; ``carried`` are interest, fees and penalties owed at the start."""
    assert set(carried) <= {"interest", "fees", "penalties"}
    return rp.Debt(
        principal=money(units, currency),
        interest=money(carried.get("interest", 0), currency),
        fees=money(carried.get("fees", 0), currency),
        penalties=money(carried.get("penalties", 0), currency),
        rate=rp.Rate.annual(rate) if isinstance(rate, str) else rate,
        as_of=as_of,
    )


def offers_of(outcome: rp.Offers | rp.NoAffordablePlan) -> rp.Offers:
    """The offers, where the case must have some."""
    assert isinstance(outcome, rp.Offers)
    return outcome


def refusal_of(outcome: rp.Offers | rp.NoAffordablePlan) -> rp.NoAffordablePlan:
    """The answer without a plan, where the case must have none."""
    assert isinstance(outcome, rp.NoAffordablePlan)
    return outcome


# --- the main job


def main_budget(rent: str = "3200") -> rp.Budget:
    """The budget of the design's example."""
    return rp.Budget(
        currency=CNY,
        household=rp.Household(adults=1, children=1),
        incomes=(rp.Income("salary", rp.Money("8500", CNY)),),
        expenses=(
            rp.Expense("rent", rp.Money(rent, CNY), category=rp.Category.HOUSING),
            rp.Expense(
                "food", rp.Money("420", CNY), frequency=rp.Frequency.WEEKLY, category=rp.Category.FOOD
            ),
            rp.Expense("power, water, gas", rp.Money("380", CNY), category=rp.Category.UTILITIES),
            rp.Expense("bus and metro", rp.Money("260", CNY), category=rp.Category.TRANSPORT),
        ),
    )


def main_debt() -> rp.Debt:
    """The debt of the design's example."""
    return rp.Debt(
        principal=rp.Money("36000", CNY),
        interest=rp.Money("1250.40", CNY),
        fees=rp.Money("300", CNY),
        rate=rp.Rate.daily("0.0005"),
        as_of=pendulum.date(2026, 12, 1),
    )


def main_affordability(rent: str = "3200") -> rp.Affordability:
    """What the client of the design's example can pay, with the house defaults for China's cards."""
    day = pendulum.date(2026, 12, 1)
    return rp.assess(main_budget(rent), rules=cn.CREDIT_CARD.in_force(day).affordability, as_of=day)


def main_offers(
    rent: str = "3200", frequency: rp.Frequency = rp.Frequency.MONTHLY
) -> rp.Offers | rp.NoAffordablePlan:
    """Propose the design's example on a calendar with weekends."""
    return rp.propose(
        main_debt(),
        main_affordability(rent),
        rules=cn.CREDIT_CARD.in_force(pendulum.date(2026, 12, 1)).plan,
        first_due=pendulum.date(2026, 12, 31),
        frequency=frequency,
        calendar=rp.WeekendCalendar(),
    )


def main_plan() -> rp.Plan:
    """The agreement on the gentlest offer of the design's example."""
    return rp.agree(
        offers_of(main_offers())[0],
        on=pendulum.date(2026, 12, 3),
        form=rp.AgreementForm.ORAL,
        accepted_in="contact-17",
        contact_by=rp.Channel.SMS,
    )


def main_job() -> str:
    """Do the whole job and print every figure of it: with a plan, weekly, without a plan, and refused."""
    affordability = main_affordability()
    lines = [affordability.explain().to_text(), *map(str, affordability.findings)]
    for frequency in (rp.Frequency.MONTHLY, rp.Frequency.WEEKLY):
        lines += _offers_as_text(offers_of(main_offers(frequency=frequency)))
    lines += _refusal_as_text(refusal_of(main_offers(rent="5400")))
    lines += _refusal_as_text(refusal_of(main_offers(rent="9000")))
    plan = main_plan()
    lines += [
        repr(plan),
        plan.form.name,
        str(plan.accepted_in),
        plan.contact_by.name,
        *map(str, plan.schedule),
    ]
    overdue = cn.CREDIT_CARD.in_force(pendulum.date(2020, 1, 1)).overdue
    lines += [f"{days} {overdue.bucket_of(days)} {overdue.class_of(days)}" for days in (0, 1, 90, 91, 181)]
    return "\n".join([*lines, _capitalizing_refused()])


def _offers_as_text(offers: rp.Offers) -> Iterator[str]:
    for offer in offers:
        yield f"{offer.name} | {offer.rationale} | {offer.cost}"
        yield from map(str, offer.schedule.to_rows())
        yield from map(str, offer.certificate.lines)
        yield from map(str, offer.certificate.months)
    yield from map(str, offers.dropped)


def _refusal_as_text(refusal: rp.NoAffordablePlan) -> Iterator[str]:
    yield from map(str, refusal.findings)
    for step in refusal.next_steps:
        yield f"{step.kind.name} | {step.text} | {step.forgone}"
        if step.offer is not None:
            yield from map(str, step.offer.schedule)


def _capitalizing_refused() -> str:
    day = pendulum.date(2026, 12, 1)
    try:
        rp.propose(
            main_debt(),
            main_affordability(),
            rules=cn.CREDIT_CARD.in_force(day).plan,
            first_due=pendulum.date(2026, 12, 31),
            carried=rp.CarriedTreatments(fees=rp.CarriedTreatment.CAPITALIZE),
        )
    except rp.PolicyError as error:
        return str(error)
    raise AssertionError
