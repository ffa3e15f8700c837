"""Languages: complete, alike in what they can say, and found for the right clients only."""

# ruff: noqa: RUF001  # Chinese has its own punctuation

from __future__ import annotations

import itertools
import pickle

import attrs
import pytest
from babel import localedata

import repayplan as rp
from repayplan.communication.messages.catalogs import CATALOGS
from repayplan.communication.messages.kind_facts import PLACES_BY_FACT, SMS_DATES
from repayplan.communication.messages.phrases import PHRASE_KEYS, phrases
from repayplan.communication.messages.sms import SMS_SEGMENTS_MAX, utf16_units
from repayplan.communication.messages.texts import _SMS_DATE_UNITS_MAX
from repayplan.communication.messages.word_lists import words
from repayplan.formatting import plural_categories
from tests.communication.messages import DATE, KIND, LANGUAGES, Wrong, facts

ENGLISH = rp.catalog_for("en")
REMINDER = ENGLISH.text(KIND.REMINDER)
CONCERN = rp.WordingConcern


def replaced(text: rp.MessageText, catalog: rp.Catalog = ENGLISH) -> tuple[rp.MessageText, ...]:
    return tuple(text if old.kind is text.kind else old for old in catalog.messages)


# ------------------------------------------------------------------------------------------ completeness


def test_four_languages_come_with_the_library_and_no_adviser_has_read_them() -> None:
    assert tuple(catalog.locale for catalog in CATALOGS) == LANGUAGES
    assert not any(catalog.reviewed_by_adviser for catalog in CATALOGS)


@pytest.mark.parametrize("catalog", CATALOGS, ids=lambda catalog: catalog.locale)
def test_languages_have_the_same_keys_and_places(catalog: rp.Catalog) -> None:
    for kind in KIND:
        ours, theirs = catalog.text(kind), ENGLISH.text(kind)
        assert places_by_part(ours) == places_by_part(theirs), kind
    assert [(phrase.key, phrase.stage) for phrase in catalog.phrases] == [
        (phrase.key, phrase.stage) for phrase in ENGLISH.phrases
    ]
    assert {label.of for label in catalog.labels} == {*rp.Rhythm, *rp.Channel}
    assert pickle.loads(pickle.dumps(catalog)) == catalog  # noqa: S301  # our own


def places_by_part(text: rp.MessageText) -> tuple[object, ...]:
    body = sorted(sorted(sentence.names) for sentence in text.sentences if sentence.names)
    offers = [p.sentence.names for p in text.paragraphs if isinstance(p, rp.EachOffer)]
    return text.subject.names, body, offers, [sentence.names for sentence in text.sms]


@pytest.mark.parametrize("catalog", CATALOGS, ids=lambda catalog: catalog.locale)
def test_no_two_labels_or_phrases_are_the_same(catalog: rp.Catalog) -> None:
    for kind in (rp.Rhythm, rp.Channel):
        texts = [label.text for label in catalog.labels if isinstance(label.of, kind)]
        assert len(set(texts)) == len(texts)
    assert len({phrase.text for phrase in catalog.phrases}) == 40


def test_the_phrasebook_goes_through_a_talk_in_order() -> None:
    for language in LANGUAGES:
        book = rp.phrasebook(language)
        assert len(book) == 40
        assert [stage for stage, _ in itertools.groupby(book, lambda phrase: phrase.stage)] == list(
            rp.TalkStage
        )
    assert rp.phrasebook("zh-CN")[7].text == "您最近怎么样？"
    assert rp.phrasebook("en-GB")[7].text == "How are things with you at the moment?"
    ours = attrs.evolve(
        ENGLISH, phrases=(attrs.evolve(ENGLISH.phrases[0], text="Hello."), *ENGLISH.phrases[1:])
    )
    assert rp.phrasebook("en-GB", catalogs=[ours])[0].text == "Hello."


def test_phrases_are_exactly_forty_lines() -> None:
    lines = "\n".join(f"line {number}" for number in range(40))
    assert [phrase.text for phrase in phrases(lines)][39] == "line 39"
    for wrong in (lines + "\nline 40", lines.rpartition("\n")[0]):
        with pytest.raises(rp.CommunicationError) as caught:
            phrases(wrong)
        assert caught.value.code == "phrases.count"
    assert len({key for _, key in PHRASE_KEYS}) == 40


