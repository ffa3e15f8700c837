"""A second look at words that people write themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repayplan.checks import check_instance
from repayplan.communication.messages.catalogs import catalog_for
from repayplan.communication.messages.word_lists import WORDING_BASIS, WordingConcern
from repayplan.errors import CommunicationError
from repayplan.rules import Citation, Finding, Force

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repayplan.communication.messages.catalog import Catalog

__all__ = ["WORDING_TEXT_MAX", "review_wording"]

WORDING_TEXT_MAX: Final = 20_000
"""Characters that a text to be reviewed may have."""


def review_wording(
    text: str, locale: str, *, others_may_see: bool = False, catalogs: Sequence[Catalog] = ()
) -> tuple[Finding, ...]:
    """Look for wording that threatens, shames, deceives, presses or speaks of telling others.

    Advice, not a verdict: a list of words is found or not. A sentence that says no to a word ("we will not
    take you to court") is found as well, and a threat in words that are not on the list is not. Compared
    without regard to case, accents, width and invisible characters; whole words where the language parts
    words.

    Args:
        text: What somebody wrote; line breaks are allowed.
        locale: Its language.
        others_may_see: Whether it may be seen or heard by others, such as a voicemail or an SMS on a locked
            screen: then words that name a debt are found too.
        catalogs: The caller's own languages; one for the same locale replaces the library's.

    Returns:
        One failed finding for each entry found, by concern; ``observed`` is the entry. Its citation is of
        force ``HOUSE``, since the list is ours, and names the rule that the list leans on.

    Raises:
        CommunicationError: The text has more than 20,000 characters, the locale is unknown, or no catalog is
            in its language.
    """
    check_instance(text, str, "text")
    if len(text) > WORDING_TEXT_MAX:
        message = f"expected at most {WORDING_TEXT_MAX} characters, got {len(text)}; review it in parts"
        raise CommunicationError("text.length", "text", message, {"maximum": WORDING_TEXT_MAX})
    check_instance(others_may_see, bool, "others_may_see")
    words = catalog_for(locale, catalogs).words
    concerns = [
        concern for concern in WordingConcern if others_may_see or concern is not WordingConcern.NAMES_DEBT
    ]
    return tuple(
        Finding(f"wording: {concern.value}", passed=False, observed=entry, citation=_CITATIONS[concern])
        for concern in concerns
        for entry in words.found_in(text, concern)
    )


def _citation(concern: WordingConcern) -> Citation:
    basis = WORDING_BASIS[concern]
    return Citation(
        title="repayplan word list",
        article=concern.value,
        force=Force.HOUSE,
        applies_to="advice to writers" if basis is None else f"advice to writers; leans on {basis}",
    )


_CITATIONS: Final = {concern: _citation(concern) for concern in WordingConcern}
