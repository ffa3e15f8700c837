"""Messages: complete, free of holes, calm, short enough, and never turned or broken by what is put in."""

# ruff: noqa: RUF001  # Chinese has its own punctuation

from __future__ import annotations

import decimal
import html
import itertools
import pickle
import re
import unicodedata
from html.parser import HTMLParser

import attrs
import pendulum
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import repayplan as rp
from repayplan.communication.messages.catalogs import CATALOGS
from repayplan.communication.messages.facts import OPT_OUT_UNITS_MAX, SENDER_UNITS_MAX
from repayplan.communication.messages.kind_facts import PLACES_BY_FACT
from repayplan.communication.messages.languages.en import ENGLISH
from repayplan.communication.messages.parts import PHONE_UNITS_MAX
from repayplan.communication.messages.sms import SMS_SEGMENTS_MAX
from repayplan.communication.messages.word_lists import WordingConcern, WordLists
from tests.communication.messages import DATE, FACTS, KIND, LOCALES, Wrong, all_facts, facts, terms, yuan

EVERY = list(itertools.product(KIND, LOCALES))
FSI, PDI = "\u2068", "\u2069"
NAMES_OF_PLACES = {place for places in PLACES_BY_FACT.values() for place in places}


def check(message: rp.RenderedMessage) -> None:
    """What holds for every message."""
    for text in (message.subject, message.plain, message.html, message.sms):
        assert "{" not in text
        assert "}" not in text
        assert "  " not in text
        assert "None" not in text
        assert text == text.strip()
        assert text.count(FSI) == text.count(PDI)
        assert not NAMES_OF_PLACES & set(re.findall(r"[a-z]+_[a-z_]+", text))
    assert "\n" not in message.subject + message.sms + message.html
    assert all(message.plain.split("\n\n"))
    assert rp.review_wording(message.plain, message.locale) == ()
    for shown in (message.subject, message.sms):
        assert rp.review_wording(shown, message.locale, others_may_see=True) == ()
    assert message.sms_size == rp.sms_size(message.sms)
    assert message.sms_size.segments <= SMS_SEGMENTS_MAX
    assert text_of(message.html) == message.plain.replace("\n\n", "").replace(FSI, "").replace(PDI, "")
    assert message.reviewed_by_adviser is False


