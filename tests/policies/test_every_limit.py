"""What holds for every figure of every rule book: a source, the day of it, and nothing from memory."""

from __future__ import annotations

import datetime as dt
import inspect
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import repayplan as rp
from repayplan.overdue.charge_rules import LateChargeRule
from repayplan.policies import PolicyVersions, classes, cn, eu, hk, house, uk, us
from repayplan.policies.limit_paths import citations_of, limits_of, path_text
from tests.policies.books import BOOKS, MATERIAL, shipped, versions
from tests.reference import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from repayplan.policies import Policy

VERSIONS = dict(versions())
SHIPPED = dict(shipped())


@pytest.mark.parametrize("rules", [*VERSIONS.values(), *SHIPPED.values()], ids=[*VERSIONS, *SHIPPED])
def test_every_limit_has_a_source_that_was_read_or_is_the_house(rules: object) -> None:
    for path, citation in citations_of(rules):
        text = path_text(path)
        assert citation.title, text
        assert citation.applies_to, text
        assert (citation.evidence is None) == (citation.force is rp.Force.HOUSE), text


@pytest.mark.parametrize("rules", SHIPPED.values(), ids=SHIPPED)
def test_nothing_is_shipped_without_a_source(rules: object) -> None:
    is_set_of_effects = isinstance(rules, frozenset)
    assert is_set_of_effects or list(citations_of(rules))


@pytest.mark.parametrize("policy", VERSIONS.values(), ids=VERSIONS)
def test_no_source_binds_after_the_version_that_cites_it(policy: Policy) -> None:
    for path, citation in citations_of(policy):
        since = citation.effective_from
        assert since is None or since <= policy.effective_from, path_text(path)


@pytest.mark.parametrize("book", BOOKS.values(), ids=BOOKS)
def test_before_the_first_version_nothing_is_in_force(book: PolicyVersions) -> None:
    first = book.versions[0].effective_from
    assert book.in_force(first) is book.versions[0]
    with pytest.raises(rp.PolicyError) as caught:
        book.in_force(first.subtract(days=1))
    assert (caught.value.code, caught.value.field) == ("policy.not_in_force", "on")


def test_the_books_begin_when_the_last_of_their_rules_did() -> None:
    assert {name: str(book.versions[-1].effective_from) for name, book in BOOKS.items()} == {
        "au.CONSUMER_CREDIT": "2021-05-01",
        "cn.CREDIT_CARD": "2025-02-28",
        "cn.ONLINE_LOAN": "2025-02-28",
        "eu.consumer_credit": "2025-01-01",
        "hk.CREDIT_CARD": "2022-01-01",
        "uk.CONSUMER_CREDIT": "2024-11-04",
        "us.CREDIT_CARD": "2021-11-30",
        "us.INSTALMENT_LOAN": "2021-11-30",
    }


def test_each_book_has_the_parts_for_which_rules_are_known() -> None:
    every = {"affordability", "plan", "overdue", "records", "contact"}
    assert {
        name: {part for part in every if book.versions[-1].has(part)} for name, book in BOOKS.items()
    } == {
        "au.CONSUMER_CREDIT": {"contact"},
        "cn.CREDIT_CARD": every,
        "cn.ONLINE_LOAN": every,
        "eu.consumer_credit": {"overdue"},
        "hk.CREDIT_CARD": {"plan", "overdue", "records", "contact"},
        "uk.CONSUMER_CREDIT": {"affordability", "plan", "overdue"},
        "us.CREDIT_CARD": every,
        "us.INSTALMENT_LOAN": every,
    }


def test_the_usual_order_of_payments_is_a_house_default_and_never_law() -> None:
    assert house.ORDER.citation == house.HOUSE
    assert attrs.evolve(house.ORDER, citation=None) == rp.PENALTIES_FEES_INTEREST_PRINCIPAL
    by_house = {
        name
        for name, book in BOOKS.items()
        if book.versions[-1].has("overdue") and book.versions[-1].overdue.order == house.ORDER
    }
    assert by_house == BOOKS.keys() - {"au.CONSUMER_CREDIT", "cn.CREDIT_CARD", "cn.ONLINE_LOAN"}


@pytest.mark.parametrize("policy", VERSIONS.values(), ids=VERSIONS)
def test_a_limit_that_protects_says_what_it_counts(policy: Policy) -> None:
    for path, limit in limits_of(policy):
        assert limit.protects is rp.Protects.NEITHER or limit.unit, path_text(path)


