"""English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repayplan.communication.channels import Channel
from repayplan.communication.messages.catalog import Catalog, Label
from repayplan.communication.messages.kinds import MessageKind
from repayplan.communication.messages.phrases import phrases
from repayplan.communication.messages.rhythms import Rhythm
from repayplan.communication.messages.templates import Plural
from repayplan.communication.messages.texts import EachOffer, MessageText
from repayplan.communication.messages.word_lists import WordingConcern, WordLists, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repayplan.communication.messages.templates import Sentence

__all__ = ["ENGLISH"]

_GREETING: Final = "Dear {client_name},"
_REACH: Final = "You reach us on {contact_phone}, {contact_hours}."
_WRITE: Final = "You can also write to us: {write_to}."
_PAY_BY: Final = "How to pay: {pay_by}."
_OPT_OUT: Final = "To receive no more messages like this, free of charge: {opt_out}."
_SMS_OPT_OUT: Final = "To opt out: {opt_out}."
_REGARDS: Final = "Kind regards, {sender}"
_CLOSING: Final = (
    ("Free and independent help: {adviser_name}, phone {adviser_phone}.",),
    (
        "We write on behalf of {creditor}.",
        "Your reference: {reference}.",
        "We rely on: {basis}.",
        "Your rights and duties: {rights}.",
        "If you have a question about this message, or see it differently: {query_route}.",
        "If you wish to complain: {complaint_route}.",
    ),
    (_OPT_OUT,),
    (_REGARDS,),
)


def _message(
    kind: MessageKind, subject: str, sms: str, *paragraphs: Sequence[str | Sentence] | EachOffer
) -> MessageText:
    return MessageText(kind, subject, [(_GREETING,), *paragraphs, *_CLOSING], [sms, _SMS_OPT_OUT])


_PLAN_ONE: Final = "payment of {plan_amount}, due on {plan_first_due}; in all, {plan_total}."
_PLAN_OTHER: Final = (
    "{plan_count} payments, {plan_rhythm}, none above {plan_amount}; the first is due on {plan_first_due};"
    " in all, {plan_total}."
)
_PLAN: Final = Plural(
    "plan_count",
    [("one", f"There is one {_PLAN_ONE}"), ("other", f"There are {_PLAN_OTHER}")],
    may_omit={"plan_rhythm"},
)
_OFFER: Final = Plural(
    "plan_count",
    [("one", f"{{offer_number}}. One {_PLAN_ONE}"), ("other", f"{{offer_number}}. {_PLAN_OTHER}")],
    may_omit={"plan_rhythm"},
)
_DAYS: Final = Plural(
    "days_past_due",
    [
        ("one", "The due date was {days_past_due} day ago."),
        ("other", "The due date was {days_past_due} days ago."),
    ],
)
_YEARS: Final = Plural(
    "kept_years",
    [
        ("one", "An entry stays for {kept_years} year after the matter is settled."),
        ("other", "An entry stays for {kept_years} years after the matter is settled."),
    ],
)

_MESSAGES: Final = (
    _message(
        MessageKind.WELCOME,
        "How to reach {sender}",
        "{sender}: welcome. You reach us on {contact_phone}.",
        (
            "Welcome. We are here for your questions.",
            "If something changes in your life, tell us early: there is usually more than one way forward.",
            "You choose how we reach you.",
        ),
        ("Your contact is {agent}.", _REACH, _WRITE),
    ),
    _message(
        MessageKind.REMINDER,
        "A reminder from {sender}",
        "{sender}: a reminder for {due_on}. Questions? Call {contact_phone}.",
        ("Your payment of {amount} is due on {due_on}.", _PAY_BY),
        (
            "If you have paid already, thank you: there is nothing more to do.",
            "If this month is difficult, please tell us. We will look for a way together.",
            _REACH,
        ),
    ),
    _message(
        MessageKind.DUE_TODAY,
        "A reminder for today from {sender}",
        "{sender}: a reminder for today. Questions? Call {contact_phone}.",
        ("Your payment of {amount} is due today, {due_on}.", _PAY_BY),
        (
            "If you have paid already, thank you: there is nothing more to do.",
            "If today is not possible, please tell us. We will look for a way together.",
            _REACH,
        ),
    ),
    _message(
        MessageKind.MISSED_PAYMENT,
        "{sender} would like to hear from you",
        "{sender}: we would like to hear how you are. Call {contact_phone}.",
        (
            "We would like to hear from you how things are.",
            "Your payment of {amount}, due on {due_on}, has not reached us yet. What happened?",
            "It may be a mistake of ours, or something in your life. Whatever it is, it helps us to know.",
        ),
        (
            "We will then look for a way that you can keep up.",
            "You need not decide anything in the first talk.",
            "What we can talk about: {options}.",
            _REACH,
        ),
        (
            _DAYS,
            "In all, {past_due} is open.",
            "The costs so far are {costs}.",
            "If you would like to pay: {pay_by}.",
            "If you have paid in the meantime, thank you.",
        ),
    ),
    _message(
        MessageKind.PROMISE_BROKEN,
        "{sender} would like to hear from you",
        "{sender}: can we help? Call {contact_phone}.",
        (
            "You wanted to pay {amount} by {due_on}. It has not reached us in full.",
            "That can happen. What got in the way?",
            "Of it, {paid} has arrived. Thank you.",
        ),
        (
            "We can look together for another day, or another amount, that fits.",
            "What we can talk about: {options}.",
            _REACH,
        ),
    ),
    _message(
        MessageKind.PROMISE_KEPT,
        "Thank you from {sender}",
        "{sender}: thank you, it has arrived. Questions? Call {contact_phone}.",
        (
            "Thank you: the {amount} that you promised by {due_on} has arrived.",
            "Next, {next_amount} is due on {next_due_on}.",
        ),
        ("If anything changes, tell us early.", _REACH),
    ),
    _message(
        MessageKind.OFFERS,
        "Choices for you from {sender}",
        "{sender}: we have choices for you. Call {contact_phone}.",
        ("These are the plans that we can offer you. Take your time to compare them.",),
        EachOffer(_OFFER),
        (
            "For each of them: {conditions}.",
            "We keep these offers open until {answer_by}. If you need longer, tell us.",
            "If none of them fits, tell us what you can afford. We will look again.",
            _REACH,
        ),
    ),
    _message(
        MessageKind.AGREEMENT,
        "What we agreed, from {sender}",
        "{sender}: we have written down what we agreed. Questions? Call {contact_phone}.",
        ("This is the plan that we agreed on {agreed_on}.", _PLAN, "What else holds: {conditions}.", _PAY_BY),
        (
            "Please keep this message, and tell us if it is not what you agreed to.",
            "If a payment becomes too much, call us before it is due. A plan can be changed.",
            _REACH,
        ),
    ),
    _message(
        MessageKind.PLAN_CHANGED,
        "What has changed, from {sender}",
        "{sender}: we have written down what changed. Questions? Call {contact_phone}.",
        (
            "We agreed with you on {agreed_on} to change your plan. This is what holds now.",
            _PLAN,
            "What else holds: {conditions}.",
            _PAY_BY,
        ),
        (
            "What you have paid so far counts in full.",
            "Please tell us if this is not what you agreed to.",
            _REACH,
        ),
    ),
    _message(
        MessageKind.PLAN_COMPLETED,
        "Good news from {sender}",
        "{sender}: good news, your plan is completed. Questions? Call {contact_phone}.",
        (
            "Your plan is completed. Your last payment arrived on {completed_on}.",
            "You have paid {amount} in all.",
            "There is nothing more to pay under this plan. Thank you.",
        ),
        (_REACH,),
    ),
    _message(
        MessageKind.PAUSE_GRANTED,
        "Your pause, from {sender}",
        "{sender}: your pause runs until {pause_until}. Questions? Call {contact_phone}.",
        (
            "You have a pause from {pause_from} to {pause_until}. You need not pay in this time.",
            "What holds in this time: {conditions}.",
            "After it, {next_amount} is due on {next_due_on}.",
        ),
        ("If you need longer, tell us before the pause ends.", _REACH),
    ),
    _message(
        MessageKind.INVITATION_TO_SPEAK,
        "{sender} would like to hear your view",
        "{sender}: we would like to hear your view. Call {contact_phone}.",
        (
            "We would like to hear how you see things, in your own words.",
            "We will listen, and write down what you say as you say it.",
            "What we can talk about: {options}.",
        ),
        ("Please ask for {agent}.", _REACH, _WRITE, "It would help us to hear from you by {answer_by}."),
    ),
    _message(
        MessageKind.COMPLAINT_RECEIVED,
        "We have received your message, {sender}",
        "{sender}: we have your message and will answer by {answer_by}. Call {contact_phone}.",
        (
            "Your complaint arrived on {received_on}. Thank you for telling us.",
            "You will have our answer by {answer_by}.",
            "{agent} is looking into it.",
        ),
        ("If you wish to add something, you can do so at any time.", _REACH),
    ),
    MessageText(
        MessageKind.OPT_OUT_CONFIRMED,
        "Your choice is noted, {sender}",
        [(_GREETING,), ("As you asked, we no longer contact you {channel}.",), (_REACH,), (_REGARDS,)],
        ["{sender}: your choice is noted. If you need us, call {contact_phone}."],
    ),
    _message(
        MessageKind.CREDIT_FILE,
        "Information from {sender}",
        "{sender}: there is information for you. Questions? Call {contact_phone}.",
        (
            "This message explains what a late payment does to your credit file. It is for information only.",
            "A late payment can be recorded by {credit_bureau}.",
            "We would report it on {reported_from} at the earliest.",
            _YEARS,
            "You may ask to see your file. If an entry is wrong, you may ask to have it corrected.",
        ),
        ("If you cannot pay on time, tell us. We will look for a way together.", _REACH),
    ),
    MessageText(
        MessageKind.NEUTRAL,
        "Please call {sender}",
        [
            (_GREETING,),
            (
                "This is {sender}. We would like to speak with you.",
                "Please ask for {agent}.",
                "Please call {contact_phone}, {contact_hours}.",
            ),
            (_OPT_OUT,),
        ],
        ["{sender}: please call us on {contact_phone}.", _SMS_OPT_OUT],
    ),
)

_LABELS: Final = (
    Label(Rhythm.WEEKLY, "every week"),
    Label(Rhythm.FORTNIGHTLY, "every two weeks"),
    Label(Rhythm.FOUR_WEEKLY, "every four weeks"),
    Label(Rhythm.SEMI_MONTHLY, "twice a month"),
    Label(Rhythm.MONTHLY, "every month"),
    Label(Rhythm.BIMONTHLY, "every two months"),
    Label(Rhythm.QUARTERLY, "every three months"),
    Label(Rhythm.SEMI_ANNUAL, "every six months"),
    Label(Rhythm.ANNUAL, "every year"),
    Label(Rhythm.LISTED, "on listed dates"),
    Label(Channel.PHONE, "by phone"),
    Label(Channel.SMS, "by text message"),
    Label(Channel.EMAIL, "by e-mail"),
    Label(Channel.LETTER, "by letter"),
    Label(Channel.IN_PERSON, "in person"),
    Label(Channel.VIDEO, "by video call"),
    Label(Channel.APP_MESSAGE, "by message in the app"),
    Label(Channel.MESSAGING_SERVICE, "through a messaging service"),
    Label(Channel.FAX, "by fax"),
)

_PHRASES: Final = phrases("""
    Good day, my name is [name], and I am calling from [bank].
    May I speak with [client's name], please?
    Is this a good moment for you, or shall I call at another time?
    Before we talk, may I make sure that I am speaking with the right person?
    If you would like to check who I am, hang up and call the number on your card or contract.
    This call is recorded, so that what we agree can be looked up. Is that all right with you?
    Which language would you like to speak? We can bring in an interpreter free of charge.
    How are things with you at the moment?
    Take your time. I am listening.
    Would you like to tell me what happened?
    I am sorry to hear that. Thank you for telling me.
    Did I understand you correctly: [in the client's own words]?
    What would help you most right away?
    Does what we have on record look right to you, or do you see it differently?
    May I ask a few questions, so that we find a plan that you can keep?
    What money comes in, and on which days?
    Who lives with you, and for whom do you care?
    What do you need each month for rent, food, heating and the way to work?
    Are there other payments that come first for you?
    Do you expect anything to change in the coming months?
    Is there anything about your health or your family that we should bear in mind? You need not say.
    Which amount could you pay without going short of what you need?
    Is somebody helping you already, whom we may speak with?
    What you need to live on comes first. The plan uses only what is left.
    There are several ways, and you choose. Shall I go through them?
    With this plan you would pay [amount] on [days], [number] times; in all, [total].
    If you have a proposal of your own, I would be glad to hear it.
    If nothing is left at the moment, we can look at a pause.
    You need not decide today. I can send you the offers in writing.
    I do not know that. I will find out and come back to you by [day].
    How and at what times may we reach you, and how not?
    Let me sum up what we have talked about.
    We agreed on [amount] on [days], for the first time on [date].
    If something changes, call us before the day. We will look for a way together.
    You will get all this in writing, by [channel].
    Have I forgotten anything, or said anything wrongly?
    There is free and independent help: [adviser, phone].
    If you are not content with us, you can complain: [how]. It costs you nothing.
    Our next contact will be on [date], by [channel]. Is that all right with you?
    Thank you for your time and for your trust.
""")

_WORDS: Final = WordLists(
    [
        words(
            WordingConcern.THREATENING,
            """legal action; lawsuit; sue you; take you to court; see you in court; arrest; arrested
            jail; prison; police; criminal charges; bailiff; bailiffs; seize; seize your; garnish
            garnish your wages; or else; consequences; final warning; last warning; blacklist
            blacklisted; you will regret; ruin your credit; come to your home; visit your workplace
            evict; repossess""",
        ),
        words(
            WordingConcern.SHAMING,
            """shame; shameful; ashamed; irresponsible; deadbeat; lazy; dishonest; liar; your fault
            disgrace; disgraceful; you people; bad debtor; you should have known; you let us down
            disappointed in you; failed to honour; excuses; no excuse; cheat; fraudster""",
        ),
        words(
            WordingConcern.DECEPTIVE,
            """court order has been issued; a warrant has been issued; government agency
            on behalf of the government; this is not a debt collection; you have won
            guaranteed approval; erase your record; clean your record; improve your score
            you have already agreed; nothing to lose; secret offer; no strings attached""",
        ),
        words(
            WordingConcern.URGENT_PRESSURE,
            """immediately; right now; at once; without delay; urgent; urgently; act now; pay now
            last chance; final notice; final demand; within 24 hours; within 48 hours
            before it is too late; only today; today only; expires today; borrow from; take out a loan
            sell your; ask your family; ask your friends; no later than today; time is running out""",
        ),
        words(
            WordingConcern.DISCLOSING,
            """tell your employer; inform your employer; contact your employer; your boss
            your colleagues; your coworkers; your neighbours; your neighbors; your relatives
            tell your family; your family will know; tell your friends; your contacts; social media
            publicly; in public; post your name; publish your name; everyone will know""",
        ),
        words(
            WordingConcern.NAMES_DEBT,
            """debt; debts; debtor; loan; loans; overdue; past due; arrears; owe; owed; owes; owing; pay
            paid; payment; payments; repay; repayment; repayments; installment; installments; instalment
            instalments; collection; collections; collector; recoveries; credit card
            outstanding balance; creditor
            default; delinquent; delinquency; borrower; borrowed; bankruptcy; money""",
        ),
    ]
)

ENGLISH: Final = Catalog(
    locale="en",
    reviewed_by_adviser=False,
    messages=_MESSAGES,
    labels=_LABELS,
    phrases=_PHRASES,
    words=_WORDS,
)
"""English; not yet reviewed by an adviser."""
