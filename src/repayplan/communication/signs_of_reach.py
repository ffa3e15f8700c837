"""Signs that the client is not reached: connections, data, other persons, silence, refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repayplan.communication.attempts import waits_for_reply
from repayplan.communication.channels import Outcome
from repayplan.communication.consents import Consent, ConsentWithdrawal
from repayplan.communication.difficulties import Difficulty
from repayplan.communication.purposes import ConsentScope
from repayplan.communication.signs import Closing, Sign, closed_by, place_of, shown_by

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from repayplan.communication.profiles import PointSource
    from repayplan.communication.signs import About
    from repayplan.communication.trails import Trail

__all__ = ["inaccurate_data", "no_reply", "refusal", "technical_failure", "wrong_person"]

_FAILED_CONNECTIONS: Final = {Outcome.BUSY, Outcome.OUT_OF_SERVICE, Outcome.DROPPED}
_DEAD_ENDS: Final = {Outcome.BOUNCED, Outcome.OUT_OF_SERVICE}
_WORKING_CONNECTIONS: Final = {Outcome.VOICEMAIL_LEFT, Outcome.REFUSED}


def technical_failure(trail: Trail) -> Iterator[Sign | Closing]:
    """Read failed connections; the client being heard on any line, or this one getting through, closes.

    A text that arrives at the same number says nothing of its line.
    """
    for contact in trail.contacts if trail.may_show(Difficulty.BAD_LINE, _FAILED_CONNECTIONS) else ():
        notes = trail.notes(contact, Difficulty.BAD_LINE)
        if notes or contact.outcome in _FAILED_CONNECTIONS:
            yield shown_by(contact, notes, about=place_of(contact), decisive=False)
        elif trail.heard(contact):
            yield closed_by(contact)
        elif contact.channel.is_live and contact.outcome in _WORKING_CONNECTIONS:
            yield closed_by(contact, place_of(contact))


def inaccurate_data(trail: Trail, sources: Collection[PointSource]) -> Iterator[Sign | Closing]:
    """Read what came back, dead lines and data said to be wrong; that point checked or left closes."""
    places: dict[About, None] = {}
    for contact in trail.contacts if trail.may_show(Difficulty.DATA_WRONG, _DEAD_ENDS) else ():
        notes = trail.notes(contact, Difficulty.DATA_WRONG)
        returned = contact.outcome is Outcome.BOUNCED
        if notes or contact.outcome in _DEAD_ENDS:
            places[place_of(contact)] = None
            yield shown_by(contact, notes, about=place_of(contact), decisive=returned or bool(notes))
    yield from _mended(trail, places, sources)


def wrong_person(trail: Trail, sources: Collection[PointSource]) -> Iterator[Sign | Closing]:
    """Read who else answered; the client answering there, or that point checked or left, closes."""
    places: dict[About, None] = {}
    for contact in trail.contacts:
        if contact.outcome is Outcome.WRONG_PERSON:
            places[place_of(contact)] = None
            yield shown_by(contact, about=place_of(contact))
    yield from _mended(trail, places, sources)


def _mended(trail: Trail, places: dict[About, None], sources: Collection[PointSource]) -> Iterator[Closing]:
    """Give what mends places that failed: the client there, confirmed, or a note that speaks of the place.

    Another point that is verified instead mends nothing: the one that failed is not to be used until it is
    checked from a permitted source, or noted as left, which any source may say.
    """
    for contact in trail.contacts if places else ():
        if trail.made_sure(contact) and not trail.notes(contact, Difficulty.DATA_WRONG):
            yield closed_by(contact, place_of(contact))
    for state in trail.point_states:
        left = not state.in_use or state.point.owner != trail.client.party.id
        checked = state.is_verified_by(sources)
        for place in places:
            if state.point.id == place and (left or checked):
                yield Closing(state.record_id, state.at, place, None if left else state.point.verified_on)
            elif place in state.point.kind.channels and not left and checked:
                # no point was recorded where it failed: one that is verified for the channel stands for it
                yield Closing(state.record_id, state.at, place, state.point.verified_on)


def no_reply(trail: Trail) -> Iterator[Sign | Closing]:
    """Read attempts without a reply; the client being heard closes, and refusing to talk is a reply too."""
    for contact in trail.contacts:
        if trail.heard(contact) or trail.refused(contact):
            yield closed_by(contact)
        elif waits_for_reply(contact):
            yield shown_by(contact, decisive=False)


def refusal(trail: Trail) -> Iterator[Sign | Closing]:
    """Read refused contacts and demands that contact ceases; a talk or a new consent closes."""
    demands = [demand for demand in trail.records(ConsentWithdrawal) if _is_all_contact(demand)]
    if not demands and Outcome.REFUSED not in trail.outcomes:
        return
    for contact in trail.contacts:
        if trail.refused(contact):
            yield shown_by(contact)
        elif trail.heard(contact):
            yield closed_by(contact)
    for consent in trail.records(Consent):
        if _is_all_contact(consent):
            yield Closing(consent.id, consent.given_at)
    for demand in demands:
        yield Sign((demand.id,), demand.given_at)


def _is_all_contact(record: Consent | ConsentWithdrawal) -> bool:
    return record.scope is ConsentScope.CONTACT and record.channel is None and record.point_id is None