@pytest.mark.parametrize(
    ("key", "stage", "text", "error"),
    [
        ("", rp.TalkStage.ASK, "x", rp.CommunicationError),
        ("k", "ask", "x", rp.InputTypeError),
        ("k", rp.TalkStage.ASK, "a\nb", rp.CommunicationError),
    ],
)
def test_a_phrase_is_checked(key: str, stage: Wrong, text: str, error: type[rp.RepayPlanError]) -> None:
    with pytest.raises(error):
        rp.Phrase(key, stage, text)


def test_no_date_of_any_locale_is_longer_than_a_short_form_has_room_for() -> None:
    longest = 0
    for locale in localedata.locale_identifiers():
        for month in range(1, 13):
            text = rp.format_date(DATE(9999, month, 28), locale, style="medium")
            longest = max(longest, utf16_units(text))
    assert 35 < longest <= _SMS_DATE_UNITS_MAX


# ------------------------------------------------------------------------------------------ negotiation


@pytest.mark.parametrize(
    ("locale", "found"),
    [
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh_CN", "zh-Hans"),
        ("zh-Hans", "zh-Hans"),
        ("zh-Hans-CN", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("en-GB", "en"),
        ("en_US", "en"),
        ("es-MX", "es"),
        ("es-419", "es"),
        ("ar-EG", "ar"),
    ],
)
def test_a_locale_gets_the_words_of_its_language_and_script(locale: str, found: str) -> None:
    assert rp.catalog_for(locale).locale == found


@pytest.mark.parametrize("locale", ["zh-TW", "zh-HK", "zh-Hant", "de", "pt-BR", "yue", "fa"])
def test_no_other_language_or_script_stands_in(locale: str) -> None:
    for attempt in (
        lambda: rp.catalog_for(locale),
        lambda: rp.render_message(KIND.REMINDER, locale, facts(KIND.REMINDER)),
        lambda: rp.review_wording("x", locale),
        lambda: rp.phrasebook(locale),
    ):
        with pytest.raises(rp.CommunicationError) as caught:
            attempt()
        assert (caught.value.code, caught.value.field) == ("message.locale", "locale")
        assert "zh-Hans, en, es, ar" in str(caught.value)


def test_words_come_from_the_language_and_amounts_from_the_locale() -> None:
    message = rp.render_message(KIND.REMINDER, "es-MX", facts(KIND.REMINDER))
    assert message.locale == "es-MX"
    assert rp.format_money(facts(KIND.REMINDER).amount, "es-MX") in message.plain  # type: ignore[arg-type]
    assert rp.format_money(facts(KIND.REMINDER).amount, "es") not in message.plain  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------ the caller's own


def cheers(subject: str = "Cheers from {sender}") -> rp.MessageText:
    return attrs.evolve(REMINDER, subject=subject)


def test_a_caller_replaces_a_language_or_adds_one_for_a_territory() -> None:
    ours = attrs.evolve(ENGLISH, reviewed_by_adviser=True, messages=replaced(cheers()))
    message = rp.render_message(KIND.REMINDER, "en-GB", facts(KIND.REMINDER), catalogs=[ours])
    assert message.subject == "Cheers from North Bank"
    assert message.reviewed_by_adviser
    british = attrs.evolve(ours, locale="en-GB")
    for locale, subject in (("en-GB", "Cheers from North Bank"), ("en-US", "A reminder from North Bank")):
        shown = rp.render_message(KIND.REMINDER, locale, facts(KIND.REMINDER), catalogs=[british])
        assert shown.subject == subject


def test_a_caller_adds_a_language() -> None:
    traditional = attrs.evolve(rp.catalog_for("zh"), locale="zh-Hant")
    for locale in ("zh-TW", "zh-Hant-HK"):
        assert rp.catalog_for(locale, [traditional]) is traditional
    assert rp.catalog_for("zh-CN", [traditional]).locale == "zh-Hans"


@pytest.mark.parametrize("of", ["weekly", None, rp.MessageKind.REMINDER])
def test_a_label_is_of_a_rhythm_or_a_channel(of: Wrong) -> None:
    with pytest.raises(rp.InputTypeError) as caught:
        rp.Label(of, "x")
    assert caught.value.field == "of"


def test_a_catalog_shows_its_language_only() -> None:
    assert repr(ENGLISH) == "<Catalog en>"
    assert repr(attrs.evolve(ENGLISH, reviewed_by_adviser=True)) == "<Catalog en reviewed by an adviser>"


def test_two_catalogs_for_one_locale_are_refused() -> None:
    with pytest.raises(rp.CommunicationError) as caught:
        rp.catalog_for("en", [ENGLISH, attrs.evolve(ENGLISH, locale="en-Latn")])
    assert caught.value.code == "catalog.duplicate"


def without_first(name: str) -> dict[str, Wrong]:
    return {name: getattr(ENGLISH, name)[1:]}


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"locale": "xx"}, "locale.unknown", "locale"),
        ({"separator": "\n"}, "catalog.separator", "separator"),
        (without_first("messages"), "catalog.incomplete", "messages"),
        ({"messages": (REMINDER, *ENGLISH.messages[1:])}, "catalog.incomplete", "messages"),
        (without_first("labels"), "catalog.incomplete", "labels"),
        ({"labels": ENGLISH.labels[:-1]}, "catalog.incomplete", "labels"),
        ({"labels": (*ENGLISH.labels, ENGLISH.labels[0])}, "catalog.incomplete", "labels"),
        (without_first("phrases"), "catalog.phrases", "phrases"),
        ({"phrases": ENGLISH.phrases[::-1]}, "catalog.phrases", "phrases"),
        ({"locale": "ar"}, "catalog.plural", "messages.MISSED_PAYMENT"),
        ({"locale": "es"}, "catalog.plural", "messages.MISSED_PAYMENT"),
        ({"messages": replaced(cheers("Pay {sender}"))}, "catalog.wording", "messages.REMINDER"),
        ({"messages": replaced(cheers("Urgent: {sender}"))}, "catalog.wording", "messages.REMINDER"),
        (
            {"phrases": (attrs.evolve(ENGLISH.phrases[0], text="Shame on you."), *ENGLISH.phrases[1:])},
            "catalog.wording",
            "phrases",
        ),
        (
            {"labels": (attrs.evolve(ENGLISH.labels[0], text="immediately"), *ENGLISH.labels[1:])},
            "catalog.wording",
            "labels",
        ),
    ],
)
def test_an_incomplete_or_harsh_catalog_is_refused(changes: dict[str, Wrong], code: str, field: str) -> None:
    with pytest.raises(rp.CommunicationError) as caught:
        attrs.evolve(ENGLISH, **changes)
    assert (caught.value.code, caught.value.field) == (code, field)


