from __future__ import annotations

from typing import Any, TypeAlias

import attrs
import pytest

import repayplan as rp
from tests.plan import FIRST_DUE, able_to_pay, debt_of, money, offers_of, plan_rules

Wrong: TypeAlias = Any
"""A value that no signature allows, handed over on purpose."""

DEBT = debt_of(1_000_000, "0.12", interest=500, fees=30, penalties=7)
OFFERS = offers_of(rp.propose(DEBT, able_to_pay(100_000), rules=plan_rules(), first_due=FIRST_DUE))


def candidate(installments: int, highest: int, months: int, total: int) -> rp.Candidate:
    return rp.Candidate(installments, money(highest), months, money(total))


# --- dominance


@pytest.mark.parametrize(
    ("other", "dominated"),
    [
        (candidate(10, 100, 10, 1_000), False),  # the same plan
        (candidate(10, 101, 10, 1_000), True),
        (candidate(10, 100, 11, 1_000), True),
        (candidate(10, 100, 10, 1_001), True),
        (candidate(11, 101, 11, 1_001), True),
        (candidate(10, 99, 10, 1_000), False),
        (candidate(10, 99, 11, 1_001), False),
        (candidate(10, 101, 9, 1_000), False),
        (candidate(10, 101, 11, 999), False),
        (candidate(11, 100, 10, 1_000), True),  # a twin with more installments
        (candidate(9, 100, 10, 1_000), False),  # a twin with fewer
        (candidate(9, 101, 10, 1_000), True),
    ],
)
def test_a_plan_dominates_one_that_is_no_better_anywhere(other: rp.Candidate, *, dominated: bool) -> None:
    assert candidate(10, 100, 10, 1_000).dominates(other) is dominated


@pytest.mark.parametrize(("better", "thinned"), [(None, True), (candidate(1, 1, 1, 1), False)])
def test_a_dropped_plan_is_dominated_or_thinned(better: rp.Candidate | None, *, thinned: bool) -> None:
    assert rp.DroppedOffer(candidate(2, 2, 2, 2), better).thinned is thinned


# --- an offer


def test_an_offer_gives_its_terms_schedule_and_cost() -> None:
    offer = OFFERS[0]
    assert offer.schedule is offer.certificate.schedule
    assert offer.terms is offer.schedule.terms
    assert offer.cost.total == offer.schedule.total
    assert offer.cost.interest == offer.schedule.total_interest
    assert offer.cost.carried == money(537)
    assert offer.cost.total == DEBT.total + offer.cost.interest
    assert offer.cost.months == 60


def test_the_findings_of_an_offer_are_all_passed() -> None:
    capacity, term = OFFERS[0].findings
    assert (capacity.rule, capacity.passed, capacity.limit) == ("within_capacity", True, money(100_000))
    assert (term.rule, term.passed, term.observed, term.limit) == ("term_months_max", True, 60, 60)


@pytest.mark.parametrize(
    ("place", "opening"),
    [
        (0, "the lowest installment: "),
        (1, "lower installments than most: "),
        (2, "finished sooner than most: "),
        (3, "finished soonest: "),
    ],
)
def test_the_rationale_is_one_line_with_the_figures(place: int, opening: str) -> None:
    offer = OFFERS[place]
    assert offer.rationale == (
        f"{opening}{len(offer.schedule)} installments of at most {offer.schedule.highest}, over"
        f" {offer.cost.months} months, with {offer.cost.interest} of interest"
    )


def test_an_offer_of_another_name_says_so() -> None:
    assert attrs.evolve(OFFERS[0], name="the client's own").rationale.startswith("the client's own: ")


def test_an_offer_does_not_show_amounts() -> None:
    assert repr(OFFERS[0]) == "<Offer gentlest: 60 installments>"


def test_an_offer_above_capacity_cannot_be_made() -> None:
    certificate = attrs.evolve(OFFERS[2].certificate, capacity=rp.Capacity(money(1)))
    with pytest.raises(rp.TermsError) as caught:
        attrs.evolve(OFFERS[2], certificate=certificate)
    assert (caught.value.code, caught.value.field) == ("offer.refused", "offer")
    assert "within_capacity" in str(caught.value)


