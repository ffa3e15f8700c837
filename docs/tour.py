"""A tour of the whole job: one client over eighteen months, from overdue to the last payment.

Run it with ``python docs/tour.py``. Everything it prints is a value of the library, written for an adviser.
The client is Chinese: what she hears and reads is in her language, and amounts are written as in China.
"""

from __future__ import annotations

import functools
import hashlib
import secrets
from typing import TYPE_CHECKING, Any

import pendulum

import repayplan as rp
from repayplan.policies import cn

if TYPE_CHECKING:
    from collections.abc import Iterable

LOCALE, ZONE, CNY = "zh_CN", "Asia/Shanghai", rp.Currency.of("CNY")
FIRST_DAY = pendulum.date(2026, 12, 1)
POLICY = cn.CREDIT_CARD.in_force(FIRST_DAY)
WANG = rp.Party(id="client", role=rp.PartyRole.CLIENT, name="王芳")
SALTS = iter(lambda: secrets.token_bytes(16), None)
STATED = (
    rp.StatedItem.BALANCE_AND_CURRENCY,
    rp.StatedItem.PERIOD_AND_AMOUNTS,
    rp.StatedItem.CHARGES_DURING_PLAN,
    rp.StatedItem.NO_NEW_CARD,
    rp.StatedItem.BREACH,
)
moment = functools.partial(pendulum.datetime, tz=ZONE)


def main() -> None:
    """Tell the story of a client who recovers, and of two for whom no plan is possible yet."""
    case = overdue()
    debt = case.account("card").debt
    prepare(case)
    case = talk(case)
    case = take_budget(case)
    weigh_her_proposal(case)
    case, offers = make_offers(case)
    case = agree(case, offers[3])
    kept = case.log.head()
    case = remind(case)
    case = keep(case, "9. Three more months", 2, 4)
    case = miss(case)
    case = ask_the_cause(case)
    case = revise(case)
    case = keep(case, "13. Thirteen months", 1, 13)
    case = complete(case)
    case = reconcile(case)
    prove(case, kept)
    show_no_plan("17. The same debt with a salary of 6,000 yuan", debt, salary="6000")
    show_no_plan("18. And with a salary of 5,200 yuan", debt, salary="5200")


# --- December 2026: the talk, the choice, the agreement


def overdue() -> rp.Case:
    """Open the case of a card that is past due since yesterday."""
    heading("1. What is owed")
    debt = rp.Debt(
        id="card",
        principal=yuan("18000"),
        interest=yuan("486"),
        fees=yuan("100"),
        rate=rp.Rate.daily("0.0005"),
        as_of=FIRST_DAY,
    )
    print(f"Principal {money(debt.principal)}, interest {money(debt.interest)}, fees {money(debt.fees)}:")
    print(f"in all {money(debt.total)}. The principal bears {debt.rate}; the rest bears nothing.")
    mobile = rp.ContactPoint(
        id="mobile", kind=rp.PointKind.MOBILE, value="138 0000 0000", owner=WANG.id, verified_on=FIRST_DAY
    )
    app = rp.ContactPoint(
        id="app", kind=rp.PointKind.APP_ACCOUNT, value="wangfang", owner=WANG.id, verified_on=FIRST_DAY
    )
    speaks = rp.ContactPreference(spoken_language="zh", written_language="zh-Hans")
    due = FIRST_DAY.subtract(days=1)
    return rp.Case(
        id="case-7",
        client=rp.Client(party=WANG, zones=[ZONE], points=[mobile, app], preferences=[speaks]),
        policy=cn.CREDIT_CARD,
        log=rp.CommunicationLog("bank.example/case-7"),
        accounts=[rp.Account(debt=debt, contract_due_on=due, last_due_on=due)],
        desk=rp.Desk(
            sender="北方银行",
            contact=rp.ContactRoute("400-000-0000", "周一至周五 9:00-18:00"),
            adviser=rp.Adviser("公益债务咨询", "400-000-0001"),
            opt_out="回复TD",
        ),
    )


