from __future__ import annotations

from decimal import Decimal

import attrs
import pendulum

import repayplan as rp
from tests.display import Page
from tests.plan import (
    AS_OF,
    FIRST_DUE,
    able_to_pay,
    debt_of,
    main_offers,
    main_plan,
    money,
    offers_of,
    plan_rules,
)

D = pendulum.date


def certified(payments: list[int], capacity: int, **fields: object) -> rp.CapacityCertificate:
    """Payments without interest, held against a monthly capacity, in minor units."""
    stated: dict[str, object] = {
        "principal": money(sum(payments)),
        "rate": rp.Rate.annual(0),
        "starts_on": AS_OF,
        "first_due": FIRST_DUE,
        "repayment": rp.CustomPayments([money(units) for units in payments]),
    }
    schedule = rp.build_schedule(rp.Terms(**{**stated, **fields}))  # type: ignore[arg-type]  # by name
    return rp.CapacityCertificate(schedule, rp.Capacity(money(capacity)))


def revised() -> rp.Plan:
    """A plan of 12 installments of 100.00, revised in April after one payment, to 11 of them."""
    found = rp.propose(debt_of(120_000), able_to_pay(10_000), rules=plan_rules(12), first_due=FIRST_DUE)
    plan = rp.agree(
        offers_of(found)[0],
        on=AS_OF,
        form=rp.AgreementForm.WRITTEN,
        accepted_in="contact-1",
        contact_by=rp.Channel.SMS,
    )
    outcome = rp.revise(
        plan,
        [rp.Payment("p1", money(10_000), FIRST_DUE)],
        affordability=able_to_pay(10_000),
        on=D(2026, 4, 10),
        reason=rp.HardshipReason.INCOME_LOSS,
        rules=plan_rules(12),
        first_due=D(2026, 5, 1),
    )
    assert isinstance(outcome, rp.Plan)
    return outcome


# --- offers


def test_offers_give_a_plain_row_each() -> None:
    offers = offers_of(main_offers())
    rows = offers.to_rows()
    assert [row["name"] for row in rows] == ["gentlest", "balanced", "shortest"]
    assert rows[1] == {
        "name": "balanced",
        "installments": 32,
        "highest": Decimal("1477.18"),
        "least_slack": Decimal("1078.82"),
        "interest": Decimal("9718.80"),
        "carried": Decimal("1550.40"),
        "total": Decimal("47269.20"),
        "months": 32,
        "first_due": D(2026, 12, 31),
        "last_due": D(2029, 7, 31),
        "residual": Decimal("0.00"),
        "provisional": False,
        "currency": "CNY",
    }


def test_offers_are_shown_side_by_side() -> None:
    offers = offers_of(main_offers())
    (table,) = Page(offers._repr_html_()).tables
    assert table.caption == (
        "3 offers, the lowest installment first, in CNY; 9 other affordable plans were left out"
    )
    assert table.head == ["offer", "gentlest", "balanced", "shortest"]
    assert table.rows[1] == ["the highest", "944.67", "1477.18", "2509.11"]
    assert [row[0] for row in table.rows][-2:] == ["left for a review", "provisional"]


def test_one_offer_and_none_left_out_are_told_as_such() -> None:
    (table,) = Page(rp.Offers([offers_of(main_offers())[0]])._repr_html_()).tables
    assert table.caption == "1 offer, in CNY"
    assert table.head == ["offer", "gentlest"]


def test_an_offer_shows_itself_against_capacity() -> None:
    page = Page(offers_of(main_offers())[1]._repr_html_())
    (table,), (image,) = page.tables, page.images
    assert table.caption.startswith("Offer in CNY: in between: 32 installments of at most 1477.18 CNY")
    assert image.alt == (
        "Installments of at most 1477.18 CNY against a capacity of at least 2556.00 CNY;"
        " none above what can be paid then."
    )
    assert image.words() == ["2556.00 CNY", "0", "2026-12-31", "2029-07-31", "installments", "capacity"]


# --- offers on several debts


def joint(*units: int, capacity: int) -> rp.JointOffers:
    """Offers on debts without interest, named a, b, … and with as many minor units."""
    debts = [attrs.evolve(debt_of(amount), id=name) for name, amount in zip("ab", units, strict=True)]
    found = rp.propose(rp.Debts(debts), able_to_pay(capacity), rules=plan_rules(12), first_due=FIRST_DUE)
    assert isinstance(found, rp.JointOffers)
    return found


def test_joint_offers_give_a_plain_row_each() -> None:
    rows = joint(600, 300, capacity=180).to_rows()
    assert [row["name"] for row in rows] == ["gentlest", "balanced", "shortest"]
    assert rows[-1] == {
        "name": "shortest",
        "debts": 2,
        "highest": Decimal("1.80"),
        "least_slack": Decimal("0.00"),
        "interest": Decimal("0.00"),
        "carried": Decimal("0.00"),
        "total": Decimal("9.00"),
        "months": 5,
        "first_due": D(2026, 2, 1),
        "last_due": D(2026, 6, 1),
        "residual": Decimal("0.00"),
        "provisional": True,
        "currency": "EUR",
    }


