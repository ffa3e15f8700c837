"""Hostile texts: a clear error of the tree when the facts are made, or a safe text."""

from __future__ import annotations

import functools
import pickle
import time
from typing import TYPE_CHECKING

import pytest

import repayplan as rp
from tests.communication.messages import FACTS, KIND, LOCALES, Wrong, all_facts, facts
from tests.reference import load

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT_FACTS = sorted(name for name, value in FACTS.items() if isinstance(value, str))


def refused(call: Callable[[], object], *codes: str) -> None:
    """The call is refused, in time, with a short error of the tree that pickles and repeats nothing."""
    started = time.thread_time()
    with pytest.raises(rp.CommunicationError) as caught:
        call()
    assert time.thread_time() - started < 0.5
    found = caught.value
    assert found.code in codes
    assert 0 < len(str(found)) < 400
    assert str(found).isprintable()
    again = pickle.loads(pickle.dumps(found))  # noqa: S301  # our own bytes
    assert (type(again), str(again)) == (type(found), str(found))


def refused_everywhere(text: str, *codes: str) -> None:
    """No fact, part of a fact or list takes the text."""
    for name in TEXT_FACTS:
        refused(lambda name=name: rp.MessageFacts(**{**good(), name: text}), *codes)  # type: ignore[misc]  # bound now
    for name in ("options", "conditions"):
        refused(lambda name=name: rp.MessageFacts(**{**good(), name: [text]}), *codes)  # type: ignore[misc]  # bound now
    for call in (
        lambda: rp.ContactRoute(text, "x"),
        lambda: rp.ContactRoute("1", text),
        lambda: rp.Adviser(text, "1"),
        lambda: rp.Adviser("x", text),
        lambda: rp.Template(text),
        lambda: rp.Label(rp.Rhythm.WEEKLY, text),
        lambda: rp.Phrase("k", rp.TalkStage.ASK, text),
    ):
        refused(call, *codes)


def good() -> dict[str, Wrong]:
    return {"sender": FACTS["sender"], "contact": FACTS["contact"]}


def shown_everywhere(text: str) -> None:
    """The text is kept as it is, in every kind and language that shows it."""
    for kind in KIND:
        for locale in LOCALES:
            given = all_facts(kind, client_name=text)
            assert given.client_name == text
            assert text in rp.render_message(kind, locale, given).plain


def a_lone_surrogate() -> None:
    refused_everywhere("\ud800", "text.control")
    refused_everywhere("a\udfff", "text.control")


def a_bidi_override() -> None:
    for mark in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c":
        refused_everywhere(f"Pay to {mark}EUR 001{mark} now", "text.control")


def marks_of_babel() -> None:
    for locale in ("ar", "ar-EG"):
        message = rp.render_message(KIND.REMINDER, locale, facts(KIND.REMINDER))
        assert "\u200f" in message.plain


def control_characters() -> None:
    for text in ("\x00", "\x1b[2J", "\x7f", "a\r\nBcc: x", "a\u2028b", "a\u0085b", "a\nb", "a\tb"):
        refused_everywhere(text, "text.control")


def a_formula() -> None:
    for text in ("=HYPERLINK(1)", "+1", "-1", "@x"):
        shown_everywhere(text)


def a_template() -> None:
    for text in (
        "<script>",
        "&lt;",
        "{{7*7}}",
        "${jndi:ldap}",
        "%s %n",
        "{0.__class__}",
        "{amount}",
        "{client_name}",
    ):
        shown_everywhere(text)
    message = rp.render_message(KIND.REMINDER, "en", facts(KIND.REMINDER, client_name="<script>&lt;"))
    assert "&lt;script&gt;&amp;lt;" in message.html
    assert "<script" not in message.html


def a_width_bomb() -> None:
    refused(lambda: rp.Template("{amount:>1000000000}"), "template.brace")


def an_unbalanced_template() -> None:
    text = rp.catalog_for("en").text(KIND.REMINDER)
    for subject, codes in (
        ("{sender", "template.brace"),
        ("{sender} {nothing}", "template.unknown_place"),
        ("no sender", "template.unused_fact"),
    ):
        refused(
            lambda subject=subject: rp.MessageText(text.kind, subject, text.paragraphs, text.sms),  # type: ignore[misc]  # bound now
            codes,
        )


def a_homoglyph() -> None:
    shown_everywhere("\u0440\u0430ypal")


def ten_million_characters() -> None:
    refused_everywhere("a" * 10_000_000, "text.length", "message.units")
    refused(lambda: rp.review_wording("a" * 10_000_000, "en"), "text.length")
    refused(lambda: rp.sms_size("a" * 10_000_000), "text.length")


def nothing_visible() -> None:
    for text in ("", "   ", "\u200b"):
        refused_everywhere(text, "text.empty")


def an_unknown_locale() -> None:
    given = facts(KIND.REMINDER)
    attempts: list[Callable[[str], object]] = [
        lambda locale: rp.render_message(KIND.REMINDER, locale, given),
        lambda locale: rp.review_wording("x", locale),
        rp.phrasebook,
        rp.catalog_for,
        lambda locale: rp.plural_form(1, locale),
        lambda locale: rp.format_list(["x"], locale),
        lambda locale: rp.format_count(1, locale),
    ]
    for locale in ("../../etc/passwd", "en\x00", "e" * 5000, "", "xx"):
        for attempt in attempts:
            refused(functools.partial(attempt, locale), "locale.unknown")


CATALOGUE = {
    "text-01": a_lone_surrogate,
    "text-02": a_bidi_override,
    "text-04": marks_of_babel,
    "text-05": control_characters,
    "text-07": a_formula,
    "text-08": a_template,
    "text-10": a_width_bomb,
    "text-11": an_unbalanced_template,
    "text-13": a_homoglyph,
    "text-14": ten_million_characters,
    "text-16": nothing_visible,
    "text-17": an_unknown_locale,
}


@pytest.mark.parametrize("identity", CATALOGUE)
def test_a_catalogued_input_is_handled_as_wanted(identity: str) -> None:
    CATALOGUE[identity]()


def test_the_catalogue_still_has_these_inputs() -> None:
    assert CATALOGUE.keys() <= {
        row["id"] for row in load("bad_inputs.json")["inputs"] if row["area"] == "text"
    }