def prepare(case: rp.Case) -> None:
    """Read what must be known before the talk, and what comes next."""
    heading("2. The briefing before the talk")
    at = moment(2026, 12, 1, 9)
    print(rp.brief(case, at).to_text())
    show_next(case, at)


def talk(case: rp.Case) -> rp.Case:
    """Ask for the cause before anything else; record the call, and how she wishes to be reached."""
    heading("3. The talk, in her language")
    phrases = {phrase.key: phrase for phrase in rp.phrasebook(LOCALE)}
    for key in ("recording", "what_happened", "living_costs_first", "how_to_reach_you"):
        print(f"{phrases[key].stage.value}: {phrases[key].text}")
    at = moment(2026, 12, 1, 9)
    case = contacted(
        case,
        action_of(case, at, rp.ActionKind.ASK_CAUSE),
        at,
        **spoken(at, "pbx-4101", "晚上的兼职没有了。提出每月还3000元。希望以后用手机银行消息联系。"),
        hardship=rp.HardshipReason.INCOME_LOSS,
        client_said=[rp.ClientStatement.ACKNOWLEDGES_DEBT, rp.ClientStatement.PROPOSES_PLAN],
    )
    by_app = rp.ContactPreference(
        channels=[rp.Channel.APP_MESSAGE], spoken_language="zh", written_language="zh-Hans"
    )
    entered = at.add(minutes=30)
    wish = rp.PreferenceNote(
        id="wish-1", case_id=case.id, recorded_at=entered, party_id=WANG.id, preference=by_app
    )
    case = case.with_record(wish, at=entered, salts=SALTS)
    table(case.log.to_rows(), "number", "kind", "direction", "channel", "outcome")
    return case


def take_budget(case: rp.Case) -> rp.Case:
    """Work out what she can pay from what she stated in the talk."""
    heading("4. What she can pay")
    stated = budget(salary="8500")
    affordability = rp.assess(stated, rules=POLICY.affordability, as_of=FIRST_DAY)
    print(affordability.explain().to_text())
    print(f"\nSo no installment may be above {money(affordability.capacity.monthly)} a month.")
    cite("The contingency is a", POLICY.affordability.contingency.citation)
    statement = rp.BudgetStatement(
        id="budget-1", budget=stated, stated_on=FIRST_DAY, contact_id=case.log[0].record.id
    )
    return case.with_budget(statement)


def weigh_her_proposal(case: rp.Case) -> None:
    """Weigh what she proposed of herself, which is more than she can pay."""
    heading("5. Her own proposal: 3,000 yuan a month")
    affordability = rp.assess(case.budgets[-1].budget, rules=POLICY.affordability, as_of=FIRST_DAY)
    weighed = rp.evaluate(
        rp.Proposal(yuan("3000"), first_due=pendulum.date(2026, 12, 31)),
        case.account("card").debt,
        affordability,
        rules=POLICY.plan,
    )
    show_findings(weighed.findings)
    if weighed.counter_offer is not None:
        print(f"Our answer is the plan {weighed.counter_offer.rationale}.")


def make_offers(case: rp.Case) -> tuple[rp.Case, rp.Offers]:
    """Answer her with the choice, side by side."""
    heading("6. The choice to put to her")
    at = moment(2026, 12, 1, 10)
    answer = action_of(case, at, rp.ActionKind.ANSWER_CLIENT)
    offers = offers_of(answer)
    table(offers.to_rows(), "name", "installments", "highest", "least_slack", "interest", "total", "last_due")
    cite("The longest term is set by", POLICY.plan.max_months.citation)
    print(f"Her message: {message_of(answer).subject}")
    return contacted(case, answer, at), offers


