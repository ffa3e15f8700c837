"""Segments of an SMS, by 3GPP TS 23.038: 160 or 153 septets, 70 or 67 code units."""

from __future__ import annotations

import pytest

import repayplan as rp
from repayplan.communication.messages.sms import SMS_CHARACTERS_MAX, utf16_units

GSM, UCS = rp.SmsEncoding.GSM_7, rp.SmsEncoding.UCS_2
BANK = "\U0001f3e6"


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        ("", GSM, 0, 1),
        ("a" * 160, GSM, 160, 1),
        ("a" * 161, GSM, 161, 2),
        ("a" * 306, GSM, 306, 2),
        ("a" * 307, GSM, 307, 3),
        ("\N{EURO SIGN}" * 80, GSM, 160, 1),
        ("\N{EURO SIGN}" * 81, GSM, 162, 2),
        ("\N{EURO SIGN}" * 153, GSM, 306, 3),  # an escape and its character stay together: 76 to a segment
        ("@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà", GSM, 42, 1),
        ("[]{}\\^~|", GSM, 16, 1),
        ("á", UCS, 1, 1),
        ("ç", UCS, 1, 1),  # only the capital one is in the table
        ("`", UCS, 1, 1),
        ("a\u00a0b", UCS, 3, 1),
        ("行" * 70, UCS, 70, 1),
        ("行" * 71, UCS, 71, 2),
        ("行" * 134, UCS, 134, 2),
        ("行" * 135, UCS, 135, 3),
        (BANK * 35, UCS, 70, 1),
        (BANK * 36, UCS, 72, 2),
        (BANK * 67, UCS, 134, 3),  # a pair stays together: 33 to a segment
    ],
)
def test_segments_are_counted_as_the_network_does(
    text: str, encoding: rp.SmsEncoding, units: int, segments: int
) -> None:
    assert rp.sms_size(text) == rp.SmsSize(encoding, units, segments)


def test_the_alphabet_has_all_characters_of_the_standard_and_no_other() -> None:
    one: set[str] = set()
    two: set[str] = set()
    for point in range(0x10000):
        size = rp.sms_size(chr(point))
        if size.encoding is GSM:
            (one if size.units == 1 else two).add(chr(point))
    assert len(one) == 127  # 128 places, one of them the escape
    assert two == set("\f^{}\\[~]|\N{EURO SIGN}")


def test_code_units_are_those_of_utf_16() -> None:
    for text in ("", "abc", "行", BANK, f"a{BANK}行"):
        assert utf16_units(text) == len(text.encode("utf-16-le")) // 2


def test_a_text_beyond_the_bound_is_refused() -> None:
    assert rp.sms_size("a" * SMS_CHARACTERS_MAX).units == SMS_CHARACTERS_MAX
    with pytest.raises(rp.CommunicationError) as caught:
        rp.sms_size("a" * (SMS_CHARACTERS_MAX + 1))
    assert caught.value.code == "text.length"
    with pytest.raises(rp.InputTypeError):
        rp.sms_size(b"a")  # type: ignore[arg-type]  # the point of the test
