"""The keys of actions that several rules speak of."""

from __future__ import annotations

__all__ = ["answer_key", "attempt_key", "way_key"]


def attempt_key(key: str, attempt: int) -> str:
    """Give the key of an attempt at what a need wants, the first of which has the need's own."""
    return key if attempt == 1 else f"{key}:{attempt}"


def way_key(key: str) -> str:
    """Give the key of the step by which a person decides how the client is reached for a need."""
    return f"way:{key}"


def answer_key(request: str) -> str:
    """Give the key of the answer to a contact in which the client asked for something."""
    return f"answer:{request}"