def agree(case: rp.Case, chosen: rp.Offer) -> rp.Case:
    """Record what she accepted when she called back, and say what the bank must now do."""
    heading("7. She chooses twelve months")
    if POLICY.plan.conditions is not None:
        print("Before:", "; ".join(condition.value for condition in POLICY.plan.conditions.value))
        cite("So says", POLICY.plan.conditions.citation)
    rows = chosen.schedule.to_rows()
    columns = "due_on", "principal", "interest", "carried_interest", "carried_fees", "amount"
    table([*rows[:2], rows[-1]], *columns)
    print("Every installment is within what she can pay:", "yes" if chosen.certificate.holds else "no")
    at = moment(2026, 12, 3, 19)
    case = called(
        case, at, "pbx-4117", rp.Purpose.AGREEMENT, "同意十二期的方案。每期最多1700.24元。", stated=STATED
    )
    plan = rp.agree(
        chosen,
        on=at.date(),
        form=rp.AgreementForm.ORAL,
        accepted_in=case.log[-1].record.id,
        contact_by=rp.Channel.APP_MESSAGE,
    )
    print(f"{plan}, {plan.form.value}, in {plan.accepted_in}")
    if POLICY.plan.duties is not None:
        print("The bank must", "; ".join(duty.value for duty in POLICY.plan.duties.value))
        cite("So says", POLICY.plan.duties.citation)
    return case.with_plan("card", plan)


# --- to April 2027: reminded and paid, and then missed


def remind(case: rp.Case) -> rp.Case:
    """Remind her before the first payment is due, within the permitted hours."""
    heading("8. A reminder before the due date")
    at = moment(2026, 12, 24, 7)
    show_next(case, at)
    reminder = action_of(case, at, rp.ActionKind.REMIND)
    print(message_of(reminder).plain)
    case = contacted(case, reminder)
    print(f"Sent and recorded at {case.log[-1].at:%H:%M}.")
    return pay(case, plan_of(case).schedule[0])


def keep(case: rp.Case, title: str, first: int, last: int) -> rp.Case:
    """Play some months, in each of which she is reminded and pays."""
    heading(title)
    for row in plan_of(case).schedule[first - 1 : last]:
        case = pay(do_what_is_due(case, row.due_on.subtract(days=5)), row)
    return case


def miss(case: rp.Case) -> rp.Case:
    """Notice a missed payment on the next morning, and ask why."""
    heading("10. A missed payment")
    row = plan_of(case).schedule[4]
    case = do_what_is_due(case, row.due_on.subtract(days=5))
    at = moment(2027, 5, 1, 7)
    standing = rp.brief(case, at).accounts[0].standing
    if standing is not None:
        print(f"{at.date()}: {standing.state.value}, {standing.days_past_due} day past due,", end=" ")
        print(f"{money(standing.past_due)} of {standing.oldest_unpaid_due_on}")
    show_next(case, at)
    question = action_of(case, at, rp.ActionKind.ASK_CAUSE)
    print(message_of(question).plain)
    return contacted(case, question)


# --- May 2027: the cause, a new budget, a revised plan


def ask_the_cause(case: rp.Case) -> rp.Case:
    """Record why she could not pay, and what she can pay now."""
    heading("11. The cause, and a new budget")
    at = moment(2027, 5, 2, 10)
    why = rp.HardshipReason.REDUCED_HOURS
    case = called(
        case, at, "pbx-5203", rp.Purpose.MISSED_PAYMENT, "工厂减少工时。工资降到7400元。", hardship=why
    )
    show_next(case, at.add(hours=1))
    statement = rp.BudgetStatement(
        id="budget-2",
        budget=budget(salary="7400"),
        stated_on=at.date(),
        contact_id=case.log[-1].record.id,
    )
    case = case.with_budget(statement)
    print(rp.brief(case, at.add(hours=1)).to_text())
    return case


def revise(case: rp.Case) -> rp.Case:
    """Offer what she can pay now, and make a new version of the plan; the old one is kept."""
    heading("12. The revised plan")
    at = moment(2027, 5, 2, 11)
    action = action_of(case, at, rp.ActionKind.OFFER)
    offers = offers_of(action)
    table(offers.to_rows(), "name", "installments", "highest", "least_slack", "interest", "total", "last_due")
    case = contacted(case, action, at)
    evening = at.add(hours=8)
    case = called(
        case,
        evening,
        "pbx-5209",
        rp.Purpose.AGREEMENT,
        "同意十三期的方案。每期最多1099.31元。",
        stated=STATED,
    )
    account, before = case.account("card"), plan_of(case)
    new = rp.revise(
        before,
        account.payments,
        affordability=rp.assess(case.budgets[-1].budget, rules=POLICY.affordability, as_of=at.date()),
        on=at.date(),
        reason=rp.HardshipReason.REDUCED_HOURS,
        rules=POLICY.plan,
        offer=offers[3],
        contract_due_on=account.contract_due_on,
        accepted_in=case.log[-1].record.id,
    )
    if not isinstance(new, rp.Plan):
        raise SystemExit(new)
    case = case.with_plan("card", new)
    show_versions(case, before, new)
    return case