def text_of(page: str) -> str:
    """The text of a page whose marks are known and balanced."""

    class Reader(HTMLParser):
        text = ""
        open: tuple[str, ...] = ()

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag in {"div", "p", "bdi"}
            assert [name for name, _ in attrs] == (["lang", "dir"] if tag == "div" else [])
            self.open = (*self.open, tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.open[-1] == tag
            self.open = self.open[:-1]

        def handle_data(self, data: str) -> None:
            self.text += data

    reader = Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == ()
    return reader.text.replace(FSI, "").replace(PDI, "")


@pytest.mark.parametrize(("kind", "locale"), EVERY)
def test_every_message_is_whole_with_all_optional_facts_and_with_none(
    kind: rp.MessageKind, locale: str
) -> None:
    for given_facts in (facts(kind), all_facts(kind)):
        message = rp.render_message(kind, locale, given_facts)
        check(message)
        assert (message.kind, message.locale) == (kind, locale)
        assert message.direction == ("rtl" if locale == "ar-EG" else "ltr")


@pytest.mark.parametrize(("kind", "locale"), EVERY)
def test_every_fact_is_shown_and_by_itself(kind: rp.MessageKind, locale: str) -> None:
    bare = rp.render_message(kind, locale, facts(kind)).plain
    for name in rp.facts_of(kind).optional:
        message = rp.render_message(kind, locale, facts(kind, name))
        check(message)
        assert len(message.plain) > len(bare)
        for shown in shown_of(name, locale):
            assert shown in message.plain, name
            assert shown not in bare


@pytest.mark.parametrize(("kind", "locale"), EVERY)
def test_every_required_fact_is_shown(kind: rp.MessageKind, locale: str) -> None:
    message = rp.render_message(kind, locale, facts(kind))
    for name in rp.facts_of(kind).required:
        for shown in shown_of(name, locale):
            assert shown in message.plain, name


def shown_of(name: str, locale: str) -> list[str]:
    """What a message must show of a fact; counts and channels are words of the language."""
    parts = FACTS[name] if isinstance(FACTS[name], tuple) else (FACTS[name],)
    return [shown for part in parts for shown in of_part(part, locale)]


def of_part(value: Wrong, locale: str) -> list[str]:
    match value:
        case rp.ContactRoute() | rp.Adviser() | rp.NextPayment():
            inner = [getattr(value, field.name) for field in attrs.fields(type(value))]
            return [shown for part in inner for shown in of_part(part, locale)]
        case rp.PlanTerms():
            return of_terms(value, locale)
        case rp.Money():
            return [rp.format_money(value, locale)]
        case pendulum.Date():
            return [rp.format_date(value, locale)]
        case rp.Channel():
            return [rp.catalog_for(locale).label(value)]
        case _:
            return [str(value)]


def of_terms(value: rp.PlanTerms, locale: str) -> list[str]:
    shown = [rp.format_money(value.amount, locale), rp.format_money(value.total, locale)]
    if value.count > 2:
        shown += [str(value.count), rp.catalog_for(locale).label(value.rhythm)]
    return [*shown, rp.format_date(value.first_due, locale)]


@given(data=st.data(), kind=st.sampled_from(KIND), locale=st.sampled_from(LOCALES))
def test_every_set_of_optional_facts_gives_a_whole_message(
    data: st.DataObject, kind: rp.MessageKind, locale: str
) -> None:
    names = [st.just(name) for name in sorted(rp.facts_of(kind).optional)]
    optional = data.draw(st.sets(st.one_of(names)))
    message = rp.render_message(kind, locale, facts(kind, *optional))
    check(message)
    for name in optional:
        assert all(shown in message.plain for shown in shown_of(name, locale))


VISIBLE = st.characters(exclude_categories=["C", "Z", "M"])


@given(
    data=st.data(),
    kind=st.sampled_from(KIND),
    locale=st.sampled_from([*LOCALES, "zh", "en-IN", "es-MX", "ar-AE", "ar-MA"]),
    day=st.dates(),
)
def test_the_short_form_fits_with_the_longest_facts(
    data: st.DataObject, kind: rp.MessageKind, locale: str, day: pendulum.Date
) -> None:
    def longest(units: int) -> str:
        text = data.draw(st.text(VISIBLE, min_size=units, max_size=units))
        while len(text.encode("utf-16-le")) > 2 * units:
            text = text[:-1]
        return text

    stated: dict[str, Wrong] = {
        "sender": longest(SENDER_UNITS_MAX),
        "contact": rp.ContactRoute(longest(PHONE_UNITS_MAX), "x"),
        "opt_out": longest(OPT_OUT_UNITS_MAX),
    }
    for name in ("due_on", "pause_from", "pause_until", "received_on", "answer_by"):
        if name in rp.facts_of(kind).required:
            stated[name] = day
    if "opt_out" not in rp.facts_of(kind).allowed:
        del stated["opt_out"]
    if kind is KIND.NEUTRAL:  # what it may name is another test
        stated["sender"] = "\U0001f3e6" * (SENDER_UNITS_MAX // 2)
        stated["opt_out"] = "\U0001f6d1" * (OPT_OUT_UNITS_MAX // 2)
    assume(not names_debt(stated.get("opt_out", "")))
    message = rp.render_message(kind, locale, facts(kind, **stated))
    assert message.sms_size.segments <= SMS_SEGMENTS_MAX
    assert stated["sender"].replace("\u00a0", " ") in message.sms


def names_debt(text: str) -> bool:
    return any(catalog.words.found_in(text, WordingConcern.NAMES_DEBT) for catalog in CATALOGS)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", KIND)
def test_the_short_form_shows_neither_amounts_nor_the_client_s_name(
    kind: rp.MessageKind, locale: str
) -> None:
    message = rp.render_message(kind, locale, all_facts(kind))
    digits = "".join(character for character in message.sms if character.isdecimal())
    for amount in ("123450", "20000", "234560", "567", "34560"):
        assert amount not in digits
    assert "Wang Fang" not in message.sms + message.subject
    for shown in ("North Bank", "+86 10 5555 0100"):
        assert shown in message.sms
    assert ("reply STOP" in message.sms) is ("opt_out" in rp.facts_of(kind).optional)


def test_a_reminder_in_both_reference_languages() -> None:
    given_facts = facts(KIND.REMINDER, "opt_out", sender="北方银行", client_name="王芳", opt_out="回复TD")
    chinese = rp.render_message(KIND.REMINDER, "zh-CN", given_facts)
    assert chinese.subject == "北方银行的提醒"
    assert chinese.plain.startswith("王芳，您好：\n\n您应还的¥1,234.50将于2027年1月31日到期。\n\n")
    assert chinese.sms == (
        "北方银行：提醒您留意2027年1月31日。如有疑问，请拨打+86 10 5555 0100。退订：回复TD。"
    )
    english = rp.render_message(KIND.REMINDER, "en-GB", facts(KIND.REMINDER))
    assert english.subject == "A reminder from North Bank"
    assert "Your payment of CN¥1,234.50 is due on 31 January 2027." in english.plain
    assert english.sms == "North Bank: a reminder for 31 Jan 2027. Questions? Call +86 10 5555 0100."
    assert english.sms_size == rp.SmsSize(rp.SmsEncoding.GSM_7, 73, 1)


@pytest.mark.parametrize(
    ("locale", "question"),
    [("zh-CN", "请问"), ("en-GB", "What happened?"), ("es", "¿Qué ha ocurrido?"), ("ar-EG", "ماذا حدث؟")],
)
def test_a_missed_payment_asks_for_the_cause_before_it_speaks_of_money_past_due(
    locale: str, question: str
) -> None:
    text = rp.render_message(KIND.MISSED_PAYMENT, locale, all_facts(KIND.MISSED_PAYMENT)).plain
    asked = text.index(question)
    for later in (*shown_of("options", locale), *shown_of("past_due", locale), *shown_of("costs", locale)):
        assert asked < text.index(later)
    assert text.index("+86 10 5555 0100") < text.index(rp.format_money(yuan("2345.60"), locale))


@pytest.mark.parametrize(
    ("days", "english", "arabic"),
    [
        (1, "The due date was 1 day ago.", "يوم واحد"),
        (2, "The due date was 2 days ago.", "يومان"),
        (3, "The due date was 3 days ago.", f"{FSI}3{PDI} أيام"),
        (11, "The due date was 11 days ago.", f"{FSI}11{PDI} يومًا"),
        (100, "The due date was 100 days ago.", f"{FSI}100{PDI} يوم."),
        (1234, "The due date was 1,234 days ago.", f"{FSI}1,234{PDI} يومًا"),
    ],
)
def test_numbers_pick_the_plural_form_of_the_language(days: int, english: str, arabic: str) -> None:
    given_facts = facts(KIND.MISSED_PAYMENT, "days_past_due", days_past_due=days)
    assert english in rp.render_message(KIND.MISSED_PAYMENT, "en", given_facts).plain
    assert arabic in rp.render_message(KIND.MISSED_PAYMENT, "ar", given_facts).plain


def test_offers_stand_side_by_side_each_in_its_own_plural_form() -> None:
    offers = [terms(1, "2900"), terms(24, "130", "3050.50", frequency=rp.Frequency.FORTNIGHTLY)]
    paragraphs = rp.render_message(KIND.OFFERS, "en", facts(KIND.OFFERS, offers=offers)).plain.split("\n\n")
    assert paragraphs[2] == "1. One payment of CN¥2,900.00, due on February 28, 2027; in all, CN¥2,900.00."
    assert paragraphs[3] == (
        "2. 24 payments, every two weeks, none above CN¥130.00; the first is due on February 28, 2027;"
        " in all, CN¥3,050.50."
    )


def test_lists_are_written_as_the_language_writes_them() -> None:
    given_facts = facts(KIND.MISSED_PAYMENT, "options")
    british = rp.render_message(KIND.MISSED_PAYMENT, "en-GB", given_facts)
    assert "a later day, smaller parts and a pause." in british.plain
    american = rp.render_message(KIND.MISSED_PAYMENT, "en-US", given_facts)
    assert "a later day, smaller parts, and a pause." in american.plain


# ------------------------------------------------------------------------------------------ what comes in


HOSTILE = [
    "<script>alert(1)</script>",
    "&lt;b&gt; & \"q\" 'a'",
    "{{7*7}}",
    "${jndi:ldap://x}",
    "%s %n %(name)s",
    "{0.__class__}",
    "{amount}",
    "=HYPERLINK(1)",
    "+1",
    "@x",
]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("text", HOSTILE)
def test_a_name_is_shown_as_it_is_and_escaped_in_html(text: str, locale: str) -> None:
    given_facts = facts(KIND.REMINDER, "pay_by", client_name=text, sender=text, pay_by=text)
    message = rp.render_message(KIND.REMINDER, locale, given_facts)
    assert message.plain.count(text) == 3
    assert text in message.subject
    assert text in message.sms
    assert message.html.count(html.escape(text)) == 3
    assert text_of(message.html).count(text) == 3


def test_in_arabic_every_value_stands_between_isolates() -> None:
    message = rp.render_message(KIND.REMINDER, "ar", facts(KIND.REMINDER))
    for shown in ("Wang Fang", "North Bank", "+86 10 5555 0100", rp.format_money(yuan("1234.50"), "ar")):
        assert message.plain.count(shown) == message.plain.count(f"{FSI}{shown}{PDI}") > 0
        assert f"<bdi>{shown}</bdi>" in message.html
    assert message.html.startswith('<div lang="ar" dir="rtl"><p>')
    assert FSI in message.subject
    assert FSI in message.sms


def test_in_other_text_only_what_runs_from_right_to_left_is_isolated() -> None:
    given_facts = facts(KIND.MISSED_PAYMENT, "options", client_name="محمد", options=["مهلة", "a pause"])
    message = rp.render_message(KIND.MISSED_PAYMENT, "en", given_facts)
    assert message.plain.startswith(f"Dear {FSI}محمد{PDI},")
    assert f"{FSI}{FSI}مهلة{PDI} and a pause{PDI}" in message.plain
    assert message.plain.count(FSI) == 3
    assert "<bdi>محمد</bdi>" in message.html
    assert FSI not in message.subject + message.sms


def test_marks_that_babel_itself_writes_are_kept() -> None:
    money = rp.format_money(yuan("1234.50"), "ar")
    assert any(unicodedata.category(character) == "Cf" for character in money)
    assert money in rp.render_message(KIND.REMINDER, "ar", facts(KIND.REMINDER)).plain


def test_blanks_that_would_cost_an_sms_its_alphabet_become_plain_ones() -> None:
    # Spanish has accents anyway, so a sender is what shows it
    message = rp.render_message(KIND.NEUTRAL, "en", facts(KIND.NEUTRAL, sender="North\u00a0Bank\u202f1"))
    assert message.sms.startswith("North Bank 1:")
    assert message.sms_size.encoding is rp.SmsEncoding.GSM_7
    assert "North\u00a0Bank\u202f1" in message.plain


# ------------------------------------------------------------------------------------------ what is refused


@pytest.mark.parametrize("kind", KIND)
def test_a_missing_or_an_extra_fact_is_named(kind: rp.MessageKind) -> None:
    takes = rp.facts_of(kind)
    for name in takes.required - {"sender", "contact"}:
        names = takes.required - {name}
        short = rp.MessageFacts(**{each: FACTS[each] for each in names})
        with pytest.raises(rp.CommunicationError) as caught:
            rp.render_message(kind, "en", short)
        assert (caught.value.code, caught.value.field) == ("message.fact_missing", f"facts.{name}")
        assert caught.value.data == {"kind": kind.value}
    for name in FACTS.keys() - takes.allowed - {"paid"}:
        with pytest.raises(rp.CommunicationError) as caught:
            rp.render_message(kind, "en", facts(kind, name))
        assert (caught.value.code, caught.value.field) == ("message.fact_extra", f"facts.{name}")


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("facts.sender", {"sender": "Quick Debt Collection"}),
        ("facts.contact.hours", {"contact": rp.ContactRoute("1", "about your LOAN"), "sender": "North"}),
        ("facts.opt_out", {"opt_out": "pay first"}),
        ("facts.agent", {"agent": "the recoveries team"}),
        ("facts.sender", {"sender": "北方催收公司"}),
        ("facts.sender", {"sender": "Cobranza del Norte"}),
        ("facts.sender", {"sender": "شركة التحصيل"}),
        ("facts.agent", {"agent": "催收部"}),
    ],
)
def test_a_neutral_message_names_no_debt_by_its_facts_either(field: str, changes: dict[str, Wrong]) -> None:
    with pytest.raises(rp.CommunicationError) as caught:
        rp.render_message(KIND.NEUTRAL, "en", facts(KIND.NEUTRAL, **changes))
    assert (caught.value.code, caught.value.field) == ("message.discloses", field)


def test_a_person_may_be_called_like_a_word_for_debt() -> None:
    message = rp.render_message(
        KIND.NEUTRAL, "en", facts(KIND.NEUTRAL, client_name="Loan Nguyen", agent="Penny")
    )
    assert "Dear Loan Nguyen," in message.plain


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", [kind for kind in KIND if "opt_out" in rp.facts_of(kind).allowed])
def test_the_way_to_opt_out_names_no_debt_in_any_short_form(kind: rp.MessageKind, locale: str) -> None:
    for text in ("reply STOP DEBT", "responda BAJA DEUDA", "回复退订催收", "إيقاف الديون"):
        with pytest.raises(rp.CommunicationError) as caught:
            rp.render_message(kind, locale, facts(kind, opt_out=text))
        assert (caught.value.code, caught.value.field) == ("message.discloses", "facts.opt_out")


def test_a_language_of_the_caller_is_looked_at_too() -> None:
    own = attrs.evolve(ENGLISH, locale="en-GB", words=with_debt_words(ENGLISH, "tally"))
    facts_given = facts(KIND.NEUTRAL, sender="Tally and Sons")
    assert rp.render_message(KIND.NEUTRAL, "es", facts_given).plain
    with pytest.raises(rp.CommunicationError) as caught:
        rp.render_message(KIND.NEUTRAL, "es", facts_given, catalogs=[own])
    assert caught.value.field == "facts.sender"


def with_debt_words(catalog: rp.Catalog, *more: str) -> WordLists:
    """The word lists of a catalog with more words for a debt."""
    return attrs.evolve(
        catalog.words,
        lists=[
            attrs.evolve(item, words=(*item.words, *more))
            if item.concern is WordingConcern.NAMES_DEBT
            else item
            for item in catalog.words.lists
        ],
    )


def test_wrong_types_are_refused() -> None:
    good = facts(KIND.REMINDER)
    attempts: list[tuple[str, tuple[Wrong, ...], dict[str, Wrong]]] = [
        ("kind", ("reminder", "en", good), {}),
        ("facts", (KIND.REMINDER, "en", {"amount": 5}), {}),
        ("locale", (KIND.REMINDER, None, good), {}),
        ("rules", (KIND.REMINDER, "en", good), {"rules": "all"}),
        ("catalogs", (KIND.REMINDER, "en", good), {"catalogs": "all"}),
    ]
    for field, arguments, options in attempts:
        with pytest.raises(rp.InputTypeError) as caught:
            rp.render_message(*arguments, **options)
        assert caught.value.field == field


def test_a_message_hides_itself_in_a_log_and_travels() -> None:
    message = rp.render_message(KIND.REMINDER, "en", facts(KIND.REMINDER))
    assert repr(message) == "<RenderedMessage reminder in en>"
    assert pickle.loads(pickle.dumps(message)) == message  # noqa: S301  # our own


def test_the_caller_s_decimal_context_is_neither_obeyed_nor_changed() -> None:
    expected = [rp.render_message(KIND.OFFERS, locale, all_facts(KIND.OFFERS)) for locale in LOCALES]
    strict = decimal.Context(prec=1, Emax=1, Emin=-1, traps=[decimal.Inexact, decimal.FloatOperation])
    given_facts = all_facts(KIND.OFFERS)
    with decimal.localcontext(strict) as context:
        assert [rp.render_message(KIND.OFFERS, locale, given_facts) for locale in LOCALES] == expected
        assert not any(context.flags.values())


def test_the_same_facts_give_the_same_message() -> None:
    first, second = (rp.render_message(KIND.OFFERS, "es", all_facts(KIND.OFFERS)) for _ in range(2))
    assert first == second


def test_a_pause_of_one_day_is_written() -> None:
    given_facts = facts(KIND.PAUSE_GRANTED, pause_from=DATE(2027, 2, 1), pause_until=DATE(2027, 2, 1))
    assert (
        "from February 1, 2027 to February 1, 2027"
        in rp.render_message(KIND.PAUSE_GRANTED, "en", given_facts).plain
    )
