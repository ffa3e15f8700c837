"""Revision: paid parts never move, what is outstanding becomes the new debt, every version is kept."""

from __future__ import annotations

import pickle
from typing import Any

import attrs
import pendulum
import pytest

import repayplan as rp
from tests.plan import AS_OF, FIRST_DUE, HOUSE, able_to_pay, debt_of, money, plan_rules

DATE = pendulum.date
KIND = rp.RevisionKind
APRIL = DATE(2026, 4, 10)
# 1,200 at 12 % in 12 installments of 106.62, the first on 1 February 2026
DEBT = debt_of(120_000, "0.12")


def agreed(debt: rp.Debt = DEBT, capacity: int = 10_700, months: int = 12, **options: Any) -> rp.Plan:  # noqa: ANN401
    outcome = rp.propose(
        debt, able_to_pay(capacity), rules=plan_rules(months), first_due=FIRST_DUE, **options
    )
    assert isinstance(outcome, rp.Offers)
    return rp.agree(
        outcome[0],
        on=AS_OF,
        form=rp.AgreementForm.ORAL,
        accepted_in="contact-1",
        contact_by=rp.Channel.SMS,
    )


PLAN = agreed()
PAID = (
    rp.Payment("p1", money(10_662), FIRST_DUE),
    rp.Payment("p2", money(5_000), DATE(2026, 3, 1)),
)


def outcome(
    kind: rp.RevisionKind = KIND.RESCHEDULE,
    plan: rp.Plan = PLAN,
    payments: Any = PAID,  # noqa: ANN401
    capacity: int = 15_000,
    on: pendulum.Date = APRIL,
    **options: Any,  # noqa: ANN401
) -> rp.Plan | rp.NoAffordablePlan:
    stated: dict[str, Any] = {"rules": plan_rules(24), "reason": rp.HardshipReason.INCOME_LOSS}
    return rp.revise(
        plan, payments, affordability=able_to_pay(capacity), on=on, kind=kind, **{**stated, **options}
    )


def revised(*arguments: Any, **options: Any) -> rp.Plan:  # noqa: ANN401
    found = outcome(*arguments, **options)
    assert isinstance(found, rp.Plan)
    return found


def test_what_is_outstanding_becomes_the_debt_to_the_minor_unit() -> None:
    assert [row.amount for row in PLAN.schedule[:3]] == [money(10_662)] * 3
    debt = rp.outstanding_debt(PLAN, PAID, APRIL)
    # Principal 1200.00 - 94.62 of February; of March's 50.00, 11.05 pay interest and 38.95 principal.
    assert debt.principal == money(120_000 - 9_462 - 3_895)
    # April's interest is 10.10 on 1010.0x of the schedule, and 9 days of 30 of May's.
    rows = PLAN.schedule
    may = rp.Rounding.HALF_EVEN.divide(rows[3].opening.minor_units * 9, 100 * 30)
    assert debt.interest == rows[2].interest + money(may)
    assert (debt.fees, debt.penalties) == (money(0), money(0))
    assert (debt.rate, debt.as_of) == (rp.Rate.annual("0.12"), APRIL)


@pytest.mark.parametrize("kind", KIND)
def test_every_kind_takes_over_the_same_debt_and_keeps_the_old_version(kind: rp.RevisionKind) -> None:
    new = revised(kind)
    assert new.offer.debt == rp.outstanding_debt(PLAN, PAID, APRIL)
    assert new.revision is not None
    assert (new.revision.kind, new.revision.reason) == (kind, rp.HardshipReason.INCOME_LOSS)
    assert new.revision.counted == ("p1", "p2")
    old, last = new.versions
    assert last is new
    assert old.state is rp.PlanState.SUPERSEDED
    assert attrs.evolve(old, acts=()) == PLAN
    assert new.own_payments(PAID) == ()
    assert new.schedule.total_principal == new.offer.debt.principal
    assert pickle.loads(pickle.dumps(new)) == new  # noqa: S301  # our own