def show_versions(case: rp.Case, before: rp.Plan, new: rp.Plan) -> None:
    """Say that the debt went over to the fen, and that the old version can be had again as it was."""
    account, debt = case.account("card"), new.offer.debt
    outstanding = rp.outstanding_debt(
        before, account.payments, new.agreed_on, contract_due_on=account.contract_due_on
    )
    print(f"Outstanding on {new.agreed_on}: {money(outstanding.total)}; carried over: {money(debt.total)}")
    print(f"{new}; each installment {money(-rp.diff(before, new).highest)} lower")
    then = case.known_on(new.agreed_on.subtract(days=1)).account("card").plan
    print("The plan as it was known the day before is the first version:", "yes" if then == before else "no")


# --- to June 2028: paid to the end, and proved


def complete(case: rp.Case) -> rp.Case:
    """Tell her that the debt is repaid, and close the plan."""
    heading("14. The end of the plan")
    at = moment(2028, 6, 2, 9)
    show_next(case, at)
    notice = action_of(case, at, rp.ActionKind.CONFIRM_COMPLETION)
    print(message_of(notice).plain)
    case = contacted(case, notice)
    repaid = rp.PlanAct(kind=rp.ActKind.COMPLETE, on=at.date(), reason="repaid")
    case = case.with_plan("card", plan_of(case).record(repaid))
    print(f"{plan_of(case)}; steps left: {len(rp.next_actions(case, at, 365))}")
    return case


def reconcile(case: rp.Case) -> rp.Case:
    """Set the record beside what the telephone system knows, and enter what was forgotten."""
    heading("15. The record beside the telephone system")
    calls = ["pbx-4101", "pbx-4117", "pbx-5198", "pbx-5203", "pbx-5209"]
    print(f"Of {len(calls)} calls the record lacks", ", ".join(rp.reconcile(case.log, calls).missing))
    forgotten = {
        "outcome": rp.Outcome.DROPPED,
        "external_ids": ["pbx-5198"],
        "recorded_at": moment(2028, 6, 5, 9),
    }
    case = recorded(case, moment(2027, 5, 2, 9, 50), **inbound(rp.Purpose.MISSED_PAYMENT), **forgotten)
    late = case.log[-1]
    print(f"It is entered on {late.at:%Y-%m-%d} and says so.", end=" ")
    print("Complete:", "yes" if rp.reconcile(case.log, calls).is_complete else "no")
    return case


def prove(case: rp.Case, kept: rp.Head) -> None:
    """Prove the record against the head kept in 2026, take one entry out for a court, and tamper with it."""
    heading("16. The record, proved unaltered")
    log, head = case.log, case.log.head()
    found = rp.compare_heads(kept, head, log.consistency_proof(kept.size))
    print(f"The head of {head.size} entries {found.relation.value} the one of {kept.size} that was kept.")
    lacks = {finding.observed for finding in rp.missing_items(log, POLICY.records)}
    print("Records that lack what the rules ask for:", ", ".join(sorted(map(str, lacks))) or "none")
    print("Every line is what it was:", "yes" if rp.verify_log(log, head).is_complete else "no")
    agreed_in = plan_of(case).versions[0].accepted_in
    number = next(entry.number for entry in log if entry.record.id == agreed_in)
    alone = rp.Excerpt.from_text(rp.excerpt(log, number, ["content"]).to_text())
    print(
        f"For a court: {alone}, showing {', '.join(alone.entry.disclosed)} and nothing else personal;",
        end=" ",
    )
    print("proved without the rest:", "yes" if rp.verify_excerpt(alone, head) else "no")
    lines = list(log.to_lines())
    lines[number] = lines[number].replace("1700.24", "2700.24")
    print(f"With 1700.24 made 2700.24: entry {rp.verify_log(lines, head).first_bad} is named.")


