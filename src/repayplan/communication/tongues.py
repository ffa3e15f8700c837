"""Whether two language tags name a language in which people understand each other."""

from __future__ import annotations

from typing import Final

__all__ = ["same_spoken", "same_written"]

_SPOKEN_AS: Final = {"zh": "cmn"}
"""Chinese that is not named closer is Mandarin when it is spoken."""

_SCRIPT_LENGTH: Final = 4


def same_spoken(one: str, other: str) -> bool:
    """Tell whether two checked tags name one spoken language; script and region make no difference."""
    return _spoken(one) == _spoken(other)


def same_written(one: str, other: str) -> bool:
    """Tell whether two checked tags name one written language: a script counts where both name one."""
    scripts = _script(one), _script(other)
    return _spoken(one) == _spoken(other) and (None in scripts or scripts[0] == scripts[1])


def _spoken(tag: str) -> str:
    language = tag.split("-", maxsplit=1)[0]
    return _SPOKEN_AS.get(language, language)


def _script(tag: str) -> str | None:
    return next((part for part in tag.split("-")[1:] if len(part) == _SCRIPT_LENGTH), None)