# ------------------------------------------------------------------- what is known from memory is not law

MEMORY = {
    "cn.classification.2023": "day thresholds: the caller's, in classes.cn_order_of_2023",
    "cn.buckets.m": "bands of the house, and neither law nor practice",
    "cn.rate.24": "not shipped",
    "cn.card.price": "the abolition of 2020: not shipped",
    "cn.card.total_cost_cap": "not shipped",
    "us.regz.latefee": "the safe harbour: the caller's, in us.late_fee",
    "uk.sfs": "figures not public: not shipped",
    "eu.crr178": "thresholds: the caller's, in eu.consumer_credit",
    "eu.ccd2": "article 35: not shipped",
    "au.hardship": "not shipped",
}
"""Every collected rule that is marked as memory or as unsettled, and where its figure is not."""


def test_the_list_of_what_is_known_from_memory_is_whole() -> None:
    marked = {
        rule["id"]
        for rule in load("rules.json")["rules"]
        if "memory" in rule["evidence"] or "UNSETTLED" in str(rule["params"])
    }
    assert marked == MEMORY.keys()


def figures(book: str) -> dict[str, object]:
    """Every figure of the last version of a book that is not the house's, by its path."""
    policy = BOOKS[book].versions[-1]
    return {
        path_text(path): limit.value
        for path, limit in limits_of(policy)
        if limit.citation.force is not rp.Force.HOUSE
    }


def test_no_figure_from_memory_is_shipped_as_law() -> None:
    # cn.classification.2023, cn.buckets.m: see also tests/policies/test_cn.py
    for name in ("cn.CREDIT_CARD", "cn.ONLINE_LOAN"):
        overdue = BOOKS[name].versions[-1].overdue
        assert overdue.classes is None
        assert overdue.buckets.citation.force is rp.Force.HOUSE
    # cn.rate.24, cn.card.price, cn.card.total_cost_cap: no limit is a rate, a price or a cap of cost
    for name in BOOKS:
        assert not {Fraction(24, 100), Fraction(5, 10_000)} & set(map(_number, figures(name).values()))
    # eu.crr178, eu.ccd2: nothing but the bands of the scales, whose days were read, and what the caller gave
    assert figures("eu.consumer_credit") == {}
    assert BOOKS["eu.consumer_credit"].versions[-1].overdue.materiality is MATERIAL
    # uk.sfs, and limitation: no figure but the contingency, beside the duties in words
    assert figures("uk.CONSUMER_CREDIT").keys() == {
        "affordability.contingency",
        "affordability.contingency_cap",
        "plan.duties",
    }
    # au.hardship: all limits are those of contact, and none is of 21 days
    assert 21 not in figures("au.CONSUMER_CREDIT").values()
    assert {path.partition(".")[0] for path in figures("au.CONSUMER_CREDIT")} == {"contact"}
    # us.regz.latefee: no rule of charges is a constant
    assert not [value for value in SHIPPED.values() if isinstance(value, LateChargeRule)]
    for name in ("us.CREDIT_CARD", "us.INSTALMENT_LOAN"):
        assert BOOKS[name].versions[-1].records.limitation is None
        assert not [value for value in figures(name).values() if isinstance(value, rp.Money)]


def _number(value: object) -> object:
    return value if isinstance(value, (int, Fraction)) else None


@pytest.mark.parametrize(
    ("function", "parameters"),
    [
        (
            classes.cn_order_of_2023,
            {"substandard_after", "doubtful_after", "loss_after", "evidence"},
        ),
        (us.late_fee, {"safe_harbour"}),
        (hk.late_fee, {"amount"}),
        (uk.records, {"limitation", "citation"}),
        (eu.consumer_credit, {"materiality"}),
    ],
)
def test_the_caller_must_give_what_is_doubted(function: Callable[..., Any], parameters: set[str]) -> None:
    found = inspect.signature(function).parameters
    assert found.keys() == parameters
    assert all(parameter.default is inspect.Parameter.empty for parameter in found.values())


def test_no_rule_of_contact_of_china_counts_visits() -> None:
    rules = cn.CREDIT_CARD.in_force(dt.date(2026, 12, 1)).contact
    assert {channel for limit in rules.limits for channel in limit.channels} == {rp.Channel.PHONE}
    assert [limit.most.value for limit in rules.limits] == [3]