def show_no_plan(title: str, debt: rp.Debt, salary: str) -> None:
    """Say why no plan is possible, and what would help."""
    heading(title)
    affordability = rp.assess(budget(salary), rules=POLICY.affordability, as_of=FIRST_DAY)
    answer = rp.propose(debt, affordability, rules=POLICY.plan, first_due=pendulum.date(2026, 12, 31))
    if isinstance(answer, rp.Offers):
        raise SystemExit(answer)
    print(f"capacity {money(affordability.capacity.monthly)} a month: no plan is affordable.")
    show_findings(answer.findings)
    for step in answer.next_steps:
        print(f"Then: {step.text}")
        if step.offer is not None and step.forgone is not None:
            schedule = step.offer.schedule
            print(f"      {len(schedule)} installments of at most {money(schedule.highest)};", end=" ")
            print(f"the bank goes without {money(step.forgone)}")


# --- what the bank's own systems would do


def budget(salary: str) -> rp.Budget:
    """Give the client's budget: one adult with a child, who rents."""
    return rp.Budget(
        currency=CNY,
        household=rp.Household(adults=1, children=1),
        incomes=[rp.Income("salary", yuan(salary))],
        expenses=[
            rp.Expense("rent", yuan("3200"), category=rp.Category.HOUSING),
            rp.Expense("food", yuan("420"), rp.Frequency.WEEKLY, category=rp.Category.FOOD),
            rp.Expense("power, water, gas", yuan("380"), category=rp.Category.UTILITIES),
            rp.Expense("bus and metro", yuan("260"), category=rp.Category.TRANSPORT),
        ],
    )


def plan_of(case: rp.Case) -> rp.Plan:
    """Give the plan in its latest version."""
    plan = case.account("card").plan
    if plan is None:
        raise SystemExit(case)
    return plan


def action_of(case: rp.Case, at: pendulum.DateTime, kind: rp.ActionKind) -> rp.Action:
    """Give the step of a kind out of those that come next."""
    return next(action for action in rp.next_actions(case, at) if action.kind is kind)


def offers_of(action: rp.Action) -> rp.Offers:
    """Give the offers that a step brings."""
    if not isinstance(action.offers, rp.Offers):
        raise SystemExit(action)
    return action.offers


def message_of(action: rp.Action) -> rp.RenderedMessage:
    """Write the message of a step in her language."""
    if action.message is None or action.facts is None:
        raise SystemExit(action)
    return rp.render_message(action.message, LOCALE, action.facts)


def recorded(case: rp.Case, at: pendulum.DateTime, **fields: Any) -> rp.Case:  # noqa: ANN401  # any field
    """Enter a contact into the log."""
    given: dict[str, Any] = {
        "id": f"contact-{len(case.log)}",
        "case_id": case.id,
        "started_at": at,
        "recorded_at": fields.get("ended_at", at),
        "debts": ["card"],
        "participants": [rp.Participant(party=WANG)],
        "zone": ZONE,
        "operator": "op-7",
    }
    contact = rp.Contact(**(given | fields))
    return case.with_record(contact, at=contact.recorded_at, salts=SALTS)


def contacted(
    case: rp.Case,
    action: rp.Action,
    at: pendulum.DateTime | None = None,
    **more: Any,  # noqa: ANN401  # any field
) -> rp.Case:
    """Record that a step was done, at its first permitted minute unless another is given."""
    if action.window is None:
        raise SystemExit(action)
    done: dict[str, Any] = {
        "direction": rp.Direction.OUTBOUND,
        "channel": action.channel,
        "purpose": action.purpose,
        "outcome": rp.Outcome.DELIVERED,
        "point": action.point,
        "answers": action.answers,
        "actions": [action.key],
        "content": message_of(action).plain,
        "written_language": "zh-Hans",
    }
    return recorded(case, action.window.start if at is None else at, **(done | more))


