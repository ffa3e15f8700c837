"""What a record lacks to be usable as evidence.

It informs, and gives no legal advice: what a court accepts is for the court to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repayplan.checks import check_instance
from repayplan.communication.channels import Channel, Direction, Outcome
from repayplan.communication.contact import Contact
from repayplan.communication.log import CommunicationLog
from repayplan.communication.purposes import Purpose, StatedItem
from repayplan.communication.record_rules import RecordItem, RecordRules
from repayplan.communication.records import Record
from repayplan.rules import Finding

if TYPE_CHECKING:
    from collections.abc import Callable

    from repayplan.communication.parties import Party
    from repayplan.rules import Limit

__all__ = ["missing_items"]


def missing_items(source: Record | CommunicationLog, rules: RecordRules) -> tuple[Finding, ...]:
    """Say what a record, or every record of a log, lacks; corrections are taken into account in a log.

    Each finding names the rule that is not met, the id of the record (``observed``) and what is missing
    (``limit``). Contacts alone can lack content: other records are complete by construction. A record that is
    given by itself lacks integrity: only the log shows that nothing was changed.
    """
    check_instance(rules, RecordRules, "rules")
    if isinstance(source, CommunicationLog):
        return tuple(finding for contact in source.contacts() for finding in _missing(contact, rules))
    check_instance(source, Record, "source")
    own = _missing(source, rules) if isinstance(source, Contact) else ()
    if RecordItem.INTEGRITY not in rules.required.value:
        return own
    outside = Finding(
        "record_integrity",
        passed=False,
        observed=source.id,
        limit=RecordItem.INTEGRITY.value,
        citation=rules.required.citation,
    )
    return (*own, outside)


def _missing(contact: Contact, rules: RecordRules) -> tuple[Finding, ...]:
    lacking = [
        Finding(
            f"record_{item.name.lower()}",
            passed=False,
            observed=contact.id,
            limit=item.value,
            citation=rules.required.citation,
        )
        for item in RecordItem
        if item in rules.required.value and item in _LACKS and _LACKS[item](contact)
    ]
    if _is_letter_of_demand(contact):
        lacking += _unsaid(contact, rules.letter_items, "letter_items")
    if _announces_agency(contact):
        lacking += _unsaid(contact, rules.agency_items, "agency_items")
    if contact.is_oral_agreement:
        lacking += _unsaid(contact, rules.agreement_items, "agreement_items")
        if rules.agreement_recorded is not None and not contact.is_recorded:
            lacking.append(
                Finding(
                    "agreement_recorded",
                    passed=False,
                    observed=contact.id,
                    limit="recording",
                    citation=rules.agreement_recorded,
                )
            )
    return tuple(lacking)


def _unsaid(contact: Contact, items: Limit[frozenset[StatedItem]] | None, rule: str) -> list[Finding]:
    if items is None:
        return []
    return [
        Finding(rule, passed=False, observed=contact.id, limit=item.value, citation=items.citation)
        for item in sorted(items.value - contact.stated, key=lambda item: item.name)
    ]


def _is_letter_of_demand(contact: Contact) -> bool:
    sent = contact.direction is Direction.OUTBOUND and contact.channel in {Channel.LETTER, Channel.FAX}
    return sent and (contact.purpose.asks_for_payment or contact.purpose is Purpose.STATUTORY_NOTICE)


def _announces_agency(contact: Contact) -> bool:
    is_written = contact.direction is Direction.OUTBOUND and not contact.channel.is_live
    return is_written and StatedItem.AGENCY in contact.stated


_WITHOUT_WORDS: Final = {
    Outcome.NO_ANSWER,
    Outcome.BUSY,
    Outcome.OUT_OF_SERVICE,
    Outcome.VOICEMAIL_NOT_LEFT,
    Outcome.WRONG_PERSON,
    Outcome.REFUSED,
}


def _is_outbound(contact: Contact) -> bool:
    return contact.direction is Direction.OUTBOUND


def _names_side(contact: Contact, *, creditor: bool) -> bool:
    return any(item.party.role.is_creditor_side is creditor for item in contact.participants)


def _lacks_sender(contact: Contact) -> bool:
    if _is_outbound(contact):
        return contact.operator is None and not _names_side(contact, creditor=True)
    return not _names_side(contact, creditor=False)


def _lacks_receiver(contact: Contact) -> bool:
    if not _is_outbound(contact):
        return contact.operator is None and not _names_side(contact, creditor=True)
    if contact.outcome.is_failure:  # nobody was reached: the address that was tried is what there is
        return contact.point is None
    return not _names_side(contact, creditor=False)


def _lacks_end(contact: Contact) -> bool:
    return contact.is_conversation and contact.ended_at is None


def _lacks_content(contact: Contact) -> bool:
    has_words = not contact.channel.is_live or contact.outcome not in _WITHOUT_WORDS
    return has_words and contact.content is None and contact.original is None


def _lacks_right_party(contact: Contact) -> bool:
    if not contact.is_conversation:
        return False
    parties = [item.party for item in contact.participants if item.is_verified]
    return not any(party.role.owes or _acts_by_authority(party, contact) for party in parties)


def _acts_by_authority(party: Party, contact: Contact) -> bool:
    authority = party.authority
    return party.role.acts_for_client and authority is not None and authority.covers(contact.local_day())


def _lacks_language(contact: Contact) -> bool:
    if contact.channel.is_live:
        return contact.is_conversation and contact.spoken_language is None
    return contact.written_language is None


def _lacks_receipt(contact: Contact) -> bool:
    formal = contact.purpose in {Purpose.DEMAND, Purpose.STATUTORY_NOTICE, Purpose.AGREEMENT}
    sent = _is_outbound(contact) and not contact.channel.is_live and contact.outcome is not Outcome.BOUNCED
    return formal and sent and not contact.receipts


_LACKS: Final[dict[RecordItem, Callable[[Contact], bool]]] = {
    RecordItem.SENDER: _lacks_sender,
    RecordItem.RECEIVER: _lacks_receiver,
    RecordItem.TIME_ZONE: lambda contact: contact.zone is None,
    RecordItem.END: _lacks_end,
    RecordItem.CONTENT: _lacks_content,
    RecordItem.RIGHT_PARTY: _lacks_right_party,
    RecordItem.LANGUAGE: _lacks_language,
    RecordItem.RECEIPT: _lacks_receipt,
}
