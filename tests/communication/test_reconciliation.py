from __future__ import annotations

from typing import Any

import attrs
import pytest

import repayplan as rp
from tests.communication.examples import NINE, call, salts

AT = NINE.add(hours=2)
CALLS = [
    call(id="one", external_ids=("t1", "t2")),
    call(id="two", external_ids=("t2",)),
    call(id="three", external_ids=()),
    call(id="four", external_ids=("t9",)),
]
LOG = rp.CommunicationLog("bank").extend([(item, AT) for item in CALLS], salts=salts())


def test_what_the_log_lacks_is_found() -> None:
    found = rp.reconcile(LOG, ["t4", "t1", "t3", "t4", "t2"])
    assert found == rp.Reconciliation(missing=("t4", "t3"), unknown=("t9",), duplicates=("t2",))
    assert not found.is_complete
    assert rp.reconcile(LOG, iter(["t2"])).is_complete
    assert rp.reconcile(LOG, []) == rp.Reconciliation((), ("t1", "t2", "t9"), ("t2",))
    assert rp.reconcile(rp.CommunicationLog("x"), {"t": 1}).missing == ("t",)


def test_a_corrected_id_counts() -> None:
    to = attrs.evolve(CALLS[3], external_ids=("t8",))
    note = rp.amend(CALLS[3], to, amendment_id="a", reason="typo", recorded_at=AT)
    log = LOG.append(note, at=AT, salts=salts(900))
    assert rp.reconcile(log, ["t8", "t9"]).missing == ("t9",)


@pytest.mark.parametrize(
    ("given", "code", "field", "error"),
    [
        (["a", ""], "text.empty", "external_ids[1]", rp.CommunicationError),
        (["a\n"], "text.control", "external_ids[0]", rp.CommunicationError),
        (["x" * 201], "text.length", "external_ids[0]", rp.CommunicationError),
        ([5], "text.type", "external_ids[0]", rp.InputTypeError),
        ([None], "text.type", "external_ids[0]", rp.InputTypeError),
    ],
)
def test_a_bad_id_is_refused_by_its_place(
    given: Any,  # noqa: ANN401  # wrong on purpose
    code: str,
    field: str,
    error: type[rp.RepayPlanError],
) -> None:
    with pytest.raises(error) as caught:
        rp.reconcile(LOG, given)
    assert (caught.value.code, caught.value.field) == (code, field)


@pytest.mark.parametrize("wrong", [None, 5, "t1", "call", b"ab"])
def test_what_is_no_list_of_ids_is_refused(wrong: Any) -> None:  # noqa: ANN401  # wrong on purpose
    with pytest.raises(rp.InputTypeError) as caught:
        rp.reconcile(LOG, wrong)
    assert caught.value.field == "external_ids"
    with pytest.raises(rp.InputTypeError) as caught:
        rp.reconcile(wrong, ["t1"])
    assert caught.value.field == "log"
