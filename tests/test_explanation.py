from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pendulum
import pytest

import repayplan as rp
from tests.display import Page
from tests.plan import main_affordability

EUR, JPY = rp.Currency.of("EUR"), rp.Currency.of("JPY")


def line(
    *inputs: rp.ExplanationInput,
    factor: Fraction = Fraction(1),
    rounding: rp.Rounding = rp.Rounding.HALF_UP,
    currency: rp.Currency = EUR,
    label: str = "sum",
) -> rp.ExplanationLine:
    return rp.ExplanationLine("sum", label, inputs, factor, rounding, currency)


def given(label: str, value: str | int, *, subtracted: bool = False) -> rp.ExplanationInput:
    return rp.ExplanationInput(label, Fraction(value), subtracted)


@pytest.mark.parametrize(
    ("explained", "exact", "units", "text"),
    [
        (line(given("rent", 5), label="rent"), Fraction(5), 500, "rent: 5.00 EUR"),
        (
            line(given("food", 420), label="food", factor=Fraction(52, 12)),
            Fraction(1820),
            182_000,
            "food: 420.00 x 52/12 = 1820.00 EUR",
        ),
        (
            line(given("food", "0.01"), label="food", factor=Fraction(52, 12)),
            Fraction(13, 300),
            4,
            "food: 0.01 x 52/12 = 0.04 EUR (rounded half up from 13/300)",
        ),
        (
            line(given("income", 10), given("expenses", "2.5", subtracted=True)),
            Fraction("7.5"),
            750,
            "sum: income 10.00 - expenses 2.50 = 7.50 EUR",
        ),
        (line(given("a", 1), given("b", 2)), Fraction(3), 300, "sum: a 1.00 + b 2.00 = 3.00 EUR"),
        (line(), Fraction(0), 0, "sum: 0.00 EUR"),
        (
            line(given("a", "1/3"), rounding=rp.Rounding.FLOOR),
            Fraction(1, 3),
            33,
            "sum: a 1/3 = 0.33 EUR (rounded down from 1/3)",
        ),
        (
            line(given("a", "-4/3"), rounding=rp.Rounding.FLOOR),
            Fraction(-4, 3),
            -134,
            "sum: a -1 1/3 = -1.34 EUR (rounded down from -1 1/3)",
        ),
        (
            line(given("a", "-1/3")),
            Fraction(-1, 3),
            -33,
            "sum: a -1/3 = -0.33 EUR (rounded half up from -1/3)",
        ),
        (line(given("a", "-0.05")), Fraction("-0.05"), -5, "sum: a -0.05 = -0.05 EUR"),
        (line(given("a", 7), currency=JPY), Fraction(7), 7, "sum: a 7 = 7 JPY"),
        (line(given("a", -7), currency=JPY), Fraction(-7), -7, "sum: a -7 = -7 JPY"),
        (line(given("a", 9), factor=Fraction(2)), Fraction(18), 1_800, "sum: a 9.00 x 24/12 = 18.00 EUR"),
        (
            line(given("a", 10), factor=Fraction(1, 10)),
            Fraction(1),
            100,
            "sum: a 10.00 x 1/10 = 1.00 EUR",
        ),
    ],
)
def test_a_line_states_inputs_factor_result_and_rounding(
    explained: rp.ExplanationLine, exact: Fraction, units: int, text: str
) -> None:
    assert explained.exact == exact
    assert explained.result == rp.Money.from_minor_units(units, explained.currency)
    assert explained.to_text() == text


def test_an_input_that_is_taken_away_counts_with_the_opposite_sign() -> None:
    assert given("a", 3, subtracted=True).signed == -3
    assert given("a", 3).signed == 3


def test_a_line_beyond_the_bounds_of_money_is_refused() -> None:
    with pytest.raises(rp.MoneyError):
        line(given("a", 10**18)).result  # noqa: B018  # the property raises


def test_lines_are_read_in_order_and_by_key() -> None:
    first, second = line(given("a", 1)), rp.ExplanationLine("b", "b", (), Fraction(1), rp.Rounding.FLOOR, EUR)
    explanation = rp.Explanation((first, second))
    assert list(explanation) == [first, second]
    assert explanation["b"] is second


@pytest.mark.parametrize("key", ["c", "", 0, None])
def test_an_unknown_key_raises_a_key_error(key: object) -> None:
    with pytest.raises(rp.UnknownKeyError) as caught:
        rp.Explanation(())[key]  # type: ignore[index]  # the point
    assert isinstance(caught.value, KeyError)
    assert caught.value.field == "key"


