from __future__ import annotations

import datetime
import os
import re
import subprocess
import sys
from fractions import Fraction
from typing import Any, Literal

import pendulum
import pytest

import repayplan as rp
from repayplan.serialization.choosing import codec_of
from repayplan.serialization.codec import Definitions
from tests.serialization.refusing import refused

LARGEST = 2**53 - 1

WRITTEN: list[tuple[Any, Any, Any]] = [
    (str, "", ""),
    (str, "王小明", "王小明"),
    (str, "\U0001f600", "\U0001f600"),
    (bool, True, True),
    (bool, False, False),
    (int, 0, 0),
    (int, LARGEST, LARGEST),
    (int, -LARGEST, -LARGEST),
    (int, LARGEST + 1, "9007199254740992"),
    (int, -LARGEST - 1, "-9007199254740992"),
    (bytes, b"", ""),
    (bytes, b"\x00\xff", "00ff"),
    (pendulum.Date, pendulum.date(1, 1, 1), "0001-01-01"),
    (datetime.date, pendulum.date(9999, 12, 31), "9999-12-31"),
    (
        pendulum.DateTime,
        pendulum.datetime(2026, 12, 1, 9, tz="Asia/Kathmandu"),
        "2026-12-01T09:00:00+05:45",
    ),
    (Fraction, Fraction(0), "0"),
    (Fraction, Fraction(-3, 26), "-3/26"),
    (rp.RateUnit, rp.RateUnit.DAY, "DAY"),
    (Literal["ltr", "rtl"], "rtl", "rtl"),
]


@pytest.mark.parametrize(("hint", "value", "plain"), WRITTEN, ids=str)
def test_a_value_is_written_and_read(hint: Any, value: Any, plain: Any) -> None:  # noqa: ANN401  # any value
    codec = codec_of(hint)
    assert codec.encode(value) == plain
    assert type(codec.encode(value)) is type(plain)
    assert codec.decode(plain) == value
    assert type(codec.decode(plain)) in {type(value), Fraction}


@pytest.mark.parametrize(
    ("hint", "data", "code"),
    [
        (str, "a\ud800", "data.text"),
        (str, None, "data.type"),
        (bool, 1, "data.type"),
        (bool, "true", "data.type"),
        (int, True, "data.type"),
        (int, 1.0, "data.type"),
        (int, LARGEST + 1, "data.integer"),
        (int, 10**4000, "data.integer"),
        (int, "5", "data.type"),
        (int, str(LARGEST), "data.type"),
        (int, "09007199254740992", "data.type"),
        (int, "9007199254740992\n", "data.type"),
        (int, "９００７１９９２５４７４０９９２", "data.type"),  # noqa: RUF001  # on purpose
        (int, "1" * 401, "data.type"),
        (bytes, "0", "data.bytes"),
        (bytes, "FF", "data.bytes"),
        (bytes, "00 ", "data.bytes"),
        (pendulum.Date, "2026-13-01", "data.date"),
        (pendulum.DateTime, "2026-12-01", "moment.text"),
        (pendulum.DateTime, None, "data.type"),
        (Fraction, "2/4", "data.fraction"),
        (Fraction, "3/1", "data.fraction"),
        (Fraction, "1/0", "data.fraction"),
        (Fraction, "-0", "data.fraction"),
        (Fraction, "0.5", "data.fraction"),
        (Fraction, "1" * 601, "data.fraction"),
        (Fraction, 1, "data.type"),
        (rp.RateUnit, "day", "data.member"),
        (rp.RateUnit, "per_year", "data.member"),
        (Literal["ltr", "rtl"], "up", "data.member"),
        (Literal["ltr", "rtl"], None, "data.type"),
    ],
)
def test_what_is_not_of_the_form_is_refused(hint: Any, data: object, code: str) -> None:  # noqa: ANN401  # any hint
    refused(lambda: codec_of(hint).decode(data), code, "")


@pytest.mark.parametrize(
    "hint", [str, bool, int, bytes, pendulum.Date, pendulum.DateTime, Fraction, rp.RateUnit, rp.Money]
)
def test_a_value_of_another_kind_is_not_written(hint: Any) -> None:  # noqa: ANN401  # any hint
    wrongs: list[Any] = [None, 1.5, [], rp.Channel.SMS]
    for wrong in wrongs:
        with pytest.raises(rp.SerializationError):
            codec_of(hint).encode(wrong)


@pytest.mark.parametrize("hint", [datetime.date, pendulum.Date])
def test_a_moment_is_not_written_as_its_date(hint: Any) -> None:  # noqa: ANN401  # a class of dates
    refused(lambda: codec_of(hint).encode(pendulum.datetime(2026, 12, 1, 9)), "data.kind", "")
    refused(lambda: codec_of(hint).encode(datetime.datetime(2026, 12, 1)), "data.kind", "")  # noqa: DTZ001  # on purpose


