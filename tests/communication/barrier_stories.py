"""Stories for the tests of barriers: a client, and a log that grows by one record after the other."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import attrs
import pendulum

import repayplan as rp

Wrong: TypeAlias = Any
"""A value that no signature allows, handed over on purpose."""

CHANNEL, OUTCOME, PURPOSE, KIND = rp.Channel, rp.Outcome, rp.Purpose, rp.BarrierKind
OUT, IN = rp.Direction.OUTBOUND, rp.Direction.INBOUND
DIFFICULTY, NEED, REMEDY = rp.Difficulty, rp.SupportNeed, rp.RemedyKind
ZONE: Final = "Asia/Shanghai"
ME: Final = rp.Party(id="client", role=rp.PartyRole.CLIENT)
SISTER: Final = rp.Party(id="sister", role=rp.PartyRole.EMERGENCY_CONTACT)
STRANGER: Final = rp.Party(id="stranger", role=rp.PartyRole.THIRD_PARTY)
INTERPRETER: Final = rp.Party(id="interpreter", role=rp.PartyRole.INTERPRETER)


def point(name: str, kind: rp.PointKind, owner: str = "client", **more: Wrong) -> rp.ContactPoint:
    return rp.ContactPoint(id=name, kind=kind, value=f"the {name}", owner=owner, **more)


MOBILE: Final = point("mobile", rp.PointKind.MOBILE, shared=False)
LANDLINE: Final = point("landline", rp.PointKind.LANDLINE, place=rp.Place.HOME)
DESK: Final = point("desk", rp.PointKind.LANDLINE, place=rp.Place.WORK)
EMAIL: Final = point("email", rp.PointKind.EMAIL, shared=False)
HOME: Final = point("home", rp.PointKind.POSTAL, place=rp.Place.HOME)
SISTERS: Final = point("sisters", rp.PointKind.MOBILE, "sister")


def client(*points: rp.ContactPoint, wish: rp.ContactPreference | None = None, **more: Wrong) -> rp.Client:
    wishes = () if wish is None else (wish,)
    return rp.Client(party=ME, zones=(ZONE,), points=points, preferences=wishes, **more)


CLIENT: Final = client(MOBILE, LANDLINE, EMAIL, HOME)


def moment(day: int, hour: int = 10, minute: int = 0) -> pendulum.DateTime:
    """The so many-th day from the end of 2026, so that 1 is the first of January 2027."""
    return pendulum.datetime(2026, 12, 31, hour, minute, tz=ZONE).add(days=day)


def confirmed(party: rp.Party = ME, day: int = 1, *, failed: bool = False) -> rp.Participant:
    result = rp.VerificationResult.FAILED if failed else rp.VerificationResult.CONFIRMED
    return rp.Participant(
        party=party,
        verification=rp.Verification(method="three questions", at=moment(day), result=result),
    )


class Story:
    """A log that grows; every method adds a record, and gives its id."""

    def __init__(self, case_id: str = "case", log: rp.CommunicationLog | None = None) -> None:
        self.log = rp.CommunicationLog("bank.example/log") if log is None else log
        self.case_id = case_id

    def add(self, record: rp.Record) -> str:
        salts = (
            (len(self.log) * 100 + number).to_bytes(16, "big") for number in range(rp.salts_needed(record))
        )
        last = self.log[-1].at if len(self.log) else record.recorded_at
        self.log = self.log.append(record, at=max(last, record.recorded_at), salts=salts)
        return record.id

    def common(self, name: str, day: float, hour: int = 10) -> dict[str, Any]:
        return {"id": name, "case_id": self.case_id, "recorded_at": moment(int(day), hour)}

    def contact(
        self,
        name: str,
        day: int,
        outcome: rp.Outcome,
        *,
        channel: rp.Channel = CHANNEL.PHONE,
        at: rp.ContactPoint | None = MOBILE,
        direction: rp.Direction = OUT,
        purpose: rp.Purpose = PURPOSE.HARDSHIP_TALK,
        **more: Wrong,
    ) -> str:
        return self.add(
            rp.Contact(
                **self.common(name, day),
                direction=direction,
                channel=channel,
                purpose=purpose,
                outcome=outcome,
                started_at=moment(day),
                point=at,
                **more,
            )
        )

    def message(self, name: str, day: int, outcome: rp.Outcome = OUTCOME.SENT, **more: Wrong) -> str:
        fields: dict[str, Wrong] = {"channel": CHANNEL.EMAIL, "at": EMAIL}
        return self.contact(name, day, outcome, **(fields | more))

    def letter(self, name: str, day: int, outcome: rp.Outcome = OUTCOME.SENT, **more: Wrong) -> str:
        fields: dict[str, Wrong] = {"channel": CHANNEL.LETTER, "at": HOME}
        return self.contact(name, day, outcome, **(fields | more))

    def arrives(self, name: str, day: int, **more: Wrong) -> str:
        """A message from the client."""
        return self.message(name, day, OUTCOME.RECEIVED, direction=IN, **more)

    def talk(self, name: str, day: int, **more: Wrong) -> str:
        """A talk with the client, confirmed."""
        fields: dict[str, Wrong] = {"participants": (confirmed(day=day),)}
        return self.contact(name, day, OUTCOME.CONVERSATION, **(fields | more))

    def note(self, name: str, contact_id: str, day: int, *found: rp.Difficulty, **more: Wrong) -> str:
        fields: dict[str, Wrong] = {
            "contact_id": contact_id,
            "party_id": "client",
            "difficulties": frozenset(found),
        } | more
        return self.add(rp.DifficultyNote(**self.common(name, day, 11), **fields))

    def point(
        self,
        name: str,
        day: int,
        noted: rp.ContactPoint,
        source: rp.PointSource = rp.PointSource.CONTRACT,
        **changes: Wrong,
    ) -> str:
        said = attrs.evolve(noted, **changes)
        return self.add(
            rp.ContactPointNote(**self.common(name, day, 12), point_id=noted.id, source=source, point=said)
        )

    def wish(self, name: str, day: int, **wish: Wrong) -> str:
        said = rp.ContactPreference(**wish)
        return self.add(rp.PreferenceNote(**self.common(name, day, 9), party_id="client", preference=said))

    def need(self, name: str, day: int, *needs: rp.SupportNeed, party_id: str = "client") -> str:
        basis = rp.VulnerabilityBasis.LEGAL_DUTY
        return self.add(
            rp.Vulnerability(**self.common(name, day, 11), party_id=party_id, basis=basis, needs=needs)
        )

    def consent(self, name: str, day: int, kind: type[Wrong] = rp.Consent, **more: Wrong) -> str:
        fields: dict[str, Wrong] = {
            "party_id": "client",
            "scope": rp.ConsentScope.CONTACT,
            "given_at": moment(day),
        } | more
        return self.add(kind(**self.common(name, day), **fields))

    def amend(self, name: str, record_id: str, day: int, **changes: Wrong) -> str:
        record = self.log.record(record_id)
        to = attrs.evolve(record, **changes)
        recorded_at = moment(day, 13)
        return self.add(rp.amend(record, to, amendment_id=name, reason="checked", recorded_at=recorded_at))

    def barriers(
        self, who: rp.Client = CLIENT, day: int | None = None, **more: Wrong
    ) -> tuple[rp.Barrier, ...]:
        as_of = None if day is None else moment(day)
        return rp.diagnose(self.log, who, as_of=as_of, **more)

    def only(self, kind: rp.BarrierKind, who: rp.Client = CLIENT, **more: Wrong) -> tuple[rp.Barrier, ...]:
        return tuple(one for one in self.barriers(who, **more) if one.kind is kind)

    def one(self, kind: rp.BarrierKind, who: rp.Client = CLIENT, **more: Wrong) -> rp.Barrier:
        (found,) = self.only(kind, who, **more)
        return found