def test_the_text_of_an_explanation_has_one_line_for_each_step() -> None:
    explanation = main_affordability().explain()
    assert explanation.to_text().split("\n") == [step.to_text() for step in explanation]


def test_the_main_jobs_explanation_is_what_a_person_would_write() -> None:
    assert main_affordability().explain().to_text().split("\n") == [
        "salary: 8500.00 CNY",
        "income: salary 8500.00 = 8500.00 CNY",
        "rent: 3200.00 CNY",
        "food: 420.00 x 52/12 = 1820.00 CNY",
        "power, water, gas: 380.00 CNY",
        "bus and metro: 260.00 CNY",
        (
            "expenses: rent 3200.00 + food 1820.00 + power, water, gas 380.00 + bus and metro 260.00"
            " = 5660.00 CNY"
        ),
        "surplus: income 8500.00 - expenses 5660.00 = 2840.00 CNY",
        "contingency: surplus 2840.00 x 1/10 = 284.00 CNY",
        "capacity: surplus 2840.00 - contingency 284.00 - protected minimum 0.00 = 2556.00 CNY",
    ]


# --- days


@pytest.mark.parametrize(
    ("left_out", "why", "result", "text"),
    [
        (0, "", 8, "days past due: 2028-02-27 to 2028-03-06 = 8"),  # over the 29th of February
        (0, "held", 8, "days past due: 2028-02-27 to 2028-03-06 = 8"),
        (3, "held", 5, "days past due: 2028-02-27 to 2028-03-06 = 8 - 3 (held) = 5"),
        (8, "held", 0, "days past due: 2028-02-27 to 2028-03-06 = 8 - 8 (held) = 0"),
    ],
)
def test_a_line_of_days_counts_those_after_the_first_day_and_says_which_do_not_count(
    left_out: int, why: str, result: int, text: str
) -> None:
    since, until = pendulum.date(2028, 2, 27), pendulum.date(2028, 3, 6)
    made = rp.DaysLine("days_past_due", "days past due", since, until, left_out, why)
    assert (made.result, made.to_text()) == (result, text)


def test_days_are_written_below_the_amounts() -> None:
    made = rp.DaysLine("days", "days", pendulum.date(2026, 2, 1), pendulum.date(2026, 2, 3))
    explanation = rp.Explanation((line(given("a", 1)),), (made,))
    assert explanation.to_text() == "sum: a 1.00 = 1.00 EUR\ndays: 2026-02-01 to 2026-02-03 = 2"
    assert explanation.days == (made,)
    assert list(explanation) == [line(given("a", 1))]  # of money alone
    assert rp.Explanation(()).days == ()


# --- rows and notebooks

TWO = rp.Explanation(
    (line(given("<rent>", 5), label="<rent>"), line(given("a", 1), given("b", 2))),
    (rp.DaysLine("late", "days late", pendulum.date(2026, 1, 1), pendulum.date(2026, 1, 31), 10, "a hold"),),
)


def test_an_explanation_gives_a_plain_row_for_each_line() -> None:
    _, amount, days = TWO.to_rows()
    assert amount == {
        "key": "sum",
        "label": "sum",
        "amount": Decimal("3.00"),
        "calculation": "a 1.00 + b 2.00 = 3.00 EUR",
        "currency": "EUR",
        "days": None,
    }
    assert days == {
        "key": "late",
        "label": "days late",
        "amount": None,
        "calculation": "2026-01-01 to 2026-01-31 = 30 - 10 (a hold) = 20",
        "currency": None,
        "days": 20,
    }


def test_an_explanation_shows_amounts_and_days_with_how_they_are_worked_out() -> None:
    amounts, days = Page(TWO._repr_html_()).tables
    assert (amounts.caption, days.caption) == ("Amounts, line by line", "Days, line by line")
    assert amounts.head == days.head == ["line", "how", "result"]
    assert amounts.rows == [
        ["<rent>", "", "5.00 EUR"],
        ["sum", "a 1.00 + b 2.00 = 3.00 EUR", "3.00 EUR"],
    ]
    assert days.rows == [["days late", "2026-01-01 to 2026-01-31 = 30 - 10 (a hold) = 20", "20"]]


def test_an_explanation_without_days_shows_amounts_alone() -> None:
    (amounts,) = Page(main_affordability().explain()._repr_html_()).tables
    assert amounts.rows[-1][0] == "capacity"
