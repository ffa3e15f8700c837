from __future__ import annotations

import pendulum

import repayplan as rp
from tests.display import Page
from tests.overdue import bearing, plain, schedule_of


def test_a_schedule_shows_its_rows_and_their_sums() -> None:
    table, *others = Page(bearing()._repr_html_()).tables
    assert not others
    assert table.caption == "Schedule of 3 installments in EUR"
    assert table.head == ["no.", "due on", "opening", "principal", "interest", "amount", "closing"]
    assert table.rows == [
        ["1", "2026-02-01", "300.00", "100.00", "3.00", "103.00", "200.00"],
        ["2", "2026-03-01", "200.00", "100.00", "2.00", "102.00", "100.00"],
        ["3", "2026-04-01", "100.00", "100.00", "1.00", "101.00", "0.00"],
    ]
    assert table.total == ["all", "", "", "300.00", "6.00", "306.00", ""]


def test_the_balance_falls_and_each_installment_is_split() -> None:
    balance, split = Page(bearing()._repr_html_()).images
    assert (
        balance.alt == "Principal outstanding falls from 300.00 EUR on 2026-01-01 to 0.00 EUR on 2026-04-01."
    )
    assert balance.words() == ["300.00 EUR", "0", "2026-01-01", "2026-04-01", "principal outstanding"]
    xs = [1320 + 4860 * days // 90 for days in (0, 31, 59, 90)]
    steps = f"M{xs[0]} 240H{xs[1]}V747H{xs[2]}V1254H{xs[3]}V1760"
    assert balance.paths()[0]["d"] == steps
    assert split.alt == (
        "Each of 3 installments by what it pays, the highest 103.00 EUR;"
        " 300.00 EUR of principal and 6.00 EUR of interest in all."
    )
    assert split.words()[-2:] == ["principal", "interest"]
    assert len(split.paths()) == 3


def test_what_is_never_asked_for_has_no_column_and_no_layer() -> None:
    page = Page(plain()._repr_html_())
    assert page.tables[0].head == ["no.", "due on", "opening", "principal", "interest", "amount", "closing"]
    assert page.images[1].words()[-1] == "principal"


def test_carried_parts_have_columns_and_one_layer_of_their_own() -> None:
    carried = rp.CarriedBalances(
        interest=rp.CarriedBalance(rp.Money("3", "EUR"), rp.CarriedTreatment.SPREAD),
        fees=rp.CarriedBalance(rp.Money("6", "EUR"), rp.CarriedTreatment.FIRST),
    )
    page = Page(bearing(carried=carried)._repr_html_())
    assert page.tables[0].head[5:7] == ["carried interest", "carried fees"]
    assert page.tables[0].total == ["all", "", "", "300.00", "6.00", "3.00", "6.00", "315.00", ""]
    assert page.images[1].words()[-3:] == ["principal", "interest", "fees and what was owed"]


def test_an_upfront_payment_and_a_residual_are_told() -> None:
    schedule = schedule_of(
        30_000,
        rp.FixedPayment(rp.Money("100", "EUR")),
        upfront=rp.Money("20", "EUR"),
        review_on=pendulum.date(2026, 3, 1),
        residual=rp.Money("80", "EUR"),
    )
    caption = Page(schedule._repr_html_()).tables[0].caption
    assert caption.startswith(
        "Schedule of 2 installments in EUR, after 20.00 EUR up front; 80.00 EUR is left"
    )


def test_a_schedule_of_interest_alone_is_drawn_too() -> None:
    schedule = schedule_of(30_000, rp.InterestOnly(1, then=rp.EqualPrincipal(2)), "0.12")
    assert len(Page(schedule._repr_html_()).images) == 2


def test_a_long_schedule_hides_its_middle() -> None:
    schedule = schedule_of(1_000_000, rp.EqualPrincipal(600))
    html = schedule._repr_html_()
    (table,) = Page(html).tables
    assert table.caption == "Schedule of 600 installments in EUR (545 of 600 rows hidden)"
    assert (table.rows[0][0], table.rows[50][0], table.rows[-1][0]) == ("1", "⋮", "600")
    assert len(html) < 100_000
