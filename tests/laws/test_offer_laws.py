"""Laws 6 and 7: no offer asks for more than capacity, and the choice leaves nothing better out."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import islice
from typing import TYPE_CHECKING, Any

import attrs
import pendulum
from hypothesis import given, settings
from hypothesis import strategies as st

import repayplan as rp
from tests.laws import oracle, schedule_strategies, strategies
from tests.laws.oracle_dates import row_stops
from tests.laws.oracle_rates import factors_of, periods_of
from tests.laws.plan_strategies import Proposal, periods_per_year, proposals
from tests.plan import able_to_pay

if TYPE_CHECKING:
    from collections.abc import Iterator

MONTHLY = (rp.Frequency.MONTHLY,)


# --- the recount: a loop of its own, from the rows' parts


def each_time(monthly: int, frequency: rp.Frequency) -> int:
    """What may be asked for each time, rounded down, in minor units."""
    return math.floor(monthly * 12 / periods_per_year(frequency))


def asked(row: rp.Installment) -> int:
    parts = (
        row.principal,
        row.interest,
        row.fees,
        row.carried_interest,
        row.carried_fees,
        row.carried_penalties,
    )
    return sum(part.minor_units for part in parts)


def month_sums(schedule: rp.Schedule) -> dict[tuple[int, int], int]:
    sums: dict[tuple[int, int], int] = {}
    start, upfront = schedule.terms.starts_on, schedule.terms.upfront
    if upfront is not None:
        sums[start.year, start.month] = upfront.minor_units
    for row in schedule:
        month = (row.scheduled_for.year, row.scheduled_for.month)
        sums[month] = sums.get(month, 0) + asked(row)
    return sums


def within_capacity(schedule: rp.Schedule, monthly: int) -> bool:
    frequency = schedule.terms.frequency
    upfront = schedule.terms.upfront
    first = 0 if upfront is None else upfront.minor_units
    if any(units > each_time(monthly, frequency) for units in (first, *map(asked, schedule))):
        return False
    if periods_per_year(frequency) > 12:
        return True
    return all(total <= monthly for total in month_sums(schedule).values())


# --- law 6


def all_offers(outcome: rp.Offers | rp.NoAffordablePlan) -> Iterator[rp.Offer]:
    """The offers, or those that concessions would make possible."""
    if isinstance(outcome, rp.Offers):
        yield from outcome
    else:
        yield from (step.offer for step in outcome.next_steps if step.offer is not None)


@given(proposals())
def test_every_offer_keeps_capacity_in_every_row_and_every_month(case: Proposal) -> None:
    for offer in all_offers(case.outcome()):
        assert within_capacity(offer.schedule, case.capacity)
        assert offer.certificate.holds
        assert offer.certificate.capacity == case.affordability.capacity


@given(proposals())
def test_every_offer_ends_within_the_longest_term_and_clears_the_debt(case: Proposal) -> None:
    outcome = case.outcome()
    for offer in all_offers(outcome):
        last_day = pendulum.Date(*case.debt.as_of.timetuple()[:3]).add(months=case.months)
        assert offer.schedule.last_due <= last_day
        assert offer.cost.months <= case.months
        assert offer.schedule[-1].closing.minor_units == 0
    if isinstance(outcome, rp.Offers):
        for offer in outcome:
            waived = offer.schedule.waived
            assert offer.cost.total + waived == case.debt.total + offer.cost.interest


@st.composite
def certificates(draw: st.DrawFn) -> rp.CapacityCertificate:
    """Any schedule, of any pattern, against capacities about its highest installment and elsewhere."""
    schedule = draw(schedule_strategies.schedules())
    frequency = schedule.terms.frequency
    highest = max(map(asked, schedule))
    fits = math.ceil(highest * periods_per_year(frequency) / 12)
    near = st.integers(-2, 2).map(lambda step: fits + step)
    by_month = st.integers(-1, 1).map(lambda step: max(month_sums(schedule).values()) + step)
    monthly = draw(st.one_of(near, by_month, st.integers(0, 2 * fits)))
    units = min(max(0, monthly), 10**15)
    currency = schedule.terms.principal.currency
    return rp.CapacityCertificate(schedule, rp.Capacity(rp.Money.from_minor_units(units, currency)))


@given(certificates())
def test_the_verdict_is_that_of_an_independent_recount(certificate: rp.CapacityCertificate) -> None:
    monthly = certificate.capacity.monthly.minor_units
    assert certificate.holds is within_capacity(certificate.schedule, monthly)


@given(certificates())
def test_the_lines_of_a_certificate_add_up_to_its_verdict(certificate: rp.CapacityCertificate) -> None:
    schedule, monthly = certificate.schedule, certificate.capacity.monthly.minor_units
    each, terms = each_time(monthly, schedule.terms.frequency), schedule.terms
    paid = 0 if terms.upfront is None else terms.upfront.minor_units
    upfront = [(0, terms.starts_on, terms.starts_on, paid, each - paid)] if paid else []
    assert [
        (line.number, line.scheduled_for, line.due_on, line.amount.minor_units, line.slack.minor_units)
        for line in certificate.lines
    ] == upfront + [
        (row.number, row.scheduled_for, row.due_on, asked(row), each - asked(row)) for row in schedule
    ]
    if periods_per_year(schedule.terms.frequency) <= 12:
        assert {
            (line.year, line.month): line.amount.minor_units for line in certificate.months
        } == month_sums(schedule)
    slacks = [line.slack.minor_units for line in certificate.lines]
    slacks += [line.slack.minor_units for line in certificate.months]
    assert certificate.holds is (min(slacks) >= 0)
    assert certificate.tightest.slack.minor_units == min(slacks)
    assert certificate.tightest in (*certificate.lines, *certificate.months)


# --- law 7

Merits = tuple[int, int, int, int]
"""Highest installment, months, total and, to tell twins apart, the number of installments."""


def merits(candidate: rp.Candidate) -> Merits:
    return (
        candidate.highest.minor_units,
        candidate.months,
        candidate.total.minor_units,
        candidate.installments,
    )


def candidate_of(offer: rp.Offer) -> rp.Candidate:
    schedule = offer.schedule
    return rp.Candidate(len(schedule), schedule.highest, offer.cost.months, schedule.total)


def beats(one: Merits, other: Merits) -> bool:
    """At least as good everywhere and better somewhere; of twins, the one with fewer installments."""
    if one[:3] == other[:3]:
        return one[3] < other[3]
    return all(a <= b for a, b in zip(one[:3], other[:3], strict=True))


def apart(front: list[Merits], one: Merits, other: Merits) -> Fraction:
    """How far two plans are from each other, in installment or in months, as a share of the front's range."""
    shares = [Fraction(0)]
    for place in (0, 1):
        values = [merit[place] for merit in front]
        if max(values) > min(values):
            shares.append(Fraction(abs(one[place] - other[place]), max(values) - min(values)))
    return max(shares)


