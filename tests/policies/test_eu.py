"""The definition of default in the European Union against the collected rules."""

from __future__ import annotations

import datetime as dt

import pytest

import repayplan as rp
from repayplan.policies import classes, eu
from tests.policies.books import MATERIAL, rule
from tests.reference import case

POLICY = eu.consumer_credit(materiality=MATERIAL).in_force(dt.date(2026, 12, 1))


def test_default_is_more_than_ninety_days() -> None:
    most = rule("eu.crr178")["dpd_gt"]
    overdue = POLICY.overdue
    assert [overdue.class_of(days) for days in (most, most + 1)] == [
        "not in default by days past due",
        "default",
    ]
    assert overdue.classes is not None
    assert overdue.classes.bands[-1].stated == f"more than {most}"
    assert "minimum payment" in rule("eu.crr178")["card_dpd_starts"]
    assert "minimum payment was due" in overdue.classes.citation.applies_to


def test_stages_are_presumed_at_more_than_thirty_and_ninety() -> None:
    expected = rule("eu.ifrs9")
    second, third = expected["stage2_dpd_gt"], expected["stage3_dpd_gt"]
    stages = POLICY.overdue.buckets
    assert stages is classes.IFRS_9_STAGES
    assert [stages.classify(days) for days in (0, second, second + 1, third, third + 1)] == [
        "stage 1",
        "stage 1",
        "stage 2",
        "stage 2",
        "stage 3",
    ]
    assert stages.citation.evidence is rp.Evidence.SECONDARY
    assert "rebuttable" in stages.citation.applies_to


def test_what_is_material_is_the_callers_since_the_figures_are_from_memory() -> None:
    assert "thresholds memory" in case("rules.json", "rules", "eu.crr178")["evidence"]
    assert POLICY.overdue.materiality is MATERIAL
    with pytest.raises(rp.InputTypeError) as caught:
        eu.consumer_credit(materiality=100)  # type: ignore[arg-type]  # no tolerance
    assert caught.value.field == "materiality"


@pytest.mark.parametrize("part", ["affordability", "plan", "records", "contact"])
def test_what_is_national_is_absent(part: str) -> None:
    assert not POLICY.has(part)
