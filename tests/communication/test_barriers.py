"""Barriers, their rules, and notes of difficulties as values: what they hold, refuse and hide."""

from __future__ import annotations

import pickle

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.communication.tongues import same_spoken, same_written
from tests.communication.barrier_stories import CHANNEL, DIFFICULTY, KIND, Wrong, moment

HOUSE = rp.HOUSE_BARRIER_RULES


def barrier(**more: Wrong) -> rp.Barrier:
    fields: dict[str, Wrong] = {
        "kind": KIND.HEARING,
        "evidence": ["a", "b"],
        "began_at": moment(1),
        "latest_at": moment(2),
    }
    return rp.Barrier(**(fields | more))


def note(**more: Wrong) -> rp.DifficultyNote:
    fields: dict[str, Wrong] = {
        "id": "note",
        "case_id": "case",
        "recorded_at": moment(1),
        "contact_id": "call",
        "party_id": "client",
        "difficulties": {DIFFICULTY.NOT_HEARD},
    }
    return rp.DifficultyNote(**(fields | more))


# ------------------------------------------------------------------------------------------ the barrier


def test_a_barrier_keeps_what_it_was_given_and_pickles_and_is_stored() -> None:
    made = barrier(channel=CHANNEL.PHONE, point_id="mobile", language="ZH-hans")
    assert (made.evidence, made.language, made.is_open) == (("a", "b"), "zh-Hans", True)
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301  # our own
    assert rp.from_dict(rp.Barrier, rp.to_dict(made)) == made
    assert not barrier(closed_by="c", closed_at=moment(2)).is_open


def test_a_barrier_does_not_show_what_stands_in_somebodys_way() -> None:
    assert repr(barrier(language="ug")) == "<Barrier of 2027-01-01, open, evidence: 2>"
    closed = barrier(closed_by="c", closed_at=moment(3))
    assert repr(closed) == "<Barrier of 2027-01-01, closed on 2027-01-03, evidence: 2>"


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"evidence": ()}, "evidence"),
        ({"evidence": ("a", "a")}, "evidence[1]"),
        ({"kind": "hearing"}, "kind"),
        ({"channel": "phone"}, "channel"),
        ({"point_id": ""}, "point_id"),
        ({"closed_by": "\n", "closed_at": moment(3)}, "closed_by"),
        ({"language": "tlhIngan"}, "language"),
        ({"latest_at": moment(0)}, "latest_at"),
        ({"closed_by": "c", "closed_at": moment(1)}, "closed_at"),
        ({"closed_by": "c"}, "closed_at"),
        ({"closed_at": moment(3)}, "closed_at"),
        ({"began_at": pendulum.naive(2027, 1, 1)}, "began_at"),
    ],
)
def test_a_barrier_that_cannot_be_is_refused(more: dict[str, Wrong], field: str) -> None:
    with pytest.raises(rp.RepayPlanError) as caught:
        barrier(**more)
    assert caught.value.field == field


# ------------------------------------------------------------------------------------------ the note


def test_a_note_of_a_difficulty_hides_it_and_seals_it() -> None:
    made = note(language="UG", words="He could not hear me.\nThe television was on.")
    assert repr(made) == "<DifficultyNote note>"
    assert made.language == "ug"
    assert rp.salts_needed(made) == 3
    assert rp.from_dict(rp.DifficultyNote, rp.to_dict(made)) == made


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"contact_id": "note"}, "contact_id"),
        ({"contact_id": ""}, "contact_id"),
        ({"party_id": "a\nb"}, "party_id"),
        ({"difficulties": "not heard"}, "difficulties"),
        ({"difficulties": {"not heard"}}, "difficulties"),
        ({"language": "xx-yy"}, "language"),
        ({"words": "\u202eabc"}, "words"),
    ],
)
def test_a_note_that_is_not_fit_to_be_stored_is_refused(more: dict[str, Wrong], field: str) -> None:
    with pytest.raises(rp.RepayPlanError) as caught:
        note(**more)
    assert caught.value.field == field


# ------------------------------------------------------------------------------------------ the rules


def test_every_house_rule_says_that_it_is_one() -> None:
    for field in attrs.fields(rp.BarrierRules):
        assert getattr(HOUSE, field.name).citation.force is rp.Force.HOUSE
    assert HOUSE.ask_emergency_contact.value is False
    assert rp.PointSource.CREDIT_BUREAU not in HOUSE.sources.value


def test_a_house_rule_may_not_permit_to_ask_an_emergency_contact() -> None:
    with pytest.raises(rp.PolicyError):
        HOUSE.ask_emergency_contact.moved(value=True, citation=HOUSE.sources.citation)


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("technical_attempts", {"value": 0}),
        ("technical_attempts", {"value": True}),
        ("no_reply_days", {"value": -1}),
        ("verification_days", {"value": 10_001}),
        ("pause_days", {"value": 0}),
        ("sources", {"value": frozenset()}),
        ("sources", {"value": frozenset({"client"})}),
        ("sources", {"value": ()}),
        ("ask_emergency_contact", {"value": 1}),
        ("no_reply_attempts", {"comparison": rp.Comparison.AT_MOST}),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(field: str, change: dict[str, Wrong]) -> None:
    limit = attrs.evolve(getattr(HOUSE, field), **change)
    with pytest.raises((rp.PolicyError, rp.InputTypeError), match=field):
        attrs.evolve(HOUSE, **{field: limit})
    with pytest.raises(rp.InputTypeError, match=field):
        attrs.evolve(HOUSE, **{field: limit.value})


# ------------------------------------------------------------------------------------------ languages


@pytest.mark.parametrize(
    ("one", "other", "spoken", "written"),
    [
        ("es", "es-MX", True, True),
        ("zh", "cmn", True, True),
        ("zh-Hans", "zh-Hant", True, False),
        ("zh-Hans-CN", "zh-Hans-SG", True, True),
        ("zh-Hans", "zh", True, True),
        ("zh-Hans", "zh-CN", True, True),
        ("zh", "yue", False, False),
        ("en", "es", False, False),
    ],
)
def test_tags_of_one_language(one: str, other: str, *, spoken: bool, written: bool) -> None:
    assert same_spoken(one, other) is same_spoken(other, one) is spoken
    assert same_written(one, other) is same_written(other, one) is written
