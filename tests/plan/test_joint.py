"""Several debts under one capacity: priority first, then in proportion, and one certificate over all."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs
import pendulum
import pytest

import repayplan as rp
from tests.plan import (
    AS_OF,
    FIRST_DUE,
    HOUSE,
    able_to_pay,
    able_to_pay_over_time,
    debt_of,
    money,
    plan_rules,
)

KIND = rp.NextStepKind
JUNE = pendulum.date(2026, 6, 1)


def named(identity: str, units: int, rate: str = "0", *, priority: bool = False) -> rp.Debt:
    return attrs.evolve(debt_of(units, rate), id=identity, priority=priority)


def proposed(
    debts: rp.Debts,
    capacity: rp.Affordability | int,
    months: int = 12,
    **options: Any,  # noqa: ANN401
) -> rp.JointOffers | rp.NoAffordablePlan:
    able = able_to_pay(capacity) if isinstance(capacity, int) else capacity
    return rp.propose(debts, able, rules=plan_rules(months), first_due=FIRST_DUE, **options)


def offers_of(outcome: rp.JointOffers | rp.NoAffordablePlan) -> rp.JointOffers:
    assert isinstance(outcome, rp.JointOffers)
    return outcome


def asked(offer: rp.Offer) -> list[int]:
    return [row.amount.minor_units for row in offer.schedule]


TWO = rp.Debts([named("card", 600), named("loan", 300)])


def test_debts_share_each_month_in_proportion() -> None:
    offers = offers_of(proposed(TWO, 180))
    assert [offer.name for offer in offers.offers] == ["gentlest", "balanced", "shortest"]
    fastest = offers[-1]
    assert [asked(part) for part in fastest.offers] == [[120] * 5, [60] * 5]
    assert fastest.certificate.highest == money(180)
    assert fastest.cost.total == money(900)
    assert [part.debt.id for part in fastest.offers] == ["card", "loan"]


def test_priority_debts_come_first_and_the_others_wait() -> None:
    debts = rp.Debts([named("card", 600), named("rent", 200, priority=True)])
    offers = offers_of(proposed(debts, 100))
    card, rent = offers[-1].offers
    assert asked(rent) == [100, 100]
    assert card.schedule.due[0] == pendulum.date(2026, 4, 1)
    assert asked(card) == [100] * 6


def test_what_priority_debts_leave_is_shared_at_once() -> None:
    debts = rp.Debts([named("card", 600), named("rent", 150, priority=True)])
    card, rent = offers_of(proposed(debts, 100))[-1].offers
    assert asked(rent) == [75, 75]
    assert asked(card) == [25, 25, 92, 92, 92, 92, 92, 90]


def test_priority_debts_alone_leave_a_choice_as_well() -> None:
    debts = rp.Debts([named("rent", 150, priority=True), named("fine", 100, priority=True)])
    offers = offers_of(proposed(debts, 100)).offers
    assert [offer.name for offer in offers] == ["gentlest", "balanced", "shortest"]
    assert [asked(part) for part in offers[0].offers] == [[13] * 11 + [7], [9] * 11 + [1]]
    assert [asked(part) for part in offers[-1].offers] == [[75, 75], [25, 25, 50]]


def test_one_priority_debt_alone_has_the_choice_that_it_has_without_the_others() -> None:
    debt = named("rent", 600_000, "0.05", priority=True)
    together = offers_of(proposed(rp.Debts([debt]), 30_000, 60)).offers
    alone = rp.propose(debt, able_to_pay(30_000), rules=plan_rules(60), first_due=FIRST_DUE)
    assert isinstance(alone, rp.Offers)
    assert asked(together[0].offers[0]) == asked(alone[0])
    assert len(together) == len(alone)


def test_others_that_could_not_wait_for_the_priority_debts_are_paid_beside_them() -> None:
    # The rent takes 20 months; 13 x 300.00 after them are less than 3,000.00 and 20 months of 45.00 interest.
    debts = rp.Debts([named("rent", 600_000, priority=True), named("card", 300_000, "0.18")])
    assert isinstance(proposed(debts, 30_000, 32), rp.NoAffordablePlan)
    for offer in offers_of(proposed(debts, 30_000, 33)).offers:
        rent, card = offer.offers
        assert card.schedule.due[0] == FIRST_DUE
        assert len(rent.schedule) == len(card.schedule)


@pytest.mark.parametrize("interest", [0, 160_000, 300_000])
def test_the_least_payment_is_kept_where_what_is_carried_is_more_than_the_principal(interest: int) -> None:
    carried = attrs.evolve(named("a", 160_000, "0.18"), interest=money(interest))
    debts = rp.Debts([carried, named("b", 400_000, "0.18")], minimum=money(10_000))
    for offer in offers_of(proposed(debts, 30_000, 60)).offers:
        assert all(min(asked(part)[:-1], default=10_000) >= 10_000 for part in offer.offers)


def test_an_offer_below_the_least_payment_is_refused() -> None:
    debts = rp.Debts([named("card", 600)], minimum=money(60))
    (part,) = offers_of(proposed(rp.Debts(debts.debts), 50))[0].offers
    with pytest.raises(rp.TermsError, match="at least") as caught:
        rp.JointOffer("low", debts, [part], able_to_pay(50).capacity)
    assert (caught.value.code, caught.value.field) == ("joint.minimum", "offers[0]")


def test_a_priority_debt_that_cannot_be_paid_leaves_no_plan() -> None:
    debts = rp.Debts([named("card", 10), named("rent", 5_000, priority=True)])
    outcome = proposed(debts, 100)
    assert isinstance(outcome, rp.NoAffordablePlan)
    assert outcome.debt == debts
    (together,) = outcome.findings
    assert (together.rule, together.observed, together.limit) == (
        "together_within_capacity",
        money(418),  # 5,000 and 10 in twelve parts
        money(100),
    )
    (forgiven,) = outcome.next_steps[2:]
    assert (forgiven.kind, forgiven.offer) == (KIND.FORGIVE_PRINCIPAL, None)
    assert forgiven.joint_offer is not None
    assert forgiven.joint_offer.cost.total == money(1_197)  # of 1,200, in thousandths of each principal
    assert forgiven.text.endswith(f"forgive {money(3_813)} of the principal.")


def next_steps_of(outcome: rp.JointOffers | rp.NoAffordablePlan) -> dict[rp.NextStepKind, rp.JointOffer]:
    assert isinstance(outcome, rp.NoAffordablePlan)
    found = {step.kind: step.joint_offer for step in outcome.next_steps[2:]}
    return {kind: offer for kind, offer in found.items() if offer is not None}


def test_concessions_make_a_plan_of_several_debts_possible() -> None:
    debts = rp.Debts([named("card", 300_000, "0.24"), named("loan", 300_000, "0.06")])
    found = next_steps_of(proposed(debts, 11_000, 60))
    assert list(found) == [KIND.LOWER_RATE]
    rates = [offer.terms.highest_rate for offer in found[KIND.LOWER_RATE].offers]
    capped, other = (rate.per_year for rate in rates)
    assert capped < Fraction(24, 100)
    assert other == min(capped, Fraction(6, 100))
    assert found[KIND.LOWER_RATE].certificate.holds


def test_a_longer_term_for_several_debts_is_as_long_as_it_takes() -> None:
    debts = rp.Debts([named("card", 900), named("loan", 600)])
    rules = attrs.evolve(plan_rules(12), extended_months=rp.Limit(60, HOUSE))
    outcome = rp.propose(debts, able_to_pay(100), rules=rules, first_due=FIRST_DUE)
    found = next_steps_of(outcome)
    assert found[KIND.LONGER_TERM].cost.months == 15


def test_token_payments_keep_to_the_least_payment_or_are_none() -> None:
    owed = [named("card", 50_000), named("loan", 40_000)]
    rules = attrs.evolve(
        plan_rules(12),
        concessions=rp.Limit((KIND.TOKEN_PAYMENTS,), HOUSE),
        token_months=rp.Limit(6, HOUSE),
    )
    enough = rp.propose(rp.Debts(owed, minimum=money(50)), able_to_pay(100), rules=rules, first_due=FIRST_DUE)
    (offer,) = next_steps_of(enough).values()
    assert [asked(part)[0] for part in offer.offers] == [50, 50]
    short = rp.propose(rp.Debts(owed, minimum=money(51)), able_to_pay(100), rules=rules, first_due=FIRST_DUE)
    assert next_steps_of(short) == {}


def test_the_least_payment_is_kept_for_every_creditor() -> None:
    debts = rp.Debts([named("card", 3_000), named("store", 100)], minimum=money(40))
    for offer in offers_of(proposed(debts, 500)).offers:
        for part in offer.offers:
            assert min(asked(part)[:-1], default=40) >= 40
    assert asked(offers_of(proposed(debts, 500))[0].offers[1]) == [40, 40, 20]


def test_months_that_do_not_reach_for_the_least_payments_pay_none() -> None:
    later = able_to_pay_over_time((AS_OF, 70), (JUNE, 500))
    debts = rp.Debts([named("card", 600), named("store", 400)], minimum=money(40))
    for offer in offers_of(proposed(debts, later)).offers:
        assert all(part.schedule.due[0] == JUNE for part in offer.offers)


def test_a_freed_share_flows_to_the_debts_that_are_left() -> None:
    # At 12 % the loan of equal size is repaid later than the card without interest.
    debts = [named("card", 6_000), named("loan", 6_000, "0.5")]
    flows = offers_of(proposed(rp.Debts(debts), 2_000, 24))[-1]
    stays = offers_of(proposed(rp.Debts(debts, freed=rp.FreedShare.STAYS), 2_000, 24))[-1]
    assert [len(part.schedule) for part in stays.offers] == [8, 8]
    card, loan = flows.offers
    assert asked(card) == [1_000] * 6
    assert asked(loan)[:6] == [1_000] * 6
    assert asked(loan)[6] > 1_000
    assert flows.cost.total < stays.cost.total


def test_capacity_that_rises_is_followed_by_all() -> None:
    rising = able_to_pay_over_time((AS_OF, 90), (JUNE, 270))
    fastest = offers_of(proposed(TWO, rising))[-1]
    assert [asked(part)[:5] for part in fastest.offers] == [[60, 60, 60, 60, 180], [30, 30, 30, 30, 90]]


def test_where_a_share_does_not_bear_its_interest_debts_take_what_they_need_in_turn() -> None:
    debts = rp.Debts([named("free", 1_000_000), named("dear", 1_000_000, "0.36")])
    (offer,) = offers_of(proposed(debts, 56_000, 60))
    assert offer.certificate.holds
    free, dear = offer.offers
    assert dear.schedule.highest > free.schedule.highest


def test_where_capacity_is_tight_debts_are_repaid_one_after_the_other() -> None:
    debts = rp.Debts([named("free", 310_153), named("dear", 263_076, "0.36")])
    (offer,) = offers_of(proposed(debts, 20_000, 36))
    assert offer.certificate.holds
    dearer = rp.Debts([named("free", 310_153), named("dear", 263_076, "0.36")])
    assert offers_of(proposed(dearer, 18_400, 36))[-1].cost.months <= 36


def test_the_order_of_debts_changes_no_concession() -> None:
    debts = [named("tiny", 3), named("free", 500_000), named("dear", 500_000, "0.36")]
    rules = attrs.evolve(plan_rules(40), extended_months=rp.Limit(70, HOUSE))

    def texts(several: list[rp.Debt]) -> list[str]:
        outcome = rp.propose(rp.Debts(several), able_to_pay(27_000), rules=rules, first_due=FIRST_DUE)
        assert isinstance(outcome, rp.NoAffordablePlan)
        return [step.text for step in outcome.next_steps]

    assert texts(debts) == texts(debts[::-1])


def test_odd_cents_do_not_stand_in_the_way() -> None:
    debts = rp.Debts([named(name, 10_000) for name in ("a", "b", "c")])
    (offer,) = offers_of(proposed(debts, 10_001, 3))
    assert [sum(asked(part)) for part in offer.offers] == [10_000] * 3


def test_plans_of_unlike_frequency_are_compared_by_the_month() -> None:
    frequencies = [rp.Frequency.MONTHLY, rp.Frequency.QUARTERLY]
    offers = offers_of(proposed(TWO, 180, 24, frequency=frequencies))
    assert [offer.certificate.highest for offer in offers] == sorted(
        offer.certificate.highest for offer in offers
    )


def test_concessions_for_several_debts_are_the_least_that_help() -> None:
    debts = rp.Debts([named("rent", 600_000, priority=True), named("card", 300_000, "0.18")])
    rules = attrs.evolve(plan_rules(32), extended_months=rp.Limit(60, HOUSE))
    outcome = rp.propose(debts, able_to_pay(30_000), rules=rules, first_due=FIRST_DUE)
    assert isinstance(outcome, rp.NoAffordablePlan)
    texts = {step.kind: step.text for step in outcome.next_steps}
    assert texts[KIND.LONGER_TERM] == "Allow 33 months instead of 32."
    assert texts[KIND.LOWER_RATE] == "Lower the rate of interest from 18 % a year to 13.73 % a year."
    offers_of(proposed(debts, 30_000, 33))
    dearer = rp.Debts([debts.debts[0], named("card", 300_000, "0.1374")])
    assert isinstance(proposed(dearer, 30_000, 32), rp.NoAffordablePlan)


def test_token_payments_leave_out_a_month_that_allows_nothing() -> None:
    able = able_to_pay_over_time((AS_OF, 30), (JUNE.subtract(months=2), 0), (JUNE.subtract(months=1), 30))
    rules = attrs.evolve(plan_rules(12), token_months=rp.Limit(6, HOUSE))
    outcome = rp.propose(TWO, able, rules=rules, first_due=FIRST_DUE)
    token = next_steps_of(outcome)[KIND.TOKEN_PAYMENTS]
    assert [part.schedule.total for part in token.offers] == [money(100), money(50)]


def test_no_capacity_is_an_answer() -> None:
    assert isinstance(proposed(TWO, 0), rp.NoAffordablePlan)
    assert isinstance(proposed(TWO, 1), rp.NoAffordablePlan)


def test_debts_share_by_the_month_and_so_are_not_repaid_weekly() -> None:
    with pytest.raises(rp.TermsError) as caught:
        proposed(TWO, 90, frequency=rp.Frequency.WEEKLY)
    assert caught.value.code == "propose.frequency"
    assert isinstance(proposed(TWO, 900, frequency=rp.Frequency.QUARTERLY), rp.JointOffers)


def test_a_part_is_provisional_with_the_whole() -> None:
    offers = offers_of(proposed(TWO, 180))
    assert all(offer.provisional for offer in offers.offers)
    assert repr(offers) == "<JointOffers: gentlest, balanced, shortest>"
    assert repr(offers[0]) == "<JointOffer gentlest: 2 debts>"
    assert len(offers) == 3


# --- debts that are none


@pytest.mark.parametrize(
    ("debts", "error", "code"),
    [
        ([], rp.TermsError, "debts.empty"),
        ([debt_of(5)], rp.TermsError, "debts.id"),
        ([named("a", 5), named("a", 6)], rp.TermsError, "debts.id"),
        (
            [named("a", 5), attrs.evolve(named("b", 5), as_of=AS_OF.add(days=1))],
            rp.DateError,
            "debts.as_of",
        ),
        (
            [
                named("a", 5),
                rp.Debt(id="b", principal=rp.Money(5, "CNY"), rate=rp.Rate.annual(0), as_of=AS_OF),
            ],
            rp.MoneyError,
            "money.currency",
        ),
        ([named(str(place), 5) for place in range(51)], rp.TermsError, "tuple.length"),
        (["card"], rp.InputTypeError, "type.wrong"),
    ],
)
def test_debts_that_make_no_whole_are_refused(
    debts: Any,  # noqa: ANN401  # the point
    error: type[rp.RepayPlanError],
    code: str,
) -> None:
    with pytest.raises(error) as caught:
        rp.Debts(debts)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"minimum": money(0)}, rp.TermsError),
        ({"minimum": rp.Money(5, "CNY")}, rp.MoneyError),
        ({"minimum": 5}, rp.InputTypeError),
        ({"freed": "flows"}, rp.InputTypeError),
    ],
)
def test_a_way_of_sharing_that_is_none_is_refused(
    fields: dict[str, Any], error: type[rp.RepayPlanError]
) -> None:
    with pytest.raises(error):
        rp.Debts([named("a", 5)], **fields)


def test_debts_add_up_and_show_no_amounts() -> None:
    assert TWO.total == money(900)
    assert repr(TWO) == "<Debts: 2 in EUR on 2026-01-01>"


# --- joint offers built by hand


def test_a_joint_offer_that_asks_for_too_much_is_refused() -> None:
    offer = offers_of(proposed(TWO, 180))[-1]
    with pytest.raises(rp.TermsError) as caught:
        attrs.evolve(offer, capacity=rp.Capacity(money(179)))
    assert caught.value.code == "offer.refused"
    with pytest.raises(rp.TermsError) as caught:
        attrs.evolve(offer, offers=offer.offers[::-1])
    assert caught.value.code == "joint.debts"


def test_the_joint_certificate_is_a_sum_by_months() -> None:
    offer = offers_of(proposed(TWO, 180))[-1]
    certificate = offer.certificate
    assert certificate.holds
    assert [month.amount for month in certificate.months] == [money(180)] * 5
    assert certificate.tightest == certificate.months[0]
    assert certificate.finding("together").passed
    tight = rp.JointCertificate([part.schedule for part in offer.offers], rp.Capacity(money(179)))
    assert (tight.holds, tight.finding("together").passed) == (False, False)
    with pytest.raises(rp.TermsError):
        rp.JointCertificate([], rp.Capacity(money(1)))
    with pytest.raises(rp.MoneyError):
        rp.JointCertificate([offer.offers[0].schedule], rp.Capacity(rp.Money(1, "CNY")))


def test_joint_offers_are_a_choice() -> None:
    offers = offers_of(proposed(TWO, 180))
    for wrong, code in (((), "offers.empty"), (offers.offers[::-1], "offers.order")):
        with pytest.raises(rp.TermsError) as caught:
            rp.JointOffers(wrong)
        assert caught.value.code == code
    with pytest.raises(rp.TermsError):
        rp.JointOffers((offers[0], offers[0]))


def test_joint_offers_are_a_sequence_and_say_why() -> None:
    offers = offers_of(proposed(TWO, 180))
    assert next(reversed(offers)) is offers[-1]
    assert offers[:1] == offers.offers[:1]
    assert offers[0].rationale == (
        "the lowest installment: at most 0.75 EUR a month for 2 debts, over 12 months,"
        " with 0.00 EUR of interest"
    )


@pytest.mark.parametrize(
    "debts",
    [
        [named("card", 6_000), named("loan", 6_000, "0.12")],
        [named("rent", 6_000, priority=True), named("power", 6_000, priority=True)],
        [named("rent", 3_000, "0.06", priority=True), named("card", 6_000), named("loan", 3_000, "0.12")],
        [named("rent", 9_000, "0.06", priority=True), named("card", 3_000)],
    ],
)
def test_the_longer_term_of_debts_whose_freed_share_stays_is_the_first_that_has_a_plan(
    debts: list[rp.Debt],
) -> None:
    joint = rp.Debts(debts, freed=rp.FreedShare.STAYS)
    rules = attrs.evolve(plan_rules(6), extended_months=rp.Limit(60, HOUSE))
    refusal = rp.propose(joint, able_to_pay(1_000), rules=rules, first_due=FIRST_DUE)
    offer = next_steps_of(refusal)[KIND.LONGER_TERM]
    fits = [months for months in range(1, 40) if isinstance(proposed(joint, 1_000, months), rp.JointOffers)]
    assert offer.certificate.highest <= money(1_000)
    assert offer.cost.months == fits[0]
    assert fits == list(range(fits[0], 40))


def test_a_day_count_that_asks_for_the_maturity_is_proposed_exactly() -> None:
    outcome = rp.propose(
        debt_of(10_000, "0.12"),
        able_to_pay(1_000),
        rules=plan_rules(24),
        first_due=FIRST_DUE,
        day_count=rp.DayCount.THIRTY_E_360_ISDA,
    )
    assert isinstance(outcome, rp.Offers)
    for offer in outcome:
        assert offer.certificate.holds
        assert sum(asked(offer)) == offer.cost.total.minor_units


@pytest.mark.parametrize(
    ("power", "months"),
    [
        (700, 5),  # four months reach for the 2,000, but not without the 200
        (1_100, 6),  # as five do for the 2,400
    ],
)
def test_priority_debts_leave_a_month_unused_that_does_not_reach_for_the_least_payment(
    power: int, months: int
) -> None:
    # The rent asks for 500, 500 and 300; the 200 left of the third month are less than the least payment.
    debts = [named("rent", 1_300, priority=True), named("power", power, priority=True)]
    joint = rp.Debts(debts, minimum=money(300), freed=rp.FreedShare.STAYS)
    rules = attrs.evolve(plan_rules(4), extended_months=rp.Limit(60, HOUSE))
    outcome = rp.propose(joint, able_to_pay(500), rules=rules, first_due=FIRST_DUE)
    offer = next_steps_of(outcome)[KIND.LONGER_TERM]
    assert offer.certificate.highest <= money(500)
    assert offer.cost.months == months
    assert all(row >= 300 for part in offer.offers for row in asked(part)[:-1])


def test_where_no_length_suits_all_shares_a_longer_term_is_found() -> None:
    debts = [named("card", 1_039, "0.5"), named("loan", 2_991)]
    joint = rp.Debts(debts, minimum=money(108))
    capacity = able_to_pay_over_time((AS_OF, 10), (JUNE, 230))
    assert isinstance(proposed(joint, capacity, 12), rp.NoAffordablePlan)
    rules = attrs.evolve(plan_rules(12), extended_months=rp.Limit(60, HOUSE))
    outcome = rp.propose(joint, capacity, rules=rules, first_due=FIRST_DUE)
    offer = next_steps_of(outcome)[KIND.LONGER_TERM]
    assert offer.certificate.holds
    assert offer.certificate.highest <= money(230)
    assert all(part.schedule.due[0] >= JUNE for part in offer.offers)
    assert all(row >= 108 for part in offer.offers for row in asked(part)[:-1])


def test_debts_smaller_than_the_least_payment_are_paid_at_once_over_whatever_length() -> None:
    debts = [named("rent", 325, priority=True), named("card", 112, "0.12"), named("loan", 44)]
    joint = rp.Debts(debts, minimum=money(164), freed=rp.FreedShare.STAYS)
    outcome = proposed(joint, able_to_pay_over_time((AS_OF, 200), (JUNE, 320)), 12)
    for offer in offers_of(outcome):
        assert offer.certificate.holds
        rent, card, loan = map(asked, offer.offers)
        assert sum(rent) == 325
        assert sum(loan) == 44
        assert sum(card) >= 112
        assert all(row >= least for row, least in [(rent[0], 164), (card[0], 112), (loan[0], 44)])
