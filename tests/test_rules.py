from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import TYPE_CHECKING

import pendulum
import pytest

import repayplan as rp

if TYPE_CHECKING:
    from collections.abc import Callable

HOUSE = rp.Citation(title="house", force=rp.Force.HOUSE)


def cited(**fields: object) -> rp.Citation:
    """A citation of law, with some fields replaced."""
    stated: dict[str, object] = {"title": "Act", "force": rp.Force.LAW, "evidence": rp.Evidence.PRIMARY}
    return rp.Citation(**{**stated, **fields})  # type: ignore[arg-type]  # wrong types are some tests' point


# --- moments

FOLDED = pendulum.datetime(2026, 10, 25, 2, 30, tz="Europe/Berlin", fold=1)
"""An hour that the clock shows twice, the second time."""
KEPT = pendulum.datetime(2026, 10, 25, 2, 30, tz=1)


def figures_of(value: object) -> list[object]:
    finding = rp.Finding("kept", True, value, value)  # noqa: FBT003  # by place, like the others
    return [rp.Limit(value, HOUSE).value, finding.observed, finding.limit]


@pytest.mark.parametrize(
    ("given", "kept"),
    [(FOLDED, KEPT), ((1, (FOLDED,)), (1, (KEPT,))), (frozenset({FOLDED}), frozenset({KEPT}))],
    ids=["alone", "in tuples", "in a set"],
)
def test_a_moment_is_kept_with_its_offset_and_read_as_it_was_written(given: object, kept: object) -> None:
    assert figures_of(given) == [kept, kept, kept]
    for value in (rp.Limit(given, HOUSE), rp.Finding("kept", passed=True, observed=given, limit=given)):
        assert rp.from_dict(type(value), rp.to_dict(value)) == value


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda moment: rp.Limit(moment, HOUSE), "value"),
        (lambda moment: rp.Finding("kept", True, moment), "observed"),  # noqa: FBT003  # as above
        (lambda moment: rp.Finding("kept", True, 1, (moment,)), "limit"),  # noqa: FBT003  # as above
    ],
    ids=["value", "observed", "limit"],
)
@pytest.mark.parametrize(
    ("moment", "code"),
    [
        (pendulum.datetime(1800, 1, 1, tz="Europe/Amsterdam"), "moment.offset"),  # 19 minutes, 32 seconds
        (pendulum.naive(2026, 12, 1), "moment.naive"),
    ],
)
def test_a_moment_that_nobody_can_keep_is_refused(
    make: Callable[[dt.datetime], object], field: str, moment: dt.datetime, code: str
) -> None:
    with pytest.raises(rp.DateError) as caught:
        make(moment)
    assert (caught.value.code, caught.value.field) == (code, field)


# --- comparisons

ORDER = [(1, 2), (2, 2), (3, 2)]


@pytest.mark.parametrize(
    ("comparison", "below_at_above"),
    [
        (rp.Comparison.AT_MOST, [True, True, False]),
        (rp.Comparison.LESS_THAN, [True, False, False]),
        (rp.Comparison.AT_LEAST, [False, True, True]),
        (rp.Comparison.MORE_THAN, [False, False, True]),
        (rp.Comparison.EXACTLY, [False, True, False]),
    ],
)
def test_a_comparison_decides_below_at_and_above(
    comparison: rp.Comparison, below_at_above: list[bool]
) -> None:
    assert [comparison.holds(observed, limit) for observed, limit in ORDER] == below_at_above


def test_every_comparison_is_in_the_table_above() -> None:
    assert len(rp.Comparison) == 5


# --- citations


def test_a_citation_reads_as_title_and_article() -> None:
    assert str(cited(article="Article 70")) == "Act Article 70"


def test_a_citation_without_an_article_reads_as_its_title() -> None:
    assert str(cited()) == "Act"


@pytest.mark.parametrize("given", [dt.date(2011, 1, 13), pendulum.date(2011, 1, 13)])
def test_the_day_from_which_a_rule_binds_is_kept_as_the_librarys_date(given: dt.date) -> None:
    kept = cited(effective_from=given).effective_from
    assert type(kept) is pendulum.Date
    assert kept == dt.date(2011, 1, 13)


def test_the_day_from_which_a_rule_binds_may_be_unknown() -> None:
    assert cited().effective_from is None


def test_the_house_needs_no_evidence() -> None:
    assert HOUSE.evidence is None


