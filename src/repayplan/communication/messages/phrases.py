"""The phrasebook of the desk: forty sentences in the order of a talk."""

from __future__ import annotations

from typing import Final

import attrs

from repayplan.checks import check_instance, check_text
from repayplan.errors import CommunicationError
from repayplan.values import Enumeration, Value

__all__ = ["PHRASE_KEYS", "Phrase", "TalkStage", "phrases"]


class TalkStage(Enumeration):
    """The stages of a talk, in their order."""

    IDENTITY = "identity"
    """Make sure who is there, before anything is said about a debt."""
    LISTEN = "listen"
    """Let the client speak first."""
    ASK = "ask"
    """Ask what is needed for a plan that the client can keep."""
    RESPOND = "respond"
    """Say what is possible, and let the client choose."""
    SUMMARISE = "summarise"
    """Say again what was agreed."""
    CLOSE = "close"
    """Say how it goes on, and where there is help."""


PHRASE_KEYS: Final = (
    (TalkStage.IDENTITY, "greeting"),
    (TalkStage.IDENTITY, "may_i_speak_to"),
    (TalkStage.IDENTITY, "is_it_a_good_moment"),
    (TalkStage.IDENTITY, "check_identity"),
    (TalkStage.IDENTITY, "you_may_check_us"),
    (TalkStage.IDENTITY, "recording"),
    (TalkStage.IDENTITY, "language"),
    (TalkStage.LISTEN, "how_are_things"),
    (TalkStage.LISTEN, "take_your_time"),
    (TalkStage.LISTEN, "what_happened"),
    (TalkStage.LISTEN, "sorry_to_hear"),
    (TalkStage.LISTEN, "did_i_understand"),
    (TalkStage.LISTEN, "what_would_help"),
    (TalkStage.LISTEN, "is_it_right"),
    (TalkStage.ASK, "may_i_ask"),
    (TalkStage.ASK, "income"),
    (TalkStage.ASK, "household"),
    (TalkStage.ASK, "essentials"),
    (TalkStage.ASK, "other_debts"),
    (TalkStage.ASK, "changes_ahead"),
    (TalkStage.ASK, "health"),
    (TalkStage.ASK, "affordable"),
    (TalkStage.ASK, "adviser_already"),
    (TalkStage.RESPOND, "living_costs_first"),
    (TalkStage.RESPOND, "several_ways"),
    (TalkStage.RESPOND, "explain_offer"),
    (TalkStage.RESPOND, "your_own_proposal"),
    (TalkStage.RESPOND, "pause_possible"),
    (TalkStage.RESPOND, "no_need_to_decide"),
    (TalkStage.RESPOND, "i_do_not_know"),
    (TalkStage.RESPOND, "how_to_reach_you"),
    (TalkStage.SUMMARISE, "let_me_sum_up"),
    (TalkStage.SUMMARISE, "agreed_amount"),
    (TalkStage.SUMMARISE, "if_it_changes"),
    (TalkStage.SUMMARISE, "in_writing"),
    (TalkStage.SUMMARISE, "anything_missing"),
    (TalkStage.CLOSE, "free_help"),
    (TalkStage.CLOSE, "complaint"),
    (TalkStage.CLOSE, "next_contact"),
    (TalkStage.CLOSE, "thanks"),
)
"""The stage and the key of every sentence, in the order of a talk."""


@attrs.frozen
class Phrase(Value):
    """One sentence to say; what stands in square brackets is filled in by the speaker.

    Attributes:
        key: What tells it from all others, the same in every language.
        stage: Where in a talk it belongs.
        text: The sentence.
    """

    key: str
    stage: TalkStage
    text: str

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_text(self.key, "key", error=CommunicationError)
        check_instance(self.stage, TalkStage, "stage")
        check_text(self.text, "text", error=CommunicationError)


def phrases(lines: str) -> tuple[Phrase, ...]:
    """Read the forty sentences of a language, one a line in the order of ``PHRASE_KEYS``.

    Raises:
        CommunicationError: There are not exactly forty.
    """
    texts = [line.strip() for line in check_instance(lines, str, "lines").strip().splitlines()]
    if len(texts) != len(PHRASE_KEYS):
        message = f"expected {len(PHRASE_KEYS)} sentences, one a line, got {len(texts)}"
        raise CommunicationError("phrases.count", "lines", message, {"count": len(texts)})
    return tuple(Phrase(key, stage, text) for (stage, key), text in zip(PHRASE_KEYS, texts, strict=True))
