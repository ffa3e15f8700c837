"""Messages from words and facts: plain text, HTML and SMS, each safe to send as it is."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from repayplan.checks import check_instance
from repayplan.communication.messages.bidi import isolated, needs_isolation
from repayplan.communication.messages.catalogs import CATALOGS, catalog_for
from repayplan.communication.messages.facts import MessageFacts
from repayplan.communication.messages.kind_facts import check_facts
from repayplan.communication.messages.kinds import MessageKind
from repayplan.communication.messages.place_values import PlaceWriter, counts_of
from repayplan.communication.messages.required_items import MessageRules
from repayplan.communication.messages.sms import SmsSize, sms_size
from repayplan.communication.messages.templates import Piece, Plural
from repayplan.communication.messages.texts import EachOffer
from repayplan.communication.messages.word_lists import WordingConcern
from repayplan.errors import CommunicationError
from repayplan.formatting import Direction, plural_form, text_direction
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from repayplan.communication.messages.catalog import Catalog
    from repayplan.communication.messages.parts import PlanTerms
    from repayplan.communication.messages.templates import Sentence
    from repayplan.communication.messages.texts import MessageText, Paragraph

__all__ = ["RenderedMessage", "render_message"]

_NO_BREAK = str.maketrans({"\u00a0": " ", "\u202f": " "})

Pieces = tuple[Piece, ...]


@attrs.frozen(kw_only=True, repr=False)
class RenderedMessage(Value):
    """A message in the client's language, ready to send.

    Attributes:
        kind: What it is for.
        locale: The client's locale.
        direction: ``"ltr"`` or ``"rtl"``.
        reviewed_by_adviser: Whether a debt adviser who speaks the language has read its words.
        subject: One line that names no debt, since it shows on a locked screen.
        plain: The full text; paragraphs are parted by an empty line.
        html: The same as HTML paragraphs, with everything escaped, for the body of a page.
        sms: The short form, which names neither a debt nor an amount: call us, or wait for the full text. The
            sender's own name is shown as it is.
        sms_size: What the short form takes, at most four segments.
    """

    kind: MessageKind
    locale: str
    direction: Direction
    reviewed_by_adviser: bool
    subject: str
    plain: str
    html: str
    sms: str
    sms_size: SmsSize

    def __repr__(self) -> str:
        """Hide the text, which is personal."""
        return f"<RenderedMessage {self.kind.value} in {self.locale}>"


def render_message(
    kind: MessageKind,
    locale: str,
    facts: MessageFacts,
    *,
    rules: MessageRules | None = None,
    catalogs: Sequence[Catalog] = (),
) -> RenderedMessage:
    """Write a message in the client's language.

    Words come from the catalog of the language; money, dates, counts and lists are written as the locale
    writes them. Facts are put in as they are, never read as a template; in HTML they are escaped, and where
    directions of writing meet, each stands between isolates. What is not given has no sentence.

    Args:
        kind: What the message is for.
        locale: The client's locale, such as ``"zh-CN"``.
        facts: What it says; :func:`facts_of` gives what each kind takes.
        rules: What the jurisdiction wants in it beyond that.
        catalogs: The caller's own languages; one for the same locale replaces the library's.

    Raises:
        CommunicationError: The locale is unknown or has no catalog, a fact is missing or would not be shown,
            the rules require one that is not given, or a word for a debt, in any language that has a catalog,
            is in the way to opt out, or in the sender, the agent or the hours of a neutral message.
    """
    check_instance(kind, MessageKind, "kind")
    check_instance(facts, MessageFacts, "facts")
    catalog = catalog_for(locale, catalogs)
    check_facts(kind, facts)
    if rules is not None:
        check_instance(rules, MessageRules, "rules").check(kind, facts)
    _check_discreet(kind, facts, catalogs)
    return _rendered(catalog.text(kind), catalog, locale, facts)


def _rendered(text: MessageText, catalog: Catalog, locale: str, facts: MessageFacts) -> RenderedMessage:
    direction = text_direction(locale)
    full = _Composer.of(PlaceWriter(locale, catalog), facts)
    short = _Composer.of(PlaceWriter(locale, catalog, "medium"), facts)
    paragraphs = list(full.paragraphs(text.paragraphs, facts.offers))
    sms = _plain(short.joined(text.sms), direction).translate(_NO_BREAK)
    return RenderedMessage(
        kind=text.kind,
        locale=locale,
        direction=direction,
        reviewed_by_adviser=catalog.reviewed_by_adviser,
        subject=_plain(full.joined([text.subject]), direction),
        plain="\n\n".join(_plain(pieces, direction) for pieces in paragraphs),
        html=_page(paragraphs, locale, direction),
        sms=sms,
        sms_size=sms_size(sms),
    )


@attrs.frozen
class _Composer:
    """Puts facts into sentences.

    Attributes:
        writer: Writes facts as text.
        places: The text of every place that is filled.
        counts: The numbers that pick plural forms, by place.
    """

    writer: PlaceWriter
    places: Mapping[str, str]
    counts: Mapping[str, int]

    @classmethod
    def of(cls, writer: PlaceWriter, facts: MessageFacts) -> _Composer:
        """Take the facts of a message."""
        return cls(writer, writer.facts(facts), counts_of(facts))

    def paragraphs(self, paragraphs: Sequence[Paragraph], offers: Sequence[PlanTerms]) -> Iterator[Pieces]:
        """Give the pieces of every paragraph of which something is left."""
        for paragraph in paragraphs:
            if isinstance(paragraph, EachOffer):
                for number, terms in enumerate(offers, start=1):
                    places = self.writer.offer(number, terms)
                    yield _Composer(self.writer, places, {"plan_count": terms.count}).filled(
                        paragraph.sentence
                    )
            elif pieces := self.joined(paragraph):
                yield pieces

    def joined(self, sentences: Sequence[Sentence]) -> Pieces:
        """Put together the sentences whose facts are all given."""
        separator = Piece(self.writer.catalog.separator, is_value=False)
        given = [self.filled(sentence) for sentence in sentences if sentence.names <= self.places.keys()]
        return tuple(piece for pieces in given for piece in (separator, *pieces))[1:]

    def filled(self, sentence: Sentence) -> Pieces:
        """Put the facts into one sentence, in the form that its number asks for."""
        if isinstance(sentence, Plural):
            # the words' own locale: Portuguese counts one way in Brazil and another in Portugal
            form = plural_form(self.counts[sentence.by], self.writer.catalog.locale)
            return sentence.form(form).fill(self.places)
        return sentence.fill(self.places)


def _plain(pieces: Pieces, direction: Direction) -> str:
    return "".join(isolated(piece.text, direction) if piece.is_value else piece.text for piece in pieces)


def _page(paragraphs: list[Pieces], locale: str, direction: Direction) -> str:
    inner = "".join(f"<p>{_marked_up(pieces, direction)}</p>" for pieces in paragraphs)
    return f'<div lang="{locale.replace("_", "-")}" dir="{direction}">{inner}</div>'


def _marked_up(pieces: Pieces, direction: Direction) -> str:
    escaped = ((piece, html.escape(piece.text)) for piece in pieces)
    return "".join(
        f"<bdi>{text}</bdi>" if piece.is_value and needs_isolation(piece.text, direction) else text
        for piece, text in escaped
    )


def _check_discreet(kind: MessageKind, facts: MessageFacts, catalogs: Sequence[Catalog]) -> None:
    """See that what others may see or hear names no debt by way of its facts, in whatever language.

    That is a neutral message, and the way to opt out in every short form. The client is addressed as the
    client is called.
    """
    for name, text in _open_to_others(kind, facts).items():
        for catalog in (*catalogs, *CATALOGS):
            for found in catalog.words.found_in(text, WordingConcern.NAMES_DEBT):
                message = f"expected words that name no debt, since others may see them, got {found!r}"
                raise CommunicationError("message.discloses", f"facts.{name}", message)


def _open_to_others(kind: MessageKind, facts: MessageFacts) -> dict[str, str]:
    shown = {"opt_out": facts.opt_out}
    if kind is MessageKind.NEUTRAL:
        shown |= {"sender": facts.sender, "contact.hours": facts.contact.hours, "agent": facts.agent}
    return {name: text for name, text in shown.items() if text is not None}