def called(
    case: rp.Case,
    at: pendulum.DateTime,
    pbx: str,
    purpose: rp.Purpose,
    content: str,
    **more: Any,  # noqa: ANN401  # any field
) -> rp.Case:
    """Record a talk for which she called."""
    return recorded(case, at, **inbound(purpose), **spoken(at, pbx, content), **more)


def inbound(purpose: rp.Purpose) -> dict[str, Any]:
    """Give what is recorded of a call of hers."""
    return {"direction": rp.Direction.INBOUND, "channel": rp.Channel.PHONE, "purpose": purpose}


def spoken(at: pendulum.DateTime, pbx: str, content: str) -> dict[str, Any]:
    """Give what is recorded of a talk: who it was, what was said, and where the recording is kept."""
    check = rp.Verification(method="three questions", at=at, result=rp.VerificationResult.CONFIRMED)
    digest = hashlib.sha256(pbx.encode()).hexdigest()  # in earnest, of the recording itself
    return {
        "outcome": rp.Outcome.CONVERSATION,
        "ended_at": at.add(minutes=20),
        "participants": [rp.Participant(party=WANG, verification=check)],
        "spoken_language": "zh",
        "written_language": None,
        "content": content,
        "original": rp.Original(digest=digest, where=f"recordings/{pbx}", form=rp.OriginalForm.AUDIO),
        "external_ids": [pbx],
    }


def do_what_is_due(case: rp.Case, day: pendulum.Date) -> rp.Case:
    """Send what the work list of a morning says, and record it."""
    for action in rp.next_actions(case, moment(day.year, day.month, day.day, 9), 0):
        case = contacted(case, action)
        print(f"{case.log[-1].at:%Y-%m-%d %H:%M} {action.kind.value}")
    return case


def pay(case: rp.Case, row: rp.Installment) -> rp.Case:
    """Book her payment of an installment on its day, and say how the plan stands on the next."""
    case = case.with_payment("card", rp.Payment(f"pay-{row.due_on}", row.amount, received_on=row.due_on))
    standing = rp.brief(case, row.due_on.add(days=1)).accounts[0].standing
    state = "" if standing is None else standing.state.value
    print(f"{row.due_on} paid {money(row.amount)}: {state}")
    return case


# --- what the adviser reads


def yuan(text: str) -> rp.Money:
    """Read an amount."""
    return rp.Money(text, CNY)


def money(amount: rp.Money) -> str:
    """Write an amount as the client's bank does."""
    return rp.format_money(amount, LOCALE)


def heading(text: str) -> None:
    """Print a heading."""
    print(f"\n{text}\n{'=' * len(text)}")


def table(rows: Iterable[dict[str, object]], *columns: str) -> None:
    """Print some columns of rows."""
    print(" ".join(f"{column.replace('_', ' '):>16}" for column in columns))
    for row in rows:
        print(" ".join(f"{'-' if row[column] is None else row[column]!s:>16}" for column in columns))


def cite(lead: str, citation: rp.Citation) -> None:
    """Print where a figure comes from."""
    evidence = f", {citation.evidence.value} evidence" if citation.evidence else ""
    print(f"{lead} {citation} ({citation.force.value}{evidence}).")


def show_next(case: rp.Case, at: pendulum.DateTime) -> None:
    """Print what comes next: what, by when, and how and from when she may be reached for it."""
    for action in rp.next_actions(case, at):
        way = ""
        if action.window is not None and action.channel is not None:
            way = f", by {action.channel.value} from {action.window.start:%Y-%m-%d %H:%M}"
        print(f"Next: {action.kind.value}, by {action.by}{way}")


def show_findings(findings: Iterable[rp.Finding]) -> None:
    """Print what was found, and what was wanted."""
    for finding in findings:
        verdict = "passed" if finding.passed else "failed"
        wanted = f"{finding.comparison.value} {finding.limit}" if finding.comparison else "-"
        print(f"{verdict}: {finding.rule.replace('_', ' ')}: {finding.observed}, wanted {wanted}")


if __name__ == "__main__":
    main()
