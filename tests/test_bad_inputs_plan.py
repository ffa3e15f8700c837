"""Hostile input for budgets, debts, plans and policies: a clear error that names the field, at once."""

from __future__ import annotations

import datetime as dt
import pickle
import time
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.policies import cn
from tests.plan import (
    AS_OF,
    EUR,
    FIRST_DUE,
    HOUSE,
    able_to_pay,
    affordability_rules,
    debt_of,
    main_offers,
    main_plan,
    money,
    offers_of,
    plan_rules,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from repayplan.values import Value

ONE = rp.Household(adults=1)
SALARY = rp.Income("salary", money(100))
RENT = rp.Expense("rent", money(100))
FREE = rp.Rate.annual(0)
OFFER = offers_of(main_offers())[0]
NOW = dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC)

BUDGET: dict[str, Any] = {
    "currency": EUR,
    "household": ONE,
    "incomes": (SALARY,),
    "expenses": (RENT,),
    "commitments": (),
}
DEBT: dict[str, Any] = {
    "principal": money(100),
    "interest": money(1),
    "fees": money(1),
    "penalties": money(1),
    "rate": FREE,
    "as_of": AS_OF,
    "id": "4417",
    "priority": False,
}
ASSESS: dict[str, Any] = {"budget": rp.Budget(**BUDGET), "rules": affordability_rules(), "as_of": AS_OF}
PROPOSE: dict[str, Any] = {
    "debt": rp.Debt(**DEBT),
    "affordability": able_to_pay(100),
    "rules": plan_rules(),
    "first_due": FIRST_DUE,
    "frequency": rp.Frequency.MONTHLY,
    "anchor_day": 1,
    "calendar": None,
    "convention": rp.BusinessDayConvention.FOLLOWING,
    "day_count": rp.DayCount.NOMINAL,
    "rounding": rp.Rounding.HALF_EVEN,
    "carried": rp.CarriedTreatments(),
}
AGREE: dict[str, Any] = {
    "offer": OFFER,
    "on": pendulum.date(2026, 12, 3),
    "form": rp.AgreementForm.ORAL,
    "accepted_in": "contact-17",
    "contact_by": rp.Channel.SMS,
}
MAKERS: dict[str, tuple[Callable[..., object], dict[str, Any]]] = {
    "Household": (rp.Household, {"adults": 1, "children": 0}),
    "Income": (rp.Income, {"name": "pay", "amount": money(1), "frequency": rp.Frequency.MONTHLY}),
    "Expense": (
        rp.Expense,
        {
            "name": "rent",
            "amount": money(1),
            "frequency": rp.Frequency.MONTHLY,
            "category": rp.Category.HOUSING,
        },
    ),
    "Budget": (rp.Budget, BUDGET),
    "Debt": (rp.Debt, DEBT),
    "assess": (rp.assess, ASSESS),
    "propose": (rp.propose, PROPOSE),
    "agree": (rp.agree, AGREE),
}


class Stranger:
    """Nothing that the library knows; its own text must never be asked for."""

    def __repr__(self) -> str:
        raise AssertionError

    __str__ = __repr__


WRONG_FOR_ALL = [Stranger(), 1.5, float("nan"), Decimal("NaN"), b"x", object, [], {}, NOW, "x\x00", 10**5_000]
OPTIONAL = {("propose", "calendar"), ("propose", "anchor_day")}


def refused(call: Callable[[], object], *, field: str, error: type[rp.RepayPlanError]) -> rp.RepayPlanError:
    """The call is refused, in time, with a short error of the tree that names the field and pickles."""
    started = time.thread_time()  # the work, whatever else the machine does
    with pytest.raises(error) as caught:
        call()
    assert time.thread_time() - started < 0.1
    found = caught.value
    assert found.field == field
    assert found.code
    assert 0 < len(str(found)) < 400
    assert str(found).isprintable()
    again = pickle.loads(pickle.dumps(found))  # noqa: S301  # our own bytes
    assert (type(again), again.code, again.field, str(again)) == (
        type(found),
        found.code,
        found.field,
        str(found),
    )
    return found


def parameters() -> Iterator[Any]:
    for name, (_, stated) in MAKERS.items():
        for field in stated:
            yield pytest.param(name, field, id=f"{name}-{field}")


def test_every_parameter_is_in_the_tables_above() -> None:
    assert set(BUDGET) == {field.name for field in attrs.fields(rp.Budget)}
    assert set(DEBT) == {field.name for field in attrs.fields(rp.Debt)}
    for name, (maker, stated) in MAKERS.items():
        maker(**stated)
        assert stated, name


# --- wrong types, each parameter in turn


