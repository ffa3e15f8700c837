"""Rules of contact by jurisdiction, each figure with its source.

Rules as data for engineers, not legal advice: check before use. Figures that no readable source gave are
not here: of the Chinese standard, one visit a day and the staff at a visit (one page says so, and errs
elsewhere); of the Australian guideline, whether visits rest on public holidays.
"""

from __future__ import annotations

from typing import Final

import attrs
import pendulum

from repayplan.communication.channels import Channel, Place
from repayplan.communication.contact_hours import PermittedHours
from repayplan.communication.contact_limits import (
    ConsecutiveDays,
    ContactLimit,
    CountedContacts,
    CountedPer,
    ExtraContactRule,
    LocationRule,
    QuietDays,
)
from repayplan.communication.contact_rule_book import ContactRules
from repayplan.communication.parties import PartyRole
from repayplan.communication.purposes import Purpose
from repayplan.communication.weekly import WeeklyTimes
from repayplan.policies.classes import CN_CREDIT_CARD_2011
from repayplan.rules import Citation, Comparison, Evidence, Force, Limit, Protects

__all__ = ["AU_RG96", "CN_CARD_MEASURES", "CN_GBT_45251", "IN_RBI_2022", "US_REGULATION_F"]

_TIMED: Final = frozenset(Channel) - {Channel.LETTER}
"""A letter has no time of the day."""
_WEEKDAYS: Final = frozenset(range(1, 6))
_WEEKENDS: Final = frozenset({6, 7})
_COLLECTING: Final = frozenset(
    {
        Purpose.MISSED_PAYMENT,
        Purpose.DEMAND,
        Purpose.HARDSHIP_TALK,
        Purpose.OFFER,
        Purpose.AGREEMENT,
        Purpose.LOCATION,
    }
)
"""What collects a debt that is late, or leads to it; a reminder before the due date does not."""


def _at_most(value: int, citation: Citation, unit: str) -> Limit[int]:
    return Limit(value, citation, comparison=Comparison.AT_MOST, unit=unit, protects=Protects.LOWER)


_REG_F: Final = Citation(
    title="12 CFR Part 1006 (Regulation F)",
    effective_from=pendulum.date(2021, 11, 30),
    evidence=Evidence.PRIMARY,
    force=Force.LAW,
    applies_to="third-party debt collectors; good practice for creditors",
)


def _reg_f(article: str, evidence: Evidence = Evidence.PRIMARY) -> Citation:
    return attrs.evolve(_REG_F, article=article, evidence=evidence)


US_REGULATION_F: Final = ContactRules(
    hours=(
        PermittedHours(
            channels=_TIMED,
            times=Limit((WeeklyTimes(start="08:00", end="21:00"),), _reg_f("§ 1006.6(b)(1)(i)")),
        ),
        PermittedHours(
            channels={Channel.EMAIL}, places={Place.WORK}, times=Limit((), _reg_f("§ 1006.22(f)(3)"))
        ),
    ),
    limits=(
        ContactLimit(
            most=_at_most(7, _reg_f("§ 1006.14(b)(2)(i)(A)"), "calls"),
            window=ConsecutiveDays(7),
            counts=CountedContacts.ATTEMPTS,
            per={CountedPer.PERSON, CountedPer.DEBT},
            channels={Channel.PHONE},
        ),
    ),
    quiet=(
        QuietDays(
            days=Limit(
                7,
                _reg_f("§ 1006.14(b)(2)(i)(B)"),
                comparison=Comparison.MORE_THAN,
                unit="days",
                protects=Protects.HIGHER,
            ),
            per={CountedPer.PERSON, CountedPer.DEBT},
            channels={Channel.PHONE},
        ),
    ),
    uncounted=Limit(frozenset({PartyRole.ATTORNEY}), _reg_f("§ 1006.14(b)(3)(iii)")),
    extra_contact=ExtraContactRule(days=_at_most(7, _reg_f("§ 1006.14(b)(3)(i)"), "days")),
    outside_hours=_reg_f("§ 1006.6(b)(4)", Evidence.SECONDARY),
    replies=_reg_f("Supp. I, comment 6(b)(1)-2"),
    confirmations=_at_most(1, _reg_f("§ 1006.14(h)(2)(i)"), "messages"),
    location=LocationRule(
        roles={PartyRole.EMERGENCY_CONTACT, PartyRole.THIRD_PARTY},
        most=_at_most(1, _reg_f("§ 1006.10(c)"), "contacts with one person"),
    ),
    third_parties=_reg_f("§ 1006.6(d)(1)-(2)", Evidence.SECONDARY),
    represented_by=Limit(frozenset({PartyRole.ATTORNEY}), _reg_f("§ 1006.6(b)(2), § 1006.10(b)(5)")),
    wishes=_reg_f("§ 1006.6(b)(1)"),
    stops=_reg_f("§ 1006.6(c)(1), § 1006.14(h)(1)"),
)
"""The United States: 8:00 to 21:00, seven calls in seven days, and seven days after a conversation.

The limits on calls are presumptions, which circumstances may rebut either way.
That the client asked for a call is one of these circumstances, so an answer by phone is held to the limits
too; a consent to more contact, recorded as such, lifts them.
"""

