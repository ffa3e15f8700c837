"""Remedies: every kind is reachable, every barrier has some, and wishes and needs are respected."""

from __future__ import annotations

import pickle
from itertools import chain

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.communication.accessibility import forms_for, suits
from tests.communication.barrier_stories import (
    CHANNEL,
    CLIENT,
    DESK,
    EMAIL,
    HOME,
    INTERPRETER,
    KIND,
    LANDLINE,
    MOBILE,
    NEED,
    REMEDY,
    SISTER,
    Wrong,
    client,
    moment,
)

HOUSE = rp.HOUSE_BARRIER_RULES
LAW = rp.Citation(title="a law", evidence=rp.Evidence.PRIMARY, force=rp.Force.LAW)
ASKING = attrs.evolve(HOUSE, ask_emergency_contact=rp.Limit(value=True, citation=LAW))
ADVISER = rp.Party(
    id="adviser",
    role=rp.PartyRole.ADVISER,
    authority=rp.Authority(scope="debts", valid_until=moment(9).date()),
)
FORMAT = rp.AccessibleFormat


def barrier(kind: rp.BarrierKind, **more: Wrong) -> rp.Barrier:
    fields: dict[str, Wrong] = {
        "evidence": ("a",),
        "began_at": moment(1),
        "latest_at": moment(2),
        "channel": CHANNEL.PHONE,
    }
    return rp.Barrier(kind=kind, **(fields | more))


def by_kind(kind: rp.BarrierKind, who: rp.Client = CLIENT, **more: Wrong) -> dict[rp.RemedyKind, rp.Remedy]:
    given = {name: more.pop(name) for name in ("rules", "on") if name in more}
    return {one.kind: one for one in rp.remedies(barrier(kind, **more), who, **given)}


# ------------------------------------------------------------------------------------------ all of them


@pytest.mark.parametrize("kind", rp.BarrierKind)
def test_every_open_barrier_has_a_remedy_even_for_a_client_of_whom_nothing_is_known(
    kind: rp.BarrierKind,
) -> None:
    found = rp.remedies(barrier(kind), client())
    assert found
    for remedy in found:
        assert remedy.kind.what.endswith(".")
        assert {rp.Prohibition.OTHERS_LEARN_OF_DEBT, rp.Prohibition.PRESSING} <= set(remedy.not_allowed)


@pytest.mark.parametrize("kind", rp.BarrierKind)
def test_a_closed_barrier_needs_nothing(kind: rp.BarrierKind) -> None:
    assert rp.remedies(barrier(kind, closed_by="b", closed_at=moment(3)), CLIENT) == ()


def test_every_kind_of_remedy_helper_evidence_and_prohibition_is_reachable() -> None:
    wish = rp.ContactPreference(not_at={rp.Place.WORK})
    who = client(MOBILE, LANDLINE, EMAIL, HOME, wish=wish, others=(SISTER, ADVISER, INTERPRETER))
    found = list(chain.from_iterable(rp.remedies(barrier(kind), who, ASKING) for kind in rp.BarrierKind))
    assert {one.kind for one in found} == set(rp.RemedyKind)
    assert {one.by for one in found} == set(rp.RemedyHelper)
    assert {one.closes_when for one in found} == set(rp.ClosingEvidence)
    assert set(chain.from_iterable(one.not_allowed for one in found)) == set(rp.Prohibition)


def test_a_remedy_pickles_checks_and_hides_what_it_says() -> None:
    (remedy, *_) = rp.remedies(barrier(KIND.LANGUAGE, language="ug"), CLIENT)
    assert pickle.loads(pickle.dumps(remedy)) == remedy  # noqa: S301  # our own
    assert repr(remedy) == "<Remedy by interpreter, 2027-01-09>"
    bad: dict[str, Wrong] = {
        "kind": "x",
        "by": "bank",
        "within": 7,
        "closes_when": "x",
        "language": "xx",
    }
    for field, wrong in bad.items():
        with pytest.raises(rp.RepayPlanError) as caught:
            attrs.evolve(remedy, **{field: wrong})
        assert caught.value.field == field


def test_wrong_types_and_a_day_too_late_are_refused() -> None:
    wrong: Wrong = "barrier"
    every: list[Wrong] = [(wrong, CLIENT), (barrier(KIND.SIGHT), wrong), (barrier(KIND.SIGHT), CLIENT, wrong)]
    for arguments in every:
        with pytest.raises(rp.InputTypeError):
            rp.remedies(*arguments)
    with pytest.raises(rp.DateError):
        rp.remedies(barrier(KIND.SIGHT), CLIENT, on=pendulum.date(9999, 12, 31))


