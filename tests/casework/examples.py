"""A case from which the tests of this folder take what they need: a client with a card in Shanghai."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pendulum

import repayplan as rp
from repayplan.casework.account import Account
from repayplan.casework.case import Case
from repayplan.casework.desk import Desk
from repayplan.casework.statements import BudgetStatement
from repayplan.communication.steps import StepNote
from repayplan.policies import cn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from repayplan.casework.actions import Action

ZONE = "Asia/Shanghai"
DATE = pendulum.date
CNY = "CNY"
DEBT_DAY = DATE(2026, 12, 1)
AGREED = DATE(2026, 12, 3)
POLICY = cn.CREDIT_CARD.in_force(DATE(2026, 12, 1))

PARTY = rp.Party(id="client", role=rp.PartyRole.CLIENT, name="Wang")
MOBILE = rp.ContactPoint(
    id="mobile",
    kind=rp.PointKind.MOBILE,
    value="+86 138 0000 0000",
    owner="client",
    verified_on=DATE(2026, 12, 1),
)
EMAIL = rp.ContactPoint(
    id="email",
    kind=rp.PointKind.EMAIL,
    value="wang@example.org",
    owner="client",
    verified_on=DATE(2026, 12, 1),
)
POSTAL = rp.ContactPoint(
    id="postal",
    kind=rp.PointKind.POSTAL,
    value="Nanjing Road 1",
    owner="client",
    place=rp.Place.HOME,
    verified_on=DATE(2026, 12, 1),
)
WISH = rp.ContactPreference(
    channels=(rp.Channel.SMS, rp.Channel.PHONE), spoken_language="zh", written_language="zh-Hans"
)
CLIENT = rp.Client(party=PARTY, zones=(ZONE,), points=(MOBILE, EMAIL, POSTAL), preferences=(WISH,))
DESK = Desk(
    sender="Bank of Examples",
    contact=rp.ContactRoute("400 000 0000", "9:00 to 17:00"),
    adviser=rp.Adviser("Free Debt Advice", "400 000 0001"),
)
DEBT = rp.Debt(
    principal=rp.Money(12000, CNY),
    interest=rp.Money("150.40", CNY),
    rate=rp.Rate.annual("0.18"),
    as_of=DATE(2026, 12, 1),
    id="card",
)


def moment(text: str, zone: str = ZONE) -> pendulum.DateTime:
    """Read a moment such as ``2026-12-01 10:00`` by the clock of a zone."""
    found = pendulum.parse(text, tz=zone)
    assert isinstance(found, pendulum.DateTime)
    return found


def salts(seed: int = 0) -> Iterator[bytes]:
    """Salts that differ, which is all that a test needs."""
    while True:
        seed += 1
        yield seed.to_bytes(16, "big")


def budget(income: int = 8000, spending: int = 6000) -> rp.Budget:
    """A budget with everything stated, and so much in and out."""
    stated = [
        rp.Expense(
            category.value,
            rp.Money(spending if category is rp.Category.FOOD else 0, CNY),
            rp.Frequency.MONTHLY,
            category,
        )
        for category in rp.Category
    ]
    return rp.Budget(
        currency=rp.Currency.of(CNY),
        household=rp.Household(1),
        incomes=[rp.Income("wage", rp.Money(income, CNY), rp.Frequency.MONTHLY)],
        expenses=stated,
    )


def statement(day: pendulum.Date = DEBT_DAY, **fields: Any) -> BudgetStatement:  # noqa: ANN401  # any field
    """What the client stated on a day."""
    given: dict[str, Any] = {"id": f"budget {day}", "budget": budget(), "stated_on": day}
    return BudgetStatement(**(given | fields))


def case(**fields: Any) -> Case:  # noqa: ANN401  # any field
    """A case with a card and a budget, and nothing agreed."""
    given: dict[str, Any] = {
        "id": "case",
        "client": CLIENT,
        "policy": cn.CREDIT_CARD,
        "log": rp.CommunicationLog("bank/case"),
        "accounts": (Account(debt=DEBT, last_due_on=DATE(2026, 11, 20), contract_due_on=DATE(2026, 11, 20)),),
        "budgets": (statement(),),
        "desk": DESK,
    }
    return Case(**(given | fields))


def plan(made: Case | None = None, months: int | None = None, on: pendulum.Date = AGREED) -> rp.Plan:
    """The gentlest plan for the card, or one of some length, due from the last of December on."""
    made = case() if made is None else made
    affordability = rp.assess(made.budgets[-1].budget, rules=POLICY.affordability, as_of=DATE(2026, 12, 1))
    rules = (
        POLICY.plan
        if months is None
        else attrs.evolve(POLICY.plan, max_months=attrs.evolve(POLICY.plan.max_months, value=months))
    )
    offers = rp.propose(DEBT, affordability, rules=rules, first_due=DATE(2026, 12, 31))
    assert isinstance(offers, rp.Offers)
    return rp.agree(
        offers[0], on=on, form=rp.AgreementForm.ORAL, accepted_in="talk", contact_by=rp.Channel.SMS
    )


def planned(months: int = 12, **fields: Any) -> Case:  # noqa: ANN401  # any field
    """The case with a plan that was agreed on 3 December 2026."""
    made = case(**fields)
    account = attrs.evolve(made.accounts[0], plan=plan(made, months), contract_due_on=None)
    return attrs.evolve(made, accounts=(account, *made.accounts[1:]))


def paid(made: Case, count: int, late: int = 0) -> Case:
    """The case with so many installments paid on their days, or some days late."""
    agreed = made.accounts[0].plan
    assert agreed is not None
    for row in agreed.schedule[:count]:
        on = row.due_on.add(days=late)
        made = made.with_payment("card", rp.Payment(f"p{row.number}", row.amount, received_on=on))
    return made


def contact(at: pendulum.DateTime, **fields: Any) -> rp.Contact:  # noqa: ANN401  # any field
    """A call of the bank in which the client was talked to."""
    given: dict[str, Any] = {
        "id": f"contact {at}",
        "case_id": "case",
        "recorded_at": at,
        "direction": rp.Direction.OUTBOUND,
        "channel": rp.Channel.PHONE,
        "purpose": rp.Purpose.HARDSHIP_TALK,
        "outcome": rp.Outcome.CONVERSATION,
        "started_at": at,
        "debts": ("card",),
        "point": MOBILE,
        "participants": (rp.Participant(party=PARTY),),
        "zone": ZONE,
    }
    return rp.Contact(**(given | fields))


def recorded(made: Case, *records: rp.Record) -> Case:
    """The case with some records, each entered when it was recorded."""
    for record in records:
        made = made.with_record(record, at=record.recorded_at, salts=salts(1000 * len(made.log)))
    return made


def done(made: Case, action: Action, at: pendulum.DateTime | None = None, **fields: Any) -> Case:  # noqa: ANN401  # any field
    """The case after an action was done: a contact at the start of its window, or a step of the desk."""
    name = f"done {len(made.log)}"
    if not action.is_contact:
        assert at is not None
        return recorded(
            made, StepNote(id=name, case_id=made.id, recorded_at=at, step=action.key, debts=action.debts)
        )
    assert action.window is not None
    assert action.channel is not None
    moment = action.window.start if at is None else at
    given: dict[str, Any] = {
        "id": name,
        "channel": action.channel,
        "purpose": action.purpose,
        "outcome": rp.Outcome.CONVERSATION if action.channel.is_live else rp.Outcome.DELIVERED,
        "debts": action.debts,
        "point": action.point,
        "answers": action.answers,
    }
    return recorded(made, contact(moment, **(given | fields)))


def kinds(actions: Sequence[Action]) -> list[str]:
    """The names of the kinds of some actions."""
    return [action.kind.name for action in actions]