@pytest.mark.parametrize(("name", "field"), list(parameters()))
@pytest.mark.parametrize("place", range(len(WRONG_FOR_ALL)))
def test_a_value_of_the_wrong_type_is_refused_by_name(name: str, field: str, place: int) -> None:
    maker, stated = MAKERS[name]
    wrong = WRONG_FOR_ALL[place]
    if (wrong == [] and field in {"incomes", "expenses", "commitments"}) or (
        wrong is object and field == "calendar"
    ):
        return  # an empty list is a list of lines, and a class is callable, so that it may be a calendar
    refused(lambda: maker(**{**stated, field: wrong}), field=field, error=rp.RepayPlanError)


@pytest.mark.parametrize(("name", "field"), list(parameters()))
def test_none_is_refused_by_name(name: str, field: str) -> None:
    maker, stated = MAKERS[name]
    if (name, field) not in OPTIONAL:
        refused(lambda: maker(**{**stated, field: None}), field=field, error=rp.InputTypeError)


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("Household", "adults"),
        ("Household", "children"),
        ("propose", "anchor_day"),
        ("Debt", "principal"),
        ("Income", "amount"),
    ],
)
def test_a_bool_is_no_number(name: str, field: str) -> None:
    maker, stated = MAKERS[name]
    refused(lambda: maker(**{**stated, field: True}), field=field, error=rp.InputTypeError)


@pytest.mark.parametrize(
    ("name", "field"), [("Debt", "as_of"), ("assess", "as_of"), ("propose", "first_due"), ("agree", "on")]
)
@pytest.mark.parametrize("moment", [NOW, pendulum.datetime(2026, 12, 1), NOW.replace(tzinfo=None)])
def test_a_datetime_is_no_date(name: str, field: str, moment: dt.datetime) -> None:
    maker, stated = MAKERS[name]
    found = refused(lambda: maker(**{**stated, field: moment}), field=field, error=rp.InputTypeError)
    assert ".date()" in str(found)  # the cure


# --- names

NAMES = [
    "",
    " ",
    "\u200b",
    "x" * 201,
    "x" * 1_000_000,
    "rent\n",
    "rent\r\nsurplus: 1000000.00 EUR",
    "\x00",
    "\x1b[2J",
    "\x7f",
    "\x85",
    "\u2028",
    "\u2029",
    "\ud800",
    "\u202egnp.exe",
    "\u2066rent\u2069",
    "\u200frent",
    "\u061crent",
]


@pytest.mark.parametrize("kind", ["Income", "Expense"])
@pytest.mark.parametrize("place", range(len(NAMES)))
def test_a_name_that_could_forge_a_line_is_refused_and_not_repeated(kind: str, place: int) -> None:
    maker, stated = MAKERS[kind]
    name = NAMES[place]
    found = refused(lambda: maker(**{**stated, "name": name}), field="name", error=rp.BudgetError)
    assert str(found).isascii()


@pytest.mark.parametrize("place", range(len(NAMES)))
def test_a_contacts_id_is_held_to_the_same(place: int) -> None:
    refused(
        lambda: rp.agree(**{**AGREE, "accepted_in": NAMES[place]}),
        field="accepted_in",
        error=rp.CommunicationError,
    )


@pytest.mark.parametrize("name", ["x", "x" * 200, "租金", "العمل", "Ñandú", "𠮷野家", "e\u0301", "👩‍👧"])
def test_a_name_in_any_script_is_kept_as_it_is(name: str) -> None:
    assert rp.Expense(name, money(1)).name == name


# --- what is wrong in itself


