"""The figures of the United States against the collected rules and the published examples."""

from __future__ import annotations

import datetime as dt

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.overdue.charges import late_charges
from repayplan.policies import classes, contact, follow_up, house, us
from tests.communication.examples import there
from tests.overdue import DATE, overdue_rules, plain, schedule_of
from tests.policies.books import rule
from tests.reference import case

DAY = dt.date(2026, 12, 1)
CARD, LOAN = us.CREDIT_CARD.in_force(DAY), us.INSTALMENT_LOAN.in_force(DAY)
YEARS, DAYS = rp.PeriodUnit.YEARS, rp.PeriodUnit.DAYS


def test_contact_is_regulation_f_which_binds_collectors() -> None:
    for policy in (CARD, LOAN):
        assert policy.contact is contact.US_REGULATION_F
        applies_to = policy.contact.limits[0].most.citation.applies_to
        assert applies_to == "third-party debt collectors; good practice for creditors"


def test_records_are_kept_for_three_years() -> None:
    expected = rule("us.regf.retention")
    activity, recordings = CARD.records.retention
    assert (activity.scope, activity.start) == (
        rp.RetentionScope.EVERY_RECORD,
        rp.RetentionStart.LAST_ACTIVITY,
    )
    assert activity.period.value == rp.Period(expected["years_after_last_collection_activity"], YEARS)
    assert (recordings.scope, recordings.start) == (rp.RetentionScope.RECORDINGS, rp.RetentionStart.RECORD)
    assert recordings.period.value == rp.Period(expected["call_recordings_years_after_call"], YEARS)
    for kept in (activity, recordings):
        assert kept.period.comparison is rp.Comparison.AT_LEAST
        assert kept.period.citation.article == "§ 1006.100"
        assert kept.period.citation.evidence is rp.Evidence.PRIMARY


def test_nothing_is_reported_for_fourteen_days_after_a_notice() -> None:
    example = case("worked_examples.json", None, "regf-30a-3-iii")
    first, last = (dt.date.fromisoformat(f"2026-{text}") for text in example["inputs"]["monitored"])
    wait = CARD.records.report_wait
    assert wait is not None
    assert wait.value == rp.Period((last - first).days + 1, DAYS)
    assert wait.citation.article == "§ 1006.30(a)(1)"
    assert LOAN.records is CARD.records


def test_a_workout_of_a_card_lasts_sixty_months_by_guidance() -> None:
    longest = CARD.plan.max_months
    assert (longest.value, longest.comparison) == (
        rule("us.ffiec.workout")["max_months"],
        rp.Comparison.AT_MOST,
    )
    assert (longest.citation.force, longest.citation.evidence) == (
        rp.Force.GUIDANCE,
        rp.Evidence.SECONDARY,
    )
    assert LOAN.plan.max_months.citation == house.HOUSE


def test_the_terms_of_a_workout_come_first_and_in_writing() -> None:
    stated = rule("us.regz.workout")["written_disclosure_before_start"]
    assert CARD.plan.contents is not None
    by_item = {
        "rate": rp.PlanContent.RATES_DURING_AND_AFTER,
        "rate_after": rp.PlanContent.RATES_DURING_AND_AFTER,
        "fees": rp.PlanContent.FEES_DURING_AND_AFTER,
        "fees_after": rp.PlanContent.FEES_DURING_AND_AFTER,
        "min_payment": rp.PlanContent.PAYMENTS_DURING_AND_AFTER,
        "min_payment_after": rp.PlanContent.PAYMENTS_DURING_AND_AFTER,
        "timely_payment_condition": rp.PlanContent.TIMELY_PAYMENT_CONDITION,
    }
    assert by_item.keys() == set(stated)
    assert set(CARD.plan.contents.value) == set(by_item.values())
    assert CARD.plan.duties is not None
    assert rule("us.regz.workout")["rate_after_end_max"] == "pre-plan rate"
    assert CARD.plan.duties.value == (
        rp.PlanDuty.STATE_TERMS_IN_WRITING_FIRST,
        rp.PlanDuty.NO_WORSE_TERMS_AFTER,
    )
    assert (LOAN.plan.contents, LOAN.plan.duties) == (None, None)


def test_a_loan_is_a_loss_sooner_than_a_card() -> None:
    expected = rule("us.ffiec.class")
    first = expected["substandard_dpd"]
    closed, opened = expected["charge_off_dpd"]["closed_end"], expected["charge_off_dpd"]["open_end"]
    assert [LOAN.overdue.class_of(days) for days in (first - 1, first, closed - 1, closed)] == [
        "not classified",
        "substandard",
        "substandard",
        "loss",
    ]
    assert [CARD.overdue.class_of(days) for days in (closed, opened - 1, opened)] == [
        "substandard",
        "substandard",
        "loss",
    ]
    assert CARD.overdue.classes is classes.US_RETAIL_OPEN_END