def test_joint_offers_are_shown_side_by_side_and_debt_by_debt() -> None:
    offers = joint(600, 300, capacity=180)
    together, apart = Page(offers._repr_html_()).tables
    assert together.caption == (
        f"3 joint offers, the lowest month first, in EUR; {len(offers.dropped)} other affordable plans"
        " were left out"
    )
    assert together.head == ["offer", "gentlest", "balanced", "shortest"]
    assert together.rows[:2] == [["debts", "2", "2", "2"], ["the most in a month", "0.75", "1.29", "1.80"]]
    assert [row[0] for row in together.rows[2:]] == [
        "least slack below capacity",
        "interest",
        "owed before and carried",
        "to pay in all",
        "months",
        "first due on",
        "last due on",
        "left for a review",
        "provisional",
    ]
    assert apart.caption == "The highest installment of each debt, in EUR"
    assert [(row[0], row[-1]) for row in apart.rows] == [("a", "1.20"), ("b", "0.60")]


def test_one_joint_offer_is_told_as_such() -> None:
    one = rp.JointOffers([joint(600, 300, capacity=180)[0]])
    assert Page(one._repr_html_()).tables[0].caption == "1 joint offer, in EUR"


# --- no affordable plan


def unaffordable(debt: rp.Debt | rp.Debts, capacity: int) -> rp.NoAffordablePlan:
    found = rp.propose(debt, able_to_pay(capacity), rules=plan_rules(12), first_due=FIRST_DUE)
    assert isinstance(found, rp.NoAffordablePlan)
    return found


def test_where_no_plan_is_affordable_each_next_step_gives_a_plain_row() -> None:
    hold, _, *_, last = unaffordable(debt_of(120_000), 5_000).to_rows()
    assert hold == {
        "number": 1,
        "step": "hold",
        "text": "Ask for nothing now, and hold collection while a way is found.",
        "forgone": None,
        "highest": None,
        "months": None,
        "total": None,
        "currency": "EUR",
    }
    assert (last["step"], last["forgone"]) == ("forgive a part of the principal", Decimal("600.00"))
    assert (last["highest"], last["months"], last["total"]) == (Decimal("50.00"), 12, Decimal("600.00"))


def test_a_step_on_several_debts_has_the_most_that_they_ask_together() -> None:
    debts = rp.Debts([attrs.evolve(debt_of(60_000), id=name) for name in "ab"])
    answer = unaffordable(debts, 5_000)
    joint = answer.next_steps[-1].joint_offer
    assert joint is not None
    last = answer.to_rows()[-1]
    assert (last["highest"], last["months"]) == (joint.certificate.highest.amount, joint.cost.months)
    assert last["highest"] == Decimal("50.00")


def test_where_no_plan_is_affordable_it_shows_why_and_what_comes_next() -> None:
    why, steps = Page(unaffordable(debt_of(120_000), 5_000)._repr_html_()).tables
    assert why.caption == "No plan is affordable: why"
    assert why.head == ["not met", "found", "has to be", "source"]
    assert why.rows == [["gentlest within capacity", "100.00 EUR", "at most 50.00 EUR", "\u2013"]]
    assert steps.caption == "What comes next, in EUR"
    assert steps.head == ["number", "step", "text", "forgone", "highest", "months", "total"]
    assert [row[1] for row in steps.rows[:2]] == ["hold", "free advice"]
    assert steps.rows[-1][3:] == ["600.00", "50.00", "12", "600.00"]


def test_a_rule_without_a_figure_shows_its_source_alone() -> None:
    answer = unaffordable(debt_of(120_000), 5_000)
    house = rp.Citation(title="<house>", article="2", force=rp.Force.HOUSE)
    other = attrs.evolve(answer, findings=[rp.Finding("no_hold", False, True, citation=house)])  # noqa: FBT003
    assert Page(other._repr_html_()).tables[0].rows == [["no hold", "yes", "", "<house> 2"]]


# --- certificates


def test_a_certificate_gives_a_plain_row_for_each_line() -> None:
    assert certified([100, 90], 100).to_rows()[1] == {
        "number": 2,
        "scheduled_for": D(2026, 3, 1),
        "due_on": D(2026, 3, 1),
        "amount": Decimal("0.90"),
        "capacity": Decimal("1.00"),
        "slack": Decimal("0.10"),
        "currency": "EUR",
    }