def test_to_re_amortize_keeps_count_and_dates() -> None:
    new = revised(KIND.RE_AMORTIZE)
    assert new.schedule.due == PLAN.schedule.due[3:]
    first, *others, last = [row.principal + row.interest for row in new.schedule]
    assert first == others[0] == others[-1] >= last
    assert new.schedule.highest > PLAN.schedule.highest  # what was missed is spread over what is left


def test_to_re_age_keeps_the_payment_and_takes_longer() -> None:
    new = revised(KIND.RE_AGE)
    payment = PLAN.schedule[3].principal + PLAN.schedule[3].interest
    assert new.offer.terms.repayment == rp.FixedPayment(payment)
    assert new.schedule.due[:9] == PLAN.schedule.due[3:]
    assert new.schedule.last_due > PLAN.schedule.last_due


def test_to_reschedule_makes_the_gentlest_plan_or_the_one_that_was_chosen() -> None:
    gentlest = revised()
    assert gentlest.schedule.due[0] == PLAN.schedule.due[3]
    assert gentlest.schedule.highest < PLAN.schedule.highest
    assert len(gentlest.schedule) == 24
    debt = rp.outstanding_debt(PLAN, PAID, APRIL)
    later = DATE(2026, 6, 15)
    offers = rp.propose(debt, able_to_pay(15_000), rules=plan_rules(24), first_due=later)
    assert isinstance(offers, rp.Offers)
    assert revised(offer=offers[-1]).offer == offers[-1]
    assert revised(first_due=later).schedule.due[0] == later
    with pytest.raises(rp.TermsError) as caught:
        revised(offer=PLAN.offer)
    assert caught.value.code == "revision.offer"


def chosen(capacity: int, **options: Any) -> rp.Offer:  # noqa: ANN401
    """The shortest offer on what is outstanding."""
    stated: dict[str, Any] = {"rules": plan_rules(24), "first_due": DATE(2026, 5, 1), **options}
    offers = rp.propose(rp.outstanding_debt(PLAN, PAID, APRIL), able_to_pay(capacity), **stated)
    assert isinstance(offers, rp.Offers)
    return offers[-1]


def test_an_offer_that_the_client_can_no_longer_pay_is_no_plan() -> None:
    offer = chosen(60_000)
    assert offer.schedule.highest > money(50_000)
    found = outcome(offer=offer, capacity=15_000)
    assert isinstance(found, rp.NoAffordablePlan)
    (finding,) = found.findings
    assert (finding.rule, finding.observed, finding.limit) == (
        "revision_within_capacity",
        offer.schedule.highest,
        money(15_000),
    )
    assert found.debt == offer.debt


def test_a_chosen_offer_is_certified_anew_by_what_holds_now() -> None:
    offer, now = chosen(20_000), plan_rules(23)
    found = revised(offer=offer, capacity=30_000, rules=now)
    assert found.offer != offer
    assert found.schedule == offer.schedule
    assert found.offer.certificate.capacity == able_to_pay(30_000).capacity
    assert (found.offer.rules, found.offer.name) == (now, offer.name)


def test_a_chosen_offer_keeps_to_the_rules_of_today() -> None:
    offer = chosen(6_000)
    assert offer.cost.months > 12
    found = outcome(offer=offer, rules=plan_rules(12))
    assert isinstance(found, rp.NoAffordablePlan)
    assert [finding.rule for finding in found.findings] == ["term_months_max"]
    assert isinstance(outcome(offer=offer, rules=offer.rules), rp.Plan)  # unless it is a concession
    waived = chosen(20_000, carried=rp.CarriedTreatments(interest=rp.CarriedTreatment.WAIVE))
    with pytest.raises(rp.PolicyError) as caught:
        revised(offer=waived, rules=plan_rules(24, waivable=()))
    assert (caught.value.code, caught.value.field) == ("rules.treatment", "interest")


