"""Strategies for messages: the words that the library ships, and the facts that they are filled with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

import repayplan as rp
from repayplan.communication.messages.catalogs import CATALOGS
from repayplan.communication.messages.kind_facts import facts_of
from repayplan.testing.drawing import values
from repayplan.testing.registry import Strategy, relation_of, strategy_for
from repayplan.testing.relating import in_order

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["message_facts"]

_RHYTHMS: Final = (
    rp.Frequency.MONTHLY,
    rp.Frequency.WEEKLY,
    rp.Frequency.FORTNIGHTLY,
    rp.Frequency.FOUR_WEEKLY,
    rp.Frequency.SEMI_MONTHLY,
)


def message_facts(**fields: object) -> st.SearchStrategy[rp.MessageFacts]:
    """Draw the facts of a message, of which each kind takes some.

    Args:
        fields: Fields that are fixed, or strategies for them.
    """
    return values(rp.MessageFacts, **fields)


@strategy_for(rp.Catalog)
def _catalogs(_: rp.Currency) -> Strategy:
    return st.sampled_from(CATALOGS)


@strategy_for(rp.MessageText)
def _texts(_: rp.Currency) -> Strategy:
    return st.sampled_from(CATALOGS).flatmap(lambda catalog: st.sampled_from(catalog.messages))


@strategy_for(rp.WordLists)
def _word_lists(_: rp.Currency) -> Strategy:
    return st.sampled_from([catalog.words for catalog in CATALOGS])


@relation_of(rp.Plural)
def _plural(draw: st.DrawFn, _: Mapping[str, Any]) -> Mapping[str, Any]:
    """Give the form of any number, and maybe that of one."""
    one = draw(st.sampled_from([(), (("one", rp.Template("{count} day")),)]))
    return {"by": "count", "forms": (*one, ("other", rp.Template("{count} days")))}


@relation_of(rp.RequiredItem)
def _required(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    kind = min(fields["kinds"], key=list(rp.MessageKind).index)
    return {"fact": draw(st.sampled_from(sorted(facts_of(kind).allowed))), "kinds": frozenset({kind})}


@relation_of(rp.PlanTerms)
def _plan_terms(draw: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Let all installments be no higher than the highest, in a rhythm that clients know."""
    amount = fields["amount"]
    units = draw(st.integers(amount.minor_units, amount.minor_units * fields["count"]))
    total = rp.Money.from_minor_units(units, amount.currency)
    return {"total": total, "frequency": draw(st.sampled_from(_RHYTHMS))}


@relation_of(rp.MessageFacts)
def _facts(_: st.DrawFn, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Put the days of each span in order, and leave out a part that is no less than the whole."""
    amount, paid = fields["amount"], fields["paid"]
    is_part = amount is None or paid is None or paid < amount
    return {
        "paid": paid if is_part else None,
        **in_order(fields, "pause_from", "pause_until"),
        **in_order(fields, "received_on", "answer_by"),
    }
