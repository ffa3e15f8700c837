from __future__ import annotations

import pytest

import repayplan as rp


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PHONE", "phone"),
        ("SMS", "sms"),
        ("EMAIL", "email"),
        ("LETTER", "letter"),
        ("IN_PERSON", "in person"),
        ("VIDEO", "video"),
        ("APP_MESSAGE", "app message"),
        ("MESSAGING_SERVICE", "messaging service"),
        ("FAX", "fax"),
    ],
)
def test_a_channel_keeps_its_name_and_value_since_records_store_them(name: str, value: str) -> None:
    assert rp.Channel[name].value == value
    assert rp.Channel(value).name == name


def test_every_channel_is_in_the_table_above() -> None:
    assert len(rp.Channel) == 9