@pytest.mark.parametrize(
    ("call", "field", "error"),
    [
        (lambda: rp.Budget(currency=EUR, household=ONE), "incomes", rp.BudgetError),
        (
            lambda: rp.Budget(
                currency=EUR, household=ONE, incomes=(rp.Income("a", rp.Money(1, "USD")),), expenses=(RENT,)
            ),
            "incomes[0].amount",
            rp.MoneyError,
        ),
        (
            lambda: rp.Budget(
                currency=EUR, household=ONE, expenses=(RENT, rp.Expense("a", rp.Money(1, "USD")))
            ),
            "expenses[1].amount",
            rp.MoneyError,
        ),
        (
            lambda: rp.Budget(**{**BUDGET, "currency": rp.Currency("EUR", 3)}),
            "incomes[0].amount",
            rp.MoneyError,
        ),
        (lambda: rp.Budget(**{**BUDGET, "incomes": (RENT,)}), "incomes[0]", rp.InputTypeError),
        (lambda: rp.Budget(**{**BUDGET, "incomes": [SALARY] * 501}), "incomes", rp.BudgetError),
        (lambda: rp.Budget(**{**BUDGET, "incomes": (SALARY,) * 10**6}), "incomes", rp.BudgetError),
        (lambda: rp.Income("pay", money(-1)), "amount", rp.BudgetError),
        (lambda: rp.Expense("pay", money(-(10**18))), "amount", rp.BudgetError),
        (lambda: rp.Household(0), "adults", rp.BudgetError),
        (lambda: rp.Household(10**9), "adults", rp.BudgetError),
        (lambda: rp.Household(1, -1), "children", rp.BudgetError),
        (lambda: debt_of(0), "principal", rp.TermsError),
        (lambda: debt_of(100, fees=-1), "fees", rp.TermsError),
        (lambda: rp.Debt(**{**DEBT, "penalties": rp.Money(1, "USD")}), "penalties", rp.MoneyError),
        (
            lambda: rp.propose(**{**PROPOSE, "first_due": AS_OF.subtract(days=1)}),
            "first_due",
            rp.DateError,
        ),
        (lambda: rp.propose(**{**PROPOSE, "first_due": dt.date(2031, 2, 1)}), "first_due", rp.DateError),
        (
            lambda: rp.propose(**{**PROPOSE, "first_due": dt.date.max, "anchor_day": None}),
            "first_due",
            rp.DateError,
        ),
        (lambda: rp.propose(**{**PROPOSE, "anchor_day": 32}), "anchor_day", rp.DateError),
        (lambda: rp.propose(**{**PROPOSE, "anchor_day": 2}), "anchor_day", rp.DateError),
        (
            lambda: rp.propose(**{**PROPOSE, "affordability": able_to_pay(1, rp.Currency.of("USD"))}),
            "affordability",
            rp.MoneyError,
        ),
        (
            lambda: rp.propose(
                **{**PROPOSE, "rules": plan_rules(waivable=()), "carried": _waiving()},
            ),
            "interest",
            rp.PolicyError,
        ),
        (lambda: rp.agree(**{**AGREE, "on": dt.date(2026, 11, 30)}), "on", rp.DateError),
        (lambda: rp.agree(**{**AGREE, "on": dt.date(2027, 1, 1)}), "on", rp.DateError),
        (lambda: cn.CREDIT_CARD.in_force(dt.date(2011, 1, 12)), "on", rp.PolicyError),
        (lambda: plan_rules(0), "max_months", rp.PolicyError),
        (lambda: plan_rules(10**9), "max_months", rp.PolicyError),
        (lambda: affordability_rules(share=Fraction(11, 10)), "contingency", rp.PolicyError),
        (lambda: affordability_rules(share=Fraction(-1, 10**40)), "contingency", rp.PolicyError),
        (lambda: affordability_rules(protected=-1), "protected_minimum", rp.PolicyError),
        (lambda: rp.Capacity(money(-1)), "steps[0][1]", rp.BudgetError),
    ],
)
def test_what_cannot_be_used_is_refused_by_name(
    call: Callable[[], object], field: str, error: type[rp.RepayPlanError]
) -> None:
    refused(call, field=field, error=error)


def _waiving() -> rp.CarriedTreatments:
    return rp.CarriedTreatments(interest=rp.CarriedTreatment.WAIVE)


def test_a_debt_too_large_to_total_is_refused_by_name() -> None:
    # The installments of a debt at the bound of money would add up to more than money can hold.
    refused(
        lambda: rp.propose(
            debt_of(10**18, "0.10"), able_to_pay(10**18), rules=plan_rules(), first_due=FIRST_DUE
        ),
        field="principal",
        error=rp.MoneyError,
    )


# --- what is personal


def test_reprs_hide_names_and_amounts() -> None:
    shown = "".join(
        map(
            repr,
            [
                rp.Household(2, 3),
                rp.Income("Sabine's wage", money(123_456)),
                rp.Budget(**{**BUDGET, "incomes": (rp.Income("Sabine's wage", money(123_456)),)}),
                rp.assess(
                    rp.Budget(**{**BUDGET, "incomes": (rp.Income("Sabine's wage", money(123_456)),)}),
                    rules=affordability_rules(),
                    as_of=AS_OF,
                ),
                rp.propose(debt_of(777_777), able_to_pay(123_456), rules=plan_rules(), first_due=FIRST_DUE),
                rp.propose(debt_of(777_777), able_to_pay(123), rules=plan_rules(), first_due=FIRST_DUE),
                debt_of(777_777),
                main_plan(),
                OFFER,
            ],
        )
    )
    for secret in ("Sabine", "1234", "7777", "36000", "contact-17", "944", "2556"):
        assert secret not in shown


# --- validators switched off, and forged pickles


@pytest.fixture
def _validators_off() -> Iterator[None]:
    attrs.validators.set_disabled(True)
    yield
    attrs.validators.set_disabled(False)


@pytest.mark.usefixtures("_validators_off")
@pytest.mark.parametrize(("name", "field"), list(parameters()))
def test_types_are_checked_although_attrs_is_told_to_skip_validators(name: str, field: str) -> None:
    maker, stated = MAKERS[name]
    refused(lambda: maker(**{**stated, field: Stranger()}), field=field, error=rp.InputTypeError)


