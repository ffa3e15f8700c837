"""Notes of how a party is reached."""

from __future__ import annotations

import attrs
import pytest

import repayplan as rp
from tests.communication.examples import MOBILE, NINE, POSTAL

POINT_NOTE = rp.ContactPointNote(
    id="n", case_id="case", recorded_at=NINE, point_id="mobile", source=rp.PointSource.CLIENT, point=MOBILE
)
WISH_NOTE = rp.PreferenceNote(
    id="w", case_id="case", recorded_at=NINE, party_id="client", preference=rp.ContactPreference()
)


def test_names_and_values_stay_since_records_store_them() -> None:
    assert {name: member.value for name, member in rp.PointSource.__members__.items()} == {
        "CLIENT": "client",
        "CONTRACT": "contract",
        "REPRESENTATIVE": "authorised representative",
        "PUBLIC_REGISTER": "public register",
        "CREDIT_BUREAU": "credit bureau",
        "OTHER": "other",
    }


@pytest.mark.parametrize("source", rp.PointSource, ids=lambda source: source.name)
def test_a_point_is_noted_with_its_source(source: rp.PointSource) -> None:
    assert attrs.evolve(POINT_NOTE, source=source).source is source


def test_a_point_has_the_id_under_which_it_is_noted() -> None:
    assert attrs.evolve(POINT_NOTE, point=attrs.evolve(POSTAL, id="mobile")).point_id == "mobile"
    with pytest.raises(rp.CommunicationError, match=r"'mobile' \(point_id\)") as caught:
        attrs.evolve(POINT_NOTE, point=POSTAL)
    assert (caught.value.code, caught.value.field) == ("note.point", "point")


def test_an_id_is_shown_in_short() -> None:
    with pytest.raises(rp.CommunicationError) as caught:
        attrs.evolve(POINT_NOTE, point_id="王" * 100)
    assert caught.value.message.isascii()
    assert len(caught.value.message) < 100


def test_what_was_erased_is_absent() -> None:
    assert attrs.evolve(POINT_NOTE, point=None).point is None
    assert attrs.evolve(WISH_NOTE, preference=None).preference is None


def test_a_wish_is_no_point() -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        attrs.evolve(WISH_NOTE, preference=MOBILE)  # type: ignore[arg-type]  # on purpose
    assert (caught.value.code, caught.value.field) == ("type.wrong", "preference")


def test_their_reprs_give_the_kind_and_the_id() -> None:
    assert repr(POINT_NOTE) == "<ContactPointNote n>"
    assert repr(WISH_NOTE) == "<PreferenceNote w>"