@given(proposals())
def test_the_offers_are_few_distinct_and_rise_and_none_is_beaten(case: Proposal) -> None:
    outcome = case.outcome()
    if isinstance(outcome, rp.NoAffordablePlan):
        return
    offered = [merits(candidate_of(offer)) for offer in outcome]
    assert 1 <= len(offered) <= 5
    highest = [merit[0] for merit in offered]
    assert highest == sorted(highest)
    every = offered + [merits(dropped.candidate) for dropped in outcome.dropped]
    assert len(set(every)) == len(every)
    assert not any(beats(one, other) for one in every for other in offered)


@given(proposals())
def test_every_dropped_plan_names_a_better_one_or_was_only_thinned_out(case: Proposal) -> None:
    outcome = case.outcome()
    if isinstance(outcome, rp.NoAffordablePlan):
        return
    offered = [merits(candidate_of(offer)) for offer in outcome]
    every = offered + [merits(drop.candidate) for drop in outcome.dropped]
    front = [merit for merit in every if not any(beats(other, merit) for other in every)]
    for dropped in outcome.dropped:
        mine = merits(dropped.candidate)
        if dropped.dominated_by is None:
            assert dropped.near is not None
            assert dropped.distance is not None
            assert dropped.thinned
            assert mine in front
            assert merits(dropped.near) in offered
            assert dropped.distance == apart(front, mine, merits(dropped.near))
            assert dropped.distance == min(apart(front, mine, other) for other in offered)
            assert dropped.distance <= Fraction(1, 3) or len(offered) == 5
        else:
            assert not dropped.thinned
            assert (dropped.near, dropped.distance) == (None, None)
            assert merits(dropped.dominated_by) in every
            assert beats(merits(dropped.dominated_by), mine)


@given(proposals())
def test_every_dropped_plan_is_a_real_and_affordable_one(case: Proposal) -> None:
    outcome = case.outcome()
    if isinstance(outcome, rp.NoAffordablePlan):
        return
    for dropped in outcome.dropped[:5] + outcome.dropped[-5:]:
        candidate = dropped.candidate
        level = level_plan(case, candidate.installments)
        if level is not None and within_capacity(level, case.capacity):
            assert (level.highest, level.total) == (candidate.highest, candidate.total)
        else:
            assert candidate.highest.minor_units <= each_time(case.capacity, case.frequency)
            assert has_plan(case, candidate.installments)


# --- the exhaustive oracle: all counts are built and recounted