def test_where_an_offer_is_chosen_its_own_treatments_are_held_against_the_rules() -> None:
    first = rp.CarriedTreatments(interest=rp.CarriedTreatment.FIRST)
    only_first = attrs.evolve(
        plan_rules(24), interest_treatments=rp.Limit(frozenset({rp.CarriedTreatment.FIRST}), HOUSE)
    )
    assert (
        revised(offer=chosen(20_000, carried=first), capacity=20_000, rules=only_first).offer.rules
        == only_first
    )


OFFER = chosen(14_000)


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"kind": KIND.RE_AMORTIZE, "offer": OFFER}, "offer"),
        ({"kind": KIND.RE_AGE, "offer": OFFER}, "offer"),
        ({"kind": KIND.RE_AMORTIZE, "first_due": DATE(2026, 9, 30)}, "first_due"),
        ({"kind": KIND.RE_AGE, "first_due": DATE(2026, 9, 30)}, "first_due"),
        ({"offer": OFFER, "first_due": DATE(2026, 9, 30)}, "first_due"),
        ({"offer": OFFER, "carried": rp.CarriedTreatments()}, "carried"),
    ],
)
def test_an_argument_that_would_have_no_effect_is_refused(options: dict[str, Any], field: str) -> None:
    with pytest.raises(rp.TermsError) as caught:
        outcome(**options)
    assert (caught.value.code, caught.value.field) == ("revision.argument", field)


@pytest.mark.parametrize("treatment", [rp.CarriedTreatment.FIRST, rp.CarriedTreatment.SPREAD])
def test_past_interest_goes_where_it_is_declared_to(treatment: rp.CarriedTreatment) -> None:
    new = revised(carried=rp.CarriedTreatments(interest=treatment))
    asked = [row.carried_interest for row in new.schedule]
    assert sum(amount.minor_units for amount in asked) == new.offer.debt.interest.minor_units
    assert (asked[1] == money(0)) is (treatment is rp.CarriedTreatment.FIRST)
    waived = revised(carried=rp.CarriedTreatments(interest=rp.CarriedTreatment.WAIVE))
    assert waived.schedule.waived == waived.offer.debt.interest


@pytest.mark.parametrize("kind", [KIND.RE_AMORTIZE, KIND.RE_AGE])
def test_a_payment_that_the_client_cannot_bear_is_an_answer(kind: rp.RevisionKind) -> None:
    found = outcome(kind, capacity=10_000)
    assert isinstance(found, rp.NoAffordablePlan)
    (finding,) = found.findings
    assert (finding.rule, finding.passed) == ("revision_within_capacity", False)
    assert [step.kind for step in found.next_steps[:2]] == [rp.NextStepKind.HOLD, rp.NextStepKind.FREE_ADVICE]
    nothing = outcome(capacity=0)
    assert isinstance(nothing, rp.NoAffordablePlan)


def test_to_re_age_beyond_the_longest_term_is_no_plan() -> None:
    found = outcome(KIND.RE_AGE, rules=plan_rules(10))
    assert isinstance(found, rp.NoAffordablePlan)
    assert [(finding.rule, finding.passed) for finding in found.findings] == [("term_months_max", False)]


def test_a_grace_that_has_run_is_not_taken_over() -> None:
    schedule = rp.build_schedule(
        attrs.evolve(PLAN.offer.terms, repayment=rp.LevelPayment(9), grace=rp.Grace(principal=3))
    )
    certificate = rp.CapacityCertificate(schedule, able_to_pay(15_000).capacity)
    plan = attrs.evolve(PLAN, offer=attrs.evolve(PLAN.offer, certificate=certificate))
    for kind in (KIND.RE_AMORTIZE, KIND.RE_AGE):
        new = revised(kind, plan, [rp.Payment("p1", money(1_200), FIRST_DUE)], 20_000)
        assert new.offer.terms.grace == rp.Grace()
        assert all(row.principal for row in new.schedule)


