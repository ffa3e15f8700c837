"""Australia: the rules of contact, and no other part."""

from __future__ import annotations

import datetime as dt

import pytest

import repayplan as rp
from repayplan.policies import au, contact
from tests.policies.books import rule

POLICY = au.CONSUMER_CREDIT.in_force(dt.date(2026, 12, 1))


def test_contact_is_that_of_the_guideline() -> None:
    expected = rule("au.contact")
    assert POLICY.contact is contact.AU_RG96
    assert [limit.most.value for limit in POLICY.contact.limits] == [
        expected["max_contacts_week"],
        expected["max_contacts_month"],
    ]


def test_the_guideline_is_not_presented_as_law() -> None:
    for limit in POLICY.contact.limits:
        citation = limit.most.citation
        assert (citation.force, citation.evidence) == (rp.Force.GUIDANCE, rp.Evidence.PRIMARY)


@pytest.mark.parametrize("part", ["affordability", "plan", "overdue", "records"])
def test_what_has_no_figure_is_absent_and_says_what_to_do(part: str) -> None:
    with pytest.raises(rp.PolicyError) as caught:
        getattr(POLICY, part)
    assert (caught.value.code, caught.value.field) == ("policy.absent", part)
    assert "policies.compose(name, policy, " in str(caught.value)


def test_versions_without_rules_of_lateness_say_so() -> None:
    with pytest.raises(rp.PolicyError) as caught:
        _ = au.CONSUMER_CREDIT.overdue
    assert caught.value.field == "overdue"
