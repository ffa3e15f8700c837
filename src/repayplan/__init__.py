"""Exact repayment plans for people who are behind on credit cards and consumer loans.

Everything a user needs is ``rp.NAME`` after ``import repayplan as rp``; the rule books are in
``repayplan.policies``. The package performs no I/O: dates, data and calendars come in, values come out.
Modules load on first use (PEP 562), so that importing the package costs next to nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from repayplan.affordability.assessment import Affordability, assess
    from repayplan.affordability.budget import Budget
    from repayplan.affordability.capacity import Capacity
    from repayplan.affordability.categories import Category, CommitmentKind, LineEvidence
    from repayplan.affordability.guidelines import SpendingGuideline
    from repayplan.affordability.household import Household, HouseholdAmounts, HouseholdTable, PersonAmounts
    from repayplan.affordability.income_rules import (
        IncomeHistory,
        IncomeRule,
        MeanOfMonths,
        MeanOfPayments,
        QuantileMonth,
        WeakMonth,
        fluctuating_income_rule,
    )
    from repayplan.affordability.irregular import IrregularIncome
    from repayplan.affordability.lines import Commitment, Expense, Income
    from repayplan.affordability.review import review
    from repayplan.affordability.rules import AffordabilityRules
    from repayplan.calendars import BusinessDayConvention, Calendar, ExplicitCalendar, WeekendCalendar
    from repayplan.casework.account import Account
    from repayplan.casework.action_list import Actions
    from repayplan.casework.actions import Action, ActionKind, Urgency
    from repayplan.casework.briefing import Briefing, brief
    from repayplan.casework.briefing_parts import (
        AccountBrief,
        BarrierBrief,
        BudgetChange,
        CapacityBrief,
        ClientBrief,
        Deadline,
        PaymentHistory,
        ReasonBrief,
        Said,
        WayToReach,
    )
    from repayplan.casework.case import Case
    from repayplan.casework.desk import Desk
    from repayplan.casework.follow_up import calendar_for, next_actions
    from repayplan.casework.liabilities import CollectionStop, Liability, LiabilityKind, StopKind
    from repayplan.casework.statements import BudgetStatement
    from repayplan.casework.suspensions import blocked_spans
    from repayplan.communication.amendments import Amendment, Redaction, amend
    from repayplan.communication.barrier_rules import HOUSE_BARRIER_RULES, BarrierRules
    from repayplan.communication.barriers import Barrier, BarrierKind
    from repayplan.communication.best_channel import best_channel
    from repayplan.communication.blocked_spans import BlockedSpan
    from repayplan.communication.channel_choices import (
        BestChannel,
        ChannelReason,
        NoChannel,
        PassedOver,
        PassedOverReason,
    )
    from repayplan.communication.channels import (
        AccessibleFormat,
        Channel,
        Direction,
        Outcome,
        Place,
        PointKind,
    )
    from repayplan.communication.circumstances import Hardship, VerificationState, Vulnerability
    from repayplan.communication.client import Client
    from repayplan.communication.completeness import missing_items
    from repayplan.communication.consents import Consent, ConsentWithdrawal
    from repayplan.communication.contact import Contact
    from repayplan.communication.contact_hours import PermittedHours, PublicHolidays
    from repayplan.communication.contact_limits import (
        CalendarSpan,
        ConsecutiveDays,
        ContactLimit,
        CountedContacts,
        CountedPer,
        ExtraContactRule,
        LocationRule,
        QuietDays,
    )
    from repayplan.communication.contact_points import ContactPoint, ContactPreference
    from repayplan.communication.contact_rule_book import ContactRules
    from repayplan.communication.contact_rules import (
        Allowed,
        ContactAnswer,
        ContactWindow,
        Denied,
        may_contact,
        next_window,
    )
    from repayplan.communication.demands import effective_demands, report_finding
    from repayplan.communication.diagnosis import diagnose
    from repayplan.communication.difficulties import Difficulty, DifficultyNote
    from repayplan.communication.digests import leaf_hash
    from repayplan.communication.documents import Document, Original, OriginalForm, Receipt, ReceiptKind
    from repayplan.communication.entries import LogEntry
    from repayplan.communication.excerpts import Excerpt, excerpt, verify_excerpt
    from repayplan.communication.heads import Head, HeadComparison, HeadRelation, compare_heads
    from repayplan.communication.limitation import (
        Limitation,
        LimitationEvent,
        LimitationState,
        limitation_events,
        limitation_on,
    )
    from repayplan.communication.limitation_rules import LimitationRules, RestartKind
    from repayplan.communication.log import CommunicationLog
    from repayplan.communication.merkle_proofs import verify_consistency, verify_inclusion
    from repayplan.communication.messages.catalog import Catalog, Label
    from repayplan.communication.messages.catalogs import catalog_for, phrasebook
    from repayplan.communication.messages.facts import MessageFacts
    from repayplan.communication.messages.kind_facts import KindFacts, facts_of
    from repayplan.communication.messages.kinds import MessageKind
    from repayplan.communication.messages.parts import Adviser, ContactRoute, NextPayment, PlanTerms
    from repayplan.communication.messages.phrases import Phrase, TalkStage
    from repayplan.communication.messages.rendering import RenderedMessage, render_message
    from repayplan.communication.messages.required_items import (
        CN_CARD_LETTER,
        HK_AGENCY_NOTICE,
        US_ELECTRONIC_MESSAGE,
        US_LIMITED_CONTENT,
        MessageRules,
        RequiredItem,
    )
    from repayplan.communication.messages.rhythms import Rhythm
    from repayplan.communication.messages.sms import SmsEncoding, SmsSize, sms_size
    from repayplan.communication.messages.templates import Plural, Template
    from repayplan.communication.messages.texts import EachOffer, MessageText
    from repayplan.communication.messages.word_lists import WordingConcern, WordList, WordLists
    from repayplan.communication.messages.wording import review_wording
    from repayplan.communication.noted_client import client_as_noted
    from repayplan.communication.parties import (
        Authority,
        Participant,
        Party,
        PartyRole,
        Verification,
        VerificationResult,
    )
    from repayplan.communication.periods import Period, PeriodUnit
    from repayplan.communication.permission import permitted_by
    from repayplan.communication.profiles import ContactPointNote, PointSource, PreferenceNote
    from repayplan.communication.purposes import ClientStatement, ConsentScope, Purpose, StatedItem
    from repayplan.communication.reasons import HardshipReason, SupportNeed, VulnerabilityBasis
    from repayplan.communication.reconciliation import Reconciliation, reconcile
    from repayplan.communication.record_rules import (
        DemandRules,
        RecordItem,
        RecordRules,
        RetentionRule,
        RetentionScope,
        RetentionStart,
    )
    from repayplan.communication.records import Record
    from repayplan.communication.remedies import remedies
    from repayplan.communication.remedy_kinds import (
        ClosingEvidence,
        Prohibition,
        Remedy,
        RemedyHelper,
        RemedyKind,
    )
    from repayplan.communication.retention import KeptUntil, retention_findings, retention_of
    from repayplan.communication.sealing import salts_needed
    from repayplan.communication.steps import StepNote
    from repayplan.communication.verification import FieldsOf, LogVerification, verify_log
    from repayplan.communication.weekly import WeeklyTimes
    from repayplan.currency import Currency
    from repayplan.dates import due_dates, due_dates_after_payday
    from repayplan.daycounts import DayCount
    from repayplan.errors import (
        BudgetError,
        CaseError,
        CommunicationError,
        DateError,
        InputTypeError,
        MoneyError,
        NegativeAmortizationError,
        PaymentError,
        PolicyError,
        RateError,
        RepayPlanError,
        SerializationError,
        TermsError,
        UnknownKeyError,
    )
    from repayplan.explanation import DaysLine, Explanation, ExplanationInput, ExplanationLine
    from repayplan.formatting import (
        format_count,
        format_date,
        format_list,
        format_money,
        format_percent,
        plural_form,
        preload,
    )
    from repayplan.frequencies import Frequency
    from repayplan.money import Money
    from repayplan.months import MonthEnd
    from repayplan.overdue.adjustments import Charge, Waiver
    from repayplan.overdue.allocation import AllocationOrder, Overpayment, Sweep, SwitchingOrder, Timing
    from repayplan.overdue.balances import Balance, ExcessAllocation, allocate_excess
    from repayplan.overdue.changes import Change, ChangeKind, Position, Reason, Timeline, TimelineSpan
    from repayplan.overdue.charge_proposals import ChargeProposal, LateCharges
    from repayplan.overdue.charge_rules import LateChargeRule, LateInterestRule, ReturnedPaymentRule
    from repayplan.overdue.charges import late_charges
    from repayplan.overdue.classification import Band, DelinquencyScale
    from repayplan.overdue.components import Component
    from repayplan.overdue.early_warnings import early_warnings
    from repayplan.overdue.follow_up_rules import (
        HOUSE_FOLLOW_UP_RULES,
        ArrearsNotice,
        ArrearsNoticeKind,
        FollowUpRules,
    )
    from repayplan.overdue.holds import Hold, HoldEffect, HoldKind
    from repayplan.overdue.ledger import Allocation, Ledger, LedgerInstallment, LedgerPart, ledger_on
    from repayplan.overdue.orders import (
        CN_CIVIL_CODE_561,
        CN_CREDIT_CARD,
        FEES_PENALTIES_INTEREST_PRINCIPAL,
        INTEREST_PRINCIPAL_PENALTIES_FEES,
        PENALTIES_FEES_INTEREST_PRINCIPAL,
        PRINCIPAL_INTEREST_PENALTIES_FEES,
    )
    from repayplan.overdue.outstanding import Outstanding, outstanding_on
    from repayplan.overdue.payments import Payment, PaymentStatus
    from repayplan.overdue.promise_states import promise_state, promise_states
    from repayplan.overdue.promises import FollowUp, Promise, PromiseStanding, PromiseState
    from repayplan.overdue.rules import (
        Ageing,
        BreachRules,
        CureRules,
        OverdueRules,
        OverdueRuleVersions,
        Tolerance,
    )
    from repayplan.overdue.standing import NextDue, Standing, standing_on
    from repayplan.overdue.standing_state import StandingState
    from repayplan.overdue.timeline import timeline
    from repayplan.plan.agreement import Plan, Revision, agree
    from repayplan.plan.agreement_kinds import AgreementForm, RevisionKind
    from repayplan.plan.bank_cost import BankCost, bank_cost
    from repayplan.plan.candidate import Candidate, DroppedOffer, Shape
    from repayplan.plan.certificate import CapacityCertificate, CertificateLine, CertificateMonth
    from repayplan.plan.debt import Debt
    from repayplan.plan.debts import Debts, FreedShare
    from repayplan.plan.joint_offer import JointCertificate, JointOffer, JointOffers
    from repayplan.plan.negotiation import Negotiation, NegotiationState, Side, Turn, TurnKind
    from repayplan.plan.next_step import NextStep
    from repayplan.plan.no_plan import NoAffordablePlan
    from repayplan.plan.offer import Cost, Offer, Offers
    from repayplan.plan.offers import propose
    from repayplan.plan.outstanding_debt import outstanding_debt
    from repayplan.plan.plan_diff import PlanDiff, diff
    from repayplan.plan.pro_rata import pro_rata
    from repayplan.plan.proposal import Evaluation, Proposal, evaluate
    from repayplan.plan.re_age import ReAgeRules, re_age_findings
    from repayplan.plan.revision import revise
    from repayplan.plan.rules import PlanCondition, PlanContent, PlanDuty, PlanRules
    from repayplan.plan.states import ActKind, PlanAct, PlanState
    from repayplan.plan.step_kinds import NextStepKind
    from repayplan.plan.stress import BreakEven, Shock, Survival, break_even, survival
    from repayplan.rates import Rate, RateUnit
    from repayplan.rounding import Rounding
    from repayplan.rules import Citation, Comparison, Evidence, Finding, Force, Limit, Protects
    from repayplan.schedule.accrual import AccrueTo, FirstPeriod
    from repayplan.schedule.apr import AnnualPercentageRate, AprMethod, annual_percentage_rate
    from repayplan.schedule.build import build_schedule
    from repayplan.schedule.carried import (
        CarriedBalance,
        CarriedBalances,
        CarriedTreatment,
        CarriedTreatments,
    )
    from repayplan.schedule.cash_flows import CashFlows, PaymentDates
    from repayplan.schedule.comparison import Match, RowComparison, ScheduleComparison, compare
    from repayplan.schedule.cost import CostOfCredit, cost_of_credit, present_value, present_value_change
    from repayplan.schedule.deferring import DeferringPayments
    from repayplan.schedule.fees import InstallmentFee, PaymentShareFee, SingleFee
    from repayplan.schedule.grace import Grace
    from repayplan.schedule.installment import Installment
    from repayplan.schedule.interest_only import InterestOnly
    from repayplan.schedule.level import LevelPayment
    from repayplan.schedule.level_principal import EqualPrincipal, FlatInterest
    from repayplan.schedule.payoff import Payoff, payoff
    from repayplan.schedule.rate_steps import RateSteps
    from repayplan.schedule.repayment import Difference
    from repayplan.schedule.schedule import Schedule
    from repayplan.schedule.solve import solve_count, solve_payment, solve_principal, solve_rate
    from repayplan.schedule.stated import CustomPayments, FixedPayment, StepPayments
    from repayplan.schedule.stub import Stub
    from repayplan.schedule.terms import Terms
    from repayplan.schedule.uneven import Balloon, BalloonRemainder, SeasonalPayments
    from repayplan.serialization.structure import from_dict, json_schema, to_dict

__all__ = [
    "CN_CARD_LETTER",
    "CN_CIVIL_CODE_561",
    "CN_CREDIT_CARD",
    "FEES_PENALTIES_INTEREST_PRINCIPAL",
    "HK_AGENCY_NOTICE",
    "HOUSE_BARRIER_RULES",
    "HOUSE_FOLLOW_UP_RULES",
    "INTEREST_PRINCIPAL_PENALTIES_FEES",
    "PENALTIES_FEES_INTEREST_PRINCIPAL",
    "PRINCIPAL_INTEREST_PENALTIES_FEES",
    "US_ELECTRONIC_MESSAGE",
    "US_LIMITED_CONTENT",
    "AccessibleFormat",
    "Account",
    "AccountBrief",
    "AccrueTo",
    "ActKind",
    "Action",
    "ActionKind",
    "Actions",
    "Adviser",
    "Affordability",
    "AffordabilityRules",
    "Ageing",
    "AgreementForm",
    "Allocation",
    "AllocationOrder",
    "Allowed",
    "Amendment",
    "AnnualPercentageRate",
    "AprMethod",
    "ArrearsNotice",
    "ArrearsNoticeKind",
    "Authority",
    "Balance",
    "Balloon",
    "BalloonRemainder",
    "Band",
    "BankCost",
    "Barrier",
    "BarrierBrief",
    "BarrierKind",
    "BarrierRules",
    "BestChannel",
    "BlockedSpan",
    "BreachRules",
    "BreakEven",
    "Briefing",
    "Budget",
    "BudgetChange",
    "BudgetError",
    "BudgetStatement",
    "BusinessDayConvention",
    "Calendar",
    "CalendarSpan",
    "Candidate",
    "Capacity",
    "CapacityBrief",
    "CapacityCertificate",
    "CarriedBalance",
    "CarriedBalances",
    "CarriedTreatment",
    "CarriedTreatments",
    "Case",
    "CaseError",
    "CashFlows",
    "Catalog",
    "Category",
    "CertificateLine",
    "CertificateMonth",
    "Change",
    "ChangeKind",
    "Channel",
    "ChannelReason",
    "Charge",
    "ChargeProposal",
    "Citation",
    "Client",
    "ClientBrief",
    "ClientStatement",
    "ClosingEvidence",
    "CollectionStop",
    "Commitment",
    "CommitmentKind",
    "CommunicationError",
    "CommunicationLog",
    "Comparison",
    "Component",
    "ConsecutiveDays",
    "Consent",
    "ConsentScope",
    "ConsentWithdrawal",
    "Contact",
    "ContactAnswer",
    "ContactLimit",
    "ContactPoint",
    "ContactPointNote",
    "ContactPreference",
    "ContactRoute",
    "ContactRules",
    "ContactWindow",
    "Cost",
    "CostOfCredit",
    "CountedContacts",
    "CountedPer",
    "CureRules",
    "Currency",
    "CustomPayments",
    "DateError",
    "DayCount",
    "DaysLine",
    "Deadline",
    "Debt",
    "Debts",
    "DeferringPayments",
    "DelinquencyScale",
    "DemandRules",
    "Denied",
    "Desk",
    "Difference",
    "Difficulty",
    "DifficultyNote",
    "Direction",
    "Document",
    "DroppedOffer",
    "EachOffer",
    "EqualPrincipal",
    "Evaluation",
    "Evidence",
    "Excerpt",
    "ExcessAllocation",
    "Expense",
    "Explanation",
    "ExplanationInput",
    "ExplanationLine",
    "ExplicitCalendar",
    "ExtraContactRule",
    "FieldsOf",
    "Finding",
    "FirstPeriod",
    "FixedPayment",
    "FlatInterest",
    "FollowUp",
    "FollowUpRules",
    "Force",
    "FreedShare",
    "Frequency",
    "Grace",
    "Hardship",
    "HardshipReason",
    "Head",
    "HeadComparison",
    "HeadRelation",
    "Hold",
    "HoldEffect",
    "HoldKind",
    "Household",
    "HouseholdAmounts",
    "HouseholdTable",
    "Income",
    "IncomeHistory",
    "IncomeRule",
    "InputTypeError",
    "Installment",
    "InstallmentFee",
    "InterestOnly",
    "IrregularIncome",
    "JointCertificate",
    "JointOffer",
    "JointOffers",
    "KeptUntil",
    "KindFacts",
    "Label",
    "LateChargeRule",
    "LateCharges",
    "LateInterestRule",
    "Ledger",
    "LedgerInstallment",
    "LedgerPart",
    "LevelPayment",
    "Liability",
    "LiabilityKind",
    "Limit",
    "Limitation",
    "LimitationEvent",
    "LimitationRules",
    "LimitationState",
    "LineEvidence",
    "LocationRule",
    "LogEntry",
    "LogVerification",
    "Match",
    "MeanOfMonths",
    "MeanOfPayments",
    "MessageFacts",
    "MessageKind",
    "MessageRules",
    "MessageText",
    "Money",
    "MoneyError",
    "MonthEnd",
    "NegativeAmortizationError",
    "Negotiation",
    "NegotiationState",
    "NextDue",
    "NextPayment",
    "NextStep",
    "NextStepKind",
    "NoAffordablePlan",
    "NoChannel",
    "Offer",
    "Offers",
    "Original",
    "OriginalForm",
    "Outcome",
    "Outstanding",
    "OverdueRuleVersions",
    "OverdueRules",
    "Overpayment",
    "Participant",
    "Party",
    "PartyRole",
    "PassedOver",
    "PassedOverReason",
    "Payment",
    "PaymentDates",
    "PaymentError",
    "PaymentHistory",
    "PaymentShareFee",
    "PaymentStatus",
    "Payoff",
    "Period",
    "PeriodUnit",
    "PermittedHours",
    "PersonAmounts",
    "Phrase",
    "Place",
    "Plan",
    "PlanAct",
    "PlanCondition",
    "PlanContent",
    "PlanDiff",
    "PlanDuty",
    "PlanRules",
    "PlanState",
    "PlanTerms",
    "Plural",
    "PointKind",
    "PointSource",
    "PolicyError",
    "Position",
    "PreferenceNote",
    "Prohibition",
    "Promise",
    "PromiseStanding",
    "PromiseState",
    "Proposal",
    "Protects",
    "PublicHolidays",
    "Purpose",
    "QuantileMonth",
    "QuietDays",
    "Rate",
    "RateError",
    "RateSteps",
    "RateUnit",
    "ReAgeRules",
    "Reason",
    "ReasonBrief",
    "Receipt",
    "ReceiptKind",
    "Reconciliation",
    "Record",
    "RecordItem",
    "RecordRules",
    "Redaction",
    "Remedy",
    "RemedyHelper",
    "RemedyKind",
    "RenderedMessage",
    "RepayPlanError",
    "RequiredItem",
    "RestartKind",
    "RetentionRule",
    "RetentionScope",
    "RetentionStart",
    "ReturnedPaymentRule",
    "Revision",
    "RevisionKind",
    "Rhythm",
    "Rounding",
    "RowComparison",
    "Said",
    "Schedule",
    "ScheduleComparison",
    "SeasonalPayments",
    "SerializationError",
    "Shape",
    "Shock",
    "Side",
    "SingleFee",
    "SmsEncoding",
    "SmsSize",
    "SpendingGuideline",
    "Standing",
    "StandingState",
    "StatedItem",
    "StepNote",
    "StepPayments",
    "StopKind",
    "Stub",
    "SupportNeed",
    "Survival",
    "Sweep",
    "SwitchingOrder",
    "TalkStage",
    "Template",
    "Terms",
    "TermsError",
    "Timeline",
    "TimelineSpan",
    "Timing",
    "Tolerance",
    "Turn",
    "TurnKind",
    "UnknownKeyError",
    "Urgency",
    "Verification",
    "VerificationResult",
    "VerificationState",
    "Vulnerability",
    "VulnerabilityBasis",
    "Waiver",
    "WayToReach",
    "WeakMonth",
    "WeekendCalendar",
    "WeeklyTimes",
    "WordList",
    "WordLists",
    "WordingConcern",
    "agree",
    "allocate_excess",
    "amend",
    "annual_percentage_rate",
    "assess",
    "bank_cost",
    "best_channel",
    "blocked_spans",
    "break_even",
    "brief",
    "build_schedule",
    "calendar_for",
    "catalog_for",
    "client_as_noted",
    "compare",
    "compare_heads",
    "cost_of_credit",
    "diagnose",
    "diff",
    "due_dates",
    "due_dates_after_payday",
    "early_warnings",
    "effective_demands",
    "evaluate",
    "excerpt",
    "facts_of",
    "fluctuating_income_rule",
    "format_count",
    "format_date",
    "format_list",
    "format_money",
    "format_percent",
    "from_dict",
    "json_schema",
    "late_charges",
    "leaf_hash",
    "ledger_on",
    "limitation_events",
    "limitation_on",
    "may_contact",
    "missing_items",
    "next_actions",
    "next_window",
    "outstanding_debt",
    "outstanding_on",
    "payoff",
    "permitted_by",
    "phrasebook",
    "plural_form",
    "preload",
    "present_value",
    "present_value_change",
    "pro_rata",
    "promise_state",
    "promise_states",
    "propose",
    "re_age_findings",
    "reconcile",
    "remedies",
    "render_message",
    "report_finding",
    "retention_findings",
    "retention_of",
    "review",
    "review_wording",
    "revise",
    "salts_needed",
    "sms_size",
    "solve_count",
    "solve_payment",
    "solve_principal",
    "solve_rate",
    "standing_on",
    "survival",
    "timeline",
    "to_dict",
    "verify_consistency",
    "verify_excerpt",
    "verify_inclusion",
    "verify_log",
]

_NAMES_BY_MODULE = {
    "affordability.assessment": "Affordability assess",
    "affordability.budget": "Budget",
    "affordability.capacity": "Capacity",
    "affordability.categories": "Category CommitmentKind LineEvidence",
    "affordability.guidelines": "SpendingGuideline",
    "affordability.household": "Household HouseholdAmounts HouseholdTable PersonAmounts",
    "affordability.income_rules": (
        "IncomeHistory IncomeRule MeanOfMonths MeanOfPayments QuantileMonth WeakMonth fluctuating_income_rule"
    ),
    "affordability.irregular": "IrregularIncome",
    "affordability.lines": "Commitment Expense Income",
    "affordability.review": "review",
    "affordability.rules": "AffordabilityRules",
    "calendars": "BusinessDayConvention Calendar ExplicitCalendar WeekendCalendar",
    "casework.account": "Account",
    "casework.action_list": "Actions",
    "casework.actions": "Action ActionKind Urgency",
    "casework.briefing": "Briefing brief",
    "casework.briefing_parts": (
        "AccountBrief BarrierBrief BudgetChange CapacityBrief ClientBrief Deadline PaymentHistory"
        " ReasonBrief Said WayToReach"
    ),
    "casework.case": "Case",
    "casework.desk": "Desk",
    "casework.follow_up": "calendar_for next_actions",
    "casework.liabilities": "CollectionStop Liability LiabilityKind StopKind",
    "casework.statements": "BudgetStatement",
    "casework.suspensions": "blocked_spans",
    "communication.amendments": "Amendment Redaction amend",
    "communication.barrier_rules": "HOUSE_BARRIER_RULES BarrierRules",
    "communication.barriers": "Barrier BarrierKind",
    "communication.best_channel": "best_channel",
    "communication.blocked_spans": "BlockedSpan",
    "communication.channel_choices": "BestChannel ChannelReason NoChannel PassedOver PassedOverReason",
    "communication.channels": "AccessibleFormat Channel Direction Outcome Place PointKind",
    "communication.circumstances": "Hardship VerificationState Vulnerability",
    "communication.client": "Client",
    "communication.completeness": "missing_items",
    "communication.consents": "Consent ConsentWithdrawal",
    "communication.contact": "Contact",
    "communication.contact_hours": "PermittedHours PublicHolidays",
    "communication.contact_limits": (
        "CalendarSpan ConsecutiveDays ContactLimit CountedContacts CountedPer ExtraContactRule"
        " LocationRule QuietDays"
    ),
    "communication.contact_points": "ContactPoint ContactPreference",
    "communication.contact_rule_book": "ContactRules",
    "communication.contact_rules": "Allowed ContactAnswer ContactWindow Denied may_contact next_window",
    "communication.demands": "effective_demands report_finding",
    "communication.diagnosis": "diagnose",
    "communication.difficulties": "Difficulty DifficultyNote",
    "communication.digests": "leaf_hash",
    "communication.documents": "Document Original OriginalForm Receipt ReceiptKind",
    "communication.entries": "LogEntry",
    "communication.excerpts": "Excerpt excerpt verify_excerpt",
    "communication.heads": "Head HeadComparison HeadRelation compare_heads",
    "communication.limitation": "Limitation LimitationEvent LimitationState limitation_events limitation_on",
    "communication.limitation_rules": "LimitationRules RestartKind",
    "communication.log": "CommunicationLog",
    "communication.merkle_proofs": "verify_consistency verify_inclusion",
    "communication.messages.catalog": "Catalog Label",
    "communication.messages.catalogs": "catalog_for phrasebook",
    "communication.messages.facts": "MessageFacts",
    "communication.messages.kind_facts": "KindFacts facts_of",
    "communication.messages.kinds": "MessageKind",
    "communication.messages.parts": "Adviser ContactRoute NextPayment PlanTerms",
    "communication.messages.phrases": "Phrase TalkStage",
    "communication.messages.rendering": "RenderedMessage render_message",
    "communication.messages.required_items": (
        "CN_CARD_LETTER HK_AGENCY_NOTICE US_ELECTRONIC_MESSAGE US_LIMITED_CONTENT MessageRules RequiredItem"
    ),
    "communication.messages.rhythms": "Rhythm",
    "communication.messages.sms": "SmsEncoding SmsSize sms_size",
    "communication.messages.templates": "Plural Template",
    "communication.messages.texts": "EachOffer MessageText",
    "communication.messages.word_lists": "WordList WordLists WordingConcern",
    "communication.messages.wording": "review_wording",
    "communication.noted_client": "client_as_noted",
    "communication.parties": "Authority Participant Party PartyRole Verification VerificationResult",
    "communication.periods": "Period PeriodUnit",
    "communication.permission": "permitted_by",
    "communication.profiles": "ContactPointNote PointSource PreferenceNote",
    "communication.purposes": "ClientStatement ConsentScope Purpose StatedItem",
    "communication.reasons": "HardshipReason SupportNeed VulnerabilityBasis",
    "communication.reconciliation": "Reconciliation reconcile",
    "communication.record_rules": (
        "DemandRules RecordItem RecordRules RetentionRule RetentionScope RetentionStart"
    ),
    "communication.records": "Record",
    "communication.remedies": "remedies",
    "communication.remedy_kinds": "ClosingEvidence Prohibition Remedy RemedyHelper RemedyKind",
    "communication.retention": "KeptUntil retention_findings retention_of",
    "communication.sealing": "salts_needed",
    "communication.steps": "StepNote",
    "communication.verification": "FieldsOf LogVerification verify_log",
    "communication.weekly": "WeeklyTimes",
    "currency": "Currency",
    "dates": "due_dates due_dates_after_payday",
    "daycounts": "DayCount",
    "errors": (
        "BudgetError CaseError CommunicationError DateError InputTypeError MoneyError"
        " NegativeAmortizationError PaymentError PolicyError RateError RepayPlanError"
        " SerializationError TermsError UnknownKeyError"
    ),
    "explanation": "DaysLine Explanation ExplanationInput ExplanationLine",
    "formatting": "format_count format_date format_list format_money format_percent plural_form preload",
    "frequencies": "Frequency",
    "money": "Money",
    "months": "MonthEnd",
    "overdue.adjustments": "Charge Waiver",
    "overdue.allocation": "AllocationOrder Overpayment Sweep SwitchingOrder Timing",
    "overdue.balances": "Balance ExcessAllocation allocate_excess",
    "overdue.changes": "Change ChangeKind Position Reason Timeline TimelineSpan",
    "overdue.charge_proposals": "ChargeProposal LateCharges",
    "overdue.charge_rules": "LateChargeRule LateInterestRule ReturnedPaymentRule",
    "overdue.charges": "late_charges",
    "overdue.classification": "Band DelinquencyScale",
    "overdue.components": "Component",
    "overdue.early_warnings": "early_warnings",
    "overdue.follow_up_rules": "HOUSE_FOLLOW_UP_RULES ArrearsNotice ArrearsNoticeKind FollowUpRules",
    "overdue.holds": "Hold HoldEffect HoldKind",
    "overdue.ledger": "Allocation Ledger LedgerInstallment LedgerPart ledger_on",
    "overdue.orders": (
        "CN_CIVIL_CODE_561 CN_CREDIT_CARD FEES_PENALTIES_INTEREST_PRINCIPAL"
        " INTEREST_PRINCIPAL_PENALTIES_FEES PENALTIES_FEES_INTEREST_PRINCIPAL"
        " PRINCIPAL_INTEREST_PENALTIES_FEES"
    ),
    "overdue.outstanding": "Outstanding outstanding_on",
    "overdue.payments": "Payment PaymentStatus",
    "overdue.promise_states": "promise_state promise_states",
    "overdue.promises": "FollowUp Promise PromiseStanding PromiseState",
    "overdue.rules": "Ageing BreachRules CureRules OverdueRuleVersions OverdueRules Tolerance",
    "overdue.standing": "NextDue Standing standing_on",
    "overdue.standing_state": "StandingState",
    "overdue.timeline": "timeline",
    "plan.agreement": "Plan Revision agree",
    "plan.agreement_kinds": "AgreementForm RevisionKind",
    "plan.bank_cost": "BankCost bank_cost",
    "plan.candidate": "Candidate DroppedOffer Shape",
    "plan.certificate": "CapacityCertificate CertificateLine CertificateMonth",
    "plan.debt": "Debt",
    "plan.debts": "Debts FreedShare",
    "plan.joint_offer": "JointCertificate JointOffer JointOffers",
    "plan.negotiation": "Negotiation NegotiationState Side Turn TurnKind",
    "plan.next_step": "NextStep",
    "plan.no_plan": "NoAffordablePlan",
    "plan.offer": "Cost Offer Offers",
    "plan.offers": "propose",
    "plan.outstanding_debt": "outstanding_debt",
    "plan.plan_diff": "PlanDiff diff",
    "plan.pro_rata": "pro_rata",
    "plan.proposal": "Evaluation Proposal evaluate",
    "plan.re_age": "ReAgeRules re_age_findings",
    "plan.revision": "revise",
    "plan.rules": "PlanCondition PlanContent PlanDuty PlanRules",
    "plan.states": "ActKind PlanAct PlanState",
    "plan.step_kinds": "NextStepKind",
    "plan.stress": "BreakEven Shock Survival break_even survival",
    "rates": "Rate RateUnit",
    "rounding": "Rounding",
    "rules": "Citation Comparison Evidence Finding Force Limit Protects",
    "schedule.accrual": "AccrueTo FirstPeriod",
    "schedule.apr": "AnnualPercentageRate AprMethod annual_percentage_rate",
    "schedule.build": "build_schedule",
    "schedule.carried": "CarriedBalance CarriedBalances CarriedTreatment CarriedTreatments",
    "schedule.cash_flows": "CashFlows PaymentDates",
    "schedule.comparison": "Match RowComparison ScheduleComparison compare",
    "schedule.cost": "CostOfCredit cost_of_credit present_value present_value_change",
    "schedule.deferring": "DeferringPayments",
    "schedule.fees": "InstallmentFee PaymentShareFee SingleFee",
    "schedule.grace": "Grace",
    "schedule.installment": "Installment",
    "schedule.interest_only": "InterestOnly",
    "schedule.level": "LevelPayment",
    "schedule.level_principal": "EqualPrincipal FlatInterest",
    "schedule.payoff": "Payoff payoff",
    "schedule.rate_steps": "RateSteps",
    "schedule.repayment": "Difference",
    "schedule.schedule": "Schedule",
    "schedule.solve": "solve_count solve_payment solve_principal solve_rate",
    "schedule.stated": "CustomPayments FixedPayment StepPayments",
    "schedule.stub": "Stub",
    "schedule.terms": "Terms",
    "schedule.uneven": "Balloon BalloonRemainder SeasonalPayments",
    "serialization.structure": "from_dict json_schema to_dict",
}

_MODULE_OF = {name: module for module, names in _NAMES_BY_MODULE.items() for name in names.split()}


if not TYPE_CHECKING:  # a checker that saw this would take every name for a public one

    def __getattr__(name: str) -> object:
        """Load a public name from its module on first use."""
        module = _MODULE_OF.get(name)
        if module is None:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        value: object = getattr(importlib.import_module(f"{__name__}.{module}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    """List the public names."""
    return __all__
