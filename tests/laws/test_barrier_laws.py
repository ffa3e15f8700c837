"""Laws of barriers: evidence, prefixes, unrelated records, closing, and the order of remedies."""

from __future__ import annotations

from typing import Final

import attrs
from hypothesis import given
from hypothesis import strategies as st

import repayplan as rp
from repayplan.moments import instant
from tests.communication.barrier_stories import (
    CHANNEL,
    EMAIL,
    HOME,
    IN,
    INTERPRETER,
    LANDLINE,
    MOBILE,
    OUT,
    OUTCOME,
    SISTER,
    SISTERS,
    STRANGER,
    Story,
    client,
    confirmed,
    moment,
)

DAYS: Final = 40
POINTS: Final = {
    CHANNEL.PHONE: (MOBILE, LANDLINE, SISTERS, None),
    CHANNEL.SMS: (MOBILE, None),
    CHANNEL.EMAIL: (EMAIL, None),
    CHANNEL.LETTER: (HOME, None),
}
OF_CALLS_IN: Final = (
    OUTCOME.CONVERSATION,
    OUTCOME.NO_ANSWER,
    OUTCOME.BUSY,
    OUTCOME.DROPPED,
    OUTCOME.VOICEMAIL_LEFT,
    OUTCOME.VOICEMAIL_NOT_LEFT,
)
OUTCOMES: Final = {
    (True, IN): OF_CALLS_IN,
    (True, OUT): (*OF_CALLS_IN, OUTCOME.OUT_OF_SERVICE, OUTCOME.REFUSED, OUTCOME.WRONG_PERSON),
    (False, IN): (OUTCOME.RECEIVED,),
    (False, OUT): (
        OUTCOME.SENT,
        OUTCOME.DELIVERED,
        OUTCOME.BOUNCED,
        OUTCOME.REFUSED,
        OUTCOME.WRONG_PERSON,
    ),
}
"""What may come of a contact, by whether it is live and by who began."""
PRESENT: Final = (
    (),
    (confirmed(),),
    (confirmed(failed=True),),
    (rp.Participant(party=SISTER),),
    (rp.Participant(party=STRANGER),),
)
TONGUES: Final = st.sampled_from((None, "zh", "ug", "yue"))
WISHES: Final = st.builds(
    rp.ContactPreference,
    channels=st.lists(st.sampled_from(rp.Channel), unique=True, max_size=2),
    not_at=st.frozensets(st.sampled_from(rp.Place), max_size=1),
    spoken_language=TONGUES,
    written_language=TONGUES,
    formats=st.frozensets(st.sampled_from(rp.AccessibleFormat), max_size=2),
)
CLIENTS: Final = st.builds(
    lambda wish, needs: client(
        MOBILE, LANDLINE, EMAIL, HOME, SISTERS, wish=wish, needs=needs, others=(SISTER, INTERPRETER)
    ),
    st.none() | WISHES,
    st.frozensets(st.sampled_from(rp.SupportNeed), max_size=2),
)


def add_contact(draw: st.DrawFn, story: Story, name: str, day: int) -> None:
    channel = draw(st.sampled_from(tuple(POINTS)))
    direction = draw(st.sampled_from((OUT, OUT, IN)))
    earlier = [contact.id for contact in story.log.contacts()]
    story.contact(
        name,
        day,
        draw(st.sampled_from(OUTCOMES[channel.is_live, direction])),
        channel=channel,
        at=draw(st.sampled_from(POINTS[channel])),
        direction=direction,
        purpose=draw(st.sampled_from(rp.Purpose)),
        participants=draw(st.sampled_from(PRESENT)),
        spoken_language=draw(TONGUES),
        written_language=draw(TONGUES),
        interpreter=draw(st.sampled_from((None, None, INTERPRETER))),
        answers=draw(st.sampled_from((None, *earlier))),
    )


