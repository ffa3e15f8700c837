"""Every figure of the collected rules of contact is held against the rules that are shipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest

import repayplan as rp
from repayplan.communication.contact_limits import ConsecutiveDays, CountedContacts, CountedPer
from repayplan.policies import cn, contact
from tests.reference import Case, case

if TYPE_CHECKING:
    from collections.abc import Iterator

    from repayplan.communication.contact_hours import PermittedHours
    from repayplan.communication.contact_rule_book import ContactRules
    from repayplan.policies.policy import Policy

SHIPPED = [getattr(contact, name) for name in contact.__all__]


def rule(identity: str) -> Case:
    params: Case = case("rules.json", "rules", identity)["params"]
    return params


def hours(rules: ContactRules, channel: rp.Channel, place: rp.Place = rp.Place.HOME) -> list[PermittedHours]:
    return [item for item in rules.hours if item.applies_to(channel, place)]


def of_day(item: PermittedHours, weekday: int) -> list[str]:
    (times,) = [times for times in item.times.value if weekday in times.weekdays]
    return [times.start, times.end]


def citations(value: object) -> Iterator[rp.Citation]:
    if isinstance(value, rp.Citation):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from citations(item)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):  # type: ignore[arg-type]  # an attrs class
            yield from citations(getattr(value, field.name))


def test_the_united_states() -> None:
    rules, times, often = contact.US_REGULATION_F, rule("us.regf.hours"), rule("us.regf.frequency")
    for channel in set(rp.Channel) - {rp.Channel.LETTER}:
        (item,) = hours(rules, channel)
        assert of_day(item, 1) == of_day(item, 7) == times["local"]
    (calls,), (quiet,) = rules.limits, rules.quiet
    assert (calls.most.value, calls.window) == (often["max_calls"], ConsecutiveDays(often["window_days"]))
    assert (calls.counts, calls.per, often["per"]) == (
        CountedContacts.ATTEMPTS,
        frozenset({CountedPer.PERSON, CountedPer.DEBT}),
        "person_and_debt",
    )
    assert quiet.days.value == often["quiet_days_after_conversation"]
    assert rules.extra_contact is not None
    assert rules.extra_contact.days.value == often["consent_window_days"]
    assert rules.confirmations is not None
    assert (rules.confirmations.value == 1) is rule("us.regf.optout")["one_confirmation_allowed"]
    assert rules.location is not None
    assert rules.location.most.value == rule("us.regf.location_contact")["max_contacts_per_person"]
    assert rule("us.regf.media")["no_work_email_known"]
    assert [item.times.value for item in hours(rules, rp.Channel.EMAIL, rp.Place.WORK)][1] == ()


def test_paragraphs_of_regulation_f_that_were_read_in_quotation_alone_say_so() -> None:
    """Of § 1006.6 the reference read (b)(1) to (3), (c), (d)(4), (d)(5) and (e)."""
    rules = contact.US_REGULATION_F
    quoted = {item for item in citations(rules) if item.evidence is rp.Evidence.SECONDARY}
    assert quoted == {rules.outside_hours, rules.third_parties}


def test_china() -> None:
    rules, expected = contact.CN_GBT_45251, rule("cn.contact.gbt45251")
    end, start = expected["blocked_local"]
    (item,) = hours(rules, rp.Channel.PHONE)
    assert of_day(item, 1) == of_day(item, 7) == [start, end]
    assert (rules.outside_hours is not None) is expected["blocked_unless_consent"]
    (calls,) = rules.limits
    assert (calls.most.value, calls.window, calls.per) == (
        expected["max_calls_per_day"],
        ConsecutiveDays(1),
        frozenset({CountedPer.PERSON}),
    )
    assert calls.most.citation.force is rp.Force.STANDARD
    assert rule("cn.collection.art66_69")["third_party_contact"] == "debtor_and_guarantor_only"
    assert rules.location is None
    assert rules.third_parties.force is rp.Force.LAW


def test_what_one_doubtful_page_says_of_visits_is_not_shipped() -> None:
    assert "one law-firm page" in case("rules.json", "rules", "cn.contact.gbt45251")["evidence"]
    assert all(rp.Channel.IN_PERSON not in item.channels for item in contact.CN_GBT_45251.limits)


def test_australia() -> None:
    rules, expected = contact.AU_RG96, rule("au.contact")
    (phone,) = hours(rules, rp.Channel.PHONE)
    assert {tuple(of_day(phone, day)) for day in range(1, 6)} == {tuple(expected["phone"]["mon_fri"])}
    assert {tuple(of_day(phone, day)) for day in (6, 7)} == {tuple(expected["phone"]["weekend"])}
    assert expected["phone"]["public_holiday"] is None
    assert phone.holiday_times is not None
    assert phone.holiday_times.value == ()
    (face,) = hours(rules, rp.Channel.IN_PERSON)
    assert of_day(face, 3) == of_day(face, 6) == expected["face"]
    _, work = hours(rules, rp.Channel.PHONE, rp.Place.WORK)
    assert of_day(work, 5) == expected["work"]
    assert all(6 not in times.weekdays for times in work.times.value)
    assert [item.most.value for item in rules.limits] == [
        expected["max_contacts_week"],
        expected["max_contacts_month"],
    ]
    assert {(item.counts, item.per) for item in rules.limits} == {
        (CountedContacts.CONTACTS_MADE, frozenset({CountedPer.DEBT}))
    }
    assert expected["counts"] == "contact actually made, per account"


def test_india() -> None:
    (item,) = contact.IN_RBI_2022.hours
    assert of_day(item, 1) == of_day(item, 7) == rule("in.contact")["local"]
    assert item.times.citation.evidence is rp.Evidence.SECONDARY


@pytest.mark.parametrize("rules", SHIPPED)
def test_every_figure_is_cited_and_none_is_known_from_memory(rules: ContactRules) -> None:
    found = list(citations(rules))
    assert len(found) >= 6
    for citation in found:
        assert (citation.evidence is None) is (citation.force is rp.Force.HOUSE)


@pytest.mark.parametrize("policy", cn.CREDIT_CARD.versions)
def test_no_rule_of_contact_binds_after_the_version_that_has_it(policy: Policy) -> None:
    assert policy.contact is not None
    for citation in citations(policy.contact):
        assert citation.effective_from is None or citation.effective_from <= policy.effective_from


def test_the_standard_is_in_force_from_its_day() -> None:
    last, first = cn.CREDIT_CARD.versions[-1], cn.CREDIT_CARD.versions[0]
    assert (str(last.effective_from), last.contact) == ("2025-02-28", contact.CN_GBT_45251)
    assert first.contact == contact.CN_CARD_MEASURES


def test_a_policy_takes_rules_of_contact_and_nothing_else() -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        attrs.evolve(cn.CREDIT_CARD.versions[-1], contact="gentle")  # type: ignore[arg-type]  # the point
    assert caught.value.field == "contact"
