"""The briefing: what an adviser must know before the talk, part by part, and on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest

import repayplan as rp
from repayplan.casework.account import Account
from repayplan.casework.actions import ActionKind
from repayplan.casework.briefing import Briefing, brief
from repayplan.casework.liabilities import CollectionStop, Liability, LiabilityKind, StopKind
from repayplan.policies.contact import US_REGULATION_F
from repayplan.policies.policy import PolicyVersions
from tests.casework import examples as made

if TYPE_CHECKING:
    from repayplan.casework.case import Case

DATE = made.DATE
AT = made.moment("2027-02-02 10:00")


def late() -> Case:
    return made.paid(made.planned(12), 1)


def told(at: str = "2027-02-02 09:00", **fields: Any) -> rp.Contact:  # noqa: ANN401  # any field
    return made.contact(made.moment(at), **fields)


def test_who_and_how_to_reach_them_now() -> None:
    client = brief(late(), AT).client
    assert (client.party_id, client.name, client.talk_to) == ("client", "Wang", "client")
    assert (client.spoken_language, client.written_language) == ("zh", "zh-Hans")
    first = client.ways[0]
    assert (first.channel, first.point_id, first.is_open_now, first.against) == (
        rp.Channel.SMS,
        "mobile",
        True,
        None,
    )
    assert first.window is not None
    assert first.window.end == made.moment("2027-02-02 22:00")


def test_at_night_the_next_window_is_given() -> None:
    way = brief(late(), made.moment("2027-02-02 23:00")).client.ways[0]
    assert not way.is_open_now
    assert way.window is not None
    assert way.window.start == made.moment("2027-02-03 08:00")


def test_the_client_is_known_as_the_log_notes_it() -> None:
    email = rp.ContactPoint(id="new mail", kind=rp.PointKind.EMAIL, value="new@mail.example", owner="client")
    noted: dict[str, Any] = {"case_id": "case", "recorded_at": made.moment("2027-02-01 09:00")}
    wish = rp.ContactPreference(channels=[rp.Channel.EMAIL], spoken_language="ug")
    case = made.recorded(
        late(),
        rp.PreferenceNote(id="wish", party_id="client", preference=wish, **noted),
        rp.ContactPointNote(
            id="mail", point_id="new mail", source=rp.PointSource.CLIENT, point=email, **noted
        ),
        rp.ContactPointNote(
            id="gone",
            point_id="email",
            source=rp.PointSource.CLIENT,
            point=attrs.evolve(made.EMAIL, valid_until=DATE(2027, 1, 31)),
            **noted,
        ),
    )
    client = brief(case, AT).client
    assert client.spoken_language == "ug"
    assert (client.ways[0].channel, client.ways[0].point_id) == (rp.Channel.EMAIL, "new mail")
    assert "email" not in {way.point_id for way in client.ways}


def test_needs_interpreters_and_what_stands_against_a_channel_are_shown() -> None:
    wish = attrs.evolve(made.WISH, formats={rp.AccessibleFormat.SIGN_LANGUAGE}, not_at={rp.Place.HOME})
    helper = rp.Party(id="helper", role=rp.PartyRole.INTERPRETER)
    client = attrs.evolve(made.CLIENT, preferences=(wish,), needs={rp.SupportNeed.HEARING}, others=(helper,))
    found = brief(attrs.evolve(late(), client=client), AT)
    assert (found.client.needs_interpreter, found.client.interpreter) == (True, "helper")
    against = {way.point_id: way.against for way in found.client.ways}
    assert against["postal"] is rp.PassedOverReason.EXCLUDED_PLACE
    text = found.to_text()
    assert "interpreter: helper" in text
    assert "needs: hearing, sign language" in text


def test_a_representative_is_talked_to_where_the_rules_say_so() -> None:
    lawyer = rp.Party(id="lawyer", role=rp.PartyRole.ATTORNEY, authority=rp.Authority(scope="all"))
    office = attrs.evolve(made.EMAIL, id="office", owner="lawyer")
    client = attrs.evolve(made.CLIENT, others=(lawyer,), points=(*made.CLIENT.points, office))
    policy = attrs.evolve(made.POLICY, contact=US_REGULATION_F)
    found = brief(attrs.evolve(late(), client=client, policy=PolicyVersions((policy,))), AT)
    assert found.client.talk_to == "lawyer"
    assert [way.point_id for way in found.client.ways] == ["office"]
    assert "talk to lawyer" in found.to_text()


def test_what_is_owed_and_how_it_was_paid() -> None:
    (account,) = brief(late(), AT).accounts
    assert account.owed is not None
    assert account.owed.as_of == DATE(2027, 2, 2)
    assert account.since == DATE(2027, 1, 31)
    history = account.history
    assert history is not None
    assert (history.count, history.due, history.in_time, history.late, history.open) == (1, 2, 1, 0, 1)
    assert history.last_on == DATE(2026, 12, 31)
    assert account.plan_state is rp.PlanState.ACTIVE


def test_late_payments_are_counted_apart() -> None:
    (account,) = brief(made.paid(made.planned(12), 1, late=3), AT).accounts
    assert account.history is not None
    assert (account.history.in_time, account.history.late) == (0, 1)


def test_capacity_and_what_changed() -> None:
    assert brief(attrs.evolve(late(), budgets=()), AT).capacity is None
    first = brief(late(), AT).capacity
    assert first is not None
    assert (first.before, first.changes) == (None, ())
    less = attrs.evolve(made.budget(7000), expenses=made.budget(7000).expenses[1:])
    case = late().with_budget(made.statement(DATE(2027, 2, 1), budget=less))
    capacity = brief(case, AT).capacity
    assert capacity is not None
    assert capacity.before == rp.Money(1800, "CNY")
    assert capacity.affordability.capacity.monthly == rp.Money(900, "CNY")
    wage, housing = capacity.changes
    assert (wage.line, wage.before, wage.after) == ("wage", rp.Money(8000, "CNY"), rp.Money(7000, "CNY"))
    assert (housing.line, housing.after) == ("housing", None)
    text = brief(case, AT).to_text()
    assert "  wage: 8000.00 CNY before, 7000.00 CNY now\n" in text
    assert "  housing: 0.00 CNY before, nothing now\n" in text


def test_reasons_are_given_the_latest_first_with_their_verification() -> None:
    note = rp.Hardship(
        id="note",
        case_id="case",
        recorded_at=made.moment("2027-02-02 09:30"),
        party_id="client",
        reason=rp.HardshipReason.ILLNESS,
        verification=rp.VerificationState.VERIFIED,
        verified_on=DATE(2027, 2, 2),
    )
    case = made.recorded(late(), told("2027-02-01 09:00", hardship=rp.HardshipReason.DIVORCE), note)
    found = brief(case, AT).reasons
    assert [(one.record_id, one.reason, one.verification) for one in found] == [
        ("note", rp.HardshipReason.ILLNESS, rp.VerificationState.VERIFIED),
        (case.log[0].record.id, rp.HardshipReason.DIVORCE, rp.VerificationState.UNVERIFIED),
    ]


def questions(case: Case) -> str:
    return " ".join(brief(case, AT).open_questions)


def test_open_questions_name_what_is_missing() -> None:
    assert questions(late()) == ""
    bare = attrs.evolve(made.CLIENT, party=attrs.evolve(made.PARTY, name=None), points=(), preferences=())
    every = questions(attrs.evolve(late(), client=bare, budgets=()))
    for what in ("name", "contact point", "language", "No budget"):
        assert what in every
    partial = attrs.evolve(made.budget(), expenses=made.budget().expenses[1:])
    assert "housing" in questions(late().with_budget(made.statement(DATE(2027, 2, 1), budget=partial)))
    loan = Account(debt=attrs.evolve(made.DEBT, id="loan"))
    assert "loan: limitation is not known." in questions(late().with_account(loan))
    assert "car" in questions(made.recorded(late(), told(debts=("car", "card"))))


def test_open_questions_name_what_is_unverified() -> None:
    point = attrs.evolve(made.MOBILE, verified_on=None)
    assert "Never verified: mobile." in questions(
        attrs.evolve(late(), client=attrs.evolve(made.CLIENT, points=(point,)))
    )


def hardship(reason: rp.HardshipReason, **fields: Any) -> rp.Hardship:  # noqa: ANN401  # any field
    given: dict[str, Any] = {"id": "note", "case_id": "case", "party_id": "client"}
    return rp.Hardship(recorded_at=made.moment("2027-02-01 09:30"), reason=reason, **(given | fields))


def test_open_questions_name_contradictions() -> None:
    contradicted = hardship(
        rp.HardshipReason.ILLNESS,
        verification=rp.VerificationState.CONTRADICTED,
        verified_on=DATE(2027, 2, 1),
    )
    assert "Facts speak against note" in questions(made.recorded(late(), contradicted))
    lost = made.recorded(late(), hardship(rp.HardshipReason.INCOME_LOSS))
    assert "the latest budget is from before" in questions(lost)
    assert "Not verified: what was stated in note." in questions(lost)
    same = lost.with_budget(made.statement(DATE(2027, 2, 1), budget=made.budget(8000)))
    assert "does not show it" in questions(same)
    less = lost.with_budget(made.statement(DATE(2027, 2, 1), budget=made.budget(7000)))
    assert "Income" not in questions(less)
    alone = attrs.evolve(lost, budgets=(made.statement(DATE(2027, 2, 1)),))
    assert "Income" not in questions(alone)
    assert "Income" not in questions(attrs.evolve(lost, budgets=()))


def test_open_questions_name_promises_that_do_not_fit() -> None:
    vague = told(client_said={rp.ClientStatement.PROMISES_PAYMENT})
    assert "its amount and day are not noted" in questions(made.recorded(late(), vague))
    named = told(client_said={rp.ClientStatement.PROMISES_PAYMENT}, promise_ids=("m",))
    case = made.recorded(late(), named)
    assert "names promises that the case does not have: m." in questions(case)
    promise = rp.Promise("m", rp.Money(1, "CNY"), by=DATE(2027, 2, 5), made_on=DATE(2027, 2, 2))
    assert questions(case.with_promise("card", promise)) == ""


def test_barriers_come_with_their_remedies() -> None:
    talk = told(spoken_language="en")
    (found,) = brief(made.recorded(late(), talk), AT).barriers
    assert found.barrier.kind is rp.BarrierKind.LANGUAGE
    assert found.remedies[0].kind is rp.RemedyKind.INTERPRETER
    assert "language: bring in an interpreter" in brief(made.recorded(late(), talk), AT).to_text()


def test_what_was_said_last_and_what_we_promised() -> None:
    assert (brief(late(), AT).last_said, brief(late(), AT).promised_by_us) == (None, ())
    talks = [
        told(f"2027-02-01 0{hour}:00", next_step=f"step {hour}", content=content)
        for hour, content in ((1, None), (2, None), (3, None), (4, "The hours were cut."))
    ]
    found = brief(made.recorded(late(), *talks), AT)
    assert found.last_said is not None
    assert found.last_said.text == "The hours were cut."
    assert [said.text for said in found.promised_by_us] == ["step 4", "step 3", "step 2"]
    said = told("2027-02-02 09:30", client_said={rp.ClientStatement.ASKS_TO_DEFER})
    assert brief(made.recorded(late(), said), AT).last_said == attrs.evolve(
        found.last_said, contact_id=said.id, on=DATE(2027, 2, 2), text="asks to defer"
    )
    silent = brief(made.recorded(late(), told()), AT).last_said
    assert silent is not None
    assert silent.text == "a talk, hardship talk"


def test_deadlines_come_in_their_order_and_say_what_was_missed() -> None:
    found = brief(late(), made.moment("2027-02-10 10:00"))
    kinds = [(one.kind, one.finding.passed) for one in found.deadlines]
    assert kinds[0] == (ActionKind.ASK_CAUSE, False)
    assert [one.by for one in found.deadlines] == sorted(one.by for one in found.deadlines)
    assert "2027-02-03 (missed): ask for the cause of a missed payment card" in found.to_text()


def test_stops_holds_promises_and_limitation_are_told() -> None:
    effects = {rp.HoldEffect.CONTACT_STOPS}
    hold = rp.Hold("h", rp.HoldKind.BREATHING_SPACE, effects, DATE(2027, 2, 1), DATE(2027, 3, 1))
    promise = rp.Promise("m", rp.Money(5, "CNY"), by=DATE(2027, 2, 5), made_on=DATE(2027, 2, 2))
    stop = CollectionStop(id="s", kind=StopKind.INSOLVENT, first_day=DATE(2027, 2, 1))
    case = late().with_hold("card", hold).with_promise("card", promise).with_stop("card", stop)
    (account,) = brief(case, AT).accounts
    assert (account.stops, account.holds) == (("insolvent",), ("breathing space",))
    text = brief(case, AT).to_text()
    for line in ("rests: insolvent", "rests: breathing space", "promised 5.00 CNY by 2027-02-05: pending"):
        assert line in text
    assert "limitation running, to" in text
    assert "sms at mobile: not permitted" in text


def test_a_plan_that_ended_is_told_by_its_state() -> None:
    plan = late().accounts[0].plan
    assert plan is not None
    act = rp.PlanAct(kind=rp.ActKind.CANCEL, on=DATE(2027, 2, 1), reason="both agreed")
    found = brief(late().with_plan("card", plan.record(act)), AT)
    assert (found.accounts[0].standing, found.accounts[0].history) == (None, None)
    assert "plan cancelled" in found.to_text()


def test_the_calculation_is_laid_out() -> None:
    found = brief(late(), AT).explain()
    assert found["capacity"].result == rp.Money(1800, "CNY")
    standing = brief(late(), AT).accounts[0].standing
    assert standing is not None
    assert found["card.past_due"].result == standing.past_due
    assert [line.result for line in found.days] == [2]
    bare = brief(attrs.evolve(made.case(), budgets=()), made.moment("2026-12-02 10:00"))
    assert bare.explain().lines == ()


def test_it_fits_a_page_whatever_there_is() -> None:
    case = late()
    for number in range(30):
        case = made.recorded(
            case,
            told(
                id=f"c{number}", debts=(f"debt {number}",), next_step="call", hardship=rp.HardshipReason.OTHER
            ),
        )
    text = brief(case, AT).to_text()
    assert len(text.splitlines()) <= 60
    assert "  and 22 more" in text


def test_a_briefing_of_a_day_is_of_its_first_moment() -> None:
    found = brief(late(), DATE(2027, 2, 2))
    assert found.at == made.moment("2027-02-02 00:00")
    assert repr(found) == "<Briefing of case at 2027-02-02 00:00:00+08:00>"
    assert isinstance(found, Briefing)
    unnamed = attrs.evolve(made.CLIENT, party=attrs.evolve(made.PARTY, name=None))
    assert "name not known" in brief(attrs.evolve(late(), client=unnamed), AT).to_text()


@pytest.mark.parametrize("state", [rp.LimitationState.UNKNOWN])
def test_unknown_limitation_has_no_end(state: rp.LimitationState) -> None:
    case = attrs.evolve(made.case(), accounts=(attrs.evolve(made.case().accounts[0], last_due_on=None),))
    found = brief(case, made.moment("2026-12-02 10:00"))
    assert found.accounts[0].limitation.state is state
    assert "  limitation unknown\n" in found.to_text()


def test_a_plan_that_is_repaid_owes_nothing() -> None:
    found = brief(made.paid(made.planned(12), 12), made.moment("2027-12-02 10:00"))
    assert found.accounts[0].owed is None
    text = found.to_text()
    assert "owed" not in text
    assert "plan completed" in text


def test_without_a_budget_the_page_has_no_capacity() -> None:
    found = brief(attrs.evolve(late(), budgets=()), AT)
    assert found.capacity is None
    assert "Capacity" not in found.to_text()


def test_a_channel_that_opens_later_and_one_that_is_not_used_are_told() -> None:
    night = brief(late(), made.moment("2027-02-02 23:00")).to_text()
    assert "sms at mobile: from 2027-02-03 08:00" in night
    wish = attrs.evolve(made.WISH, not_at={rp.Place.HOME})
    points = (made.POSTAL, made.MOBILE)
    case = attrs.evolve(late(), client=attrs.evolve(made.CLIENT, preferences=(wish,), points=points))
    assert "letter at postal: not used, a place that the client excluded" in brief(case, AT).to_text()


def test_who_owes_too_is_told_and_whether_the_plan_binds_them() -> None:
    wife = rp.Party(id="wife", role=rp.PartyRole.JOINT_DEBTOR)
    case = attrs.evolve(late(), client=attrs.evolve(made.CLIENT, others=(wife,)))
    silent = Liability(party_id="wife", kind=LiabilityKind.JOINT_AND_SEVERAL)
    found = brief(case.with_liability("card", silent), AT)
    assert found.accounts[0].liabilities == (silent,)
    assert found.open_questions == ("card: wife did not consent to the plan, which binds only others.",)
    assert "wife owes it too: joint and several" in found.to_text()
    bound = attrs.evolve(silent, consented_on=DATE(2026, 12, 3))
    assert brief(case.with_liability("card", bound), AT).open_questions == ()


def test_needs_that_a_note_tells_are_shown() -> None:
    note = rp.Vulnerability(
        id="note",
        case_id="case",
        recorded_at=AT,
        party_id="client",
        basis=rp.VulnerabilityBasis.LEGAL_DUTY,
        needs={rp.SupportNeed.SIGHT},
    )
    assert brief(made.recorded(late(), note), AT).client.needs == {rp.SupportNeed.SIGHT}
