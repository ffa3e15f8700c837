"""The figures of Hong Kong against the collected rules."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import attrs
import pytest

import repayplan as rp
from repayplan.overdue.charges import late_charges
from repayplan.policies import classes, contact, hk, house
from tests.communication.examples import letter, there
from tests.overdue import DATE, overdue_rules, schedule_of
from tests.policies.books import rule

POLICY = hk.CREDIT_CARD.in_force(dt.date(2026, 12, 1))


def test_relief_plans_last_sixty_months_by_guidance() -> None:
    longest = POLICY.plan.max_months
    assert (longest.value, longest.unit) == (rule("hk.card")["max_months"], "months")
    assert (longest.citation.force, longest.citation.evidence) == (rp.Force.GUIDANCE, rp.Evidence.PRIMARY)
    assert longest.citation.article == "5.6.2, 5.6.3"


def test_the_classes_are_the_modules() -> None:
    bands = [
        [band.first_day, band.last_day, band.name.replace(" ", "_")] for band in classes.HK_LOANS.bands[1:]
    ]
    assert bands == rule("hk.card")["classification"]
    assert POLICY.overdue.classes is classes.HK_LOANS


def test_recordings_are_kept_for_thirty_days() -> None:
    (kept,) = POLICY.records.retention
    assert (kept.scope, kept.start) == (rp.RetentionScope.RECORDINGS, rp.RetentionStart.RECORD)
    assert kept.period.value == rp.Period(rule("hk.card")["record_retention_days_min"], rp.PeriodUnit.DAYS)
    assert kept.period.comparison is rp.Comparison.AT_LEAST
    assert kept.period.citation.article == "47.5"


def test_nobody_but_who_owes_is_contacted_by_the_code() -> None:
    rules = POLICY.contact
    code = rules.third_parties
    assert (code.article, code.force, code.evidence) == (
        "46.3, 46.7",
        rp.Force.GUIDANCE,
        rp.Evidence.PRIMARY,
    )
    assert (rules.hours, rules.limits, rules.location) == ((), (), None)
    assert attrs.evolve(rules, third_parties=house.HOUSE) == attrs.evolve(
        contact.CN_CARD_MEASURES, third_parties=house.HOUSE
    )


def test_who_writes_that_an_agency_comes_says_the_five_things_of_the_code() -> None:
    stated = {
        "amount": rp.StatedItem.NAME_AND_BALANCE,
        "time_in_default": rp.StatedItem.TIME_IN_DEFAULT,
        "phone": rp.StatedItem.ISSUER_CONTACT,
        "cost_liability": rp.StatedItem.COST_LIABILITY,
        "how_to_complain": rp.StatedItem.HOW_TO_COMPLAIN,
    }
    items = there(POLICY.records.agency_items)
    assert items.value == {stated[field] for field in rule("hk.card")["agency_notice_fields"]}
    message = rp.HK_AGENCY_NOTICE.items[0].citation
    for field in ("title", "article", "evidence", "force", "applies_to"):
        assert getattr(items.citation, field) == getattr(message, field)
    for said, lacking in (({rp.StatedItem.AGENCY}, 5), ({rp.StatedItem.AGENCY, *items.value}, 0), (set(), 0)):
        missing = rp.missing_items(letter(stated=said), POLICY.records)
        found = [finding.citation for finding in missing if finding.rule == "agency_items"]
        assert found == [items.citation] * lacking


@pytest.mark.parametrize(("dear", "charged"), [(20_000, [10_000]), (3_000, [3_000])])
def test_a_late_fee_is_one_for_each_payment_and_at_most_what_was_missed(
    dear: int, charged: list[int]
) -> None:
    assert (rule("hk.card")["late_fee_cap"], hk.LATE_FEE_CAP.value) == ("minimum payment", Fraction(1))
    assert rule("hk.card")["one_fee_per_late_event"] is (hk.LATE_FEES_PER_PAYMENT.value == 1)
    for limit, article in ((hk.LATE_FEE_CAP, "31.4"), (hk.LATE_FEES_PER_PAYMENT, "31.5")):
        assert (limit.citation.article, limit.comparison) == (article, rp.Comparison.AT_MOST)
    tariff = rp.Limit(rp.Money.from_minor_units(dear, "EUR"), house.HOUSE)
    fee = hk.late_fee(tariff)
    for on in (DATE(2026, 2, 2), DATE(2026, 12, 31)):
        schedule = schedule_of(10_000, rp.EqualPrincipal(1))
        due = late_charges(schedule, [], on, rules=(fee,), overdue_rules=overdue_rules()).due
        assert [one.amount.minor_units for one in due] == charged


def test_what_has_no_figure_is_absent() -> None:
    assert {part for part in ("affordability", "contact", "follow_up") if not POLICY.has(part)} == {
        "affordability",
        "follow_up",
    }
