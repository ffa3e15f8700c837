"""A client, calls and letters, from which the tests of this folder take what they need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import pendulum

import repayplan as rp

if TYPE_CHECKING:
    from collections.abc import Iterator

ZONE = "Asia/Shanghai"
NINE = pendulum.datetime(2026, 12, 1, 9, tz=ZONE)
CITATION = rp.Citation(title="house", force=rp.Force.HOUSE)

CLIENT = rp.Party(id="client", role=rp.PartyRole.CLIENT, name="王小明")
OFFICER = rp.Party(id="officer", role=rp.PartyRole.BANK)
CHECKED = rp.Verification(method="three questions", at=NINE, result=rp.VerificationResult.CONFIRMED)
MOBILE = rp.ContactPoint(id="mobile", kind=rp.PointKind.MOBILE, value="+86 138 0000 0000", owner="client")
POSTAL = rp.ContactPoint(
    id="postal", kind=rp.PointKind.POSTAL, value="Nanjing Road 1", owner="client", place=rp.Place.HOME
)


T = TypeVar("T")


def there(value: T | None) -> T:
    """What is there, for the checker too."""
    assert value is not None
    return value


def salts(seed: int = 0) -> Iterator[bytes]:
    """Salts that differ, which is all that a test needs."""
    while True:
        seed += 1
        yield seed.to_bytes(16, "big")


def call(**fields: Any) -> rp.Contact:  # noqa: ANN401  # any field
    """A call in which the client was talked to, complete."""
    given: dict[str, Any] = {
        "id": "call",
        "case_id": "case",
        "recorded_at": NINE.add(hours=1),
        "direction": rp.Direction.OUTBOUND,
        "channel": rp.Channel.PHONE,
        "purpose": rp.Purpose.HARDSHIP_TALK,
        "outcome": rp.Outcome.CONVERSATION,
        "started_at": NINE,
        "ended_at": NINE.add(minutes=12),
        "debts": ("card",),
        "point": MOBILE,
        "participants": (rp.Participant(party=CLIENT, verification=CHECKED),),
        "zone": ZONE,
        "spoken_language": "zh",
        "content": "The client lost the job in October.",
        "operator": "op-7",
    }
    return rp.Contact(**{**given, **fields})


def letter(**fields: Any) -> rp.Contact:  # noqa: ANN401  # any field
    """A letter that demands payment, complete but for what it says."""
    given: dict[str, Any] = {
        "id": "letter",
        "channel": rp.Channel.LETTER,
        "purpose": rp.Purpose.DEMAND,
        "outcome": rp.Outcome.DELIVERED,
        "ended_at": None,
        "point": POSTAL,
        "participants": (rp.Participant(party=CLIENT),),
        "spoken_language": None,
        "written_language": "zh-Hans",
        "receipts": (rp.Receipt(kind=rp.ReceiptKind.MAIL_RETURN_RECEIPT, at=NINE.add(days=3)),),
    }
    return call(**{**given, **fields})
