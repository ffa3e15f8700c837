"""The table of languages, and the one spelling of a tag."""

from __future__ import annotations

import re

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from repayplan.errors import CommunicationError, InputTypeError, RepayPlanError
from repayplan.languages import KNOWN_LANGUAGES, check_language

NOT_ONE_LANGUAGE = {"und", "mul", "zxx"}
"""CLDR's codes for a language that is not known, for several, and for none."""

NAMED = {str(name).partition("_")[0] for name in Locale("en").languages or ()}
"""The primary subtags that CLDR names in English, as Babel ships them."""


def refusal(tag: object) -> RepayPlanError:
    with pytest.raises(RepayPlanError) as caught:
        check_language(tag, "spoken_language")
    return caught.value


# ------------------------------------------------------------------------------------------ the table


def test_every_language_that_cldr_names_is_known_but_for_those_that_are_none_or_several() -> None:
    assert NAMED - KNOWN_LANGUAGES == NOT_ONE_LANGUAGE


def test_what_is_known_beyond_cldr_are_languages_of_china_and_sign_languages() -> None:
    chinese = {"cdo", "cjy", "cmn", "cpx", "csp", "czh", "czo", "luh", "mnp"}
    signed = {
        *("asf", "bfi", "bzs", "csl", "dse", "fsl", "gsg", "hks", "ils", "ins", "ise", "isg", "jsl"),
        *("kvk", "lsl", "mfs", "nzs", "psr", "rsl", "ssp", "swl", "tsm", "tss"),
    }
    assert chinese | signed >= KNOWN_LANGUAGES - NAMED
    assert chinese | signed <= KNOWN_LANGUAGES


def test_the_table_holds_subtags_in_their_customary_spelling() -> None:
    assert all(re.fullmatch("[a-z]{2,3}", language) for language in KNOWN_LANGUAGES)


@pytest.mark.parametrize("language", sorted(KNOWN_LANGUAGES))
def test_every_known_language_is_a_tag(language: str) -> None:
    assert check_language(language, "spoken_language") == language
    assert check_language(language.upper(), "spoken_language") == language


@pytest.mark.parametrize(
    "language", ["yue", "wuu", "nan", "hak", "hsn", "gan", "cmn", "bo", "ug", "mn", "za"]
)
def test_the_languages_of_a_chinese_bank_are_known(language: str) -> None:
    assert check_language(language, "spoken_language") == language


# ------------------------------------------------------------------------------------------ spellings


@pytest.mark.parametrize(
    ("given_tag", "kept"),
    [
        ("zh", "zh"),
        ("ZH", "zh"),
        ("zh-hans", "zh-Hans"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("ZH-HANT-HK", "zh-Hant-HK"),
        ("zH-hAnT", "zh-Hant"),
        ("es-mx", "es-MX"),
        ("es-419", "es-419"),
        ("yue-hant-hk", "yue-Hant-HK"),
        ("CSL", "csl"),
        ("pt-BR", "pt-BR"),
    ],
)
def test_case_bears_no_meaning_and_the_customary_spelling_is_kept(given_tag: str, kept: str) -> None:
    assert check_language(given_tag, "written_language") == kept
    assert check_language(kept, "written_language") == kept


TAGS = st.builds(
    lambda *parts: "-".join(part for part in parts if part),
    st.sampled_from(sorted(KNOWN_LANGUAGES)),
    st.sampled_from(["", "hans", "Latn", "CYRL"]),
    st.sampled_from(["", "cn", "MX", "419"]),
)


@given(TAGS, st.randoms(use_true_random=False))
def test_every_casing_of_a_tag_is_kept_as_one(tag: str, random: object) -> None:
    shuffled = "".join(
        random.choice([character.lower(), character.upper()])  # type: ignore[attr-defined]
        for character in tag
    )
    assert check_language(shuffled, "x") == check_language(tag, "x")
    assert check_language(tag, "x").lower() == tag.lower()


# ------------------------------------------------------------------------------------------ refusals


@pytest.mark.parametrize(
    "tag",
    [
        *sorted(NOT_ONE_LANGUAGE),
        "",
        " ",
        "zh ",
        " zh",
        "zh\n",
        "zh\x00",
        "en\x00",
        "z",
        "xx",
        "qaa",
        "chinese",
        "Chinese",
        "zh_Hans",
        "zh-",
        "-zh",
        "zh--CN",
        "zh-CN-Hans",
        "zh-Hans-CN-x-private",
        "x-private",
        "i-klingon",
        "zh-Han5",
        "zh-C1",
        "zh-41",
        "zh-4190",
        "zh-\u0664\u0661\u0669",
        "\uff5a\uff48",
        "\u212ao",
        "\u0131t",
        "zh\u200b",
        "\u202ezh",
        "\ud800",
        "../../etc/passwd",
        "'; drop table",
        "e" * 5_000,
        "z" * 10_000_000,
        "zh" + "-Hans" * 2_000_000,
    ],
    ids=lambda tag: ascii(tag[:30]),
)
def test_what_is_no_tag_of_a_known_language_is_refused(tag: str) -> None:
    error = refusal(tag)
    assert type(error) is CommunicationError
    assert (error.code, error.field) == ("language.unknown", "spoken_language")
    assert error.message.isascii()
    assert error.message.isprintable()
    assert len(error.message) < 200


@given(st.text(max_size=12))
def test_whatever_the_text_there_is_a_tag_or_an_error_of_the_tree(text: str) -> None:
    try:
        kept = check_language(text, "language")
    except CommunicationError as error:
        assert error.code == "language.unknown"  # noqa: PT017  # either way is right, and checked
    else:
        assert kept.lower() == text.lower()


@pytest.mark.parametrize(
    "tag", [None, 1, True, 1.5, b"zh", ["zh"], Locale("zh"), type("Text", (str,), {})("zh")], ids=repr
)
def test_a_tag_that_is_no_text_is_refused(tag: object) -> None:
    error = refusal(tag)
    assert type(error) is InputTypeError
    assert (error.code, error.field, error.data) == ("text.type", "spoken_language", {"expected": "str"})
