from __future__ import annotations

from typing import Any

import attrs
import pytest

import repayplan as rp

HOUSE = rp.Citation(title="house", force=rp.Force.HOUSE)
BUCKETS = rp.DelinquencyScale((rp.Band(0, 0, "M0"), rp.Band(1, None, "M1")), HOUSE)
CLASSES = rp.DelinquencyScale((rp.Band(0, 90, "normal"), rp.Band(91, None, "bad")), HOUSE)


@pytest.mark.parametrize(
    ("days", "bucket", "name"), [(0, "M0", "normal"), (90, "M1", "normal"), (91, "M1", "bad")]
)
def test_buckets_and_classes_are_read_apart(days: int, bucket: str, name: str) -> None:
    rules = rp.OverdueRules(buckets=BUCKETS, classes=CLASSES)
    assert (rules.bucket_of(days), rules.class_of(days)) == (bucket, name)


def test_classes_that_are_not_given_are_asked_for() -> None:
    with pytest.raises(rp.PolicyError) as caught:
        rp.OverdueRules(buckets=BUCKETS).class_of(5)
    assert (caught.value.code, caught.value.field) == ("rules.classes", "classes")


def test_the_caller_may_give_the_classes() -> None:
    rules = attrs.evolve(rp.OverdueRules(buckets=BUCKETS), classes=CLASSES)
    assert rules.class_of(91) == "bad"


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"buckets": None}, "buckets"), ({"buckets": BUCKETS, "classes": (1, 90, "late")}, "classes")],
)
def test_what_is_no_scale_is_refused(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        rp.OverdueRules(**fields)
    assert caught.value.field == field
