"""The review of wording: what it finds, what it cannot know, and what it leans on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import repayplan as rp
from repayplan.communication.messages.word_lists import WORDING_BASIS
from repayplan.communication.messages.wording import WORDING_TEXT_MAX
from tests.communication.messages import LANGUAGES

CONCERN = rp.WordingConcern


def found(text: str, locale: str, *, others_may_see: bool = False) -> list[tuple[str, object]]:
    findings = rp.review_wording(text, locale, others_may_see=others_may_see)
    return [(finding.rule.removeprefix("wording: "), finding.observed) for finding in findings]


@pytest.mark.parametrize(
    ("locale", "text", "concern", "entry"),
    [
        ("en", "Otherwise we will take you to court.", CONCERN.THREATENING, "take you to court"),
        ("en", "You should be ashamed of yourself", CONCERN.SHAMING, "ashamed"),
        ("en", "We act for a government agency.", CONCERN.DECEPTIVE, "government agency"),
        ("en", "This is your last chance!", CONCERN.URGENT_PRESSURE, "last chance"),
        ("en", "We may have to inform your employer.", CONCERN.DISCLOSING, "inform your employer"),
        ("zh-CN", "否则我们将起诉您。", CONCERN.THREATENING, "起诉"),
        ("zh-CN", "您这样就是老赖。", CONCERN.SHAMING, "老赖"),
        ("zh-CN", "此案法院已立案。", CONCERN.DECEPTIVE, "法院已立案"),
        ("zh-CN", "请您立即处理。", CONCERN.URGENT_PRESSURE, "立即"),
        ("zh-CN", "我们会联系您的同事。", CONCERN.DISCLOSING, "您的同事"),
        ("es", "Emprenderemos acciones legales.", CONCERN.THREATENING, "acciones legales"),
        ("es", "¡Qué vergüenza!", CONCERN.SHAMING, "vergüenza"),
        ("es", "Llamamos en nombre del Gobierno.", CONCERN.DECEPTIVE, "en nombre del gobierno"),
        ("es", "Pague ya, por favor", CONCERN.URGENT_PRESSURE, "pague ya"),
        ("es", "Se lo diremos a sus vecinos", CONCERN.DISCLOSING, "sus vecinos"),
        ("ar", "سنذهب إلى المحكمة غدًا", CONCERN.THREATENING, "محكمة"),
        ("ar", "هذا عيب كبير", CONCERN.SHAMING, "عيب"),
        ("ar", "نتصل باسم الحكومة", CONCERN.DECEPTIVE, "باسم الحكومة"),
        ("ar", "اتصلوا بنا فورًا", CONCERN.URGENT_PRESSURE, "فورا"),
        ("ar", "سيعلم بذلك جيرانكم", CONCERN.DISCLOSING, "جيرانكم"),
        ("zh-CN", "再不还就上门。", CONCERN.THREATENING, "就上门"),
        ("zh-CN", "我们将联系您的单位。", CONCERN.DISCLOSING, "您的单位"),
        ("es", "Lo demandaremos.", CONCERN.THREATENING, "demandaremos"),
        ("ar", "سنقاضيك", CONCERN.THREATENING, "سنقاضيك"),
        ("ar", "سنخبر مديرك", CONCERN.DISCLOSING, "مديرك"),
    ],
)
def test_each_concern_is_found_in_each_language(
    locale: str, text: str, concern: rp.WordingConcern, entry: str
) -> None:
    assert (concern.value, entry) in found(text, locale)


@pytest.mark.parametrize(
    ("locale", "text", "entry"),
    [
        ("en", "about your LOAN", "loan"),
        ("zh-CN", "关于您的贷款", "贷款"),
        ("es", "sobre su préstamo", "préstamo"),
        ("ar", "بخصوص القرض", "قرض"),
    ],
)
def test_words_that_name_a_debt_are_found_only_where_others_may_see(
    locale: str, text: str, entry: str
) -> None:
    assert found(text, locale) == []
    assert (CONCERN.NAMES_DEBT.value, entry) in found(text, locale, others_may_see=True)


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("concern", CONCERN)
def test_every_entry_is_found_as_it_stands(locale: str, concern: rp.WordingConcern) -> None:
    listed = next(entries for entries in rp.catalog_for(locale).words.lists if entries.concern is concern)
    for entry in listed.words:
        assert (concern.value, entry) in found(f"- {entry}!", locale, others_may_see=True)


@pytest.mark.parametrize(
    "text",
    [
        "URGENT",
        "\N{FULLWIDTH LATIN CAPITAL LETTER U}rgent",
        "ur\u200bgent",
        "u\u0301rgent",
        "(urgent)",
        "urgent,",
        "Urgent\u2019s",
        "\U0001d42e\U0001d42b\U0001d420\U0001d41e\U0001d427\U0001d42d",
    ],
)
def test_dress_does_not_hide_a_word(text: str) -> None:
    assert found(text, "en") == [("urgent pressure", "urgent")]


@pytest.mark.parametrize("text", ["insurgents", "resurgent", "urgent_", "urgente", "shameless", "repolice"])
def test_a_part_of_another_word_is_not_the_word(text: str) -> None:
    assert found(text, "en") == []


def test_phrases_are_found_across_blanks_and_line_breaks() -> None:
    assert found("your last\n\n  chance", "en") == [("urgent pressure", "last chance")]
    assert found("de\u00a0 inmediato", "es") == [("urgent pressure", "de inmediato")]


def test_arabic_words_are_found_with_what_is_written_onto_them_and_with_vowel_signs() -> None:
    for text in ("محكمة", "المحكمة", "والمحكمة", "مَحْكَمَة", "محكـــمة"):
        assert ("threatening", "محكمة") in found(text, "ar")
    assert found("استحكمة", "ar") == []


def test_blanks_do_not_part_words_where_the_language_has_none() -> None:
    for text in ("立 即", "立\n即", "立\u3000即", "立\u200b即"):
        assert found(text, "zh-CN") == [("urgent pressure", "立即")]


def test_a_sentence_that_says_no_is_found_as_well() -> None:
    # advice, not a verdict: negations are not read
    assert found("We will never take you to court.", "en") == [("threatening", "take you to court")]


def test_findings_come_by_concern_each_entry_once() -> None:
    text = "Last chance! Shame on you. Last chance! The police will come."
    assert found(text, "en") == [
        ("threatening", "police"),
        ("shaming", "shame"),
        ("urgent pressure", "last chance"),
    ]


def test_a_finding_is_the_house_s_own_and_says_what_it_leans_on() -> None:
    (finding,) = rp.review_wording("Shame", "en")
    assert not finding.passed
    assert finding.citation == rp.Citation(
        title="repayplan word list",
        article="shaming",
        force=rp.Force.HOUSE,
        applies_to=f"advice to writers; leans on {WORDING_BASIS[CONCERN.SHAMING]}",
    )
    (finding,) = rp.review_wording("you have won", "en")
    assert finding.citation is not None
    assert finding.citation.applies_to == "advice to writers"


def test_every_basis_is_cited_with_its_evidence() -> None:
    assert WORDING_BASIS.keys() == set(CONCERN)
    for basis in WORDING_BASIS.values():
        assert basis is None or basis.evidence is not None


def test_texts_are_bounded_and_typed() -> None:
    assert rp.review_wording("", "en") == ()
    assert rp.review_wording("x" * WORDING_TEXT_MAX, "en") == ()
    with pytest.raises(rp.CommunicationError) as caught:
        rp.review_wording("x" * (WORDING_TEXT_MAX + 1), "en")
    assert caught.value.code == "text.length"
    with pytest.raises(rp.InputTypeError):
        rp.review_wording(None, "en")  # type: ignore[arg-type]  # the point of the test
    with pytest.raises(rp.InputTypeError):
        rp.review_wording("x", "en", others_may_see="no")  # type: ignore[arg-type]  # the point of the test


@given(st.text(), st.sampled_from(LANGUAGES))
def test_any_text_can_be_reviewed(text: str, locale: str) -> None:
    entries = {entry for listed in rp.catalog_for(locale).words.lists for entry in listed.words}
    assert {entry for _, entry in found(text, locale, others_may_see=True)} <= entries
    assert rp.review_wording("\ud800\x00\u202e", locale) == ()


def test_the_caller_s_own_words_are_looked_for() -> None:
    lists = [rp.WordList(concern, [f"zz{concern.name}"]) for concern in CONCERN]
    with pytest.raises(rp.CommunicationError):
        rp.review_wording("x", "nl")
    assert rp.WordLists(lists).found_in("a zzSHAMING b", CONCERN.SHAMING) == ("zzSHAMING",)
    assert rp.WordLists(lists).found_in("azzSHAMING", CONCERN.SHAMING) == ()
    assert rp.WordLists(lists, apart=False).found_in("azzSHAMING", CONCERN.SHAMING) == ("zzSHAMING",)
