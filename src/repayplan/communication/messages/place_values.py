"""Facts as text: what stands in each place of a template, written as the client's locale writes it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import attrs

from repayplan.communication.channels import Channel
from repayplan.communication.messages.bidi import isolated
from repayplan.communication.messages.catalog import Catalog
from repayplan.communication.messages.parts import Adviser, ContactRoute, NextPayment, PlanTerms
from repayplan.formatting import (
    DateStyle,
    format_count,
    format_date,
    format_list,
    format_money,
    text_direction,
)
from repayplan.money import Money

if TYPE_CHECKING:
    from repayplan.communication.messages.facts import MessageFacts

__all__ = ["PlaceWriter", "counts_of"]


@attrs.frozen
class PlaceWriter:
    """Writes facts for one locale, with the words of one catalog.

    Attributes:
        locale: The client's locale, which writes money, dates, counts and lists.
        catalog: The words, which name rhythms and channels.
        dates: How long dates are written.
    """

    locale: str
    catalog: Catalog
    dates: DateStyle = "long"

    def facts(self, facts: MessageFacts) -> dict[str, str]:
        """Give the text of every place that the facts fill, but for those of offers."""
        lists = {"options": facts.options, "conditions": facts.conditions}
        places = {name: self._list(items) for name, items in lists.items() if items}
        for name in facts.given - lists.keys() - {"offers"}:
            places |= self._fact(name, getattr(facts, name))
        return places

    def offer(self, number: int, terms: PlanTerms) -> dict[str, str]:
        """Give the text of every place of one offer."""
        return {"offer_number": format_count(number, self.locale), **self._plan(terms)}

    def _fact(self, name: str, value: object) -> dict[str, str]:
        match value:
            case ContactRoute():
                return {"contact_phone": value.phone, "contact_hours": value.hours}
            case Adviser():
                return {"adviser_name": value.name, "adviser_phone": value.phone}
            case NextPayment():
                return {"next_amount": self._one(value.amount), "next_due_on": self._one(value.due_on)}
            case PlanTerms():
                return self._plan(value)
            case _:
                return {name: self._one(value)}

    def _plan(self, terms: PlanTerms) -> dict[str, str]:
        return {
            "plan_amount": self._one(terms.amount),
            "plan_rhythm": self.catalog.label(terms.rhythm),
            "plan_count": self._one(terms.count),
            "plan_first_due": self._one(terms.first_due),
            "plan_total": self._one(terms.total),
        }

    def _list(self, items: tuple[str, ...]) -> str:
        direction = text_direction(self.locale)
        return format_list([isolated(item, direction) for item in items], self.locale)

    def _one(self, value: object) -> str:
        match value:
            case Money():
                return format_money(value, self.locale)
            case datetime.date():
                return format_date(value, self.locale, style=self.dates)
            case int():
                return format_count(value, self.locale)
            case Channel():
                return self.catalog.label(value)
            case _:
                return str(value)


def counts_of(facts: MessageFacts) -> dict[str, int]:
    """Give the numbers that pick a plural form, by their place; see ``COUNT_PLACES``."""
    counts = {
        "days_past_due": facts.days_past_due,
        "kept_years": facts.kept_years,
        "plan_count": None if facts.plan is None else facts.plan.count,
    }
    return {place: count for place, count in counts.items() if count is not None}