def days_apart(frequency: rp.Frequency) -> int:
    """The least number of days between two due dates, more or less: half a month has 13 at least."""
    months = getattr(frequency, "months", 0)
    return getattr(frequency, "days", 28 * months) or 13


def most_installments(case: Proposal) -> int:
    """How many due dates lie within the longest term."""
    last_day = case.debt.as_of.add(months=case.months)
    dates = rp.due_dates(
        case.options["first_due"],
        case.frequency,
        case.months * 31 // days_apart(case.frequency) + 2,
        calendar=case.options["calendar"],
        convention=case.options["convention"],
        anchor_day=case.options["anchor_day"],
    )
    return sum(1 for day in dates if day <= last_day)


def level_plan(case: Proposal, count: int) -> rp.Schedule | None:
    """The level plan of a count, if there is one."""
    try:
        return rp.build_schedule(case.terms(count))
    except rp.TermsError:
        return None  # so many rows would leave one without principal


def carried_parts(terms: rp.Terms, count: int) -> list[int]:
    """What each row asks for of what is carried, in minor units."""
    parts = [0] * count
    for _, carried in terms.carried:
        share, over = divmod(carried.amount.minor_units, count)
        if carried.treatment is rp.CarriedTreatment.FIRST:
            parts[0] += carried.amount.minor_units
        elif carried.treatment is rp.CarriedTreatment.SPREAD:
            parts = [part + share + (place < over) for place, part in enumerate(parts)]
    return parts


def cleared_in(case: Proposal, payments: list[int]) -> int | None:
    """In which row payments clear the debt, interest first; None where they do not, or one is nothing."""
    terms = case.terms(len(payments))
    balance, put_off = terms.amortized.minor_units, 0
    periods = list(periods_of(terms, islice(row_stops(terms), len(payments))))
    for number, (factor, pays) in enumerate(zip(factors_of(terms, periods), payments, strict=True), start=1):
        owed = put_off + oracle.rounded(balance * factor, terms.rounding.name)
        if pays <= 0:
            return None
        if balance + owed <= pays:
            return number
        put_off = max(owed - pays, 0)
        balance -= max(pays - owed, 0)
    return None


def has_plan(case: Proposal, count: int) -> bool:
    """Whether some payments within capacity clear the debt in exactly so many installments."""
    limit = each_time(case.capacity, case.frequency)
    if periods_per_year(case.frequency) <= 12:
        limit = min(limit, case.capacity)  # of the month in which it falls
    most = [limit - part for part in carried_parts(case.terms(count), count)]
    # All that capacity allows must be enough, and a minor unit a row must not be too much.
    return cleared_in(case, most) is not None and cleared_in(case, [1] * count) in {None, count}


def brute_force(case: Proposal) -> set[int]:
    """The counts of all affordable plans within the longest term."""
    # A row repays a minor unit at least, so that more rows than minor units never work.
    most = min(most_installments(case), case.debt.total.minor_units)
    return {count for count in range(1, most + 1) if has_plan(case, count)}


