"""Which catalog answers for a locale: the caller's first, then those that come with the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repayplan.checks import check_tuple
from repayplan.communication.messages.catalog import Catalog
from repayplan.communication.messages.languages.ar import ARABIC
from repayplan.communication.messages.languages.en import ENGLISH
from repayplan.communication.messages.languages.es import SPANISH
from repayplan.communication.messages.languages.zh import CHINESE
from repayplan.errors import CommunicationError
from repayplan.formatting import locale_tags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repayplan.communication.messages.phrases import Phrase

__all__ = ["CATALOGS", "catalog_for", "phrasebook"]

CATALOGS: Final = (CHINESE, ENGLISH, SPANISH, ARABIC)
"""The languages that come with the library; none has been reviewed by an adviser yet."""

_ADDED_MAX: Final = 100


def catalog_for(locale: str, catalogs: Sequence[Catalog] = ()) -> Catalog:
    """Find the words for a locale.

    A catalog of the same language, script and territory comes first, then one of the language and script
    without a territory: ``en-GB`` gets ``en``, ``zh-CN`` gets ``zh-Hans``, and ``zh-TW``, which is written in
    another script, gets none of them. No other language ever stands in.

    Args:
        locale: The client's locale.
        catalogs: The caller's own; one for the same locale replaces the library's.

    Raises:
        CommunicationError: The locale is unknown, no catalog is in its language, or two of the caller's are
            for one locale.
    """
    added = check_tuple(catalogs, Catalog, "catalogs", maximum=_ADDED_MAX, error=CommunicationError)
    if len({catalog.tags for catalog in added}) != len(added):
        raise CommunicationError(
            "catalog.duplicate", "catalogs", "expected one catalog for a locale, got two"
        )
    asked = locale_tags(locale)
    every = added + CATALOGS
    for tags in (asked, asked._replace(territory=None)):
        for catalog in every:
            if catalog.tags == tags:
                return catalog
    names = ", ".join(catalog.locale for catalog in every)
    message = f"expected one of the languages {names}; add a Catalog for others"
    raise CommunicationError("message.locale", "locale", message, {"languages": names})


def phrasebook(locale: str, *, catalogs: Sequence[Catalog] = ()) -> tuple[Phrase, ...]:
    """Give the forty sentences of a talk in a language, in the order of the talk.

    Args:
        locale: The client's locale.
        catalogs: The caller's own languages; one for the same locale replaces the library's.

    Raises:
        CommunicationError: The locale is unknown, or no catalog is in its language.
    """
    return catalog_for(locale, catalogs).phrases
