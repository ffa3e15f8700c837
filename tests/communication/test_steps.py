"""Steps of the desk: noted so that nobody is sent to do them twice."""

from __future__ import annotations

from typing import Any

import pytest

import repayplan as rp
from repayplan.communication.steps import StepNote
from tests.communication.examples import NINE, salts


def note(**fields: Any) -> StepNote:  # noqa: ANN401  # any field
    given: dict[str, Any] = {"id": "n", "case_id": "case", "recorded_at": NINE, "step": "refer:stop"}
    return StepNote(**(given | fields))


def test_a_step_is_kept_in_clear_and_its_result_is_personal() -> None:
    found = note(debts=["card"], result="Handed to the estates team.")
    assert found.debts == ("card",)
    assert repr(found) == "<StepNote n>"
    log = rp.CommunicationLog("log").append(found, at=NINE, salts=salts())
    assert set(log[0].disclosed) == {"result"}
    (erased,) = log.redact(0, ["result"], "erasure", NINE).records(StepNote)
    assert (erased.step, erased.result) == ("refer:stop", None)


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"step": ""}, "step"), ({"debts": ("a", "a")}, "debts[1]"), ({"result": "\x00"}, "result")],
)
def test_wrong_fields_are_named(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(rp.CommunicationError) as caught:
        note(**fields)
    assert caught.value.field == field
