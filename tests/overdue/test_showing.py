from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import repayplan as rp
from tests.display import Page
from tests.overdue import DATE, START, money, overdue_rules, pay, plain

if TYPE_CHECKING:
    import pendulum


def standing(as_of: pendulum.Date, *payments: rp.Payment, **more: object) -> rp.Standing:
    """Three installments of 100.00 from February on."""
    return rp.standing_on(plain(), payments, as_of, overdue_rules(), **more)  # type: ignore[arg-type]  # by name


PAID = pay("p1", 12_000, DATE(2026, 2, 11))


def test_a_standing_gives_a_plain_row_for_each_installment() -> None:
    first, second, _ = standing(DATE(2026, 3, 12), PAID).to_rows()
    assert first == {
        "number": 1,
        "due_on": DATE(2026, 2, 1),
        "asked": Decimal("100.00"),
        "paid": Decimal("100.00"),
        "outstanding": Decimal("0.00"),
        "past_due": False,
        "currency": "EUR",
    }
    assert (second["paid"], second["outstanding"], second["past_due"]) == (
        Decimal("20.00"),
        Decimal("80.00"),
        True,
    )


def test_a_standing_shows_its_figures_and_its_installments() -> None:
    figures, classes, installments = Page(standing(DATE(2026, 3, 12), PAID)._repr_html_()).tables
    assert figures.caption == "Standing as of 2026-03-12: beyond grace"
    assert figures.rows == [
        ["days past due", "11"],
        ["days beyond grace", "11"],
        ["days past due for the regulator", "11"],
        ["past due", "80.00 EUR"],
        ["late charges outstanding", "0.00 EUR"],
        ["outstanding in all", "180.00 EUR"],
        ["held as credit", "0.00 EUR"],
    ]
    assert classes.caption == "Bucket, classes and what is due next"
    assert classes.rows == [
        ["bucket", "M1"],
        ["class", "normal"],
        ["class of the contract", "\u2013"],
        ["due next", "100.00 EUR on 2026-04-01"],
    ]
    assert installments.caption == "Installments in EUR"
    assert installments.head == ["number", "due on", "asked", "paid", "outstanding", "past due"]
    assert installments.rows[1] == ["2", "2026-03-01", "100.00", "20.00", "80.00", "yes"]


def test_numbers_stand_at_the_right_of_their_column_and_words_at_the_left() -> None:
    page = Page(standing(DATE(2026, 3, 12), PAID)._repr_html_())
    aligned = [[style.split(";")[0] for style in table.styles] for table in page.tables[:2]]
    left, right = "text-align: left", "text-align: right"
    assert aligned == [[left, right], [left, left]]


