"""A remedy: what to do about a barrier, by whom, by when, and what not to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.checks import check_date, check_instance
from repayplan.communication.channels import AccessibleFormat, Channel
from repayplan.communication.fields import check_ids, check_items, check_members
from repayplan.communication.periods import check_limit
from repayplan.communication.profiles import PointSource
from repayplan.languages import check_language
from repayplan.rules import Limit
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    import datetime
    from collections.abc import Collection, Sequence

__all__ = ["ClosingEvidence", "Prohibition", "Remedy", "RemedyHelper", "RemedyKind"]


class RemedyKind(Enumeration):
    """What is done about a barrier; the kindest and the least effort first."""

    STOP_USING_POINT = "stop using the contact point"
    PAUSE = "leave the client in peace"
    ASK_WISHES = "ask for the client's wishes"
    CLIENTS_CHANNEL = "use a channel of the client's choice"
    ACCESSIBLE_FORM = "use an accessible form"
    PUBLISHED_NUMBER = "offer a call back on a published number"
    CHECK_EQUIPMENT = "check the equipment"
    OTHER_LINE = "use another line"
    INTERPRETER = "bring in an interpreter"
    TRANSLATED_LETTER = "write in the client's language"
    TECHNICAL_SUPPORT = "bring in technical support"
    CONFIRM_WITH_CLIENT = "confirm the data with the client"
    VERIFY_DATA = "verify the data with another source"
    REPRESENTATIVE = "talk to the authorised representative"
    MEETING = "offer a meeting"
    ADVISER = "offer an independent adviser"
    EMERGENCY_CONTACT = "ask the emergency contact how to reach the client"

    @property
    def what(self) -> str:
        """What to do, in plain words."""
        return _WHAT[self]


_WHAT: Final = {
    RemedyKind.STOP_USING_POINT: (
        "Stop using this number, address or account now, and note that it does not reach the client."
    ),
    RemedyKind.PAUSE: (
        "Leave the client in peace until this day. What the law demands is sent in writing. "
        "Say once how the client can come back, at any time and without any drawback."
    ),
    RemedyKind.ASK_WISHES: (
        "When the client is heard next, ask how, when, where and in which language to be in touch, "
        "and note the answer as a preference."
    ),
    RemedyKind.CLIENTS_CHANNEL: "Try the channels that suit the client, in this order.",
    RemedyKind.ACCESSIBLE_FORM: (
        "Offer these forms, such as a relay service, large print or Braille, and keep to the one that the "
        "client picks."
    ),
    RemedyKind.PUBLISHED_NUMBER: (
        "Invite the client to hang up and call back on the number that is printed on the card or on the "
        "bank's site, or to come to a branch. It is right to be careful: say so."
    ),
    RemedyKind.CHECK_EQUIPMENT: (
        "Check the bank's own line, headset and dialler, and try once more after that."
    ),
    RemedyKind.OTHER_LINE: "Use another line or address of the client.",
    RemedyKind.INTERPRETER: (
        "Bring in a qualified interpreter for the client's language or dialect, or for sign language, "
        "at no cost to the client, and note who interpreted."
    ),
    RemedyKind.TRANSLATED_LETTER: (
        "Write what is to be said in the client's language, and invite an answer in that language."
    ),
    RemedyKind.TECHNICAL_SUPPORT: "Report the fault to technical support, and try again when it is mended.",
    RemedyKind.CONFIRM_WITH_CLIENT: (
        "Ask the client, where the client is reached, whether the data are still right, and note the answer "
        "with the day."
    ),
    RemedyKind.VERIFY_DATA: (
        "Look the data up in another permitted source, and note the contact point with the source and the "
        "day of the verification."
    ),
    RemedyKind.REPRESENTATIVE: "Talk to whom the client has authorised, within that authority.",
    RemedyKind.MEETING: (
        "Offer a meeting face to face, at a branch or at a place that the client picks, with whomever the "
        "client wishes to bring."
    ),
    RemedyKind.ADVISER: (
        "Name free and independent debt advice, and offer that an adviser takes part or speaks for the "
        "client."
    ),
    RemedyKind.EMERGENCY_CONTACT: (
        "Ask the emergency contact once how the client can be reached, and nothing else: give a name, not "
        "the reason."
    ),
}


class RemedyHelper(Enumeration):
    """Who does it."""

    BANK = "bank"
    TECHNICAL_SUPPORT = "technical support"
    INTERPRETER = "interpreter"
    TRANSLATOR = "translator"
    REPRESENTATIVE = "authorised representative"
    ADVISER = "independent adviser"


class ClosingEvidence(Enumeration):
    """On what evidence in the record a barrier counts as overcome."""

    UNDERSTOOD = "a talk in the client's language or with an interpreter, or an answer to a message in it"
    CONNECTED = "a contact that gets through, on this or another line"
    VERIFIED = (
        "a note that the contact point was verified after the failure or is no longer used, "
        "or a confirmed talk with the client there"
    )
    ON_CLIENTS_CHANNEL = "a talk or an answered message on a channel of the client's choice"
    HEARD = "a talk with the client, or a message or a call from the client"
    HEARD_WELL = "a talk or a message of the client without this difficulty"
    WILLING = "a talk with the client, a message or a call from the client, or a new consent to contact"
    TRUSTED = "a call or a message from the client, or a talk with the client confirmed"


class Prohibition(Enumeration):
    """What is not allowed meanwhile."""

    OTHERS_LEARN_OF_DEBT = "let anybody learn of the debt who neither owes it nor may know of it"
    PRESSING = "press for an answer or for money, or hold the difficulty against the client"
    ASKING_OTHERS_ABOUT_MONEY = "ask anybody but the client about money"
    ASKING_TWICE = "ask the same person again"
    RELATIVES_INTERPRET = "let a child interpret, or a relative whom the client did not choose"
    ASKING_FOR_SECRETS = "ask for a password, a code or a payment"
    USING_FAILED_POINT = "use the contact point before it is verified"
    EXCLUDED_PLACES = "contact the client at a place that the client excluded"
    OTHERS_HEAR = "say more than a neutral text where others see or hear it"
    UNANNOUNCED_VISIT = "visit without the client's word"
    TRYING_MORE_OFTEN = "try more often than the contact rules permit"


def _to_not_allowed(value: Sequence[Prohibition]) -> tuple[Prohibition, ...]:
    return check_items(value, Prohibition, "not_allowed")


def _to_channels(value: Sequence[Channel]) -> tuple[Channel, ...]:
    return check_items(value, Channel, "channels")


def _to_point_ids(value: Sequence[str]) -> tuple[str, ...]:
    return check_ids(value, "point_ids")


def _to_party_ids(value: Sequence[str]) -> tuple[str, ...]:
    return check_ids(value, "party_ids")


def _to_formats(value: Collection[AccessibleFormat]) -> frozenset[AccessibleFormat]:
    return check_members(value, AccessibleFormat, "formats")


def _to_sources(value: Collection[PointSource]) -> frozenset[PointSource]:
    return check_members(value, PointSource, "sources")


def _to_due_on(value: datetime.date) -> pendulum.Date:
    return check_date(value, "due_on")


@attrs.frozen(kw_only=True, repr=False)
class Remedy(Value):
    """Something to do about a barrier. Whether a contact is permitted at the moment is asked apart.

    Attributes:
        kind: What to do; :attr:`RemedyKind.what` says it in words.
        by: Who does it.
        within: Within how many days; for a pause, for at least how many.
        due_on: The day by which it is done; for a pause, the day until which it lasts.
        closes_when: On what evidence in the record the barrier counts as overcome.
        not_allowed: What is not allowed meanwhile.
        channels: The channels to use, the first first.
        point_ids: The contact points that it is about, or that may be used.
        party_ids: Who of the case may help.
        language: The client's language, where it is needed.
        formats: The forms that the client needs, or that are offered.
        sources: The sources that may be asked.
    """

    kind: RemedyKind
    by: RemedyHelper
    within: Limit[int]
    due_on: pendulum.Date = attrs.field(converter=_to_due_on)
    closes_when: ClosingEvidence
    not_allowed: tuple[Prohibition, ...] = attrs.field(converter=_to_not_allowed)
    channels: tuple[Channel, ...] = attrs.field(default=(), converter=_to_channels)
    point_ids: tuple[str, ...] = attrs.field(default=(), converter=_to_point_ids)
    party_ids: tuple[str, ...] = attrs.field(default=(), converter=_to_party_ids)
    language: str | None = None
    formats: frozenset[AccessibleFormat] = attrs.field(
        factory=frozenset[AccessibleFormat], converter=_to_formats
    )
    sources: frozenset[PointSource] = attrs.field(factory=frozenset[PointSource], converter=_to_sources)

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_instance(self.kind, RemedyKind, "kind")
        check_instance(self.by, RemedyHelper, "by")
        check_limit(self.within, int, "within")
        check_instance(self.closes_when, ClosingEvidence, "closes_when")
        if self.language is not None:
            object.__setattr__(self, "language", check_language(self.language, "language"))

    def __repr__(self) -> str:
        """Give who does it and the day: what somebody needs is personal."""
        return f"<Remedy by {self.by.value}, {self.due_on}>"