def test_dates_that_are_left_out_stay_left_out() -> None:
    seasonal = rp.SeasonalPayments(6, [0 if month in {4, 5, 6} else 1 for month in range(1, 13)])
    schedule = rp.build_schedule(attrs.evolve(PLAN.offer.terms, repayment=seasonal))
    certificate = rp.CapacityCertificate(schedule, able_to_pay(60_000).capacity)
    plan = attrs.evolve(PLAN, offer=attrs.evolve(PLAN.offer, certificate=certificate))
    new = revised(KIND.RE_AMORTIZE, plan, (), 60_000, DATE(2026, 2, 10))
    assert new.schedule.due == schedule.due[1:]


def test_credit_and_payments_in_advance_lower_the_debt() -> None:
    ahead = [*PAID, rp.Payment("p3", money(30_000), DATE(2026, 4, 5))]
    plain, lower = rp.outstanding_debt(PLAN, PAID, APRIL), rp.outstanding_debt(PLAN, ahead, APRIL)
    assert plain.total - lower.total == money(30_000)


def test_what_came_to_light_later_counts_for_the_new_version() -> None:
    new = revised()
    late = rp.Payment("p3", money(2_000), DATE(2026, 3, 20), recorded_on=DATE(2026, 4, 20))
    (own,) = new.own_payments([*PAID, late])
    assert (own.id, own.effective) == ("p3", APRIL)
    assert rp.standing_on(new.schedule, [own], APRIL, RULES).ledger.credit == money(0)
    after = rp.Payment("p4", money(2_000), DATE(2026, 5, 1))
    assert new.own_payments([*PAID, after]) == (after,)


RULES = rp.OverdueRules(buckets=rp.DelinquencyScale([rp.Band(0, None, "any")], HOUSE))


@pytest.mark.parametrize(
    "payments",
    [(*PAID, rp.Payment("r1", money(5_000), APRIL, reverses="p2")), PAID[:1]],
)
def test_a_counted_payment_that_is_undone_or_missing_asks_for_another_revision(
    payments: tuple[rp.Payment, ...],
) -> None:
    with pytest.raises(rp.PaymentError) as caught:
        revised().own_payments(payments)
    assert caught.value.code == "revision.counted"
    assert caught.value.data["ids"] == ("p2",)


def test_versions_form_a_chain_that_answers_for_any_day() -> None:
    second = revised(recorded_on=DATE(2026, 4, 12))
    paid = [*PAID, rp.Payment("p3", second.schedule[0].amount, second.schedule[0].due_on)]
    third = revised(plan=second, payments=paid, on=DATE(2026, 7, 3))
    assert third.revision is not None
    assert third.revision.counted == ("p1", "p2", "p3")
    assert [version.agreed_on for version in third.versions] == [AS_OF, APRIL, DATE(2026, 7, 3)]
    assert third.version_on(DATE(2026, 4, 9)) == third.versions[0]
    assert third.version_on(APRIL) == third.versions[1]
    assert third.version_on(APRIL, known_on=DATE(2026, 4, 11)) == third.versions[0]
    assert third.version_on(DATE(2030, 1, 1)) is third
    before = AS_OF.subtract(days=1)
    for on, known, field in [(before, None, "on"), (before, before, "on"), (APRIL, before, "known_on")]:
        with pytest.raises(rp.DateError) as caught:
            third.version_on(on, known)
        assert (caught.value.code, caught.value.field) == ("plan.version", field)
        assert str(before) in caught.value.message


def test_two_versions_side_by_side() -> None:
    new = revised()
    found = rp.diff(PLAN, new)
    assert found.debt == new.offer.debt.total - DEBT.total
    assert found.highest == new.schedule.highest - PLAN.schedule.highest
    assert found.total == new.schedule.total - PLAN.schedule.total
    assert found.days_later == (new.schedule.last_due - PLAN.schedule.last_due).days
    assert found.rows.rows[0].second is None
    assert repr(found) == "<PlanDiff of 2026-01-01 and 2026-04-10>"
    assert repr(new.revision) == "<Revision: reschedule>"


