"""The negotiation: proposals and offers in turn, each with who, when and why, to an agreement or an end."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import attrs
import pendulum

from repayplan.checks import check_instance, check_text, check_tuple
from repayplan.errors import CommunicationError, DateError, TermsError
from repayplan.money import check_currency
from repayplan.overdue.fields import to_on
from repayplan.plan.conventions import Conventions
from repayplan.plan.debt import Debt
from repayplan.plan.offer import Offer
from repayplan.plan.proposal import Proposal, search_for
from repayplan.values import Enumeration, Value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["TRANSITIONS", "Negotiation", "NegotiationState", "Side", "Turn", "TurnKind"]

TURNS_MAX: Final = 1_000
REASON_MAX: Final = 1_000


class Side(Enumeration):
    """Who speaks."""

    CLIENT = "client"
    BANK = "bank"


class TurnKind(Enumeration):
    """What is said."""

    PROPOSAL = "proposal"
    """The client says what could be paid."""
    OFFER = "offer"
    """The bank makes an offer; after a proposal, a counter-offer."""
    ACCEPTANCE = "acceptance"
    """The other side's last word is accepted."""
    REFUSAL = "refusal"
    """It is refused, and either side may speak again."""
    END = "end"
    """The negotiation ends without an agreement."""


class NegotiationState(Enumeration):
    """Where a negotiation stands."""

    OPEN = "open"
    """Nothing is on the table."""
    AWAITING_BANK = "awaiting bank"
    """A proposal of the client waits for its answer."""
    AWAITING_CLIENT = "awaiting client"
    """An offer of the bank waits for its answer."""
    AGREED = "agreed"
    ENDED = "ended"


_State, _Kind = NegotiationState, TurnKind

TRANSITIONS: Final[Mapping[tuple[NegotiationState, Side, TurnKind], NegotiationState]] = {
    (_State.OPEN, Side.CLIENT, _Kind.PROPOSAL): _State.AWAITING_BANK,
    (_State.OPEN, Side.CLIENT, _Kind.END): _State.ENDED,
    (_State.OPEN, Side.BANK, _Kind.OFFER): _State.AWAITING_CLIENT,
    (_State.OPEN, Side.BANK, _Kind.END): _State.ENDED,
    (_State.AWAITING_BANK, Side.CLIENT, _Kind.PROPOSAL): _State.AWAITING_BANK,
    (_State.AWAITING_BANK, Side.CLIENT, _Kind.END): _State.ENDED,
    (_State.AWAITING_BANK, Side.BANK, _Kind.OFFER): _State.AWAITING_CLIENT,
    (_State.AWAITING_BANK, Side.BANK, _Kind.ACCEPTANCE): _State.AGREED,
    (_State.AWAITING_BANK, Side.BANK, _Kind.REFUSAL): _State.OPEN,
    (_State.AWAITING_CLIENT, Side.CLIENT, _Kind.PROPOSAL): _State.AWAITING_BANK,
    (_State.AWAITING_CLIENT, Side.CLIENT, _Kind.ACCEPTANCE): _State.AGREED,
    (_State.AWAITING_CLIENT, Side.CLIENT, _Kind.REFUSAL): _State.OPEN,
    (_State.AWAITING_CLIENT, Side.CLIENT, _Kind.END): _State.ENDED,
    (_State.AWAITING_CLIENT, Side.BANK, _Kind.OFFER): _State.AWAITING_CLIENT,
    (_State.AWAITING_CLIENT, Side.BANK, _Kind.END): _State.ENDED,
}
"""Every legal turn, and where it leads. The bank cannot end while a proposal waits: it must answer first."""


@attrs.frozen(kw_only=True, repr=False)
class Turn(Value):
    """One word in a negotiation.

    Attributes:
        side: Who speaks.
        kind: What is said.
        on: The day.
        contact: The id of the contact in which it was said, where the evidence is.
        reason: Why; the bank owes one with a refusal.
        proposal: What is proposed, with a proposal only.
        offer: What is offered, with an offer; with the bank's acceptance, the proposal as the offer that
            :func:`repayplan.evaluate` gives.

    Raises:
        TermsError: What the turn says is missing, or belongs to another kind of turn.
        CommunicationError: The contact's id is not one line of plain text.
    """

    side: Side
    kind: TurnKind
    on: pendulum.Date = attrs.field(converter=to_on)
    contact: str
    reason: str = ""
    proposal: Proposal | None = None
    offer: Offer | None = None

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_instance(self.side, Side, "side")
        check_instance(self.kind, TurnKind, "kind")
        check_text(self.contact, "contact", error=CommunicationError)
        if check_instance(self.reason, str, "reason"):
            check_text(self.reason, "reason", error=TermsError, maximum=REASON_MAX)
        elif self.side is Side.BANK and self.kind is TurnKind.REFUSAL:
            raise TermsError("negotiation.reason", "reason", "expected why the proposal is refused")
        accepts = self.side is Side.BANK and self.kind is TurnKind.ACCEPTANCE
        self._check_part("proposal", Proposal, needed=self.kind is TurnKind.PROPOSAL)
        self._check_part("offer", Offer, needed=accepts or self.kind is TurnKind.OFFER)

    def _check_part(self, field: str, kind: type, *, needed: bool) -> None:
        part = getattr(self, field)
        if part is not None:
            check_instance(part, kind, field)
        if (part is not None) is not needed:
            expected = f"expected a {kind.__name__}" if needed else "expected None"
            message = f"{expected} with the {self.kind.value} of the {self.side.value}"
            raise TermsError("negotiation.part", field, message)

    def __repr__(self) -> str:
        """Give who, what and when: the rest is personal."""
        return f"<Turn: {self.kind.value} of the {self.side.value} on {self.on}>"