def test_a_certificate_shows_every_installment_against_capacity() -> None:
    page = Page(certified([100, 90], 100)._repr_html_())
    (table,), (image,) = page.tables, page.images
    assert table.caption == "Every installment is within capacity, in EUR; the tightest leaves 0.00 EUR"
    assert table.head == ["number", "scheduled for", "amount", "capacity", "slack"]
    assert table.rows == [
        ["1", "2026-02-01", "1.00", "1.00", "0.00"],
        ["2", "2026-03-01", "0.90", "1.00", "0.10"],
    ]
    bars, line, _ = image.paths()
    assert bars["d"] == "M1200 1760V240h240V1760zM6060 1760V392h240V1760z"
    assert line["d"] == "M1320 240H6180V240"


def test_a_certificate_that_does_not_hold_says_so_first() -> None:
    page = Page(certified([100, 130], 100)._repr_html_())
    assert page.tables[0].caption == "NOT within capacity, in EUR; the worst is 0.30 EUR too high"
    assert page.tables[0].rows[1][-1] == "-0.30"
    assert page.images[0].alt.endswith("; some above what can be paid then.")
    assert page.images[0].words()[0] == "1.30 EUR"


def test_months_are_shown_where_one_holds_more_than_an_installment() -> None:
    certificate = certified([100, 90], 200, upfront=money(20), first_due=D(2026, 1, 15), principal=money(210))
    _, months = Page(certificate._repr_html_()).tables
    assert months.caption == "All that falls in a calendar month"
    assert months.rows == [["2026-01", "1.20", "2.00", "0.80"], ["2026-02", "0.90", "2.00", "1.10"]]


def test_months_are_not_shown_where_they_do_not_count() -> None:
    certificate = certified([10, 10], 100, frequency=rp.Frequency.WEEKLY)
    assert len(Page(certificate._repr_html_()).tables) == 1


# --- plans


def test_a_plan_gives_a_plain_row_for_each_version_and_keeps_the_reason_to_itself() -> None:
    first, second = revised().to_rows()
    assert first == {
        "version": 1,
        "agreed_on": AS_OF,
        "recorded_on": AS_OF,
        "revision": None,
        "state": "superseded",
        "installments": 12,
        "highest": Decimal("100.00"),
        "total": Decimal("1200.00"),
        "first_due": FIRST_DUE,
        "last_due": D(2027, 1, 1),
        "currency": "EUR",
    }
    assert (second["version"], second["revision"], second["state"]) == (2, "reschedule", "active")
    assert "income" not in revised()._repr_html_()


def test_a_first_version_shows_itself_alone() -> None:
    page = Page(main_plan()._repr_html_())
    (table,) = page.tables
    assert table.caption == "Plan agreed on 2026-12-03 (oral), active, in CNY"
    assert table.rows[0][:5] == ["1", "2026-12-03", "\u2013", "active", "60"]
    assert not page.images


def test_a_revised_plan_shows_what_the_last_revision_changed() -> None:
    plan = revised()
    assert plan.revision is not None
    versions, changed = Page(plan._repr_html_()).tables
    assert [row[3] for row in versions.rows] == ["superseded", "active"]
    assert changed.caption == Page(rp.diff(plan.revision.previous, plan)._repr_html_()).tables[0].caption


def test_two_versions_stand_side_by_side() -> None:
    plan = revised()
    difference = rp.diff(plan.versions[0], plan)
    rows = difference.to_rows()
    assert rows[0] == {
        "scheduled_for": FIRST_DUE,
        "before": Decimal("100.00"),
        "after": None,
        "difference": Decimal("-100.00"),
        "principal": Decimal("-100.00"),
        "interest": Decimal("0.00"),
        "fees": Decimal("0.00"),
        "carried": Decimal("0.00"),
        "days_later": None,
        "changed": True,
        "currency": "EUR",
    }
    page = Page(difference._repr_html_())
    (table,), (image,) = page.tables, page.images
    assert table.caption.startswith(
        "Versions of 2026-01-01 and 2026-04-10, in EUR; the last due date moves by "
    )
    assert table.head == ["scheduled for", "before", "after", "difference"]
    assert table.rows[0] == ["2026-02-01", "100.00", "\u2013", "-100.00"]
    assert table.rows[-1][:2] == [str(plan.schedule.last_due), "\u2013"]
    assert table.rows[-1][2:] == [str(rows[-1]["after"])] * 2
    assert table.total == ["all", "1200.00", "1100.00", "-100.00"]
    before, after, _ = image.paths()
    assert "stroke-dasharray" in before
    assert "stroke-dasharray" not in after
    assert image.words()[:4] == ["100.00 EUR", "0", "2026-02-01", str(plan.schedule.last_due)]


def test_names_that_are_markup_are_text() -> None:
    offer = attrs.evolve(offers_of(main_offers())[0], name='"><img src=x onerror=alert(1)>')
    table = Page(rp.Offers([offer])._repr_html_()).tables[0]
    assert table.head[1] == '"><img src=x onerror=alert(1)>'
