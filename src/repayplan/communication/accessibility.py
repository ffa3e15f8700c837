"""Which channels and forms suit a person who hears, sees or reads with difficulty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repayplan.communication.channels import AccessibleFormat, Channel
from repayplan.communication.reasons import SupportNeed

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

__all__ = ["forms_for", "suits"]

_FORMS: Final = {
    SupportNeed.HEARING: frozenset({AccessibleFormat.TEXT_RELAY, AccessibleFormat.SIGN_LANGUAGE}),
    SupportNeed.SIGHT: frozenset(
        {
            AccessibleFormat.LARGE_PRINT,
            AccessibleFormat.BRAILLE,
            AccessibleFormat.AUDIO,
            AccessibleFormat.SCREEN_READER,
        }
    ),
    SupportNeed.LITERACY: frozenset({AccessibleFormat.EASY_READ, AccessibleFormat.AUDIO}),
}

_PAPER: Final = frozenset({Channel.LETTER, Channel.FAX})
_WRITTEN: Final = frozenset(channel for channel in Channel if not channel.is_live)
_HARD_BY_ITSELF: Final = {
    SupportNeed.HEARING: frozenset({Channel.PHONE}),
    SupportNeed.SIGHT: _PAPER,
    SupportNeed.LITERACY: _WRITTEN,
}
_MADE_EASY_BY: Final = {
    SupportNeed.HEARING: frozenset({AccessibleFormat.TEXT_RELAY}),
    SupportNeed.SIGHT: frozenset(
        {AccessibleFormat.LARGE_PRINT, AccessibleFormat.BRAILLE, AccessibleFormat.AUDIO}
    ),
    SupportNeed.LITERACY: frozenset({AccessibleFormat.EASY_READ, AccessibleFormat.AUDIO}),
}


def forms_for(
    needs: AbstractSet[SupportNeed], wished: AbstractSet[AccessibleFormat]
) -> frozenset[AccessibleFormat]:
    """Give the forms that the person asked for, otherwise those to offer that the needs suggest."""
    if wished:
        return frozenset(wished)
    return frozenset(form for need in needs for form in _FORMS.get(need, ()))


def suits(channel: Channel, needs: AbstractSet[SupportNeed], wished: AbstractSet[AccessibleFormat]) -> bool:
    """Tell whether a channel suits a person by itself, or in a form that the person asked for."""
    hard = (need for need in needs if channel in _HARD_BY_ITSELF.get(need, ()))
    return all(_MADE_EASY_BY[need] & wished for need in hard)