@settings(max_examples=settings().max_examples // 4)  # each example builds sixty schedules by brute force
@given(proposals(MONTHLY, months_max=60))
def test_the_monthly_offers_are_the_best_of_all_that_is_looked_at(case: Proposal) -> None:
    affordable = brute_force(case)
    outcome = case.outcome()
    assert isinstance(outcome, rp.Offers) is bool(affordable)
    if isinstance(outcome, rp.Offers):
        every = [candidate_of(offer) for offer in outcome] + [drop.candidate for drop in outcome.dropped]
        counts = {candidate.installments for candidate in every}
        assert counts <= set(affordable)
        assert min(counts) == min(affordable)
        if max(affordable) - min(affordable) < 12:  # few enough to look at all
            assert counts == set(affordable)
        assert outcome[0].schedule.highest == min(candidate.highest for candidate in every)
        # The longest is the gentlest, unless its last installment makes a shorter plan better all round.
        longest = max(every, key=lambda candidate: candidate.installments)
        beaten = any(beats(merits(other), merits(longest)) for other in every)
        assert beaten or merits(candidate_of(outcome[0])) == merits(longest)


@given(proposals(months_max=9))
def test_at_any_frequency_the_shortest_offer_is_the_least_affordable_count(case: Proposal) -> None:
    affordable = brute_force(case)
    outcome = case.outcome()
    assert isinstance(outcome, rp.Offers) is bool(affordable)
    if isinstance(outcome, rp.Offers):
        every = [candidate_of(offer) for offer in outcome] + [drop.candidate for drop in outcome.dropped]
        counts = [candidate.installments for candidate in every]
        assert min(counts) == min(affordable)
        assert set(counts) <= set(affordable)


# --- concessions


@st.composite
def tight(draw: st.DrawFn, given_proposals: st.SearchStrategy[Proposal]) -> Proposal:
    """Proposals whose capacity is a little or much below what the longest term asks for."""
    case = draw(given_proposals)
    needed = case.debt.total.minor_units // case.months
    part = draw(st.sampled_from([Fraction(99, 100), Fraction(1), Fraction(4, 5), Fraction(1, 7)]))
    capacity = math.floor(needed * part)
    return attrs.evolve(case, affordability=able_to_pay(capacity, case.debt.currency))


def refused(case: Proposal) -> rp.NoAffordablePlan | None:
    outcome = case.outcome()
    return outcome if isinstance(outcome, rp.NoAffordablePlan) else None


def concessions(refusal: rp.NoAffordablePlan | None) -> list[rp.NextStep]:
    """The steps at which the bank gives something up."""
    return list(refusal.next_steps[2:] if refusal else ())


@given(tight(proposals()))
def test_holding_and_free_advice_come_first_then_the_concessions_in_their_order(case: Proposal) -> None:
    refusal = refused(case)
    if refusal is None:
        return
    first, second, *_ = refusal.next_steps
    assert (first.kind, second.kind) == (rp.NextStepKind.HOLD, rp.NextStepKind.FREE_ADVICE)
    assert (first.forgone, second.forgone, first.offer, second.offer) == (None, None, None, None)
    found = concessions(refusal)
    assert all(step.forgone is not None and step.offer is not None for step in found)
    places = [list(rp.NextStepKind).index(step.kind) for step in found]
    assert places == sorted(set(places))


@given(tight(proposals()))
def test_a_concession_asks_for_nothing_that_the_contract_did_not(case: Proposal) -> None:
    refusal = refused(case)
    for step in concessions(refusal):
        assert step.offer is not None
        terms = step.offer.terms
        assert isinstance(terms.rate, rp.Rate)
        assert terms.rate.per_year <= case.debt.rate.per_year
        assert terms.principal <= case.debt.principal
        assert step.forgone is not None
        assert step.forgone.minor_units >= 0


@given(tight(proposals(rates=strategies.rates(maximum=Fraction(1, 2)))))
def test_the_rate_is_lowered_to_the_greatest_that_fits(case: Proposal) -> None:
    refusal = refused(case)
    for step in refusal.next_steps if refusal else ():
        if step.kind is rp.NextStepKind.LOWER_RATE:
            assert step.offer is not None
            rate = step.offer.terms.rate
            assert isinstance(rate, rp.Rate)
            grid = Fraction(1, 10**6 if rate.unit is rp.RateUnit.DAY else 10**4)
            assert rate.unit is case.debt.rate.unit
            assert (rate.value / grid).denominator == 1
            higher = rp.Rate(rate.value + grid, rate.unit)
            if higher.value <= case.debt.rate.value:
                one_more = attrs.evolve(case, debt=attrs.evolve(case.debt, rate=higher))
                assert isinstance(one_more.outcome(), rp.NoAffordablePlan)


@given(tight(proposals(maximum=10**7)))
def test_no_more_principal_is_forgiven_than_needed(case: Proposal) -> None:
    refusal = refused(case)
    for step in refusal.next_steps if refusal else ():
        if step.kind is rp.NextStepKind.FORGIVE_PRINCIPAL:
            assert step.offer is not None
            kept = step.offer.terms.principal
            assert kept < case.debt.principal
            unit = rp.Money.from_minor_units(1, kept.currency)
            less = attrs.evolve(case.debt, principal=kept + unit, rate=rp.Rate.annual(0))
            for component, balance in step.offer.terms.carried:
                if balance.treatment is rp.CarriedTreatment.WAIVE:
                    nothing: dict[str, Any] = {component: rp.Money.zero(kept.currency)}
                    less = attrs.evolve(less, **nothing)
            assert isinstance(attrs.evolve(case, debt=less).outcome(), rp.NoAffordablePlan)


@given(tight(proposals((rp.Frequency.WEEKLY, rp.Frequency.MONTHLY), maximum=10**7)))
def test_what_level_payments_at_capacity_would_repay_is_not_forgiven(case: Proposal) -> None:
    # count x capacity is a plan without interest that fits to the minor unit, and none repays more.
    refusal = refused(case)
    for step in refusal.next_steps if refusal else ():
        if step.kind is rp.NextStepKind.FORGIVE_PRINCIPAL and step.offer is not None:
            carried = step.offer.schedule.total_carried + step.offer.schedule.capitalized
            if carried.minor_units == 0:
                most = most_installments(case) * each_time(case.capacity, case.frequency)
                assert step.offer.terms.principal.minor_units <= most
                if most < case.debt.principal.minor_units:
                    assert step.offer.terms.principal.minor_units == most