@pytest.mark.parametrize(
    ("options", "error", "code"),
    [
        ({"on": DATE(2027, 2, 1)}, rp.DateError, "revision.first_due"),
        ({"on": DATE(2027, 2, 1), "kind": KIND.RE_AMORTIZE}, rp.TermsError, "revision.dates"),
        ({"recorded_on": DATE(2026, 4, 9)}, rp.DateError, "revision.recorded_on"),
        ({"payments": [rp.Payment("p", money(200_000), APRIL)]}, rp.TermsError, "revision.nothing"),
        ({"on": DATE(2025, 12, 31)}, rp.DateError, "outstanding.day"),
        ({"kind": "reschedule"}, rp.InputTypeError, "type.wrong"),
        ({"affordability": None}, rp.InputTypeError, "type.wrong"),
    ],
)
def test_what_is_no_revision_is_refused(
    options: dict[str, Any], error: type[rp.RepayPlanError], code: str
) -> None:
    if "affordability" in options:
        with pytest.raises(rp.InputTypeError):
            rp.revise(PLAN, PAID, on=APRIL, reason=rp.HardshipReason.ILLNESS, rules=plan_rules(), **options)
        return
    with pytest.raises(error) as caught:
        outcome(**options)
    assert caught.value.code == code


def test_where_too_little_is_left_for_every_date_fewer_are_kept() -> None:
    day = DATE(2026, 1, 3)
    owed = rp.outstanding_debt(PLAN, (), day).total
    almost = [rp.Payment("p", owed - money(5), day)]
    debt = rp.outstanding_debt(PLAN, almost, day)
    assert debt.total == debt.principal == money(5)
    new = revised(KIND.RE_AMORTIZE, PLAN, almost, on=day)
    assert [row.amount for row in new.schedule] == [money(2), money(2), money(1)]
    assert new.schedule.due == PLAN.schedule.due[:3]
    for kind in KIND:
        assert revised(kind, PLAN, almost, on=day).schedule.total_principal == money(5)


def test_where_too_little_is_left_for_every_listed_date_fewer_are_kept() -> None:
    seasonal = rp.SeasonalPayments(6, [0 if month in {4, 5, 6} else 1 for month in range(1, 13)])
    schedule = rp.build_schedule(attrs.evolve(PLAN.offer.terms, repayment=seasonal))
    certificate = rp.CapacityCertificate(schedule, able_to_pay(60_000).capacity)
    plan = attrs.evolve(PLAN, offer=attrs.evolve(PLAN.offer, certificate=certificate))
    day = DATE(2026, 2, 10)
    first = revised(KIND.RE_AMORTIZE, plan, (), 60_000, day)
    owed = rp.outstanding_debt(first, (), day).total
    new = revised(KIND.RE_AMORTIZE, first, [rp.Payment("p", owed - money(3), day)], on=day)
    assert [row.amount for row in new.schedule] == [money(2), money(1)]
    assert new.schedule.due == schedule.due[1:3]


def test_terms_that_cannot_be_built_for_another_reason_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(terms: rp.Terms) -> rp.Schedule:
        raise rp.TermsError("terms.other", "repayment", f"no rows for {terms.repayment}")

    monkeypatch.setattr("repayplan.plan.revising.build_schedule", refuse)
    with pytest.raises(rp.TermsError) as caught:
        outcome(KIND.RE_AMORTIZE)
    assert caught.value.code == "terms.other"


def test_a_payment_that_would_not_clear_the_debt_is_not_kept() -> None:
    interest_only = rp.InterestOnly(11, then=rp.LevelPayment(1))
    schedule = rp.build_schedule(attrs.evolve(PLAN.offer.terms, repayment=interest_only))
    certificate = rp.CapacityCertificate(schedule, able_to_pay(130_000).capacity)
    plan = attrs.evolve(PLAN, offer=attrs.evolve(PLAN.offer, certificate=certificate))
    with pytest.raises(rp.NegativeAmortizationError):
        outcome(KIND.RE_AGE, plan, (), 130_000, FIRST_DUE)