def test_what_was_paid_is_drawn_against_what_fell_due() -> None:
    (image,) = Page(standing(DATE(2026, 3, 12), PAID)._repr_html_()).images
    assert image.alt == "By 2026-03-12, 200.00 EUR had fallen due and 120.00 EUR was paid."
    assert image.words() == ["200.00 EUR", "0", "2026-01-01", "2026-03-12", "fallen due", "paid"]
    due, paid, _ = image.paths()
    first, second, payment = (1320 + 4860 * days // 70 for days in (31, 59, 41))
    assert due["d"] == f"M1320 1760H{first}V1000H{second}V240H6180V240"
    assert paid["d"] == f"M1320 1760H{payment}V848H6180V848"


def test_before_anything_is_due_or_paid_the_lines_lie_on_the_axis() -> None:
    (image,) = Page(standing(START)._repr_html_()).images
    assert image.alt == "By 2026-01-01, 0.00 EUR had fallen due and 0.00 EUR was paid."
    (before,) = Page(standing(DATE(2025, 12, 1))._repr_html_()).images
    assert before.words()[2:4] == ["2025-12-01", "2025-12-01"]


def test_when_all_is_paid_nothing_is_due_next() -> None:
    figures, classes, _ = Page(standing(START, pay("p1", 30_000, START))._repr_html_()).tables
    assert figures.caption.endswith(": completed")
    assert classes.rows[-1] == ["due next", "\u2013"]


# --- ledgers


def ledger(*payments: rp.Payment, **more: object) -> rp.Ledger:
    """Three installments of 100.00 from February on, as of 12 March."""
    return rp.ledger_on(plain(), payments, as_of=DATE(2026, 3, 12), **more)  # type: ignore[arg-type]  # by name


WAIVED = rp.Waiver("w1", money(2_500), 3, rp.Component.PRINCIPAL, DATE(2026, 3, 1))
CHARGED = rp.Charge("c1", money(500), 1, rp.Component.FEES, DATE(2026, 2, 10))


def test_a_ledger_gives_a_plain_row_for_each_installment() -> None:
    first, _, third = ledger(PAID, waivers=[WAIVED]).to_rows()
    assert first == {
        "number": 1,
        "due_on": DATE(2026, 2, 1),
        "scheduled": Decimal("100.00"),
        "waived": Decimal("0.00"),
        "saved": Decimal("0.00"),
        "paid": Decimal("100.00"),
        "outstanding": Decimal("0.00"),
        "currency": "EUR",
    }
    assert (third["waived"], third["outstanding"]) == (Decimal("25.00"), Decimal("75.00"))


def test_a_ledger_shows_what_became_of_each_installment_and_each_payment() -> None:
    page = Page(ledger(PAID, waivers=[WAIVED], charges=[CHARGED])._repr_html_())
    installments, payments = page.tables
    assert installments.caption == (
        "Ledger as of 2026-03-12, in EUR; late charges outstanding: 0.00, held as credit: 0.00"
    )
    names = ["number", "due on", "scheduled", "waived", "saved", "paid", "outstanding"]
    assert installments.head == names
    assert installments.rows[1] == ["2", "2026-03-01", "100.00", "0.00", "0.00", "15.00", "85.00"]
    assert installments.total == ["all", "", "300.00", "25.00", "0.00", "115.00", "160.00"]
    assert payments.caption == "Where each payment went, in EUR"
    assert payments.head == ["on", "payment", "installment", "charge", "amount", "by the rule"]
    assert [row[:5] for row in payments.rows] == [
        ["2026-02-11", "p1", "1", "\u2013", "100.00"],
        ["2026-02-11", "p1", "1", "c1", "5.00"],
        ["2026-02-11", "p1", "2", "\u2013", "15.00"],
    ]
    assert payments.rows[0][5] == "penalties, fees, interest, principal: past due principal"
    assert page.images[0].alt == "By 2026-03-12, 200.00 EUR had fallen due and 120.00 EUR was paid."


def test_a_ledger_without_payments_shows_its_installments() -> None:
    (installments,) = Page(ledger()._repr_html_()).tables
    assert installments.total[-1] == "300.00"


# --- timelines


def changes(*payments: rp.Payment, end: pendulum.Date) -> rp.Timeline:
    return rp.timeline(plain(), payments, START, end, overdue_rules())


def test_a_timeline_gives_a_plain_row_for_each_change() -> None:
    timeline = changes(PAID, end=DATE(2026, 2, 28))
    rows = timeline.to_rows()
    assert [row["day"] for row in rows] == [change.day for change in timeline]
    assert rows[1] == {
        "day": DATE(2026, 2, 2),
        "reasons": "past due 1; beyond grace; state; bucket",
        "state": "beyond grace",
        "bucket": "M1",
        "class": "normal",
        "contract_class": None,
        "days_past_due": 1,
        "past_due": Decimal("100.00"),
        "currency": "EUR",
    }


def test_a_timeline_shows_its_changes_and_draws_the_days_past_due() -> None:
    page = Page(changes(PAID, end=DATE(2026, 2, 28))._repr_html_())
    (table,), (image,) = page.tables, page.images
    assert table.caption == (
        "Changes from 2026-01-01 to 2026-02-28, in EUR; on the last day: on track, days past due: 0"
    )
    assert table.head == ["day", "reasons", "state", "bucket", "days past due", "past due"]
    assert table.rows[0][:3] == ["2026-02-01", "due 1; state", "due"]
    assert image.alt == "Days past due from 2025-12-31 to 2026-02-28: at most 9, on the last day 0."
    assert image.words() == ["9 days", "0", "2025-12-31", "2026-02-28", "days past due"]
    # none until 1 February, nine on the day before the payment, none from its day to the end
    day = [1320 + 4860 * days // 59 for days in (31, 32, 33, 41, 42)]
    one = 1760 - 1520 // 9
    assert image.paths()[0]["d"] == (
        f"M1320 1760L{day[0]} 1760L{day[1]} 1760L{day[1]} 1760L{day[2]} {one}L{day[3]} 240L{day[4]} 1760"
        "L6180 1760"
    )


def test_a_timeline_without_a_day_past_due_draws_nothing() -> None:
    page = Page(changes(pay("p1", 30_000, START), end=DATE(2026, 2, 28))._repr_html_())
    assert not page.images


def test_a_timeline_in_which_nothing_changes_draws_the_days_that_go_on() -> None:
    quiet = rp.timeline(plain(), [], DATE(2026, 2, 10), DATE(2026, 2, 12), overdue_rules())
    page = Page(quiet._repr_html_())
    (image,) = page.images
    assert page.tables[0].rows == []
    assert page.tables[0].caption.endswith("; on the last day: beyond grace, days past due: 11")
    assert image.alt == "Days past due from 2026-02-09 to 2026-02-12: at most 11, on the last day 11."
    assert image.words()[:4] == ["11 days", "0", "2026-02-09", "2026-02-12"]
    assert image.paths()[0]["d"] == f"M1320 {1760 - 1520 * 8 // 11}L6180 240"


def test_the_line_goes_on_after_the_last_change() -> None:
    end = DATE(2030, 1, 1)
    timeline = changes(pay("p1", 10_000, DATE(2026, 2, 1)), end=end)
    days = standing(end, pay("p1", 10_000, DATE(2026, 2, 1))).days_past_due
    assert (timeline[-1].day.year, days) == (2026, 1402)
    page = Page(timeline._repr_html_())
    assert page.images[0].alt == (
        f"Days past due from 2025-12-31 to 2030-01-01: at most {days}, on the last day {days}."
    )
    assert page.images[0].paths()[0]["d"].endswith("L6180 240")
    assert page.tables[0].caption.endswith(f", days past due: {days}")


def test_the_first_day_of_all_has_no_day_before_it() -> None:
    first = rp.Position(rp.StandingState.LATE, "M1", None, None, 3, rp.Money(1, "EUR"))
    only = rp.Timeline(DATE(1, 1, 1), DATE(1, 1, 1), first, (), first)
    assert Page(only._repr_html_()).images[0].words()[2:4] == ["0001-01-01", "0001-01-01"]
