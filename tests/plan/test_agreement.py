from __future__ import annotations

import datetime as dt
from typing import Any

import pendulum
import pytest

import repayplan as rp
from tests.plan import main_offers, main_plan, offers_of

OFFER = offers_of(main_offers())[0]
STATED: dict[str, Any] = {
    "on": pendulum.date(2026, 12, 3),
    "form": rp.AgreementForm.WRITTEN,
    "accepted_in": "contact-17",
    "contact_by": rp.Channel.LETTER,
}


def test_a_plan_records_how_it_was_agreed() -> None:
    plan = main_plan()
    assert plan.offer == OFFER
    assert plan.schedule is plan.offer.schedule
    assert plan.agreed_on == pendulum.date(2026, 12, 3)
    assert (plan.form, plan.accepted_in, plan.contact_by) == (
        rp.AgreementForm.ORAL,
        "contact-17",
        rp.Channel.SMS,
    )


@pytest.mark.parametrize("on", [dt.date(2026, 12, 1), dt.date(2026, 12, 31)])
def test_a_plan_may_be_agreed_from_the_debts_day_to_the_first_due_date(on: dt.date) -> None:
    agreed = rp.agree(OFFER, **{**STATED, "on": on}).agreed_on
    assert agreed == on
    assert type(agreed) is pendulum.Date


@pytest.mark.parametrize("on", [dt.date(2026, 11, 30), dt.date(2027, 1, 1), dt.date.min, dt.date.max])
def test_a_plan_agreed_too_early_or_too_late_is_refused(on: dt.date) -> None:
    with pytest.raises(rp.DateError) as caught:
        rp.agree(OFFER, **{**STATED, "on": on})
    assert (caught.value.code, caught.value.field) == ("plan.agreed_on", "on")
    assert caught.value.data == {"first": dt.date(2026, 12, 1), "last": dt.date(2026, 12, 31)}


def test_the_moved_due_date_is_the_last_day_to_agree() -> None:
    # 31 January 2027 is a Sunday: the first installment is due on Monday.
    offer = offers_of(
        rp.propose(
            OFFER.debt,
            rp.assess(
                rp.Budget(
                    currency=OFFER.debt.currency,
                    household=rp.Household(1),
                    incomes=(rp.Income("pay", rp.Money("9999", "CNY")),),
                ),
                rules=_affordability_rules(),
                as_of=OFFER.debt.as_of,
            ),
            rules=OFFER.rules,
            first_due=pendulum.date(2027, 1, 31),
            calendar=rp.WeekendCalendar(),
            convention=rp.BusinessDayConvention.FOLLOWING,
        )
    )[0]
    monday = pendulum.date(2027, 2, 1)
    assert rp.agree(offer, **{**STATED, "on": monday}).agreed_on == monday
    with pytest.raises(rp.DateError):
        rp.agree(offer, **{**STATED, "on": monday.add(days=1)})


def _affordability_rules() -> rp.AffordabilityRules:
    house = rp.Citation(title="house", force=rp.Force.HOUSE)
    return rp.AffordabilityRules(
        contingency=rp.Limit(rp.Rate.annual(0).value, house),
        protected_minimum=rp.Limit(rp.Money(0, "CNY"), house),
    )


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("on", "2026-12-03", rp.InputTypeError),
        ("on", dt.datetime(2026, 12, 3, tzinfo=dt.UTC), rp.InputTypeError),
        ("on", None, rp.InputTypeError),
        ("form", "oral", rp.InputTypeError),
        ("accepted_in", 17, rp.InputTypeError),
        ("accepted_in", "", rp.CommunicationError),
        ("accepted_in", "a\nb", rp.CommunicationError),
        ("accepted_in", "x" * 201, rp.CommunicationError),
        ("contact_by", "sms", rp.InputTypeError),
    ],
)
def test_a_field_that_would_not_be_fit_as_evidence_is_refused(
    field: str, value: object, error: type[rp.RepayPlanError]
) -> None:
    with pytest.raises(error) as caught:
        rp.agree(OFFER, **{**STATED, field: value})
    assert caught.value.field == field


def test_only_an_offer_can_be_agreed_on() -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        rp.agree(OFFER.schedule, **STATED)  # type: ignore[arg-type]  # the point
    assert caught.value.field == "offer"


def test_a_plan_shows_the_day_and_the_extent_only() -> None:
    assert repr(main_plan()) == "<Plan agreed on 2026-12-03: 60 installments, active>"
