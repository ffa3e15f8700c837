"""Offers: the choices that a client is given, each proven affordable, and why others were left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, overload

import attrs

from repayplan.checks import check_instance, check_text, check_tuple
from repayplan.errors import TermsError
from repayplan.frequencies import INSTALLMENTS_MAX
from repayplan.money import Money, check_currency
from repayplan.plan.candidate import DroppedOffer, burden
from repayplan.plan.certificate import CapacityCertificate
from repayplan.plan.choice import OFFERS_MAX
from repayplan.plan.debt import Debt
from repayplan.plan.rules import PlanRules
from repayplan.plan.term import months_to
from repayplan.rules import Finding
from repayplan.schedule.carried import CARRIED
from repayplan.values import Value

if TYPE_CHECKING:
    from fractions import Fraction

    from repayplan.schedule.schedule import Schedule
    from repayplan.schedule.terms import Terms

__all__ = ["REASONS", "Cost", "Offer", "Offers"]


@attrs.frozen
class Cost(Value):
    """What a plan costs the client.

    Attributes:
        total: All that is to be paid.
        interest: Interest that the plan itself charges; interest owed at its start is in ``carried``.
        carried: Interest, fees and penalties owed at the start that the plan asks for besides principal.
        months: Months from the day on which the debt was stated to the last due date, the last one begun.
    """

    total: Money
    interest: Money
    carried: Money
    months: int


@attrs.frozen(repr=False)
class Offer(Value):
    """A plan that may be put to the client: within capacity in every row, and within the rules.

    Attributes:
        name: What sets it apart, such as ``"gentlest"``, ``"balanced"``, ``"shortest"`` or ``"rising"``.
        debt: What is owed.
        certificate: The proof that every installment is within capacity.
        rules: The rules that it obeys.
        provisional: Whether essentials are missing from the budget behind it, so that it may yet prove too
            high.

    Raises:
        TermsError: The certificate does not hold, or the term is longer than the rules allow.
    """

    name: str
    debt: Debt
    certificate: CapacityCertificate
    rules: PlanRules
    provisional: bool = False

    def __attrs_post_init__(self) -> None:
        """Refuse what must not be offered."""
        check_text(self.name, "name", error=TermsError)
        check_instance(self.debt, Debt, "debt")
        check_instance(self.certificate, CapacityCertificate, "certificate")
        check_instance(self.rules, PlanRules, "rules")
        check_instance(self.provisional, bool, "provisional")
        self._check_debt()
        failed = [finding.rule for finding in self.findings if not finding.passed]
        if failed:
            raise TermsError("offer.refused", "offer", f"fails {', '.join(failed)}; use propose()")

    def _check_debt(self) -> None:
        """Refuse a schedule of another debt, or of this one on terms that debt or rules do not allow."""
        check_currency(self.terms.principal, self.debt.currency, "debt")
        same = self.terms.starts_on == self.debt.as_of and self._takes_over_what_is_carried()
        dearer = self.terms.highest_rate.per_year > self.debt.rate.per_year
        if not same or dearer or self.terms.principal > self.debt.principal:
            raise TermsError("offer.debt", "debt", "the schedule repays another debt; use propose()")
        for component, balance in self.terms.carried:
            self.rules.check_treatment(component, balance.treatment)

    def _takes_over_what_is_carried(self) -> bool:
        """Tell whether the terms hold all that is owed besides principal; temporary ones may leave it out."""
        carried = {component: balance.amount for component, balance in self.terms.carried}
        if self.terms.review_on is not None and not carried:
            return True
        zero = Money.zero(self.debt.currency)
        return all(getattr(self.debt, component) == carried.get(component, zero) for component in CARRIED)

    def __repr__(self) -> str:
        """Give the name and the extent: amounts are personal."""
        return f"<Offer {self.name}: {len(self.schedule)} installments>"

    @property
    def schedule(self) -> Schedule:
        """What falls due when."""
        return self.certificate.schedule

    @property
    def terms(self) -> Terms:
        """The definition of the schedule."""
        return self.schedule.terms

    @property
    def monthly(self) -> Fraction:
        """The highest installment brought to a month, in minor units, by which offers are ordered."""
        return burden(self.schedule.highest, self.certificate.frequency)

    @property
    def cost(self) -> Cost:
        """What it costs the client."""
        schedule = self.schedule
        return Cost(
            schedule.total,
            schedule.total_interest,
            schedule.total_carried,
            months_to(self.debt.as_of, schedule.last_due),
        )

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The rules that it was held against, all passed."""
        return (
            self.certificate.finding("within_capacity"),
            Finding.against("term_months_max", self.cost.months, self.rules.max_months),
        )

    @property
    def rationale(self) -> str:
        """One line that says why a client might choose it."""
        text = (
            f"{REASONS.get(self.name, self.name)}: {len(self.schedule)} installments of at most"
            f" {self.schedule.highest}, over {self.cost.months} months, with {self.cost.interest} of interest"
        )
        if self.terms.review_on is None:
            return text
        return (
            f"{text}; {self.schedule.residual} of principal is left for the review on {self.terms.review_on}"
        )

    def _repr_html_(self) -> str:
        """Show what it asks for, and its installments against capacity, in a notebook."""
        from repayplan.plan.showing_offers import offer_html  # noqa: PLC0415  # only notebooks need it

        return offer_html(self)


