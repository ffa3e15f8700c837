"""What the rules want a message to contain: items with their sources, demanded of the facts."""

# ruff: noqa: RUF001  # a law is cited by its Chinese title, with its own brackets

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.checks import check_instance, check_tuple
from repayplan.communication.messages.kind_facts import facts_of
from repayplan.communication.messages.kinds import MessageKind
from repayplan.errors import CommunicationError, InputTypeError, shown
from repayplan.rules import Citation, Evidence, Force
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from repayplan.communication.messages.facts import MessageFacts

__all__ = [
    "CN_CARD_LETTER",
    "HK_AGENCY_NOTICE",
    "US_ELECTRONIC_MESSAGE",
    "US_LIMITED_CONTENT",
    "MessageRules",
    "RequiredItem",
]

_ITEMS_MAX: Final = 100


def _to_kinds(value: Collection[MessageKind]) -> frozenset[MessageKind]:
    if not isinstance(value, (frozenset, set, tuple, list)):
        message = f"expected a set of MessageKind, got {shown(value)}"
        raise InputTypeError("set.type", "kinds", message, {"expected": "MessageKind"})
    if not value:
        raise CommunicationError("message.kinds", "kinds", "expected one kind or more, got none")
    return frozenset(check_instance(kind, MessageKind, "kinds") for kind in value)


@attrs.frozen
class RequiredItem(Value):
    """One fact that a rule wants in some kinds of message.

    Attributes:
        fact: The name of the fact, such as ``"opt_out"``.
        kinds: The kinds of message that must have it.
        citation: Which rule says so.

    Raises:
        CommunicationError: A kind does not take the fact, or none is named.
    """

    fact: str
    kinds: frozenset[MessageKind] = attrs.field(converter=_to_kinds)
    citation: Citation

    def __attrs_post_init__(self) -> None:
        """Check that every kind can have the fact."""
        check_instance(self.fact, str, "fact")
        check_instance(self.citation, Citation, "citation")
        for kind in MessageKind:
            if kind in self.kinds and self.fact not in facts_of(kind).allowed:
                message = (
                    f"expected a fact that a message of kind {kind.value!r} takes, got {shown(self.fact)}"
                )
                raise CommunicationError("message.required_item", "fact", message)


def _to_items(value: Sequence[RequiredItem]) -> tuple[RequiredItem, ...]:
    return check_tuple(value, RequiredItem, "items", maximum=_ITEMS_MAX, error=CommunicationError)


@attrs.frozen
class MessageRules(Value):
    """What a jurisdiction wants in messages, beyond what each kind needs anyway.

    Attributes:
        items: What has to be in messages of which kinds, each with its source.
    """

    items: tuple[RequiredItem, ...] = attrs.field(converter=_to_items)

    def check(self, kind: MessageKind, facts: MessageFacts) -> None:
        """Hold the facts of a message against the rules.

        Raises:
            CommunicationError: A required item is not given.
        """
        for item in self.items:
            if kind in item.kinds and item.fact not in facts.given:
                message = f"expected this fact, which {item.citation} requires; give it"
                raise CommunicationError(
                    "message.fact_required", f"facts.{item.fact}", message, {"kind": kind.value}
                )


def _rules(citation: Citation, facts: str, *kinds: MessageKind) -> MessageRules:
    return MessageRules([RequiredItem(fact, kinds, citation) for fact in facts.split()])


CN_CARD_LETTER: Final = _rules(
    Citation(
        title="商业银行信用卡业务监督管理办法（银监会令2011年第2号）",
        article="第六十六、六十八、六十九条",
        effective_from=pendulum.date(2011, 1, 13),
        evidence=Evidence.SECONDARY,
        force=Force.LAW,
        applies_to="letters of card issuers to collect; the seal is the bank's to add",
    ),
    "amount basis rights query_route contact",
    MessageKind.MISSED_PAYMENT,
)
"""China, letters about a card: name and balance, reason and law, rights and duties, how to query, contact."""

HK_AGENCY_NOTICE: Final = _rules(
    Citation(
        title="Code of Banking Practice (Hong Kong)",
        article="46.8",
        evidence=Evidence.PRIMARY,
        force=Force.GUIDANCE,
        applies_to="the written notice before a debt goes to an agency",
    ),
    "amount days_past_due contact costs complaint_route",
    MessageKind.MISSED_PAYMENT,
)
"""Hong Kong: amount, time in default, phone, liability for costs, how to complain."""

_REGULATION_F: Final = Citation(
    title="Regulation F (12 CFR 1006)",
    effective_from=pendulum.date(2021, 11, 30),
    evidence=Evidence.PRIMARY,
    force=Force.LAW,
    applies_to="third-party collectors; good practice for creditors",
)

US_ELECTRONIC_MESSAGE: Final = _rules(
    attrs.evolve(_REGULATION_F, article="1006.6(e)"),
    "opt_out",
    *(kind for kind in MessageKind if kind is not MessageKind.OPT_OUT_CONFIRMED),
)
"""United States: a free way to opt out in every electronic message but the one that confirms an opt-out.

That one states the confirmation and nothing else (1006.14(h)(2)(i)).
"""

US_LIMITED_CONTENT: Final = _rules(
    attrs.evolve(_REGULATION_F, article="1006.2(j)"),
    "sender contact agent",
    MessageKind.NEUTRAL,
)
"""United States, voicemail: a name that names no debt, a request to call, whom to ask for, the number."""
