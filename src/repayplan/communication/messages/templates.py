"""Templates: words with places for facts, and nothing that could be computed or reached."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

import attrs

from repayplan.checks import check_instance, check_text, check_tuple
from repayplan.errors import CommunicationError, InputTypeError, shown
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

__all__ = ["TEMPLATE_MAX", "Piece", "Plural", "Sentence", "Template", "to_sentence", "to_template"]

TEMPLATE_MAX: Final = 500
"""Characters that a template may have."""

_TOKEN: Final = re.compile(r"\{\{|\}\}|\{(?P<name>[a-z][a-z_]{0,39})\}|(?P<wrong>[{}])|[^{}]+")
_CATEGORIES: Final = ("zero", "one", "two", "few", "many", "other")
_PAIR: Final = 2


class Piece(NamedTuple):
    """A part of a text: words of the language, or a value that came from outside."""

    text: str
    is_value: bool


@attrs.frozen
class Template(Value):
    """One sentence with places for facts, each written ``{name}``; ``{{`` and ``}}`` are braces.

    There is no format, no conversion, no attribute and no index: ``{amount:>9}`` and ``{a.b}`` are refused.
    A value that fills a place is never read as a template.

    Attributes:
        text: The sentence.

    Raises:
        CommunicationError: A brace stands alone, a place is not a plain name, or the text is not one line of
            at most 500 characters.
    """

    text: str

    def __attrs_post_init__(self) -> None:
        """Check the text and its braces."""
        check_text(self.text, "text", error=CommunicationError, maximum=TEMPLATE_MAX)
        for token in _TOKEN.finditer(self.text):
            if token["wrong"] is not None:
                message = f"expected {{name}} or a doubled brace, got a brace at position {token.start()}"
                raise CommunicationError("template.brace", "text", message, {"position": token.start()})

    @property
    def listed(self) -> tuple[str, ...]:
        """The places that it has, as often as it has them."""
        return tuple(token["name"] for token in _TOKEN.finditer(self.text) if token["name"])

    @property
    def names(self) -> frozenset[str]:
        """The places that it has."""
        return frozenset(self.listed)

    def fill(self, values: Mapping[str, str]) -> tuple[Piece, ...]:
        """Put a value into each place, as it is."""
        return tuple(
            Piece(values[token["name"]], is_value=True)
            if token["name"]
            else Piece(_UNDOUBLED.get(token[0], token[0]), is_value=False)
            for token in _TOKEN.finditer(self.text)
        )


_UNDOUBLED: Final = {"{{": "{", "}}": "}"}


def to_template(value: str | Template) -> Template:
    """Read a template from text."""
    return Template(value) if isinstance(value, str) else check_instance(value, Template, "template")


def _to_forms(value: Sequence[tuple[str, str | Template]]) -> tuple[tuple[str, Template], ...]:
    forms = check_tuple(value, tuple, "forms", maximum=len(_CATEGORIES), error=CommunicationError)
    if any(len(form) != _PAIR or form[0] not in _CATEGORIES for form in forms):
        message = f"expected pairs of a plural category ({', '.join(_CATEGORIES)}) and a template"
        raise CommunicationError("template.plural", "forms", message)
    return tuple((category, to_template(template)) for category, template in forms)


def _to_places(value: Collection[str]) -> frozenset[str]:
    if not isinstance(value, (frozenset, set, tuple, list)):
        message = f"expected the names of places, got {shown(value)}"
        raise InputTypeError("set.type", "may_omit", message, {"expected": "str"})
    return frozenset(check_instance(place, str, "may_omit") for place in value)


@attrs.frozen
class Plural(Value):
    """One sentence in the forms that a language has for numbers.

    Attributes:
        by: The place whose number picks the form; a form need not show it (Arabic has a word for two).
        forms: A template for each CLDR plural category of the language.
        may_omit: Places that a form need not show either: how often a single payment falls due says nothing.

    Raises:
        CommunicationError: A category comes twice, ``other`` is missing, or the forms have different places.
    """

    by: str
    forms: tuple[tuple[str, Template], ...] = attrs.field(converter=_to_forms)
    may_omit: frozenset[str] = attrs.field(default=frozenset(), converter=_to_places)

    def __attrs_post_init__(self) -> None:
        """Check the forms against each other."""
        check_text(self.by, "by", error=CommunicationError)
        if len(self.categories) != len(self.forms) or "other" not in self.categories:
            message = "expected each plural category once, and 'other' among them"
            raise CommunicationError("template.plural", "forms", message)
        if len({template.names | self._free for _, template in self.forms}) != 1:
            message = "expected the same places in every form, but for the number's own and may_omit"
            raise CommunicationError("template.plural_places", "forms", message)

    @property
    def categories(self) -> frozenset[str]:
        """The plural categories that it has."""
        return frozenset(category for category, _ in self.forms)

    @property
    def names(self) -> frozenset[str]:
        """The places that it has, the number's own included."""
        return self.forms[0][1].names | self._free

    @property
    def _free(self) -> frozenset[str]:
        return self.may_omit | {self.by}

    def form(self, category: str) -> Template:
        """Give the template for a plural category."""
        return dict(self.forms)[category]


Sentence = Template | Plural


def to_sentence(value: str | Sentence) -> Sentence:
    """Read a sentence: text is a template."""
    return value if isinstance(value, Plural) else to_template(value)