def _to_turns(value: Sequence[Turn]) -> tuple[Turn, ...]:
    return check_tuple(value, Turn, "turns", maximum=TURNS_MAX, error=TermsError)


@attrs.frozen(repr=False)
class Negotiation(Value):
    """The turns of a negotiation about one debt, in order; what may follow what is in ``TRANSITIONS``.

    Attributes:
        debt: What is owed.
        turns: What was said.

    Raises:
        TermsError: A turn may not follow the one before, is about another debt, or accepts something else
            than was proposed.
        MoneyError: A proposal is not in the currency of the debt.
        DateError: A turn lies before the one before it, or before the day of the debt; a proposal begins
            before that; or a plan is accepted after its first due date.
    """

    debt: Debt
    turns: tuple[Turn, ...] = attrs.field(default=(), converter=_to_turns)

    def __attrs_post_init__(self) -> None:
        """Check every turn against those before it."""
        check_instance(self.debt, Debt, "debt")
        state = NegotiationState.OPEN
        for index, turn in enumerate(self.turns):
            state = _next_state(state, turn, f"turns[{index}]")
            self._check_subject(turn, f"turns[{index}]")
        days = [self.debt.as_of, *(turn.on for turn in self.turns)]
        for index, (earlier, later) in enumerate(pairwise(days)):
            if later < earlier:
                message = f"expected {earlier} or later, got {later}"
                raise DateError("negotiation.order", f"turns[{index}].on", message)
        if self.state is NegotiationState.AGREED:
            self._check_agreed(self.turns[-1])

    def _check_subject(self, turn: Turn, field: str) -> None:
        """Refuse what is about another debt, or nothing that could be paid on this one."""
        if turn.offer is not None and turn.offer.debt != self.debt:
            raise TermsError("negotiation.debt", f"{field}.offer", "expected an offer of this debt")
        if turn.proposal is None:
            return
        check_currency(turn.proposal.amount, self.debt.currency, f"{field}.proposal")
        if turn.proposal.first_due < self.debt.as_of:
            message = f"expected {self.debt.as_of} (the debt) or later, got {turn.proposal.first_due}"
            raise DateError("negotiation.first_due", f"{field}.proposal.first_due", message)

    def _check_agreed(self, last: Turn) -> None:
        if last.offer is not None:
            _check_accepted(self._proposed, last.offer)
        offer = next(turn.offer for turn in reversed(self.turns) if turn.offer is not None)
        if last.on > offer.schedule.due[0]:
            message = f"expected {offer.schedule.due[0]} (the first due date) or earlier, got {last.on}"
            raise DateError("negotiation.lapsed", f"turns[{len(self.turns) - 1}].on", message)

    def __repr__(self) -> str:
        """Give the state and the extent: the rest is personal."""
        return f"<Negotiation: {self.state.value} after {len(self.turns)} turns>"

    def record(self, turn: Turn) -> Negotiation:
        """Give the negotiation with one more turn.

        Raises:
            TermsError: The turn is not legal now; the error names those that are.
            DateError: It lies before the last one.
        """
        return attrs.evolve(self, turns=(*self.turns, turn))

    @property
    def state(self) -> NegotiationState:
        """Where it stands."""
        state = NegotiationState.OPEN
        for turn in self.turns:
            state = TRANSITIONS[state, turn.side, turn.kind]
        return state

    @property
    def unanswered(self) -> Turn | None:
        """The client's proposal that waits for its answer, if one does."""
        if self.state is not NegotiationState.AWAITING_BANK:
            return None
        return self.turns[-1]

    @property
    def agreed(self) -> Offer | None:
        """The offer that both sides agreed on; None if they have not."""
        if self.state is not NegotiationState.AGREED:
            return None
        return next(turn.offer for turn in reversed(self.turns) if turn.offer is not None)

    @property
    def _proposed(self) -> Proposal:
        return next(turn.proposal for turn in reversed(self.turns) if turn.proposal is not None)


def _next_state(state: NegotiationState, turn: Turn, field: str) -> NegotiationState:
    following = TRANSITIONS.get((state, turn.side, turn.kind))
    if following is None:
        legal = [(side, kind) for before, side, kind in TRANSITIONS if before is state]
        names = ", ".join(f"{kind.value} of the {side.value}" for side, kind in legal) or "nothing more"
        message = (
            f"expected {names} while it is {state.value}, got {turn.kind.value} of the {turn.side.value}"
        )
        raise TermsError("negotiation.turn", field, message, {"state": state, "legal": tuple(legal)})
    return following


def _check_accepted(proposal: Proposal, offer: Offer) -> None:
    """Refuse an acceptance of anything but what the client proposed."""
    capacity, months = offer.certificate.capacity, offer.rules.max_months.value
    treatments, conventions = offer.terms.carried.treatments, Conventions.of(offer.terms)
    search = search_for(proposal, offer.debt, capacity, months, treatments, conventions)
    if search.level_schedule(proposal.amount.minor_units) != offer.schedule:
        message = "expected the proposal as evaluate() gives it; make anything else a counter-offer"
        raise TermsError("negotiation.acceptance", "offer", message)