_CN_MEASURES: Final = attrs.evolve(
    CN_CREDIT_CARD_2011.citation,
    article="第六十八条、第六十九条",
    applies_to="credit cards issued by commercial banks: the debtor and the guarantor alone are asked",
)
_CN_STANDARD: Final = Citation(
    title="GB/T 45251-2025 互联网金融 个人网络消费信贷 贷后催收风控指引",
    effective_from=pendulum.date(2025, 2, 28),
    evidence=Evidence.SECONDARY,
    force=Force.STANDARD,
    applies_to="consumer credit over the internet; for credit cards good practice",
)

CN_CARD_MEASURES: Final = ContactRules(third_parties=_CN_MEASURES)
"""China, credit cards from 2011: nobody is contacted but who owes; hours and numbers are not stated."""

CN_GBT_45251: Final = ContactRules(
    hours=(
        PermittedHours(
            channels=_TIMED, times=Limit((WeeklyTimes(start="08:00", end="22:00"),), _CN_STANDARD)
        ),
    ),
    limits=(
        ContactLimit(
            most=_at_most(3, _CN_STANDARD, "calls"),
            window=ConsecutiveDays(1),
            counts=CountedContacts.ATTEMPTS,
            channels={Channel.PHONE},
            purposes=_COLLECTING,
        ),
    ),
    outside_hours=_CN_STANDARD,
    third_parties=_CN_MEASURES,
)
"""China, from 28 February 2025: 8:00 to 22:00 unless the client consents, and three calls a day."""

_RG_96: Final = Citation(
    title="ACCC/ASIC RG 96 Debt collection guideline",
    article="part 2, sections 4 and 5",
    evidence=Evidence.PRIMARY,
    force=Force.GUIDANCE,
    applies_to="creditors and collectors; the edition of April 2021",
)
_AU_COUNTED: Final = frozenset(Channel) - {Channel.IN_PERSON}
"""For visits the guideline has a rule of its own."""
_AU_ASKED_FOR: Final = frozenset({Purpose.ANSWER, Purpose.COMPLAINT, Purpose.OPT_OUT_CONFIRMATION})
"""What the client asked for, or began.

The figures are against contact that nobody needs (part 2, section 5), and a contact that the debtor requests
has a reasonable purpose (section 2, read as quoted by others). That it is not counted is not said.
"""

AU_RG96: Final = ContactRules(
    hours=(
        PermittedHours(
            channels={Channel.PHONE},
            times=Limit(
                (
                    WeeklyTimes(weekdays=_WEEKDAYS, start="07:30", end="21:00"),
                    WeeklyTimes(weekdays=_WEEKENDS, start="09:00", end="21:00"),
                ),
                _RG_96,
            ),
            holiday_times=Limit((), _RG_96),
        ),
        PermittedHours(
            channels={Channel.IN_PERSON},
            times=Limit((WeeklyTimes(start="09:00", end="21:00"),), _RG_96),
        ),
        PermittedHours(
            channels={Channel.PHONE, Channel.IN_PERSON, Channel.VIDEO},
            places={Place.WORK},
            times=Limit((WeeklyTimes(weekdays=_WEEKDAYS, start="09:00", end="17:00"),), _RG_96),
        ),
    ),
    limits=(
        ContactLimit(
            most=_at_most(3, _RG_96, "contacts a week"),
            window=ConsecutiveDays(7),
            counts=CountedContacts.CONTACTS_MADE,
            per={CountedPer.DEBT},
            channels=_AU_COUNTED,
            spares=_AU_ASKED_FOR,
        ),
        ContactLimit(
            most=_at_most(10, _RG_96, "contacts a month"),
            window=ConsecutiveDays(31),
            counts=CountedContacts.CONTACTS_MADE,
            per={CountedPer.DEBT},
            channels=_AU_COUNTED,
            spares=_AU_ASKED_FOR,
        ),
    ),
)
"""Australia: three contacts a week and ten a month for an account, and no calls on public holidays.

Add the holidays with ``with_holidays``. A week is read as any seven days and a month as any 31, so that
neither a calendar week nor a calendar month has more. What the client asked for, and notices that the law
demands, count and are never barred for their number.
"""

_RBI: Final = Citation(
    title="Reserve Bank of India, circular of 12 August 2022 on recovery agents",
    evidence=Evidence.SECONDARY,
    force=Force.LAW,
    applies_to="regulated entities and their recovery agents: calls to recover overdue loans",
)

IN_RBI_2022: Final = ContactRules(
    hours=(
        PermittedHours(
            channels={Channel.PHONE}, times=Limit((WeeklyTimes(start="08:00", end="19:00"),), _RBI)
        ),
    ),
)
"""India: no calls before 8:00 or after 19:00."""