@pytest.mark.parametrize("force", [force for force in rp.Force if force is not rp.Force.HOUSE])
def test_every_other_force_needs_evidence(force: rp.Force) -> None:
    with pytest.raises(rp.PolicyError) as caught:
        cited(force=force, evidence=None)
    assert (caught.value.code, caught.value.field) == ("citation.evidence", "evidence")


@pytest.mark.parametrize(
    ("fields", "error", "field"),
    [
        ({"title": ""}, rp.PolicyError, "title"),
        ({"title": "two\nlines"}, rp.PolicyError, "title"),
        ({"title": None}, rp.InputTypeError, "title"),
        ({"article": 70}, rp.InputTypeError, "article"),
        ({"applies_to": None}, rp.InputTypeError, "applies_to"),
        ({"force": "law"}, rp.InputTypeError, "force"),
        ({"evidence": "primary"}, rp.InputTypeError, "evidence"),
        ({"url": 5}, rp.InputTypeError, "url"),
        ({"effective_from": "2011-01-13"}, rp.InputTypeError, "effective_from"),
        ({"effective_from": dt.datetime(2011, 1, 13, tzinfo=dt.UTC)}, rp.InputTypeError, "effective_from"),
    ],
)
def test_a_citation_refuses_what_it_cannot_keep(
    fields: dict[str, object], error: type[rp.RepayPlanError], field: str
) -> None:
    with pytest.raises(error) as caught:
        cited(**fields)
    assert caught.value.field == field


# --- limits


@pytest.mark.parametrize(
    ("field", "value"),
    [("citation", "Act"), ("comparison", "at most"), ("unit", 5), ("protects", "lower")],
)
def test_a_limit_refuses_a_field_of_the_wrong_type(field: str, value: object) -> None:
    stated: dict[str, object] = {"value": 60, "citation": HOUSE}
    with pytest.raises(rp.InputTypeError) as caught:
        rp.Limit(**{**stated, field: value})  # type: ignore[arg-type]  # the point
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("protects", "lower", "same", "higher"),
    [
        (rp.Protects.LOWER, True, True, False),
        (rp.Protects.HIGHER, False, True, True),
        (rp.Protects.NEITHER, False, True, False),
    ],
)
def test_a_house_rule_moves_a_limit_only_the_way_that_protects(
    protects: rp.Protects,
    lower: bool,  # noqa: FBT001  # a column of the table
    same: bool,  # noqa: FBT001
    higher: bool,  # noqa: FBT001
) -> None:
    limit = rp.Limit(Fraction(1, 10), cited(), protects=protects, unit="share")
    for value, allowed in ((Fraction(1, 20), lower), (Fraction(1, 10), same), (Fraction(1, 5), higher)):
        if allowed:
            moved = limit.moved(value, HOUSE)
            assert (moved.value, moved.citation, moved.unit) == (value, HOUSE, "share")
        else:
            with pytest.raises(rp.PolicyError) as caught:
                limit.moved(value, HOUSE)
            assert (caught.value.code, caught.value.field) == ("limit.direction", "value")
            assert caught.value.data == {"limit": Fraction(1, 10)}


def test_a_limit_of_money_is_not_moved_to_another_currency() -> None:
    limit = rp.Limit(rp.Money(5, "EUR"), HOUSE, protects=rp.Protects.HIGHER)
    with pytest.raises(rp.MoneyError):
        limit.moved(rp.Money(6, "USD"), HOUSE)


def test_a_limit_is_not_moved_to_a_value_of_another_kind() -> None:
    limit = rp.Limit(Fraction(1, 10), HOUSE, protects=rp.Protects.HIGHER)
    with pytest.raises(rp.RepayPlanError):
        limit.moved("a fifth", HOUSE)  # type: ignore[arg-type]  # the point


def test_a_huge_value_is_refused_with_a_short_message() -> None:
    # More than 4,300 digits cannot even be printed: the message must not try.
    limit = rp.Limit(60, HOUSE, protects=rp.Protects.LOWER)
    with pytest.raises(rp.PolicyError) as caught:
        limit.moved(10**6_000, HOUSE)
    assert len(str(caught.value)) < 300


# --- findings


@pytest.mark.parametrize(("months", "passed"), [(59, True), (60, True), (61, False)])
def test_a_finding_holds_a_case_against_a_limit(months: int, passed: bool) -> None:  # noqa: FBT001  # a column
    limit = rp.Limit(60, cited(), comparison=rp.Comparison.AT_MOST)
    finding = rp.Finding.against("term", months, limit)
    assert finding == rp.Finding("term", passed, months, 60, cited(), rp.Comparison.AT_MOST)