@pytest.mark.parametrize(
    "changes",
    [{"locale": None}, {"reviewed_by_adviser": 1}, {"words": None}, {"messages": "x"}, {"labels": ["x"]}],
)
def test_a_catalog_of_other_types_is_refused(changes: dict[str, Wrong]) -> None:
    with pytest.raises(rp.InputTypeError):
        attrs.evolve(ENGLISH, **changes)


def test_forms_that_a_language_does_not_use_do_no_harm() -> None:
    # CLDR's categories differ between its versions
    assert attrs.evolve(rp.catalog_for("es"), locale="en").locale == "en"


def test_languages_of_the_library_have_exactly_the_forms_of_cldr() -> None:
    for catalog in CATALOGS:
        for text in catalog.messages:
            for sentence in text.every_sentence:
                if isinstance(sentence, rp.Plural):
                    assert sentence.categories == plural_categories(catalog.locale)


def test_a_neutral_message_of_a_catalog_names_no_debt_anywhere() -> None:
    neutral = ENGLISH.text(KIND.NEUTRAL)
    indiscreet = attrs.evolve(neutral, paragraphs=(*neutral.paragraphs, ["It is about a loan."]))
    with pytest.raises(rp.CommunicationError) as caught:
        attrs.evolve(ENGLISH, messages=replaced(indiscreet))
    assert caught.value.data == {"concern": "names a debt"}


# ------------------------------------------------------------------------------------------ one message


def changed(**changes: Wrong) -> rp.MessageText:
    return attrs.evolve(REMINDER, **changes)