@pytest.mark.parametrize("sign", ["", "-"])
@pytest.mark.parametrize(
    ("digits", "is_valid"),
    [
        (str(LARGEST + 1), True),
        ("1" + "0" * 16, True),
        ("9" * 400, True),
        ("1" + "0" * 15, False),
        ("8" + "9" * 15, False),
        ("5", False),
        ("0" + "9" * 16, False),
        ("9" * 401, False),
    ],
    ids=lambda item: str(item)[:9],
)
def test_what_a_schema_says_of_a_number_that_is_text(digits: str, is_valid: bool, sign: str) -> None:  # noqa: FBT001  # a column
    _, large = codec_of(int).schema(Definitions())["anyOf"]
    assert (re.search(large["pattern"], sign + digits) is not None) is is_valid
    if is_valid:
        assert codec_of(int).decode(sign + digits) == int(sign + digits)
    else:
        refused(lambda: codec_of(int).decode(sign + digits), "data.type", "")


def test_a_whole_number_may_stand_for_a_fraction_and_a_truth_for_neither() -> None:
    assert codec_of(Fraction).encode(1) == "1"
    refused(lambda: codec_of(int).encode(value=True), "data.kind", "")
    refused(lambda: codec_of(Fraction).encode(value=True), "data.kind", "")


@pytest.mark.parametrize(
    ("hint", "largest", "beyond"),
    [
        (int, 10**400 - 1, 10**400),
        (int, 1 - 10**400, -(10**5_000)),
        (Fraction, Fraction(10**600 - 1), Fraction(10**600)),
        (Fraction, Fraction(1, 10**600 - 1), Fraction(-1, 10**5_000)),
    ],
    ids=["whole", "below zero", "fraction", "denominator"],
)
def test_no_number_is_written_that_has_too_many_digits_to_be_read(
    hint: Any,  # noqa: ANN401  # any number
    largest: Any,  # noqa: ANN401  # as above
    beyond: Any,  # noqa: ANN401  # as above
) -> None:
    codec = codec_of(hint)
    assert codec.decode(codec.encode(largest)) == largest
    refused(lambda: codec.encode(beyond), "data.digits", "")


FEW_DIGITS = """
from fractions import Fraction
import repayplan as rp
from repayplan.serialization.choosing import codec_of

for hint, largest, beyond in (
    (int, 10**400 - 1, "1" * 401),
    (Fraction, Fraction(-(10**600 - 1), 10**599), "1" * 601),
    (Fraction, Fraction(1, 10**600 - 1), "1/" + "1" * 1_000),
):
    codec = codec_of(hint)
    assert codec.decode(codec.encode(largest)) == largest
    try:
        codec.decode(beyond)
    except rp.SerializationError:
        continue
    raise AssertionError(beyond)
"""


def test_numbers_are_written_and_read_where_python_converts_the_fewest_digits() -> None:
    few = {**os.environ, "PYTHONINTMAXSTRDIGITS": str(sys.int_info.str_digits_check_threshold)}
    subprocess.run([sys.executable, "-c", FEW_DIGITS], check=True, env=few)  # noqa: S603  # ours


@pytest.mark.parametrize(
    ("text", "is_read"),
    [
        ("0", True),
        ("-3/26", True),
        ("9" * 600 + "/" + "1" * 599 + "0", True),
        ("1/" + "9" * 600, True),
        ("-0", False),
        ("01", False),
        ("3/1", False),
        ("3/0", False),
        ("1" * 601, False),
        ("1/" + "1" * 601, False),
        ("0.5", False),
        ("1\n", False),
    ],
    ids=lambda item: str(item)[:9],
)
def test_the_schema_of_a_fraction_says_what_is_read(text: str, is_read: bool) -> None:  # noqa: FBT001  # a case
    schema = codec_of(Fraction).schema(Definitions())
    assert (re.fullmatch(schema["pattern"].removeprefix("^").removesuffix("$"), text) is not None) is is_read
    if is_read:
        codec_of(Fraction).decode(text)
    else:
        refused(lambda: codec_of(Fraction).decode(text), "data.fraction", "")


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        (pendulum.datetime(1800, 1, 1, tz="Europe/Amsterdam"), "moment.offset"),  # 19 minutes, 32 seconds
        (pendulum.naive(2026, 12, 1), "moment.naive"),
    ],
)
def test_a_moment_that_its_text_would_change_is_not_written(moment: pendulum.DateTime, code: str) -> None:
    refused(lambda: codec_of(pendulum.DateTime).encode(moment), code, "")


def test_the_cause_of_a_refusal_is_kept_where_there_is_one() -> None:
    error = refused(lambda: codec_of(pendulum.DateTime).decode("now"), "moment.text", "")
    assert isinstance(error.__cause__, rp.DateError)
    assert refused(lambda: codec_of(pendulum.Date).decode("now"), "data.date", "").__cause__ is None


@pytest.mark.parametrize("hint", [hint for hint, _, _ in WRITTEN])
def test_a_schema_has_no_reference_but_that_of_an_enumeration(hint: Any) -> None:  # noqa: ANN401  # any hint
    definitions = Definitions()
    schema = codec_of(hint).schema(definitions)
    assert schema == ({"$ref": "#/$defs/RateUnit"} if hint is rp.RateUnit else schema)
    assert list(definitions.schemas) == (["RateUnit"] if hint is rp.RateUnit else [])
