from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.affordability.showing import frequency_text
from tests.display import Page
from tests.plan import able_to_pay, able_to_pay_over_time, main_affordability

D = pendulum.date
SCRIPT = "<script>alert(1)</script>"


def eur(amount: str) -> rp.Money:
    return rp.Money(amount, "EUR")


def budget() -> rp.Budget:
    """A line of every kind, one of them with a name that is markup."""
    history = rp.IncomeHistory([(D(2026, 1, 5), eur("100")), (D(2026, 2, 5), eur("300"))])
    return rp.Budget(
        currency=rp.Currency.of("EUR"),
        household=rp.Household(adults=2, children=1),
        incomes=(
            rp.Income("wage", eur("900"), starts_on=D(2026, 1, 1), evidence=rp.LineEvidence.DOCUMENTED),
            rp.IrregularIncome("driving", history, rp.MeanOfMonths(2)),
        ),
        expenses=(rp.Expense(SCRIPT, eur("7"), rp.Frequency.WEEKLY, rp.Category.FOOD, share=Fraction(1, 2)),),
        commitments=(rp.Commitment("parking", eur("20"), kind=rp.CommitmentKind.FINE),),
    )


def test_a_budget_gives_a_plain_row_for_each_line() -> None:
    wage, driving, food, fine = budget().to_rows()
    assert wage == {
        "kind": "income",
        "name": "wage",
        "amount": Decimal("900.00"),
        "frequency": "every month",
        "share": "1",
        "category": None,
        "starts_on": D(2026, 1, 1),
        "ends_on": None,
        "evidence": "documented",
        "currency": "EUR",
    }
    assert (driving["kind"], driving["amount"], driving["frequency"]) == ("income", None, "irregular")
    assert (food["kind"], food["category"], food["share"]) == ("expense", "food", "1/2")
    assert (fine["kind"], fine["category"]) == ("commitment", "fine")


def test_a_budget_is_shown_line_by_line() -> None:
    (table,) = Page(budget()._repr_html_()).tables
    assert table.caption == "Budget in EUR (adults: 2, children: 1)"
    assert table.head == ["name", "kind", "category", "frequency", "amount", "share", "evidence"]
    dash = "\u2013"
    assert table.rows == [
        ["wage", "income", dash, "every month", "900.00", "1", "documented"],
        ["driving", "income", dash, "irregular", dash, "1", "declared"],
        [SCRIPT, "expense", "food", "every week", "7.00", "1/2", "declared"],
        ["parking", "commitment", "fine", "every month", "20.00", "1", "declared"],
    ]


class Whenever(rp.Frequency):
    """A frequency of someone else's."""

    @property
    def periods_per_year(self) -> Fraction:
        raise AssertionError

    def grid(self, *_: object) -> None:  # type: ignore[override]  # never asked
        raise AssertionError

    def __str__(self) -> str:
        return "whenever"


@pytest.mark.parametrize(
    ("frequency", "text"),
    [
        (rp.Frequency.WEEKLY, "every week"),
        (rp.Frequency.FOUR_WEEKLY, "every 4 weeks"),
        (rp.Frequency.every_days(1), "every day"),
        (rp.Frequency.every_days(10), "every 10 days"),
        (rp.Frequency.MONTHLY, "every month"),
        (rp.Frequency.QUARTERLY, "every 3 months"),
        (rp.Frequency.semi_monthly(15, 31), "twice a month"),
        (rp.Frequency.once(D(2026, 5, 1)), "once, on 2026-05-01"),
        (rp.Frequency.on_dates([D(2026, 5, 1), D(2026, 7, 1)]), "on 2 dates"),
        (Whenever(), "whenever"),
    ],
)
def test_a_frequency_is_written_as_one_says_it(frequency: rp.Frequency, text: str) -> None:
    assert frequency_text(frequency) == text


def test_affordability_gives_a_plain_row_for_each_line_of_the_calculation() -> None:
    rows = main_affordability().to_rows()
    assert [row["key"] for row in rows[-3:]] == ["surplus", "contingency", "capacity"]
    assert rows[-1] == {
        "key": "capacity",
        "label": "capacity",
        "amount": Decimal("2556.00"),
        "calculation": "surplus 2840.00 - contingency 284.00 - protected minimum 0.00 = 2556.00 CNY",
        "currency": "CNY",
    }
    assert len(rows) == len(main_affordability().explain().lines)


def test_affordability_shows_the_calculation_alone_where_all_is_well() -> None:
    page = Page(main_affordability()._repr_html_())
    (table,) = page.tables
    assert table.caption == "What the client can pay, as of 2026-12-01, in CNY"
    assert table.rows[0] == ["salary", "", "8500.00"]
    assert table.rows[3] == ["food", "420.00 x 52/12 = 1820.00 CNY", "1820.00"]
    assert table.rows[-1][2] == "2556.00"
    assert not page.images


def test_affordability_shows_what_to_look_at_and_how_capacity_changes() -> None:
    found = able_to_pay_over_time((D(2026, 1, 1), 30_000), (D(2026, 5, 1), 10_000))
    page = Page(found._repr_html_())
    _, failed, steps = page.tables
    assert failed.caption == "What to look at"
    assert [row[0] for row in failed.rows] == ["expenses stated", "essentials stated"]
    assert failed.rows[1][1].startswith("Ask what the household spends on housing")
    assert steps.rows == [["\u2013", "300.00"], ["2026-05-01", "100.00"]]
    assert len(page.images) == 1


def test_a_capacity_that_never_changes_is_one_row() -> None:
    page = Page(rp.Capacity(eur("250"))._repr_html_())
    (table,) = page.tables
    assert table.caption == "Capacity in EUR, the same in every month"
    assert table.rows == [["\u2013", "250.00"]]
    assert not page.images


def test_a_capacity_that_changes_is_drawn_with_a_month_around_its_changes() -> None:
    capacity = rp.Capacity([(D(2026, 1, 1), eur("3")), (D(2027, 1, 1), eur("1")), (D(2027, 3, 1), eur("2"))])
    page = Page(capacity._repr_html_())
    assert page.tables[0].caption == "Capacity in EUR, the least 1.00 EUR"
    (image,) = page.images
    assert image.alt == (
        "Capacity changes 2 times from 2027-01-01 to 2027-03-01, between 1.00 EUR and 3.00 EUR a month."
    )
    assert image.words() == ["3.00 EUR", "0", "before 2027-01-01", "from 2027-03-01", "capacity"]
    # 31, 59 and 31 days side by side, at three, one and two thirds of the height
    xs = [1320 + 4860 * days // 121 for days in (0, 31, 90, 121)]
    assert image.paths()[0]["d"] == f"M{xs[0]} 240H{xs[1]}V1254H{xs[2]}V747H{xs[3]}V747"


def test_a_capacity_that_begins_just_before_its_change_is_drawn_from_its_beginning() -> None:
    capacity = rp.Capacity([(D(2026, 2, 1), eur("3")), (D(2026, 3, 1), eur("1"))])
    (image,) = Page(capacity._repr_html_()).images
    assert image.paths()[0]["d"].startswith(f"M1320 240H{1320 + 4860 * 28 // 59}V1254")


def test_what_is_shown_is_the_same_each_time() -> None:
    for shown in (budget(), main_affordability(), able_to_pay(5), rp.Capacity(eur("1"))):
        assert shown._repr_html_() == shown._repr_html_()
        assert attrs.evolve(shown)._repr_html_() == shown._repr_html_()