def test_an_offer_beyond_the_longest_term_cannot_be_made() -> None:
    with pytest.raises(rp.TermsError) as caught:
        attrs.evolve(OFFERS[0], rules=plan_rules(59))
    assert "term_months_max" in str(caught.value)


@pytest.mark.parametrize("field", ["name", "debt", "certificate", "rules"])
def test_a_field_of_the_wrong_type_is_refused(field: str) -> None:
    wrong: dict[str, Any] = {field: 5}
    with pytest.raises(rp.InputTypeError) as caught:
        attrs.evolve(OFFERS[0], **wrong)
    assert caught.value.field == field


@pytest.mark.parametrize("stranger", [debt_of(7, "0.12"), debt_of(1_000_000, "0.12", rp.Currency.of("USD"))])
def test_an_offer_is_about_its_own_debt(stranger: rp.Debt) -> None:
    # The certificate proves nothing about a debt that the schedule does not repay.
    with pytest.raises(rp.RepayPlanError):
        attrs.evolve(OFFERS[0], debt=stranger)


# --- the choice


def test_offers_are_a_sequence_from_the_gentlest_to_the_shortest() -> None:
    assert [offer.name for offer in OFFERS] == ["gentlest", "lighter", "faster", "shortest"]
    assert OFFERS[0] is next(iter(OFFERS))
    assert OFFERS[1:] == tuple(OFFERS)[1:]
    assert OFFERS[-1].name == "shortest"
    assert len(OFFERS) == 4


def test_offers_show_their_names() -> None:
    assert repr(OFFERS) == "<Offers: gentlest, lighter, faster, shortest>"


def test_an_empty_choice_is_refused() -> None:
    with pytest.raises(rp.TermsError) as caught:
        rp.Offers(())
    assert (caught.value.code, caught.value.field) == ("offers.empty", "offers")


def test_five_offers_may_be_kept_and_six_are_refused() -> None:
    assert len(rp.Offers(tuple(OFFERS))) == 4
    with pytest.raises(rp.TermsError, match="at most 5") as caught:
        rp.Offers((*OFFERS, OFFERS[0], OFFERS[1]))
    assert caught.value.field == "offers"


@pytest.mark.parametrize(
    ("offers", "field"), [("gentlest", "offers"), (None, "offers"), (("gentlest",), "offers[0]")]
)
def test_what_is_no_offer_is_refused(offers: Wrong, field: str) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        rp.Offers(offers)
    assert caught.value.field == field


def test_what_is_no_dropped_plan_is_refused() -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        rp.Offers(tuple(OFFERS), "dropped")  # type: ignore[arg-type]  # the point
    assert caught.value.field == "dropped"


def test_offers_out_of_order_and_twins_are_refused() -> None:
    for wrong in ((OFFERS[1], OFFERS[0]), (OFFERS[0], OFFERS[0])):
        with pytest.raises(rp.TermsError) as caught:
            rp.Offers(wrong)
        assert (caught.value.code, caught.value.field) == ("offers.order", "offers[1]")


def changed(**changes: Wrong) -> rp.CapacityCertificate:
    schedule = rp.build_schedule(attrs.evolve(OFFERS[0].terms, **changes))
    return rp.CapacityCertificate(schedule, rp.Capacity(money(10**9)))


def test_an_offer_at_a_higher_rate_than_the_contract_is_refused() -> None:
    with pytest.raises(rp.TermsError) as caught:
        attrs.evolve(OFFERS[0], certificate=changed(rate=rp.Rate.annual("0.13")))
    assert caught.value.code == "offer.debt"


def test_an_offer_with_a_treatment_that_the_rules_refuse_is_refused() -> None:
    fees = rp.CarriedBalance(money(30), rp.CarriedTreatment.WAIVE)
    carried = attrs.evolve(OFFERS[0].terms.carried, fees=fees)
    with pytest.raises(rp.PolicyError) as caught:
        attrs.evolve(
            OFFERS[0], certificate=changed(carried=carried), rules=plan_rules(waivable=("interest",))
        )
    assert caught.value.field == "fees"
