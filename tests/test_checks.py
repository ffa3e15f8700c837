from __future__ import annotations

import datetime as dt
import enum
import unicodedata
from decimal import Decimal
from fractions import Fraction

import pendulum
import pytest

from repayplan.checks import (
    TEXT_MAX,
    check_count,
    check_date,
    check_instance,
    check_text,
    check_tuple,
)
from repayplan.errors import BudgetError, InputTypeError, TermsError
from repayplan.money import Money


class Level(enum.IntEnum):
    ONE = 1


# ------------------------------------------------------------------------------------------ check_instance


def test_an_instance_is_returned_as_it_is() -> None:
    money = Money("1.00", "EUR")
    assert check_instance(money, Money, "amount") is money


@pytest.mark.parametrize("value", [None, 1, "1.00", Decimal(1), Money], ids=repr)
def test_a_wrong_type_names_the_field_and_the_type_that_was_expected(value: object) -> None:
    with pytest.raises(InputTypeError, match=r"^amount: expected Money, got ") as caught:
        check_instance(value, Money, "amount")
    assert (caught.value.code, caught.value.field) == ("type.wrong", "amount")
    assert caught.value.data == {"expected": "Money"}


# ------------------------------------------------------------------------------------------ check_count


@pytest.mark.parametrize("value", [1, 2, 99, 100])
def test_a_count_within_its_bounds_is_returned(value: int) -> None:
    assert check_count(value, "count", minimum=1, maximum=100, error=TermsError) == value


@pytest.mark.parametrize("value", [0, -1, 101, 10**9, 10**5000], ids=["0", "-1", "101", "1e9", "1e5000"])
def test_a_count_beyond_its_bounds_is_refused_with_both(value: int) -> None:
    with pytest.raises(TermsError, match="from 1 to 100") as caught:
        check_count(value, "count", minimum=1, maximum=100, error=TermsError)
    assert (caught.value.code, caught.value.field) == ("count.range", "count")
    assert caught.value.data == {"minimum": 1, "maximum": 100}
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("value", [True, 1.0, "1", None, Decimal(1), Fraction(1), Level.ONE, b"1"], ids=repr)
def test_a_count_of_another_type_is_refused(value: object) -> None:
    with pytest.raises(InputTypeError) as caught:
        check_count(value, "count", minimum=1, maximum=100, error=TermsError)
    assert (caught.value.code, caught.value.field) == ("count.type", "count")


# ------------------------------------------------------------------------------------------ check_date


class OwnDate(dt.date):
    """A date with a method of its own that lies."""

    toordinal = Level.ONE.bit_length  # pyright: ignore[reportAssignmentType]  # the lie


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(dt.date(2024, 2, 29), id="datetime.date"),
        pytest.param(pendulum.date(2024, 2, 29), id="pendulum.Date"),
        pytest.param(OwnDate(2024, 2, 29), id="a subclass"),
    ],
)
def test_any_calendar_date_becomes_a_pendulum_date(value: dt.date) -> None:
    checked = check_date(value, "first_due")
    assert type(checked) is pendulum.Date
    assert (checked.year, checked.month, checked.day) == (2024, 2, 29)


@pytest.mark.parametrize("value", [dt.date.min, dt.date.max], ids=str)
def test_the_first_and_the_last_day_of_all_are_dates(value: dt.date) -> None:
    assert check_date(value, "first_due") == value


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(dt.datetime(2026, 1, 31, tzinfo=dt.UTC), id="datetime"),
        pytest.param(dt.datetime(2026, 1, 31), id="naive datetime"),  # noqa: DTZ001  # the point of the case
        pytest.param(pendulum.datetime(2026, 1, 31), id="pendulum.DateTime"),
    ],
)
def test_a_datetime_is_refused_with_its_cure(value: object) -> None:
    with pytest.raises(InputTypeError, match=r"^first_due: .*take its \.date\(\)") as caught:
        check_date(value, "first_due")
    assert caught.value.code == "date.type"


@pytest.mark.parametrize("value", ["2026-01-31", 20260131, 0.5, None, True, (2026, 1, 31)], ids=repr)
def test_what_is_no_date_is_refused_with_an_example(value: object) -> None:
    with pytest.raises(InputTypeError, match=r"pendulum\.date\(2026, 12, 31\)"):
        check_date(value, "first_due")


# ------------------------------------------------------------------------------------------ check_text


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("rent", id="a word"),
        pytest.param("\u623f\u79df", id="Chinese"),
        pytest.param("\u0625\u064a\u062c\u0627\u0631", id="Arabic, without controls"),
        pytest.param("a\u00a0b c", id="inner spaces"),
        pytest.param("\U0001f3e0", id="a picture"),
        pytest.param("x" * TEXT_MAX, id="the longest"),
    ],
)
def test_a_line_of_text_is_returned_as_it_is(value: str) -> None:
    assert check_text(value, "name", error=BudgetError) is value


