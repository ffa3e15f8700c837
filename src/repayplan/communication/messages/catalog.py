"""A language, complete and checked: its messages, names, phrasebook and word lists."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Final, TypeVar

import attrs

from repayplan.checks import check_instance, check_text, check_tuple
from repayplan.communication.channels import Channel
from repayplan.communication.messages.kinds import MessageKind
from repayplan.communication.messages.phrases import PHRASE_KEYS, Phrase
from repayplan.communication.messages.rhythms import Rhythm
from repayplan.communication.messages.templates import Plural, Template
from repayplan.communication.messages.texts import MessageText
from repayplan.communication.messages.word_lists import WordingConcern, WordLists
from repayplan.errors import CommunicationError
from repayplan.formatting import LocaleTags, locale_tags, plural_categories
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from repayplan.communication.messages.templates import Sentence

__all__ = ["Catalog", "Label"]

_LABELS_MAX: Final = 50
_SEPARATORS: Final = ("", " ")
_STOP: Final = " \u00b6 "  # a sign that no entry of a word list spans

E = TypeVar("E", bound=enum.Enum)


@attrs.frozen
class Label(Value):
    """What a language calls a rhythm or a channel, in the middle of a sentence.

    Attributes:
        of: The rhythm or the channel.
        text: Its name.
    """

    of: Rhythm | Channel
    text: str

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        if not isinstance(self.of, Rhythm):
            check_instance(self.of, Channel, "of")
        check_text(self.text, "text", error=CommunicationError)


def _to_messages(value: Sequence[MessageText]) -> tuple[MessageText, ...]:
    return check_tuple(value, MessageText, "messages", maximum=len(MessageKind), error=CommunicationError)


def _to_labels(value: Sequence[Label]) -> tuple[Label, ...]:
    return check_tuple(value, Label, "labels", maximum=_LABELS_MAX, error=CommunicationError)


def _to_phrases(value: Sequence[Phrase]) -> tuple[Phrase, ...]:
    return check_tuple(value, Phrase, "phrases", maximum=len(PHRASE_KEYS), error=CommunicationError)


@attrs.frozen(kw_only=True, repr=False)
class Catalog(Value):
    """All words of one language.

    Attributes:
        locale: The language, such as ``"es"`` or ``"zh-Hans"``; with a territory it is used there only.
        reviewed_by_adviser: Whether a debt adviser who speaks the language has read all of it.
        separator: What stands between two sentences: a blank, or nothing.
        messages: The words of every kind of message.
        labels: The names of every rhythm and channel.
        phrases: The forty sentences of the phrasebook, in their order.
        words: The words that :func:`review_wording` looks for.

    Raises:
        CommunicationError: Something is missing or comes twice, a plural lacks a form that the language has,
            or the catalog's own words do not pass its own word lists.
    """

    locale: str
    reviewed_by_adviser: bool
    separator: str = " "
    messages: tuple[MessageText, ...] = attrs.field(converter=_to_messages)
    labels: tuple[Label, ...] = attrs.field(converter=_to_labels)
    phrases: tuple[Phrase, ...] = attrs.field(converter=_to_phrases)
    words: WordLists

    def __attrs_post_init__(self) -> None:
        """Check that the language is complete and calm."""
        locale_tags(self.locale)
        check_instance(self.reviewed_by_adviser, bool, "reviewed_by_adviser")
        if self.separator not in _SEPARATORS:
            raise CommunicationError("catalog.separator", "separator", "expected a blank or nothing")
        check_instance(self.words, WordLists, "words")
        _check_complete([text.kind for text in self.messages], MessageKind, "messages")
        _check_complete([label.of for label in self.labels if isinstance(label.of, Rhythm)], Rhythm, "labels")
        _check_complete(
            [label.of for label in self.labels if isinstance(label.of, Channel)], Channel, "labels"
        )
        if tuple((phrase.stage, phrase.key) for phrase in self.phrases) != PHRASE_KEYS:
            message = "expected the sentences of PHRASE_KEYS, in their order"
            raise CommunicationError("catalog.phrases", "phrases", message)
        for text in self.messages:
            self._check_plurals(text)
            self._check_words(text)
        self._check_passes([label.text for label in self.labels], "labels", _CALM)
        self._check_passes([phrase.text for phrase in self.phrases], "phrases", _CALM)

    def __repr__(self) -> str:
        """Give the language, not all of its words."""
        return f"<Catalog {self.locale}{' reviewed by an adviser' if self.reviewed_by_adviser else ''}>"

    @property
    def tags(self) -> LocaleTags:
        """Its language, script and territory."""
        return locale_tags(self.locale)

    def text(self, kind: MessageKind) -> MessageText:
        """Give the words of one kind of message."""
        return next(text for text in self.messages if text.kind is kind)

    def label(self, of: Rhythm | Channel) -> str:
        """Give the name of a rhythm or a channel."""
        return next(label.text for label in self.labels if label.of is of)

    def _check_plurals(self, text: MessageText) -> None:
        wanted = plural_categories(self.locale)
        for sentence in text.every_sentence:
            if isinstance(sentence, Plural) and not wanted <= sentence.categories:
                message = f"expected the forms {', '.join(sorted(wanted))} of {{{sentence.by}}}"
                raise CommunicationError("catalog.plural", f"messages.{text.kind.name}", message)

    def _check_words(self, text: MessageText) -> None:
        field = f"messages.{text.kind.name}"
        self._check_passes(_words_of(text.every_sentence), field, _CALM)
        discreet = text.every_sentence if text.kind is MessageKind.NEUTRAL else (text.subject, *text.sms)
        self._check_passes(_words_of(iter(discreet)), field, (WordingConcern.NAMES_DEBT,))

    def _check_passes(self, texts: Sequence[str], field: str, concerns: Sequence[WordingConcern]) -> None:
        every = _STOP.join(texts)
        for concern in concerns:
            for found in self.words.found_in(every, concern):
                message = f"expected no wording of the concern {concern.value!r}, got {found!r}"
                raise CommunicationError("catalog.wording", field, message, {"concern": concern.value})


_CALM: Final = tuple(concern for concern in WordingConcern if concern is not WordingConcern.NAMES_DEBT)


def _check_complete(found: Sequence[E], kinds: type[E], field: str) -> None:
    for kind in kinds:
        if found.count(kind) != 1:
            message = f"expected {kinds.__name__}.{kind.name} once, got it {found.count(kind)} times"
            raise CommunicationError("catalog.incomplete", field, message, {"name": kind.name})


def _words_of(sentences: Iterator[Sentence]) -> list[str]:
    """Give the words of the templates, each place shown as a stop."""
    templates = (
        template
        for sentence in sentences
        for template in (
            [sentence] if isinstance(sentence, Template) else [form for _, form in sentence.forms]
        )
    )
    return [
        "".join(piece.text for piece in template.fill(dict.fromkeys(template.names, _STOP)))
        for template in templates
    ]
