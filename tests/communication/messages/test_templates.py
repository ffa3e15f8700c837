"""Templates: plain places and plural forms, and nothing else."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import repayplan as rp
from repayplan.communication.messages.templates import TEMPLATE_MAX, Piece, to_sentence

if TYPE_CHECKING:
    from tests.communication.messages import Wrong


def test_places_are_filled_with_values_as_they_are() -> None:
    template = rp.Template("Dear {client_name}: {{{amount}}}.")
    assert template.names == {"client_name", "amount"}
    pieces = template.fill({"client_name": "{amount}", "amount": "5 {{", "unused": "x"})
    assert "".join(piece.text for piece in pieces) == "Dear {amount}: {5 {{}."
    assert [piece.text for piece in pieces if piece.is_value] == ["{amount}", "5 {{"]
    assert pieces[0] == Piece("Dear ", is_value=False)


@given(st.lists(st.sampled_from(["{{", "}}", "{a}", "{b_c}", "x", "人", "y "]), min_size=1, max_size=50))
def test_a_template_of_good_parts_is_read_as_they_are(parts: list[str]) -> None:
    text = "".join(parts)
    filled = rp.Template(text).fill({"a": "1", "b_c": "2"})
    expected = text.replace("{a}", "\0").replace("{b_c}", "\1").replace("{{", "{").replace("}}", "}")
    assert "".join(piece.text for piece in filled) == expected.replace("\0", "1").replace("\1", "2")


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "}",
        "a { b",
        "a } b",
        "{}",
        "{0}",
        "{0.__class__}",
        "{amount.__class__}",
        "{amount[0]}",
        "{amount!r}",
        "{amount:>1000000000}",
        "{amount:{width}}",
        "{ amount }",
        "{Amount}",
        "{{amount}",
        "{amount}}",
        "{" + "a" * 41 + "}",
    ],
)
def test_a_brace_that_is_no_plain_place_is_refused(text: str) -> None:
    with pytest.raises(rp.CommunicationError) as caught:
        rp.Template(text)
    assert (caught.value.code, caught.value.field) == ("template.brace", "text")
    assert text[caught.value.data["position"]] in "{}"  # type: ignore[index]  # a position is an int


@pytest.mark.parametrize("text", ["", " ", "a\nb", "\u202ea", "\ud800", "x" * (TEMPLATE_MAX + 1)])
def test_a_template_is_one_line_of_bounded_visible_text(text: str) -> None:
    with pytest.raises(rp.CommunicationError):
        rp.Template(text)


def test_the_longest_template_is_read() -> None:
    assert rp.Template("x" * TEMPLATE_MAX).names == frozenset()


@pytest.mark.parametrize("value", [None, 5, b"x"])
def test_other_types_are_refused(value: Wrong) -> None:
    with pytest.raises(rp.InputTypeError):
        rp.Template(value)
    with pytest.raises(rp.InputTypeError):
        to_sentence(value)


# ------------------------------------------------------------------------------------------ plurals


def test_a_plural_has_a_form_for_each_category() -> None:
    plural = rp.Plural("n", [("one", "{n} day of {x}"), ("other", "{n} days of {x}")])
    assert plural.categories == {"one", "other"}
    assert plural.names == {"n", "x"}
    assert plural.form("one") == rp.Template("{n} day of {x}")
    assert pickle.loads(pickle.dumps(plural)) == plural  # noqa: S301  # our own


def test_a_form_need_not_show_its_number_nor_what_may_be_left_out() -> None:
    plural = rp.Plural("n", [("one", "once {x}"), ("other", "{n} times {x}, {y}")], may_omit=["y"])
    assert plural.names == {"n", "x", "y"}


@pytest.mark.parametrize(
    ("forms", "code"),
    [
        ([], "template.plural"),
        ([("one", "{n}")], "template.plural"),
        ([("other", "{n}"), ("other", "{n}")], "template.plural"),
        ([("one", "{n}"), ("other", "{n} {x}")], "template.plural_places"),
        ([("one", "{n}")] * 7, "tuple.length"),
        ([("other",)], "template.plural"),
        ([("other", "{n}", "{n}")], "template.plural"),
        ([("other", "{n}"), ("several", "{n}")], "template.plural"),
        ([("other", "{n}"), (["one"], "{n}")], "template.plural"),
        ([("other", "{n:>9}")], "template.brace"),
    ],
)
def test_forms_that_do_not_fit_each_other_are_refused(forms: Wrong, code: str) -> None:
    with pytest.raises(rp.CommunicationError) as caught:
        rp.Plural("n", forms)
    assert caught.value.code == code


@pytest.mark.parametrize(("forms", "more"), [("other", {}), ([("other", "{n}")], {"may_omit": "n"})])
def test_forms_of_other_types_are_refused(forms: Wrong, more: dict[str, Wrong]) -> None:
    with pytest.raises(rp.InputTypeError):
        rp.Plural("n", forms, **more)