def test_re_ageing() -> None:
    expected = rule("us.ffiec.class")["reage"]
    held = {name: getattr(us.RE_AGE, name) for name in ("min_age_months", "per_year", "per_five_years")}
    assert {name: limit.value for name, limit in held.items()} == {
        "min_age_months": expected["account_age_months"],
        "per_year": expected["per_12_months"],
        "per_five_years": expected["per_5_years"],
    }
    assert {limit.citation.evidence for limit in held.values()} == {rp.Evidence.SECONDARY}
    assert expected["payments"] == 3
    assert "three payments in a row" in us.RE_AGE.per_year.citation.applies_to  # type: ignore[union-attr]  # stated


# --- notices in arrears

LIVE, WRITTEN = follow_up.US_REGULATION_X.notices
GAP = there(WRITTEN.not_within)


def test_notices_in_arrears_bind_servicers_of_mortgages_and_stand_in_no_book() -> None:
    expected = rule("us.regx.followup")
    live, written, gap = LIVE.by_day, WRITTEN.by_day, GAP
    assert (LIVE.kind.name, WRITTEN.kind.name) == ("LIVE_CONTACT", "WRITTEN_NOTICE")
    assert LIVE.not_within is None
    assert not CARD.has("follow_up")
    assert not LOAN.has("follow_up")
    assert (live.value, live.comparison) == (expected["live_contact_by_day"], rp.Comparison.AT_MOST)
    assert (written.value, written.comparison) == (expected["written_notice_by_day"], rp.Comparison.AT_MOST)
    assert (gap.value, gap.comparison) == (
        expected["repeat_notice_min_gap_days"],
        rp.Comparison.AT_LEAST,
    )
    assert all("servicers of mortgages" in limit.citation.applies_to for limit in (live, written, gap))


def test_the_deadlines_of_the_published_examples() -> None:
    notice = case("worked_examples.json", None, "regx-39b1-1")
    due = pendulum.Date.fromisoformat(notice["inputs"]["due"])
    deadline = due.add(days=WRITTEN.by_day.value)
    assert deadline == pendulum.Date.fromisoformat(notice["expected"]["deadline"])
    calls = case("worked_examples.json", None, "regx-39a-1-i-B")
    (satisfy,) = [key for key in calls["expected"] if key.startswith("attempts_")]
    first, second = (pendulum.Date.fromisoformat(text) for text in satisfy.split("_")[1:4:2])
    one, two, three = (pendulum.Date.fromisoformat(text) for text in calls["inputs"]["due_dates"])
    by_day = LIVE.by_day
    for made, delinquent in ((first, one), (first, two), (second, three)):
        days = made.toordinal() - delinquent.toordinal()
        assert rp.Finding.against("live_contact", days, by_day).passed
    assert not rp.Finding.against("live_contact", 37, by_day).passed


def test_a_second_notice_is_not_asked_for_within_180_days() -> None:
    example = case("worked_examples.json", None, "regx-39b1-2")
    sent = pendulum.Date.fromisoformat(example["inputs"]["notice_sent"])
    again = sent.add(days=GAP.value)
    assert again == pendulum.Date.fromisoformat(example["expected"]["next_notice_not_before"])


# --- late fees and living standards


def test_a_late_fee_is_what_the_caller_gives_and_at_most_what_was_missed() -> None:
    read = rp.Citation(title="12 CFR 1026.52(b)", force=rp.Force.LAW, evidence=rp.Evidence.PRIMARY)
    given = rp.Limit(rp.Money(30, "EUR"), read, comparison=rp.Comparison.AT_MOST)
    fee = us.late_fee(given)
    assert fee.fixed is given
    plan, dear = plain(1), schedule_of(1_000, rp.EqualPrincipal(1))
    for schedule, amount in ((plan, 3_000), (dear, 1_000)):
        due = late_charges(schedule, [], DATE(2026, 2, 2), rules=(fee,), overdue_rules=overdue_rules()).due
        assert [one.amount.minor_units for one in due] == [amount]


def test_the_national_standards_of_2025_by_persons() -> None:
    expected = rule("us.irs.standards")
    standard = us.IRS_NATIONAL_STANDARDS_2025
    begins = pendulum.Date.fromisoformat(expected["effective"])
    for persons, total in {**expected["total"], "5": 2129 + expected["extra_person"]}.items():
        found = standard.range_for(rp.Household(1, int(persons) - 1), begins)
        assert found == (None, rp.Money(total, "USD"))
    with pytest.raises(rp.DateError):
        standard.range_for(rp.Household(1), begins.subtract(days=1))
    assert standard.citation.evidence is rp.Evidence.SECONDARY


def test_the_two_books_differ_in_plan_and_classes_alone() -> None:
    changes = {
        "name": CARD.name,
        "plan": CARD.plan,
        "overdue": attrs.evolve(LOAN.overdue, classes=CARD.overdue.classes),
    }
    assert attrs.evolve(LOAN, **changes) == CARD  # type: ignore[arg-type]  # fields by name