@pytest.mark.parametrize("length", [TEXT_MAX + 1, 10**6])
def test_text_beyond_the_bound_is_refused_and_not_repeated(length: int) -> None:
    with pytest.raises(BudgetError, match=f"at most 200 characters, got {length}; shorten") as caught:
        check_text("x" * length, "name", error=BudgetError)
    assert caught.value.code == "text.length"
    assert caught.value.data == {"maximum": TEXT_MAX, "length": length}


def test_a_text_may_have_a_bound_of_its_own() -> None:
    assert check_text("abc", "name", error=BudgetError, maximum=3) == "abc"
    with pytest.raises(BudgetError):
        check_text("abcd", "name", error=BudgetError, maximum=3)


BIDI_CONTROLS = [
    chr(code) for code in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
]
LINE_ENDS = ["\n", "\r", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"]
CONTROLS = ["\x00", "\x07", "\x1b", "\x7f", "\x9b", "\t"]
SURROGATES = ["\ud800", "\udfff"]


@pytest.mark.parametrize(
    "character",
    BIDI_CONTROLS + LINE_ENDS + CONTROLS + SURROGATES,
    ids=lambda character: f"U+{ord(character):04X}",
)
def test_characters_that_forge_a_line_or_reverse_it_are_refused_by_place(character: str) -> None:
    with pytest.raises(BudgetError, match=f"U\\+{ord(character):04X} at position 4; remove it") as caught:
        check_text(f"rent{character}3200", "name", error=BudgetError)
    assert caught.value.code == "text.control"
    assert caught.value.data == {"position": 4, "codepoint": ord(character)}
    assert "rent" not in str(caught.value)


def test_no_control_character_of_unicode_is_let_through() -> None:
    for code in range(0x110000):
        if unicodedata.category(chr(code)) in {"Cc", "Zl", "Zp"}:
            with pytest.raises(BudgetError):
                check_text(f"a{chr(code)}", "name", error=BudgetError)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param("", id="nothing"),
        pytest.param("   ", id="spaces"),
        pytest.param("\u00a0\u3000", id="wide spaces"),
        pytest.param("\u200b\ufeff\u00ad", id="zero-width characters"),
        pytest.param("\ufe0f\u034f\u180b\U000e0100", id="selectors and marks without a letter"),
    ],
)
def test_text_without_a_visible_character_is_refused(value: str) -> None:
    with pytest.raises(BudgetError, match="a visible character") as caught:
        check_text(value, "name", error=BudgetError)
    assert caught.value.code == "text.empty"


@pytest.mark.parametrize("value", [None, 5, b"rent", type("Text", (str,), {})("rent")], ids=repr)
def test_what_is_no_plain_text_is_refused(value: object) -> None:
    with pytest.raises(InputTypeError) as caught:
        check_text(value, "name", error=BudgetError)
    assert (caught.value.code, caught.value.field) == ("text.type", "name")


# ------------------------------------------------------------------------------------------ check_tuple


@pytest.mark.parametrize("value", [(), [], (1, 2), [1, 2, 3]], ids=repr)
def test_a_list_or_tuple_becomes_a_tuple(value: list[int]) -> None:
    checked = check_tuple(value, int, "items", maximum=3, error=TermsError)
    assert checked == tuple(value)
    assert type(checked) is tuple


@pytest.mark.parametrize(
    "value", [None, "ab", {1, 2}, {1: 2}, range(2), iter([1])], ids=lambda v: type(v).__name__
)
def test_any_other_collection_is_refused(value: object) -> None:
    with pytest.raises(InputTypeError, match="expected a tuple of int") as caught:
        check_tuple(value, int, "items", maximum=3, error=TermsError)  # type: ignore[arg-type]  # on purpose
    assert caught.value.code == "tuple.type"


def test_one_item_too_many_is_refused_with_the_bound() -> None:
    with pytest.raises(TermsError, match="at most 3 items, got 4") as caught:
        check_tuple([1, 2, 3, 4], int, "items", maximum=3, error=TermsError)
    assert (caught.value.code, caught.value.data) == ("tuple.length", {"maximum": 3, "length": 4})


def test_an_item_of_the_wrong_type_is_named_by_its_place() -> None:
    with pytest.raises(InputTypeError) as caught:
        check_tuple([1, "2"], int, "items", maximum=3, error=TermsError)
    assert caught.value.field == "items[1]"
