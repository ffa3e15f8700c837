"""The words of one kind of message in one language, checked against the facts that the kind takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from repayplan.checks import check_instance, check_tuple
from repayplan.communication.messages.facts import OPT_OUT_UNITS_MAX, SENDER_UNITS_MAX
from repayplan.communication.messages.kind_facts import (
    COUNT_PLACES,
    PLACES_BY_FACT,
    SMS_DATES,
    facts_of,
    places_of,
)
from repayplan.communication.messages.kinds import MessageKind
from repayplan.communication.messages.parts import PHONE_UNITS_MAX
from repayplan.communication.messages.sms import SMS_SEGMENTS_MAX, SmsEncoding, utf16_units
from repayplan.communication.messages.templates import Plural, Sentence, Template, to_sentence, to_template
from repayplan.errors import CommunicationError, shown
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["EachOffer", "MessageText", "Paragraph"]

_SENTENCES_MAX: Final = 50
_SMS_DATE_UNITS_MAX: Final = 40  # the longest medium date of any locale in CLDR takes 39
_SMS_UNITS: Final = {
    "sender": SENDER_UNITS_MAX,
    "contact_phone": PHONE_UNITS_MAX,
    "opt_out": OPT_OUT_UNITS_MAX,
}
_ISOLATES: Final = 2


@attrs.frozen
class EachOffer(Value):
    """A paragraph that is repeated for every offer.

    Attributes:
        sentence: What is said of each.
    """

    sentence: Sentence = attrs.field(converter=to_sentence)


Paragraph = tuple[Sentence, ...] | EachOffer


def _to_paragraph(value: Sequence[str | Sentence] | EachOffer) -> Paragraph:
    if isinstance(value, EachOffer):
        return value
    every = check_tuple(value, object, "paragraph", maximum=_SENTENCES_MAX, error=CommunicationError)
    return tuple(to_sentence(sentence) for sentence in every)  # type: ignore[arg-type]  # it checks


def _to_paragraphs(value: Sequence[Sequence[str | Sentence] | EachOffer]) -> tuple[Paragraph, ...]:
    every = check_tuple(value, object, "paragraphs", maximum=_SENTENCES_MAX, error=CommunicationError)
    return tuple(_to_paragraph(paragraph) for paragraph in every)  # type: ignore[arg-type]  # it checks


def _to_sms(value: Sequence[str | Template]) -> tuple[Template, ...]:
    every = check_tuple(value, object, "sms", maximum=_SENTENCES_MAX, error=CommunicationError)
    return tuple(to_template(sentence) for sentence in every)  # type: ignore[arg-type]  # it checks


@attrs.frozen
class MessageText(Value):
    """The words of one kind of message in one language.

    A sentence is left out where its fact is not given; so it has the places of one optional fact at most,
    and every fact that the kind takes has a sentence: nothing that is given is lost.

    Attributes:
        kind: The kind of message.
        subject: One line, with required facts only.
        paragraphs: The sentences by paragraph.
        sms: The sentences of the short form, with the sender, the phone number, the way to opt out where the
            kind takes it, and the dates that ``SMS_DATES`` names; with the longest facts it fits into four
            segments of UCS-2.

    Raises:
        CommunicationError: A place is unknown to the kind, a fact has no sentence, a sentence depends on two
            optional facts, or the short form may be too long.
    """

    kind: MessageKind
    subject: Template = attrs.field(converter=to_template)
    paragraphs: tuple[Paragraph, ...] = attrs.field(converter=_to_paragraphs)
    sms: tuple[Template, ...] = attrs.field(converter=_to_sms)

    def __attrs_post_init__(self) -> None:
        """Check every place against the facts of the kind."""
        check_instance(self.kind, MessageKind, "kind")
        takes = facts_of(self.kind)
        self._check_places("subject", [self.subject], places_of(takes.required), frozenset({"sender"}))
        body = takes.allowed - {"offers"}
        self._check_places("paragraphs", list(self.sentences), places_of(body), places_of(body))
        of_offer = places_of(takes.allowed & {"offers"})
        self._check_places("paragraphs", list(self._of_offers()), of_offer, of_offer)
        self._check_optional("paragraphs", list(self.sentences))
        in_sms = frozenset(_SMS_UNITS) & places_of(takes.allowed) | SMS_DATES.get(self.kind, frozenset())
        self._check_places("sms", list(self.sms), in_sms, in_sms)
        self._check_optional("sms", list(self.sms))
        self._check_counts()
        self._check_sms_length()

    @property
    def sentences(self) -> Iterator[Sentence]:
        """The sentences of the body that are written once."""
        for paragraph in self.paragraphs:
            if not isinstance(paragraph, EachOffer):
                yield from paragraph

    @property
    def every_sentence(self) -> Iterator[Sentence]:
        """All sentences: of the subject, the body, the offers and the short form."""
        yield self.subject
        yield from self.sentences
        yield from self._of_offers()
        yield from self.sms

    def _of_offers(self) -> Iterator[Sentence]:
        return (paragraph.sentence for paragraph in self.paragraphs if isinstance(paragraph, EachOffer))

    def _check_places(
        self, part: str, sentences: list[Sentence], known: frozenset[str], needed: frozenset[str]
    ) -> None:
        found = {name for sentence in sentences for name in sentence.names}
        for name in sorted(found - known):
            message = f"expected a place of kind {self.kind.value!r}, got {shown(name)}"
            raise CommunicationError("template.unknown_place", part, message, {"place": name})
        for name in sorted(needed - found):
            message = f"expected the place {{{name}}} in a sentence of kind {self.kind.value!r}, got none"
            raise CommunicationError("template.unused_fact", part, message, {"place": name})

    def _check_counts(self) -> None:
        for sentence in self.every_sentence:
            if isinstance(sentence, Plural) and sentence.by not in COUNT_PLACES:
                known = ", ".join(sorted(COUNT_PLACES))
                message = f"expected a plural by one of {known}, got {shown(sentence.by)}"
                raise CommunicationError("template.plural_by", "paragraphs", message)

    def _check_optional(self, part: str, sentences: list[Sentence]) -> None:
        optional = facts_of(self.kind).optional
        for sentence in sentences:
            depends = [fact for fact in optional if not sentence.names.isdisjoint(PLACES_BY_FACT[fact])]
            if len(depends) > 1:
                message = f"expected one optional fact in a sentence, got {' and '.join(sorted(depends))}"
                raise CommunicationError("template.two_facts", part, message)

    def _check_sms_length(self) -> None:
        empty = dict.fromkeys({name for sentence in self.sms for name in sentence.names}, "")
        pieces = [piece for sentence in self.sms for piece in sentence.fill(empty)]
        words = sum(utf16_units(piece.text) for piece in pieces) + len(self.sms)  # a blank after each
        values = [name for sentence in self.sms for name in sentence.listed]
        longest = words + sum(_SMS_UNITS.get(name, _SMS_DATE_UNITS_MAX) + _ISOLATES for name in values)
        room = SMS_SEGMENTS_MAX * (SmsEncoding.UCS_2.value[1] - 1)  # a segment may end before a pair of units
        if longest > room:
            message = (
                f"expected at most {room} UTF-16 code units with the longest facts, got {longest}; shorten it"
            )
            raise CommunicationError("template.sms_length", "sms", message, {"maximum": room})
