"""Classes by days past due, at each of their bounds."""

from __future__ import annotations

import attrs
import pytest

import repayplan as rp
from repayplan.policies import classes, cn
from tests.overdue import overdue_rules

GIVEN = classes.cn_order_of_2023(
    substandard_after=50, doubtful_after=60, loss_after=70, evidence=rp.Evidence.SECONDARY
)
"""With thresholds of nobody, since those of the order are the caller's to read."""
EVERY = {name: GIVEN if name.islower() else getattr(classes, name) for name in classes.__all__}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "US_RETAIL_CLOSED_END",
            {0: "not classified", 89: "not classified", 90: "substandard", 119: "substandard", 120: "loss"},
        ),
        (
            "US_RETAIL_OPEN_END",
            {0: "not classified", 89: "not classified", 90: "substandard", 179: "substandard", 180: "loss"},
        ),
        ("EU_DEFAULT", {0: "not in default by days past due", 90: "not in default by days past due"}),
        ("EU_DEFAULT", {91: "default", 10_000: "default"}),
        (
            "HK_LOANS",
            {0: "not classified", 30: "not classified", 31: "special mention", 90: "special mention"},
        ),
        ("HK_LOANS", {91: "substandard", 120: "substandard", 121: "doubtful", 180: "doubtful", 181: "loss"}),
        ("CN_CREDIT_CARD_2011", {0: "正常", 1: "关注", 90: "关注", 91: "次级", 120: "次级"}),
        ("CN_CREDIT_CARD_2011", {121: "可疑", 180: "可疑", 181: "损失"}),
        ("IFRS_9_STAGES", {0: "stage 1", 30: "stage 1", 31: "stage 2", 90: "stage 2", 91: "stage 3"}),
        (
            "cn_order_of_2023",
            {0: "正常", 1: "关注", 50: "关注", 51: "次级", 60: "次级", 61: "可疑", 71: "损失"},
        ),
    ],
)
def test_every_bound(name: str, expected: dict[int, str]) -> None:
    scale = EVERY[name]
    assert {late: scale.classify(late) for late in expected} == expected


@pytest.mark.parametrize("scale", EVERY.values(), ids=EVERY)
def test_every_table_covers_every_day_and_says_where_it_comes_from(scale: rp.DelinquencyScale) -> None:
    assert scale.finding.passed
    assert scale.citation.evidence is not None
    assert scale.citation.force in {rp.Force.LAW, rp.Force.GUIDANCE, rp.Force.STANDARD}
    assert overdue_rules(classes=scale).class_of(0) == scale.bands[0].name


def test_more_than_is_stored_where_the_rule_says_so() -> None:
    assert {name: scale.bands[-1].stated for name, scale in EVERY.items()} == {
        "CN_CREDIT_CARD_2011": "more than 180",
        "EU_DEFAULT": "more than 90",
        "HK_LOANS": "more than 180",
        "IFRS_9_STAGES": "more than 90",
        "US_RETAIL_CLOSED_END": "at least 120",
        "US_RETAIL_OPEN_END": "at least 180",
        "cn_order_of_2023": "more than 70",
    }


def test_which_tables_were_read_in_quotation() -> None:
    quoted = {name for name, scale in EVERY.items() if scale.citation.evidence is rp.Evidence.SECONDARY}
    assert quoted == {"CN_CREDIT_CARD_2011", "IFRS_9_STAGES", "cn_order_of_2023"}


def test_chinas_table_is_that_of_the_policy() -> None:
    policy = cn.CREDIT_CARD.versions[0].overdue.classes
    assert policy is not None
    assert policy.citation == classes.CN_CREDIT_CARD_2011.citation
    spans = [
        [attrs.astuple(band)[:3] for band in scale.bands] for scale in (policy, classes.CN_CREDIT_CARD_2011)
    ]
    assert spans[0] == spans[1]


def test_the_order_of_2023_has_the_callers_thresholds_and_its_own_day() -> None:
    with pytest.raises(rp.PolicyError):
        classes.cn_order_of_2023(
            substandard_after=60, doubtful_after=60, loss_after=70, evidence=rp.Evidence.PRIMARY
        )
    read = classes.cn_order_of_2023(
        substandard_after=50, doubtful_after=60, loss_after=70, evidence=rp.Evidence.PRIMARY
    )
    assert read.citation.evidence is rp.Evidence.PRIMARY
    assert read.citation.effective_from == cn.CREDIT_CARD.versions[2].effective_from