def test_a_refusal_on_listed_dates_says_what_would_help() -> None:
    seasonal = rp.SeasonalPayments(6, [0 if month in {4, 5, 6} else 1 for month in range(1, 13)])
    schedule = rp.build_schedule(attrs.evolve(PLAN.offer.terms, repayment=seasonal))
    certificate = rp.CapacityCertificate(schedule, able_to_pay(60_000).capacity)
    plan = attrs.evolve(PLAN, offer=attrs.evolve(PLAN.offer, certificate=certificate))
    found = outcome(KIND.RE_AMORTIZE, plan, (), 15_000, DATE(2026, 2, 10))
    assert isinstance(found, rp.NoAffordablePlan)
    assert [finding.rule for finding in found.findings] == ["revision_within_capacity"]
    assert found.next_steps[0].kind is rp.NextStepKind.HOLD


@pytest.mark.parametrize("kind", KIND)
def test_a_superseded_version_is_not_revised(kind: rp.RevisionKind) -> None:
    with pytest.raises(rp.TermsError) as caught:
        outcome(kind, revised().versions[0])
    assert (caught.value.code, caught.value.field) == ("revision.superseded", "plan")


CARD = rp.CN_CREDIT_CARD
UNUSUAL = rp.PRINCIPAL_INTEREST_PENALTIES_FEES


def test_a_revision_takes_over_by_the_order_of_the_standing() -> None:
    debt = debt_of(120_000, "0.12", interest=3_000, penalties=6_000)
    outcome_ = rp.propose(debt, able_to_pay(12_000), rules=plan_rules(12, order=CARD), first_due=FIRST_DUE)
    assert isinstance(outcome_, rp.Offers)
    plan = attrs.evolve(PLAN, offer=outcome_[0])
    assert plan.order is CARD
    paid = [rp.Payment("p", money(7_000), DATE(2026, 3, 15))]
    found = revised(plan=plan, payments=paid, rules=plan_rules(24, order=CARD))
    told = rp.outstanding_on(rp.ledger_on(plan.schedule, paid, as_of=APRIL, order=CARD))
    other = rp.outstanding_on(rp.ledger_on(plan.schedule, paid, as_of=APRIL))
    assert found.offer.debt == rp.outstanding_debt(plan, paid, APRIL)
    assert (found.offer.debt.principal, found.offer.debt.penalties) == (told.principal, told.penalties)
    assert told.principal != other.principal


def test_where_the_rules_have_another_order_than_the_plan_one_must_be_stated() -> None:
    now = plan_rules(24, order=UNUSUAL)
    with pytest.raises(rp.PolicyError) as caught:
        outcome(rules=now)
    assert (caught.value.code, caught.value.field) == ("revision.order", "order")
    for order in (PLAN.order, UNUSUAL):
        found = revised(rules=now, order=order)
        assert found.offer.debt == rp.outstanding_debt(PLAN, PAID, APRIL, order=order)
        assert found.order is UNUSUAL
    with pytest.raises(rp.InputTypeError) as refused:
        outcome(order="usual")
    assert refused.value.field == "order"


def test_a_hold_protects_the_debtor_who_is_asked_about() -> None:
    hold = rp.Hold(
        "h",
        rp.HoldKind.PAYMENT_DEFERRAL,
        {rp.HoldEffect.DUE_DATES_MOVE},
        DATE(2026, 3, 1),
        DATE(2026, 4, 5),
        debtor="anna",
    )
    # The order of sums is told of by due dates that move: what is due later pays in advance.
    order = attrs.evolve(rp.PENALTIES_FEES_INTEREST_PRINCIPAL, overpayment=rp.Overpayment.SHORTEN_TERM)
    paid = [rp.Payment("p1", money(30_000), DATE(2026, 3, 2))]
    debts = {
        debtor: rp.outstanding_debt(PLAN, paid, APRIL, holds=[hold], debtor=debtor, order=order)
        for debtor in (None, "anna", "boris")
    }
    assert debts[None] == debts["boris"] == rp.outstanding_debt(PLAN, paid, APRIL, order=order)
    assert debts["anna"] != debts[None]
    for debtor, debt in debts.items():
        assert revised(payments=paid, holds=[hold], debtor=debtor, order=order).offer.debt == debt