def test_times_count_from_the_latest_evidence_or_the_day_given() -> None:
    assert by_kind(KIND.REFUSAL)[REMEDY.PAUSE].due_on == pendulum.date(2027, 1, 16)
    later = by_kind(KIND.REFUSAL, on=moment(20).date())[REMEDY.PAUSE]
    assert (later.due_on, later.within) == (pendulum.date(2027, 2, 3), HOUSE.pause_days)


# ------------------------------------------------------------------------------------------ third parties


@pytest.mark.parametrize("kind", [KIND.NO_REPLY, KIND.INACCURATE_DATA, KIND.WRONG_PERSON])
def test_an_emergency_contact_is_asked_last_once_and_only_where_the_rules_permit(
    kind: rp.BarrierKind,
) -> None:
    who = client(others=(SISTER,))
    assert REMEDY.EMERGENCY_CONTACT not in by_kind(kind, who)
    (*_, last) = rp.remedies(barrier(kind), who, ASKING)
    assert (last.kind, last.party_ids) == (REMEDY.EMERGENCY_CONTACT, ("sister",))
    assert {
        rp.Prohibition.OTHERS_LEARN_OF_DEBT,
        rp.Prohibition.ASKING_OTHERS_ABOUT_MONEY,
        rp.Prohibition.ASKING_TWICE,
    } <= set(last.not_allowed)


def test_nobody_is_asked_for_a_client_whom_somebody_close_may_abuse_or_who_named_nobody() -> None:
    assert REMEDY.EMERGENCY_CONTACT not in by_kind(
        KIND.NO_REPLY, client(others=(SISTER,), needs={NEED.ABUSE}), rules=ASKING
    )
    assert REMEDY.EMERGENCY_CONTACT not in by_kind(KIND.NO_REPLY, client(), rules=ASKING)


def test_a_representative_is_talked_to_while_the_authority_holds() -> None:
    who = client(others=(ADVISER, rp.Party(id="no paper", role=rp.PartyRole.ATTORNEY), SISTER))
    assert by_kind(KIND.REFUSAL, who)[REMEDY.REPRESENTATIVE].party_ids == ("adviser",)
    assert REMEDY.REPRESENTATIVE not in by_kind(KIND.REFUSAL, who, on=moment(10).date())
    assert by_kind(KIND.REFUSAL, who, on=moment(10).date())[REMEDY.ADVISER].party_ids == ("adviser",)


def test_only_the_client_may_be_asked_where_no_other_source_is_permitted() -> None:
    alone = attrs.evolve(HOUSE, sources=rp.Limit(frozenset({rp.PointSource.CLIENT}), LAW))
    assert set(by_kind(KIND.OUTDATED_DATA, rules=alone)) == {REMEDY.CONFIRM_WITH_CLIENT}


# ------------------------------------------------------------------------------------------ wishes and needs


def test_the_channels_are_the_clients_in_the_clients_order_at_points_that_work() -> None:
    wish = rp.ContactPreference(
        channels=(CHANNEL.EMAIL, CHANNEL.PHONE, CHANNEL.SMS, CHANNEL.VIDEO), not_at={rp.Place.WORK}
    )
    who = client(MOBILE, EMAIL, DESK, wish=wish)
    assert by_kind(KIND.NO_REPLY, who)[REMEDY.CLIENTS_CHANNEL].channels == (CHANNEL.EMAIL, CHANNEL.SMS)
    asked = by_kind(KIND.WRONG_PERSON, who, point_id="mobile")
    assert asked[REMEDY.CONFIRM_WITH_CLIENT].channels == (CHANNEL.EMAIL,)
    assert REMEDY.OTHER_LINE not in asked
    assert rp.Prohibition.EXCLUDED_PLACES in asked[REMEDY.CONFIRM_WITH_CLIENT].not_allowed
    assert rp.Prohibition.EXCLUDED_PLACES not in asked[REMEDY.STOP_USING_POINT].not_allowed


def test_where_only_the_place_did_not_suit_the_channel_may_stay() -> None:
    found = by_kind(KIND.UNSUITABLE_CHANNEL, client(MOBILE, DESK), point_id="desk")
    assert found[REMEDY.CLIENTS_CHANNEL].channels == (CHANNEL.PHONE, CHANNEL.SMS)


def test_a_point_that_is_merely_old_may_be_asked_itself() -> None:
    found = by_kind(KIND.OUTDATED_DATA, client(MOBILE), point_id="mobile", channel=None)
    assert found[REMEDY.CONFIRM_WITH_CLIENT].point_ids == ("mobile",)
    more = by_kind(KIND.OUTDATED_DATA, CLIENT, point_id="mobile", channel=None)
    assert more[REMEDY.CONFIRM_WITH_CLIENT].channels == (CHANNEL.PHONE, CHANNEL.EMAIL, CHANNEL.LETTER)


