"""Every case ends in an agreement, completion, a referral or a stated open question, and never in a loop."""

from __future__ import annotations

import functools

import pytest

import repayplan as rp
from tests.casework import examples as made
from tests.casework import simulation as sim

MONTHS = 18


@functools.cache
def played(behaviour: type[sim.Behaviour], *, names_actions: bool = False) -> sim.World:
    return sim.World(made.case(), behaviour(), names_actions=names_actions).run(30 * MONTHS)


@pytest.mark.parametrize("names_actions", [False, True])
@pytest.mark.parametrize(
    ("behaviour", "ends"),
    [
        (sim.Behaviour, ["agreement", "completion"]),
        (sim.Late, ["agreement", "open question", "completion"]),
        (sim.Misses, ["agreement", "agreement", "completion"]),
        (sim.BreaksPromises, ["agreement", "agreement", "completion"]),
        (sim.AsksForHelp, ["agreement", "agreement", "completion"]),
        (sim.Disputes, ["open question"]),
        (sim.Silent, ["open question"]),
        (sim.WrongNumber, ["open question"]),
        (sim.SpeaksAnotherLanguage, ["agreement", "completion"]),
        (sim.Dies, ["agreement", "referral"]),
    ],
)
def test_the_case_ends(behaviour: type[sim.Behaviour], ends: list[str], names_actions: bool) -> None:  # noqa: FBT001  # a parameter of the test
    world = played(behaviour, names_actions=names_actions)  # type: ignore[arg-type]  # a class can be hashed
    assert list(dict.fromkeys(world.ends)) == list(dict.fromkeys(ends))
    agreements = [end for end in ends if end == "agreement"]
    assert world.ends.count("agreement") == len(agreements)


def test_whoever_pays_hears_what_was_agreed_reminders_and_the_thanks_alone() -> None:
    world = played(sim.Behaviour)
    after = world.kinds[world.kinds.index("OFFER") + 1 :]
    assert set(after) == {"CONFIRM_AGREEMENT", "REMIND", "CONFIRM_COMPLETION", "CLOSE"}
    assert after.count("CONFIRM_AGREEMENT") == 1
    assert world.plan is not None
    assert after.count("REMIND") == len(world.plan.schedule)


def test_whoever_pays_late_is_asked_once_for_each_missed_day() -> None:
    world = played(sim.Late)
    assert world.plan is not None
    assert world.kinds.count("ASK_CAUSE") == 1 + len(world.plan.schedule)


def test_a_broken_promise_is_followed_up_once() -> None:
    world = played(sim.BreaksPromises)
    assert world.kinds.count("FOLLOW_UP_PROMISE") == 1
    place = world.kinds.index("FOLLOW_UP_PROMISE")
    assert world.kinds[place - 1 : place + 2] == ["CHECK_PAYMENT", "FOLLOW_UP_PROMISE", "OFFER"]


def test_help_is_answered_before_a_payment_is_missed() -> None:
    world = played(sim.AsksForHelp)
    assert world.kinds.count("ANSWER_CLIENT") == 1
    assert world.kinds.count("ASK_CAUSE") == 1  # of the contract, before the plan


def test_whoever_disputes_is_answered_and_asked_for_nothing() -> None:
    world = played(sim.Disputes)
    assert world.kinds[:2] == ["ASK_CAUSE", "ANSWER_CLIENT"]
    assert "REMIND" not in world.kinds


def test_whoever_is_silent_is_not_pressed() -> None:
    world = played(sim.Silent)
    assert world.kinds.count("ASK_CAUSE") == 1


def test_a_wrong_number_is_given_up_and_remedied() -> None:
    world = played(sim.WrongNumber)
    assert world.kinds.count("ASK_CAUSE") <= 3
    assert "REMOVE_BARRIER" in world.kinds


def test_a_language_barrier_is_overcome_by_an_interpreter() -> None:
    world = played(sim.SpeaksAnotherLanguage)
    barriers = rp.diagnose(world.case.log, world.case.client)
    language = [barrier for barrier in barriers if barrier.kind is rp.BarrierKind.LANGUAGE]
    assert language
    assert not any(barrier.is_open for barrier in language)


def test_after_a_death_nobody_collects() -> None:
    world = played(sim.Dies)
    assert world.kinds[-1] == "REFER"