REASONS = {
    "gentlest": "the lowest installment",
    "lighter": "lower installments than most",
    "balanced": "in between",
    "faster": "finished sooner than most",
    "shortest": "finished soonest",
    "rising": "installments that rise as more can be paid",
    "falling": "installments that fall as less can be paid",
    "seasonal": "installments that follow what each month allows",
    "deferral": "installments that begin when there is something to pay them from",
    "proposal": "as the client proposed",
    "counter-offer": "nearest to what the client proposed",
    "token": "a little for a time, and then another look",
}


def _is_choice(lower: Offer, higher: Offer) -> bool:
    """Tell whether the second asks for no less at a time, and for less time or less in all."""
    rises = lower.monthly <= higher.monthly
    return rises and (higher.cost.months < lower.cost.months or higher.cost.total < lower.cost.total)


def _to_offers(value: Sequence[Offer]) -> tuple[Offer, ...]:
    return check_tuple(value, Offer, "offers", maximum=OFFERS_MAX, error=TermsError)


def _to_dropped(value: Sequence[DroppedOffer]) -> tuple[DroppedOffer, ...]:
    return check_tuple(value, DroppedOffer, "dropped", maximum=INSTALLMENTS_MAX, error=TermsError)


@attrs.frozen(repr=False)
class Offers(Value, Sequence[Offer]):
    """One to five distinct offers, the lowest installment first.

    Attributes:
        offers: The offers.
        dropped: The affordable plans that are not among them, and why.
    """

    offers: tuple[Offer, ...] = attrs.field(converter=_to_offers)
    dropped: tuple[DroppedOffer, ...] = attrs.field(default=(), converter=_to_dropped)

    def __attrs_post_init__(self) -> None:
        """Refuse an empty choice."""
        if not self.offers:
            raise TermsError(
                "offers.empty", "offers", "expected at least one offer; none is NoAffordablePlan"
            )
        for index, (lower, higher) in enumerate(pairwise(self.offers), start=1):
            if not _is_choice(lower, higher):
                message = "expected a higher installment than before, for less time or money; drop twins"
                raise TermsError("offers.order", f"offers[{index}]", message)

    def __repr__(self) -> str:
        """Give the names."""
        return f"<Offers: {', '.join(offer.name for offer in self.offers)}>"

    @overload
    def __getitem__(self, index: int) -> Offer: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Offer, ...]: ...
    def __getitem__(self, index: int | slice) -> Offer | tuple[Offer, ...]:
        """Give an offer by its place, 0 being the gentlest."""
        return self.offers[index]

    def __len__(self) -> int:
        """Count the offers."""
        return len(self.offers)

    def __iter__(self) -> Iterator[Offer]:
        """Give the offers, the lowest installment first."""
        return iter(self.offers)

    def to_rows(self) -> list[dict[str, object]]:
        """Give a plain row for each offer: text, numbers, dates and exact Decimals."""
        from repayplan.plan.showing_offers import offer_rows  # noqa: PLC0415  # loaded when a table is asked for

        return offer_rows(self)

    def _repr_html_(self) -> str:
        """Show the offers side by side in a notebook."""
        from repayplan.plan.showing_offers import offers_html  # noqa: PLC0415  # only notebooks need it

        return offers_html(self)