BODY = REMINDER.paragraphs
EACH = rp.EachOffer("{offer_number}")


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"subject": "{sender} {amount} {nothing}"}, "template.unknown_place", "subject"),
        ({"subject": "{sender} {opt_out}"}, "template.unknown_place", "subject"),
        ({"subject": "no sender"}, "template.unused_fact", "subject"),
        ({"paragraphs": BODY[1:]}, "template.unused_fact", "paragraphs"),
        ({"paragraphs": (*BODY, ["{paid}"])}, "template.unknown_place", "paragraphs"),
        ({"paragraphs": (*BODY, ["{plan_count}"])}, "template.unknown_place", "paragraphs"),
        (
            {"paragraphs": (*BODY, EACH)},
            "template.unknown_place",
            "paragraphs",
        ),
        ({"paragraphs": (*BODY, ["{pay_by} {reference}"])}, "template.two_facts", "paragraphs"),
        ({"sms": ["{sender} {contact_phone} {due_on}"]}, "template.unused_fact", "sms"),
        (
            {"sms": ["{sender} {contact_phone} {due_on} {amount}", "{opt_out}"]},
            "template.unknown_place",
            "sms",
        ),
        (
            {"sms": ["{sender} {contact_phone} {due_on} " + "x" * 100, "{opt_out}"]},
            "template.sms_length",
            "sms",
        ),
        (
            {"sms": ["{sender} {sender} {sender} {contact_phone} {due_on}", "{opt_out}"]},
            "template.sms_length",
            "sms",
        ),
        (
            {"paragraphs": (*BODY, [rp.Plural("reference", [("one", "1"), ("other", "{reference}")])])},
            "template.plural_by",
            "paragraphs",
        ),
        ({"subject": "{sender:>10}"}, "template.brace", "text"),
        ({"subject": "{sender"}, "template.brace", "text"),
    ],
)
def test_words_that_do_not_fit_their_facts_are_refused_by_name(
    changes: dict[str, Wrong], code: str, field: str
) -> None:
    with pytest.raises(rp.CommunicationError) as caught:
        changed(**changes)
    assert (caught.value.code, caught.value.field) == (code, field)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("{" + "n" * 40 + "}", "got '" + "n" * 31 + "..."),
        (rp.Plural("王" * 200, [("other", "x")]), "got '\\u738b"),
    ],
    ids=["place", "plural"],
)
def test_the_words_of_a_caller_are_shown_in_short(sentence: Wrong, said: str) -> None:
    with pytest.raises(rp.CommunicationError) as caught:
        changed(paragraphs=(*BODY, [sentence]))
    assert said in caught.value.message
    assert caught.value.message.isascii()
    assert len(caught.value.message) < 200


@pytest.mark.parametrize(
    "changes", [{"kind": "reminder"}, {"paragraphs": "x"}, {"paragraphs": ["x"]}, {"sms": "x"}, {"sms": [5]}]
)
def test_words_of_other_types_are_refused(changes: dict[str, Wrong]) -> None:
    with pytest.raises(rp.InputTypeError):
        changed(**changes)


def test_a_short_form_at_the_bound_still_fits_with_the_longest_facts() -> None:
    fixed = "{sender} {contact_phone} {due_on} "
    room = SMS_SEGMENTS_MAX * 66 - (60 + 30 + 40 + 40 + 4 * 2) - 3 - 2
    for words_of, fits in ((room, True), (room + 1, False)):
        sms = [fixed + "x" * words_of, "{opt_out}"]
        if fits:
            assert changed(sms=sms).sms[1] == rp.Template("{opt_out}")
        else:
            with pytest.raises(rp.CommunicationError):
                changed(sms=sms)


def test_the_dates_of_short_forms_are_required_facts() -> None:
    for kind, names in SMS_DATES.items():
        assert names <= rp.facts_of(kind).required
        assert all(PLACES_BY_FACT[name] == (name,) for name in names)


# ------------------------------------------------------------------------------------------ word lists


def test_word_lists_need_a_list_for_each_concern() -> None:
    lists = ENGLISH.words.lists
    for wrong in (lists[1:], (lists[0], *lists[:-1])):
        with pytest.raises(rp.CommunicationError) as caught:
            rp.WordLists(wrong)
        assert caught.value.code == "words.incomplete"


@pytest.mark.parametrize(
    ("concern", "entries", "error"),
    [
        ("shaming", ["x"], rp.InputTypeError),
        (CONCERN.SHAMING, [], rp.CommunicationError),
        (CONCERN.SHAMING, "x", rp.InputTypeError),
        (CONCERN.SHAMING, [" "], rp.CommunicationError),
        (CONCERN.SHAMING, ["x"] * 501, rp.CommunicationError),
        (CONCERN.SHAMING, ["x", "\N{ARABIC TATWEEL}"], rp.CommunicationError),
    ],
)
def test_a_word_list_is_checked(concern: Wrong, entries: Wrong, error: type[rp.RepayPlanError]) -> None:
    with pytest.raises(error):
        rp.WordList(concern, entries)


def test_entries_are_read_line_by_line() -> None:
    assert words(CONCERN.SHAMING, "a b; c\n  d;; e") == rp.WordList(CONCERN.SHAMING, ["a b", "c", "d", "e"])


@pytest.mark.parametrize("catalog", CATALOGS, ids=lambda catalog: catalog.locale)
def test_no_entry_comes_twice(catalog: rp.Catalog) -> None:
    for listed in catalog.words.lists:
        assert len(set(listed.words)) == len(listed.words)