def test_what_others_may_see_or_hear_gets_a_neutral_text() -> None:
    def found(*points: rp.ContactPoint) -> rp.Remedy:
        return by_kind(KIND.NO_REPLY, client(*points))[REMEDY.CLIENTS_CHANNEL]

    assert rp.Prohibition.OTHERS_HEAR not in found(MOBILE, EMAIL).not_allowed
    assert rp.Prohibition.OTHERS_HEAR in found(MOBILE, attrs.evolve(EMAIL, shared=True)).not_allowed
    assert rp.Prohibition.OTHERS_HEAR in found(MOBILE, HOME).not_allowed


def test_a_client_who_cannot_hear_is_not_offered_a_call_unless_by_relay_or_own_wish() -> None:
    found = by_kind(KIND.HEARING, CLIENT, channel=None)
    assert found[REMEDY.CLIENTS_CHANNEL].channels == (CHANNEL.SMS, CHANNEL.EMAIL, CHANNEL.LETTER)
    assert found[REMEDY.ACCESSIBLE_FORM].formats == {FORMAT.TEXT_RELAY, FORMAT.SIGN_LANGUAGE}
    assert found[REMEDY.INTERPRETER].language is None
    relay = rp.ContactPreference(formats={FORMAT.TEXT_RELAY})
    with_relay = by_kind(KIND.HEARING, client(LANDLINE, wish=relay), channel=None)
    assert with_relay[REMEDY.CLIENTS_CHANNEL].channels == (CHANNEL.PHONE,)
    assert with_relay[REMEDY.ACCESSIBLE_FORM].formats == {FORMAT.TEXT_RELAY}
    calls = rp.ContactPreference(channels=(CHANNEL.PHONE,))
    wished = by_kind(KIND.HEARING, client(LANDLINE, wish=calls), channel=None)
    assert wished[REMEDY.CLIENTS_CHANNEL].channels == (CHANNEL.PHONE,)


def test_a_client_who_cannot_see_is_not_written_to_on_paper_and_is_offered_large_print() -> None:
    found = by_kind(KIND.SIGHT, CLIENT, channel=None)
    assert found[REMEDY.CLIENTS_CHANNEL].channels == (CHANNEL.PHONE, CHANNEL.SMS, CHANNEL.EMAIL)
    assert {FORMAT.LARGE_PRINT, FORMAT.BRAILLE} <= found[REMEDY.ACCESSIBLE_FORM].formats


def test_needs_that_are_known_are_respected_whatever_the_barrier() -> None:
    who = client(HOME, needs={NEED.SIGHT, NEED.BEREAVEMENT})
    assert FORMAT.BRAILLE in by_kind(KIND.LANGUAGE, who)[REMEDY.TRANSLATED_LETTER].formats
    assert REMEDY.CLIENTS_CHANNEL not in by_kind(KIND.NO_REPLY, who)


def test_a_client_who_fears_fraud_is_offered_a_call_back_and_never_pressed() -> None:
    found = by_kind(KIND.DISTRUST)
    offer = found[REMEDY.PUBLISHED_NUMBER]
    assert "published" in offer.kind.value
    assert {rp.Prohibition.PRESSING, rp.Prohibition.ASKING_FOR_SECRETS} <= set(offer.not_allowed)
    assert REMEDY.EMERGENCY_CONTACT not in found


def test_the_language_is_the_barriers_or_the_one_that_the_client_wishes() -> None:
    wish = rp.ContactPreference(spoken_language="ug", written_language="zh-Hans")
    found = by_kind(KIND.LANGUAGE, client(wish=wish))
    assert (found[REMEDY.INTERPRETER].language, found[REMEDY.TRANSLATED_LETTER].language) == ("ug", "zh-Hans")
    found = by_kind(KIND.LANGUAGE, client(), language="yue")
    assert (found[REMEDY.INTERPRETER].language, found[REMEDY.TRANSLATED_LETTER].language) == ("yue", "yue")


# ------------------------------------------------------------------------------------------ forms


@pytest.mark.parametrize(
    ("need", "hard", "form"),
    [
        (NEED.HEARING, {CHANNEL.PHONE}, FORMAT.TEXT_RELAY),
        (NEED.SIGHT, {CHANNEL.LETTER, CHANNEL.FAX}, FORMAT.AUDIO),
        (NEED.LITERACY, {one for one in rp.Channel if not one.is_live}, FORMAT.EASY_READ),
        (NEED.BEREAVEMENT, set(), FORMAT.BRAILLE),
    ],
)
def test_channels_that_are_hard_by_themselves_are_not_so_in_the_right_form(
    need: rp.SupportNeed, hard: set[rp.Channel], form: rp.AccessibleFormat
) -> None:
    assert {one for one in rp.Channel if not suits(one, {need}, frozenset())} == hard
    assert all(suits(one, {need}, {form}) for one in rp.Channel)
    assert forms_for({need}, {form}) == {form}
    assert bool(forms_for({need}, frozenset())) is bool(hard)
