"""Documents, originals and receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pendulum
import pytest

import repayplan as rp
from tests.communication.examples import NINE

if TYPE_CHECKING:
    import enum

DIGEST = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"  # SHA-256 of nothing

STORED: dict[type[enum.Enum], dict[str, str]] = {
    rp.OriginalForm: {
        "AUDIO": "audio",
        "VIDEO": "video",
        "TEXT": "text",
        "EMAIL": "email",
        "PDF": "pdf",
        "IMAGE": "image",
        "PAPER": "paper",
    },
    rp.ReceiptKind: {
        "CALL_RECORDING": "call recording",
        "DELIVERY_RECORD": "delivery record",
        "MAIL_RETURN_RECEIPT": "mail return receipt",
        "EMAIL_DELIVERY_RECORD": "e-mail delivery record",
        "SIGNATURE": "signature",
        "READ_RECEIPT": "read receipt",
    },
}


@pytest.mark.parametrize("kind", STORED, ids=lambda kind: kind.__name__)
def test_names_and_values_stay_since_records_store_them(kind: type[enum.Enum]) -> None:
    assert {name: member.value for name, member in kind.__members__.items()} == STORED[kind]
    assert all(kind(value).name == name for name, value in STORED[kind].items())


def test_audio_and_video_hold_what_was_said() -> None:
    assert {form for form in rp.OriginalForm if form.is_recording} == {
        rp.OriginalForm.AUDIO,
        rp.OriginalForm.VIDEO,
    }


def test_an_original_is_kept_without_end_unless_one_is_set() -> None:
    original = rp.Original(digest=DIGEST, where="archive 7", form=rp.OriginalForm.PAPER)
    assert original.kept_until is None
    assert repr(original) == "<Original paper e3b0c442>"


@pytest.mark.parametrize(
    "digest",
    [
        "",
        DIGEST[:-1],
        DIGEST + "0",
        DIGEST.upper(),
        "0x" + DIGEST[2:],
        "g" * 64,
        DIGEST[:-1] + "\n",
        DIGEST + "\n",
        " " + DIGEST[1:],
        "\u0660" * 64,
        "\uff10" * 64,
        "\ud800" * 64,
        "sha256:" + DIGEST,
        "0" * 10_000_000,
    ],
    ids=lambda digest: ascii(digest[:12]),
)
def test_a_malformed_digest_is_refused(digest: str) -> None:
    with pytest.raises(rp.CommunicationError, match="64 lower-case hexadecimal digits") as caught:
        rp.Original(digest=digest, where="archive", form=rp.OriginalForm.PDF)
    assert (caught.value.code, caught.value.field) == ("record.digest", "digest")
    assert str(caught.value).isascii()
    assert len(str(caught.value)) < 200


def test_a_document_may_be_known_by_its_title_alone() -> None:
    document = rp.Document(id="d", title="pay slip of Ms Wang")
    assert document.original is None
    assert repr(document) == "<Document d>"


def test_a_receipt_may_have_no_number() -> None:
    receipt = rp.Receipt(kind=rp.ReceiptKind.SIGNATURE, at=NINE)
    assert receipt.reference is None
    assert receipt.at == pendulum.datetime(2026, 12, 1, 1)