def add_other(draw: st.DrawFn, story: Story, name: str, day: int) -> None:
    """Add anything else that the record may hold."""
    contacts = [contact.id for contact in story.log.contacts()]
    noted = {note.id: note.point for note in story.log.records(rp.ContactPointNote) if note.point is not None}
    verified_on = draw(st.none() | st.integers(-400, day).map(lambda on: moment(on).date()))
    kind = draw(st.sampled_from(("note", "point", "wish", "need", "consent", "amendment")))
    if kind == "note" and contacts:
        difficulties = draw(st.sets(st.sampled_from(rp.Difficulty), min_size=1, max_size=2))
        story.note(name, draw(st.sampled_from(contacts)), day, *difficulties, language=draw(TONGUES))
    elif kind == "amendment" and noted:
        corrects = draw(st.sampled_from(tuple(noted)))
        said = attrs.evolve(noted[corrects], value=name, verified_on=verified_on)
        story.amend(name, corrects, day, point=said)
    elif kind == "wish":
        wish = draw(WISHES)
        story.wish(name, day, channels=wish.channels, spoken_language=wish.spoken_language)
    elif kind == "need":
        story.need(name, day, draw(st.sampled_from(rp.SupportNeed)))
    elif kind == "consent":
        story.consent(name, day, draw(st.sampled_from((rp.Consent, rp.ConsentWithdrawal))))
    else:
        point = draw(st.sampled_from((MOBILE, LANDLINE, EMAIL, HOME, SISTERS)))
        story.point(name, day, point, verified_on=verified_on)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Up to fourteen records over forty days, of all the kinds that bear on barriers."""
    story = Story()
    days = sorted(draw(st.lists(st.integers(1, DAYS), min_size=1, max_size=14)))
    for place, day in enumerate(days):
        add = draw(st.sampled_from((add_contact, add_contact, add_other)))
        add(draw, story, f"r{place}", day)
    return story


def ids_of(log: rp.CommunicationLog) -> set[str]:
    return {entry.record.id for entry in log}


def named(barriers: tuple[rp.Barrier, ...]) -> set[str]:
    closing = {one.closed_by for one in barriers if one.closed_by is not None}
    return closing.union(*(one.evidence for one in barriers))


@given(stories(), CLIENTS, st.integers(0, 500))
def test_what_a_barrier_names_is_in_the_log_as_it_was_known(story: Story, who: rp.Client, day: int) -> None:
    found = rp.diagnose(story.log, who, as_of=moment(day))
    assert named(found) <= ids_of(story.log.known_by(moment(day)))
    for one in found:
        assert instant(one.began_at) <= instant(one.latest_at) <= instant(moment(day))
        assert one.closed_by not in one.evidence


@given(stories(), CLIENTS, st.data())
def test_the_first_records_alone_never_name_a_later_one(
    story: Story, who: rp.Client, data: st.DataObject
) -> None:
    size = data.draw(st.integers(0, len(story.log)))
    prefix = story.log.first(size)
    assert named(rp.diagnose(prefix, who)) <= ids_of(prefix)
    if size:
        later = rp.diagnose(story.log, who, as_of=prefix[-1].at)
        same_moment = [entry for entry in story.log if entry.at == prefix[-1].at]
        if same_moment[-1].number < size:
            assert later == rp.diagnose(prefix, who)


@given(stories(), CLIENTS)
def test_records_of_other_parties_and_cases_and_of_other_matters_change_nothing(
    story: Story, who: rp.Client
) -> None:
    before = rp.diagnose(story.log, who, as_of=moment(DAYS + 50), case_id="case")
    contacts = story.log.contacts()
    story.contact("u1", DAYS + 1, OUTCOME.REFUSED, at=SISTERS, participants=(rp.Participant(party=SISTER),))
    story.add(rp.Hardship(**story.common("u2", DAYS + 1), party_id="client"))
    story.consent("u3", DAYS + 1, rp.ConsentWithdrawal, scope=rp.ConsentScope.RECORDING)
    story.need("u4", DAYS + 1, rp.SupportNeed.HEARING, party_id="sister")
    if contacts:
        story.note("u5", contacts[0].id, DAYS + 1, rp.Difficulty.BAD_LINE, party_id="sister")
    other = Story("other case", story.log)
    other.letter("u6", DAYS + 2, OUTCOME.BOUNCED)
    other.talk("u7", DAYS + 2)
    assert rp.diagnose(other.log, who, as_of=moment(DAYS + 50), case_id="case") == before


@given(stories(), CLIENTS)
def test_the_right_evidence_closes_every_barrier(story: Story, who: rp.Client) -> None:
    """A month later the client writes and talks, confirmed, on every line and channel, and interpreted."""
    day = DAYS + 30
    for place, point in enumerate((MOBILE, LANDLINE, EMAIL, HOME)):
        story.point(f"point {place}", day, point, verified_on=moment(day).date())
    for place, point in enumerate((MOBILE, LANDLINE)):
        story.talk(f"talk {place}", day + 1, at=point, interpreter=INTERPRETER)
    for place, channel in enumerate(rp.Channel):
        outcome = OUTCOME.CONVERSATION if channel.is_live else OUTCOME.RECEIVED
        story.contact(
            f"reply {place}",
            day + 2,
            outcome,
            channel=channel,
            at=None,
            direction=IN,
            participants=(confirmed(),),
            interpreter=INTERPRETER,
            spoken_language="ug",
        )
    assert [one for one in rp.diagnose(story.log, who) if one.is_open] == []


@given(stories(), CLIENTS, st.integers(1, 60))
def test_closed_barriers_stay_as_they_are_whatever_time_passes(
    story: Story, who: rp.Client, days: int
) -> None:
    now = rp.diagnose(story.log, who)
    later = rp.diagnose(story.log, who, as_of=moment(DAYS + days))
    assert {one for one in now if not one.is_open} <= set(later)
    assert {(one.kind, one.evidence) for one in now} <= {(one.kind, one.evidence) for one in later}


@given(story=stories(), who=CLIENTS, asks=st.booleans())
def test_remedies_are_there_for_every_open_barrier_in_the_order_of_their_kinds(
    story: Story, who: rp.Client, *, asks: bool
) -> None:
    house = rp.HOUSE_BARRIER_RULES
    rules = attrs.evolve(house, ask_emergency_contact=attrs.evolve(house.ask_emergency_contact, value=asks))
    for barrier in rp.diagnose(story.log, who, rules, as_of=moment(DAYS + 14)):
        found = rp.remedies(barrier, who, rules)
        assert bool(found) is barrier.is_open
        places = [tuple(rp.RemedyKind).index(one.kind) for one in found]
        assert places == sorted(set(places))
        assert found == rp.remedies(barrier, who, rules)
        for one in found:
            assert one.due_on == barrier.latest_at.date().add(days=one.within.value)
            not_at = who.preference_on(barrier.latest_at.date()).not_at
            excluded = {point.id for point in who.points if point.place in not_at}
            if one.kind is rp.RemedyKind.OTHER_LINE:
                assert not excluded & set(one.point_ids)
            if one.kind is rp.RemedyKind.EMERGENCY_CONTACT:
                assert asks
                assert rp.SupportNeed.ABUSE not in who.needs
                assert rp.Prohibition.ASKING_OTHERS_ABOUT_MONEY in one.not_allowed


@given(stories(), CLIENTS, st.frozensets(st.sampled_from(rp.Channel)))
def test_the_best_channel_is_permitted_and_a_permitted_choice_of_the_client_is_never_passed_over(
    story: Story, who: rp.Client, allowed: frozenset[rp.Channel]
) -> None:
    found = rp.best_channel(
        who, story.log, moment(DAYS + 1), permitted=lambda channel, _point: channel in allowed
    )
    passed = {(one.channel, one.point_id) for one in found.passed_over}
    points = who.points_on(moment(DAYS + 1).date())
    every = {(channel, point.id) for point in points for channel in point.kind.channels}
    if isinstance(found, rp.NoChannel):
        assert passed == every
        return
    assert found.channel in allowed
    assert (found.channel, found.point.id) in every - passed
    for one in found.passed_over:
        assert (one.reason is rp.PassedOverReason.NOT_PERMITTED) <= (one.channel not in allowed)