def test_a_plan_that_has_ended_is_not_revised() -> None:
    ended = PLAN.record(rp.PlanAct(kind=rp.ActKind.CANCEL, on=DATE(2026, 4, 1), reason="given up"))
    with pytest.raises(rp.TermsError) as caught:
        outcome(plan=ended)
    assert caught.value.code == "plan.act"


def test_a_revision_follows_a_superseded_plan_only() -> None:
    with pytest.raises(rp.TermsError) as caught:
        rp.Revision(PLAN, KIND.RE_AGE, rp.HardshipReason.OTHER, (), APRIL)
    assert caught.value.code == "revision.previous"


def test_a_first_version_has_its_acceptance() -> None:
    assert revised().accepted_in is None
    assert revised(accepted_in="contact-9", form=rp.AgreementForm.WRITTEN).accepted_in == "contact-9"
    with pytest.raises(rp.InputTypeError):
        attrs.evolve(PLAN, accepted_in=None)


def test_a_rate_that_changes_is_the_one_of_the_day() -> None:
    rate = rp.RateSteps([(AS_OF, rp.Rate.annual("0.10")), (DATE(2026, 4, 1), rp.Rate.annual("0.05"))])
    schedule = rp.build_schedule(attrs.evolve(PLAN.offer.terms, rate=rate, repayment=rp.LevelPayment(12)))
    certificate = rp.CapacityCertificate(schedule, able_to_pay(15_000).capacity)
    plan = attrs.evolve(PLAN, offer=attrs.evolve(PLAN.offer, certificate=certificate))
    assert rp.outstanding_debt(plan, PAID, APRIL).rate == rp.Rate.annual("0.05")
    assert rp.outstanding_debt(plan, PAID, APRIL, known_on=APRIL).rate == rp.Rate.annual("0.05")


RE_AGE = rp.ReAgeRules(
    min_age_months=rp.Limit(9, HOUSE), per_year=rp.Limit(1, HOUSE), per_five_years=rp.Limit(2, HOUSE)
)


def test_re_ageing_is_limited_and_nothing_else_is() -> None:
    opened = DATE(2025, 7, 10)
    first = revised(KIND.RE_AGE, re_age=RE_AGE, opened_on=opened)
    with pytest.raises(rp.PolicyError) as caught:
        revised(KIND.RE_AGE, first, PAID, on=DATE(2026, 6, 10), re_age=RE_AGE, opened_on=opened)
    assert caught.value.data["rules"] == "re_age_per_year"
    assert revised(KIND.RESCHEDULE, first, PAID, on=DATE(2026, 6, 10)).versions[1] != PLAN
    for field, given in (("re_age", RE_AGE), ("opened_on", opened)):
        with pytest.raises(rp.TermsError) as refused:
            revised(KIND.RESCHEDULE, first, PAID, on=DATE(2026, 6, 10), **{field: given})
        assert (refused.value.code, refused.value.field) == ("revision.argument", field)
    with pytest.raises(rp.PolicyError):
        revised(KIND.RE_AGE, re_age=RE_AGE)
    findings = {
        finding.rule: (finding.passed, finding.observed)
        for finding in rp.re_age_findings(first, DATE(2027, 4, 10), DATE(2026, 7, 11), RE_AGE)
    }
    assert findings == {
        "re_age_min_age": (False, 8),
        "re_age_per_year": (True, 1),
        "re_age_per_five_years": (True, 2),
    }
    assert rp.re_age_findings(first, DATE(2027, 4, 10), opened, rp.ReAgeRules()) == ()
    with pytest.raises(rp.DateError):
        rp.re_age_findings(first, APRIL, APRIL.add(days=1), RE_AGE)
    with pytest.raises(rp.PolicyError):
        rp.ReAgeRules(per_year=rp.Limit(-1, HOUSE))


def test_a_plan_has_a_most_of_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("repayplan.plan.agreement._VERSIONS_MAX", 1)
    with pytest.raises(rp.TermsError) as caught:
        outcome()
    assert (caught.value.code, caught.value.field) == ("plan.versions", "revision")