@pytest.mark.usefixtures("_validators_off")
@pytest.mark.parametrize(
    "call",
    [
        lambda: rp.Money("oops", "<script>"),
        lambda: rp.Money.from_minor_units(10**18 + 1, EUR),
        lambda: rp.Currency("EUR", 99),
        lambda: rp.Rate.annual("5"),
        lambda: rp.Income("\x00", money(1)),
        lambda: rp.Expense("x", money(-1)),
        lambda: rp.Budget(currency=EUR, household=ONE),
        lambda: rp.Household(0),
        lambda: debt_of(0),
        lambda: rp.Capacity(money(-1)),
        lambda: affordability_rules(share=Fraction(2)),
        lambda: plan_rules(0),
        lambda: rp.Citation(title="", force=rp.Force.HOUSE),
        lambda: rp.Citation(title="Act", force=rp.Force.LAW),
        lambda: rp.Limit(60, "Act"),  # type: ignore[arg-type]
        lambda: rp.Band(5, 4, "x"),
        lambda: rp.DelinquencyScale((), HOUSE),
        lambda: rp.CarriedBalance(money(-1), rp.CarriedTreatment.FIRST),
        lambda: rp.Offers(()),
        lambda: attrs.evolve(OFFER, rules=plan_rules(1)),
        lambda: attrs.evolve(main_plan(), agreed_on=dt.date(2000, 1, 1)),
        lambda: attrs.evolve(OFFER.schedule, principals=(1,) * 60),
        lambda: attrs.evolve(OFFER.schedule, interests=(-1,) * 60),
        lambda: attrs.evolve(OFFER.terms, principal=money(0, OFFER.debt.currency)),
        lambda: rp.WeekendCalendar({1, 2, 3, 4, 5, 6, 7}),
    ],
)
def test_invariants_hold_although_attrs_is_told_to_skip_validators(call: Callable[[], object]) -> None:
    with pytest.raises(rp.RepayPlanError):
        call()


def forged(value: Value, **fields: object) -> bytes:
    """A pickle of the value with other fields, as a hostile hand would write it."""
    rebuild, (kind, arguments) = value.__reduce__()
    assert set(fields) <= set(arguments)

    class Forged:
        def __reduce__(self) -> tuple[Any, ...]:
            return rebuild, (kind, {**arguments, **fields})

    return pickle.dumps(Forged())


@pytest.mark.parametrize(
    ("value", "fields"),
    [
        (EUR, {"digits": 99}),
        (SALARY, {"amount": money(-1)}),
        (RENT, {"name": "\u202e"}),
        (ONE, {"adults": 0}),
        (rp.Budget(**BUDGET), {"incomes": (), "expenses": ()}),
        (rp.Budget(**BUDGET), {"currency": rp.Currency.of("USD")}),
        (debt_of(100), {"principal": money(-100)}),
        (debt_of(100), {"fees": rp.Money(1, "USD")}),
        (debt_of(100), {"as_of": NOW}),
        (rp.Capacity(money(1)), {"steps": money(-1)}),
        (affordability_rules(), {"contingency": rp.Limit(Fraction(2), HOUSE)}),
        (plan_rules(), {"max_months": rp.Limit(0, HOUSE)}),
        (OFFER, {"rules": plan_rules(1)}),
        (main_plan(), {"agreed_on": dt.date(2000, 1, 1)}),
        (OFFER.schedule, {"principals": (1,) * 60}),
        (OFFER.schedule, {"interests": (0,) * 60}),  # interest struck out of the rows
        (OFFER.schedule, {"due": OFFER.schedule.due[::-1]}),
        (offers_of(main_offers()), {"offers": ()}),
        (cn.CREDIT_CARD, {"versions": ()}),
    ],
)
def test_a_forged_pickle_is_refused_when_it_is_read(value: Value, fields: dict[str, object]) -> None:
    data = forged(value, **fields)
    with pytest.raises(rp.RepayPlanError):
        pickle.loads(data)  # noqa: S301  # the forgery is the point


def test_a_forged_pickle_of_money_is_refused() -> None:
    rebuild, (_, currency) = money(1).__reduce__()
    with pytest.raises(rp.MoneyError):
        rebuild(10**18 + 1, currency)


@pytest.mark.parametrize(
    "value",
    [
        rp.Budget(**BUDGET),
        able_to_pay(7),
        debt_of(100, fees=3),
        plan_rules(),
        OFFER,
        main_plan(),
        main_offers(),
        main_offers(rent="5400"),
        main_offers(rent="9000"),
        cn.CREDIT_CARD,
    ],
    ids=lambda value: type(value).__name__,
)
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_what_is_stored_is_read_back_the_same(value: object, protocol: int) -> None:
    assert pickle.loads(pickle.dumps(value, protocol)) == value  # noqa: S301  # our own bytes
