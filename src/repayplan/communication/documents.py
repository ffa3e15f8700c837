"""Documents, originals and receipts: what proves what was said, and where it is kept."""

from __future__ import annotations

import attrs
import pendulum

from repayplan.checks import check_instance, check_text
from repayplan.communication.fields import (
    check_digest,
    check_id,
    check_optional,
    check_optional_text,
    to_at,
    to_kept_until,
)
from repayplan.errors import CommunicationError
from repayplan.values import Enumeration, Value

__all__ = ["Document", "Original", "OriginalForm", "Receipt", "ReceiptKind"]


class OriginalForm(Enumeration):
    """In which form an original is kept."""

    AUDIO = "audio"
    VIDEO = "video"
    TEXT = "text"
    EMAIL = "email"
    PDF = "pdf"
    IMAGE = "image"
    PAPER = "paper"

    @property
    def is_recording(self) -> bool:
        """Whether it holds what was said."""
        return self in {OriginalForm.AUDIO, OriginalForm.VIDEO}


class ReceiptKind(Enumeration):
    """What shows that something reached its receiver.

    The kinds that the Chinese rule on malicious overdraft accepts as a proof of an effective demand
    (the Supreme Court's 2018 interpretation, No. 19), and a read receipt.
    """

    CALL_RECORDING = "call recording"
    DELIVERY_RECORD = "delivery record"
    MAIL_RETURN_RECEIPT = "mail return receipt"
    EMAIL_DELIVERY_RECORD = "e-mail delivery record"
    SIGNATURE = "signature"
    """Of the client or of a member of the household."""
    READ_RECEIPT = "read receipt"


@attrs.frozen(kw_only=True, repr=False)
class Original(Value):
    """The whole content, kept outside the record.

    Attributes:
        digest: Its SHA-256 digest in 64 lower-case hexadecimal digits.
        where: Where it is kept.
        form: In which form.
        kept_until: The day until which it is kept; None while no end is set.

    Raises:
        CommunicationError: The digest is malformed, or the place is not one visible line.
    """

    digest: str
    where: str
    form: OriginalForm
    kept_until: pendulum.Date | None = attrs.field(default=None, converter=to_kept_until)

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_digest(self.digest, "digest")
        check_text(self.where, "where", error=CommunicationError)
        check_instance(self.form, OriginalForm, "form")

    def __repr__(self) -> str:
        """Give the form and the digest's beginning: where it is kept may be personal."""
        return f"<Original {self.form.value} {self.digest[:8]}>"


@attrs.frozen(kw_only=True, repr=False)
class Document(Value):
    """A paper or a file that was sent or received.

    Attributes:
        id: What tells it from all others of the case.
        title: What it is.
        original: Where it is kept, and its digest; None where that is not known.
    """

    id: str
    title: str
    original: Original | None = None

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_id(self.id, "id")
        check_text(self.title, "title", error=CommunicationError)
        check_optional(self.original, Original, "original")

    def __repr__(self) -> str:
        """Give the id: the title may be personal."""
        return f"<Document {self.id}>"


@attrs.frozen(kw_only=True)
class Receipt(Value):
    """A proof that something reached its receiver.

    Attributes:
        kind: What proves it.
        at: When it reached the receiver.
        reference: The number of the receipt.
        original: The receipt itself, such as the recording or the slip, and where it is kept.
    """

    kind: ReceiptKind
    at: pendulum.DateTime = attrs.field(converter=to_at)
    reference: str | None = attrs.field(default=None, repr=False)
    original: Original | None = attrs.field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        """Check the fields."""
        check_instance(self.kind, ReceiptKind, "kind")
        check_optional_text(self.reference, "reference")
        check_optional(self.original, Original, "original")
