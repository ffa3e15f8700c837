"""What holds for every record and for every value in one: a sample of each with all its fields set."""

from __future__ import annotations

import copy
import datetime as dt
import json
import pickle
from typing import TYPE_CHECKING, Any, TypeAlias

import attrs
import pendulum
import pytest

import repayplan as rp
from repayplan.communication.fields import ITEMS_MAX, PERSONAL
from repayplan.communication.kinds import RECORD_KINDS
from repayplan.communication.records import check_order, covers_day
from repayplan.communication.steps import StepNote
from repayplan.serialization.structure import from_dict, to_dict
from repayplan.values import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

Wrong: TypeAlias = Any
"""A value that no signature allows, handed over on purpose."""

DATE = pendulum.date
NOON = pendulum.datetime(2026, 12, 1, 12, tz="Asia/Shanghai")
COMMON: dict[str, Any] = {"id": "record", "case_id": "case", "recorded_at": NOON}

# every text that may be personal holds the word SECRET
AUTHORITY = rp.Authority(
    scope="SECRET scope", valid_from=DATE(2026, 1, 1), valid_until=DATE(2027, 1, 1), document="SECRET paper"
)
PARTY = rp.Party(
    id="p1",
    role=rp.PartyRole.REPRESENTATIVE,
    name="SECRET name",
    organisation="SECRET firm",
    authority=AUTHORITY,
)
VERIFICATION = rp.Verification(
    method="three questions", at=NOON, result=rp.VerificationResult.CONFIRMED, by="officer"
)
PARTICIPANT = rp.Participant(party=PARTY, verification=VERIFICATION)
POINT = rp.ContactPoint(
    id="point",
    kind=rp.PointKind.MOBILE,
    value="SECRET 138 0000 0000",
    owner="p1",
    place=rp.Place.HOME,
    shared=True,
    valid_from=DATE(2026, 1, 1),
    valid_until=DATE(2027, 1, 1),
    verified_on=DATE(2026, 6, 1),
    zone="Asia/Shanghai",
)
TIMES = rp.WeeklyTimes(weekdays={1, 2, 3}, start="08:00", end="20:00")
PREFERENCE = rp.ContactPreference(
    channels=(rp.Channel.SMS, rp.Channel.PHONE),
    convenient=(TIMES,),
    inconvenient=(rp.WeeklyTimes(start="21:00"),),
    not_at={rp.Place.WORK},
    spoken_language="yue",
    written_language="zh-Hant",
    formats={rp.AccessibleFormat.BRAILLE},
    valid_from=DATE(2026, 1, 1),
    valid_until=DATE(2027, 1, 1),
)
ORIGINAL = rp.Original(
    digest="0123456789abcdef" * 4,
    where="SECRET shelf",
    form=rp.OriginalForm.AUDIO,
    kept_until=DATE(2031, 12, 1),
)
DOCUMENT = rp.Document(id="document", title="SECRET title", original=ORIGINAL)
RECEIPT = rp.Receipt(kind=rp.ReceiptKind.CALL_RECORDING, at=NOON, reference="R-1", original=ORIGINAL)
CONSENT = rp.Consent(
    **COMMON,
    party_id="p1",
    scope=rp.ConsentScope.THIRD_PARTY,
    given_at=NOON.subtract(hours=1),
    channel=rp.Channel.PHONE,
    point_id="point",
    how="SECRET words",
    starts_at=NOON,
    until=NOON.add(years=1),
    with_party="p2",
)
WITHDRAWAL = rp.ConsentWithdrawal(
    **COMMON,
    party_id="p1",
    scope=rp.ConsentScope.CONTACT,
    given_at=NOON.subtract(hours=1),
    channel=rp.Channel.SMS,
    point_id="point",
    how="SECRET words",
    consent_id="earlier",
)
HARDSHIP = rp.Hardship(
    **COMMON,
    party_id="p1",
    contact_id="contact",
    debts=("card",),
    reason=rp.HardshipReason.ILLNESS,
    statement="SECRET illness\nsince spring",
    since=DATE(2026, 3, 1),
    evidence=(DOCUMENT,),
    verification=rp.VerificationState.VERIFIED,
    verified_on=DATE(2026, 4, 1),
)
VULNERABILITY = rp.Vulnerability(
    **COMMON,
    party_id="p1",
    basis=rp.VulnerabilityBasis.EXPLICIT_CONSENT,
    consent_id="consent",
    needs={rp.SupportNeed.HEARING},
    support="SECRET support",
    review_on=DATE(2027, 1, 1),
)
CONTACT = rp.Contact(
    **COMMON,
    direction=rp.Direction.OUTBOUND,
    channel=rp.Channel.PHONE,
    purpose=rp.Purpose.AGREEMENT,
    outcome=rp.Outcome.CONVERSATION,
    started_at=NOON.subtract(minutes=30),
    ended_at=NOON.subtract(minutes=10),
    external_ids=("tel-1",),
    debts=("card",),
    debts_raised=("loan",),
    point=POINT,
    bank_point="95588",
    participants=(PARTICIPANT,),
    zone="Asia/Shanghai",
    spoken_language="yue",
    dialect="SECRET dialect",
    written_language="zh-Hant",
    interpreter=rp.Party(id="p3", role=rp.PartyRole.INTERPRETER, name="SECRET interpreter"),
    content="SECRET minutes\nof the talk",
    original=ORIGINAL,
    stated={rp.StatedItem.BREACH, rp.StatedItem.RECORDED},
    client_said={rp.ClientStatement.PROPOSES_PLAN},
    promise_ids=("promise",),
    actions=("cause:card:2026-10-31",),
    hardship=rp.HardshipReason.ILLNESS,
    documents_sent=(DOCUMENT,),
    documents_received=(DOCUMENT,),
    receipts=(RECEIPT,),
    answers="earlier",
    next_step="SECRET step",
    next_step_on=DATE(2026, 12, 8),
    operator="SECRET operator",
)
POINT_NOTE = rp.ContactPointNote(**COMMON, point_id="point", source=rp.PointSource.CLIENT, point=POINT)
PREFERENCE_NOTE = rp.PreferenceNote(**COMMON, party_id="p1", preference=PREFERENCE)
AMENDMENT = rp.Amendment(
    **COMMON,
    corrects="earlier",
    reason="wrong operator",
    changes="{}",
    personal_changes='{"operator":"SECRET operator"}',
    personal_names=("operator",),
)
REDACTION = rp.Redaction(**COMMON, entry=3, fields=("content",), reason="erasure duty", by="SECRET officer")
DIFFICULTY = rp.DifficultyNote(
    **COMMON,
    contact_id="contact",
    party_id="p1",
    difficulties={rp.Difficulty.LANGUAGE_NOT_SHARED},
    language="yue",
    words="SECRET words",
)

STEP_NOTE = StepNote(**COMMON, step="refer:stop", debts=("card",), result="SECRET result")

RECORDS: tuple[rp.Record, ...] = (
    AMENDMENT,
    CONSENT,
    WITHDRAWAL,
    CONTACT,
    POINT_NOTE,
    DIFFICULTY,
    HARDSHIP,
    PREFERENCE_NOTE,
    REDACTION,
    STEP_NOTE,
    VULNERABILITY,
)
SAMPLES: tuple[Value, ...] = (
    *RECORDS,
    *(AUTHORITY, PARTY, VERIFICATION, PARTICIPANT, POINT, PREFERENCE, TIMES, ORIGINAL, DOCUMENT, RECEIPT),
)


def fields_of(value: Any) -> tuple[attrs.Attribute[Any], ...]:  # noqa: ANN401  # of any attrs class
    return attrs.fields(type(value))  # type: ignore[no-any-return]  # as attrs documents


FIELDS = [(sample, field) for sample in SAMPLES for field in fields_of(sample)]
"""Every field of every sample."""


def label(value: object) -> str | None:
    if isinstance(value, Value):
        return type(value).__name__
    return value.name if isinstance(value, attrs.Attribute) else None


def changed(sample: Value, **fields: Wrong) -> Any:  # noqa: ANN401  # the sample's own class
    return attrs.evolve(sample, **fields)  # type: ignore[misc]  # every sample is of an attrs class


def refusal(sample: Value, **fields: Wrong) -> rp.RepayPlanError:
    with pytest.raises(rp.RepayPlanError) as caught:
        changed(sample, **fields)
    return caught.value


each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=label)
each_record = pytest.mark.parametrize("record", RECORDS, ids=label)


# ------------------------------------------------------------------------------------------ the samples


def test_there_is_a_sample_of_every_kind_that_the_log_takes() -> None:
    assert {type(record) for record in RECORDS} == {*RECORD_KINDS.values()}


@pytest.mark.parametrize(("sample", "field"), FIELDS, ids=label)
def test_a_sample_sets_every_field_to_something_else_than_its_default(
    sample: Value, field: attrs.Attribute[Any]
) -> None:
    # otherwise what follows would say nothing of that field
    default: Any = field.default
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]  # attrs types it as a function
        default = default.factory()
    assert getattr(sample, field.name) not in {default, None}


# ------------------------------------------------------------------------------------------ values


@each_sample
def test_it_is_frozen(sample: Value) -> None:
    for field in fields_of(sample):
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            setattr(sample, field.name, getattr(sample, field.name))
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            delattr(sample, field.name)
    with pytest.raises(AttributeError):
        sample.note = "added"  # type: ignore[attr-defined]  # on purpose


@each_sample
@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_it_is_pickled_through_its_constructor(sample: Value, protocol: int) -> None:
    again = pickle.loads(pickle.dumps(sample, protocol))  # noqa: S301  # our own
    assert type(again) is type(sample)
    assert again == sample
    assert hash(again) == hash(sample)


@each_sample
def test_a_copy_is_equal(sample: Value) -> None:
    assert copy.copy(sample) == sample
    assert copy.deepcopy(sample) == sample


@each_sample
def test_it_is_stored_and_read_back_with_every_field(sample: Value) -> None:
    stored = json.loads(json.dumps(to_dict(sample)))
    assert set(stored) == {"schema_version", *(field.name for field in fields_of(sample))}
    again = from_dict(type(sample), stored)
    assert again == sample
    assert to_dict(again) == stored


@each_sample
def test_its_repr_shows_nothing_personal_and_stays_on_one_line(sample: Value) -> None:
    for text in (repr(sample), str(sample), f"{sample}", repr([sample])):
        assert "SECRET" not in text
        assert "\n" not in text


@each_record
def test_the_repr_of_a_record_names_its_kind_and_its_id(record: rp.Record) -> None:
    assert repr(record).startswith(f"<{type(record).__name__} record")


@pytest.mark.parametrize(("sample", "field"), FIELDS, ids=label)
def test_any_changed_field_makes_another_value(sample: Value, field: attrs.Attribute[Any]) -> None:
    other = copy.copy(sample)
    object.__setattr__(other, field.name, object())
    assert other != sample


# ------------------------------------------------------------------------------------------ types


@pytest.fixture(params=[False, True], ids=["validators on", "validators off"])
def _validators(request: pytest.FixtureRequest) -> Iterator[None]:
    attrs.validators.set_disabled(request.param)
    yield
    attrs.validators.set_disabled(False)  # its only argument


WRONG: tuple[Wrong, ...] = (None, 7, True, 1.5, b"bytes", [1.5], "wrong", {}, object())
ALSO_RIGHT: dict[tuple[type, str], tuple[type, ...]] = {
    (rp.ContactPoint, "shared"): (bool,),
    (rp.Redaction, "entry"): (int,),
}
"""The fields beside text that hold one of the above."""


def wrong_for(sample: Value, field: attrs.Attribute[Any]) -> Iterator[Wrong]:
    right = (type(getattr(sample, field.name)), *ALSO_RIGHT.get((type(sample), field.name), ()))
    for value in WRONG:
        optional = value is None and field.default is None
        if not optional and type(value) not in right:
            yield value


@pytest.mark.usefixtures("_validators")
@pytest.mark.parametrize(("sample", "field"), FIELDS, ids=label)
def test_a_value_of_another_type_is_refused_and_the_field_named(
    sample: Value, field: attrs.Attribute[Any]
) -> None:
    tried = list(wrong_for(sample, field))
    assert len(tried) >= len(WRONG) - 2
    for value in tried:
        error = refusal(sample, **{field.name: value})
        if field.name in OTHER_TEXT and type(value) is str:
            continue  # of the right type, and refused for what it says
        assert type(error) is rp.InputTypeError, value
        assert error.field.partition("[")[0] == field.name
        assert error.code.endswith(".type") or error.code in {"type.wrong", "canonical.data"}


@pytest.mark.parametrize(("sample", "field"), FIELDS, ids=label)
def test_a_set_or_tuple_is_never_made_of_a_dict_or_an_iterator(
    sample: Value, field: attrs.Attribute[Any]
) -> None:
    if isinstance(getattr(sample, field.name), (tuple, frozenset)):
        others: tuple[Wrong, ...] = ({}, iter((1,)), (item for item in (1,)))
        for value in others:
            error = refusal(sample, **{field.name: value})
            assert (type(error), error.field) == (rp.InputTypeError, field.name)


@each_sample
def test_a_forged_pickle_is_checked_as_any_other_value(sample: Value) -> None:
    function, (kind, arguments) = sample.__reduce__()
    for field in fields_of(sample):
        with pytest.raises(rp.RepayPlanError):
            function(kind, {**arguments, field.name: 1.5})


@pytest.mark.parametrize(("sample", "field"), FIELDS, ids=label)
def test_lists_become_tuples_and_sets_frozen_sets(sample: Value, field: attrs.Attribute[Any]) -> None:
    value = getattr(sample, field.name)
    if isinstance(value, (tuple, frozenset)):
        again = changed(sample, **{field.name: list(value)})
        assert type(getattr(again, field.name)) is type(value)
        assert again == sample


# ------------------------------------------------------------------------------------------ text

OTHER_TEXT = {
    "language",
    "zone",
    "spoken_language",
    "written_language",
    "digest",
    "changes",
    "personal_changes",
    "start",
    "end",
}
"""Fields whose text has a form of its own, tested beside their classes."""
BODIES = {
    (rp.Contact, "content"),
    (rp.Contact, "next_step"),
    (rp.Consent, "how"),
    (rp.ConsentWithdrawal, "how"),
    (rp.DifficultyNote, "words"),
    (rp.Hardship, "statement"),
    (StepNote, "result"),
    (rp.Vulnerability, "support"),
}

TEXTS = [
    (sample, field)
    for sample, field in FIELDS
    if isinstance(getattr(sample, field.name), str) and field.name not in OTHER_TEXT
]
LINES = [(sample, field) for sample, field in TEXTS if (type(sample), field.name) not in BODIES]

BAD_TEXT = {
    "text-01": ("\ud800", "a\udfff"),
    "text-02": ("Pay to \u202eEUR 001\u202c now", "\u202d1", "\u202ax"),
    "text-05": ("\x00", "a\x1b[2J", "a\x7f", "a\r\nb", "a\u0085b", "a\tb"),
    "text-14": ("a" * 10_000_000, "\u738b" * 20_001),
    "text-16": ("", "   ", "\u200b", "\u3000\u2800"),
}
"""By the ids of the catalogue of hostile inputs."""
BAD_LINES = ("a\nb", "a\u2028b", "a\u2029b", "\u2066a\u2069", "a\u200e")
GOOD_TEXT = {
    "text-07": ("=HYPERLINK(...)", "+1", "-1", "@x"),
    "text-08": ("<script>", "&lt;", "{{7*7}}", "${jndi:x}", "%s %n", "{0.__class__}"),
    "text-13": ("\u0440\u0430ypal",),
    "a line": ("\u738b\u5c0f\u660e", "O'Brien \u2013 S\u00f8n", "a" * 200, "\U0001f3e0"),
}


@pytest.mark.usefixtures("_validators")
@pytest.mark.parametrize(("sample", "field"), TEXTS, ids=label)
@pytest.mark.parametrize("identity", BAD_TEXT)
def test_hostile_text_is_refused_and_not_repeated(
    sample: Value, field: attrs.Attribute[Any], identity: str
) -> None:
    for text in BAD_TEXT[identity]:
        error = refusal(sample, **{field.name: text})
        assert type(error) is rp.CommunicationError
        assert error.field == field.name
        assert error.code in {"text.control", "text.length", "text.empty"}
        assert str(error).isascii()
        assert str(error).isprintable()
        assert len(str(error)) < 200
        assert "EUR" not in str(error)


@pytest.mark.parametrize(("sample", "field"), LINES, ids=label)
def test_what_would_break_or_hide_a_line_is_refused(sample: Value, field: attrs.Attribute[Any]) -> None:
    too_long = "a" * (501 if field.name == "step" else 201)
    for text in (*BAD_LINES, too_long):
        error = refusal(sample, **{field.name: text})
        assert (type(error), error.field) == (rp.CommunicationError, field.name)
        assert error.code == ("text.length" if len(text) > 200 else "text.control")


@pytest.mark.parametrize(("sample", "field"), TEXTS, ids=label)
@pytest.mark.parametrize("identity", GOOD_TEXT)
def test_other_text_is_kept_verbatim(sample: Value, field: attrs.Attribute[Any], identity: str) -> None:
    erased = {"point": None} if field.name == "point_id" and isinstance(sample, rp.ContactPointNote) else {}
    for text in GOOD_TEXT[identity]:
        kept = changed(sample, **erased, **{field.name: text})
        assert getattr(kept, field.name) == text
        assert from_dict(type(kept), to_dict(kept)) == kept


@pytest.mark.parametrize(
    ("sample", "field"),
    [(CONTACT, "content"), (HARDSHIP, "statement"), (VULNERABILITY, "support")],
    ids=label,
)
def test_words_of_several_lines_are_kept_verbatim_up_to_their_bound(sample: Value, field: str) -> None:
    for text in ("one\ntwo\n", "\u2067\u05e9\u05dc\u05d5\u05dd\u2069", "x" * 20_000):
        assert getattr(changed(sample, **{field: text}), field) == text
    error = refusal(sample, **{field: "x" * 20_001})
    assert (error.code, error.field, error.data) == (
        "text.length",
        field,
        {"maximum": 20_000, "length": 20_001},
    )


# ------------------------------------------------------------------------------------------ moments, days

MOMENTS = [
    (sample, field) for sample, field in FIELDS if isinstance(getattr(sample, field.name), pendulum.DateTime)
]
DAYS = [
    (sample, field)
    for sample, field in FIELDS
    if isinstance(getattr(sample, field.name), dt.date) and (sample, field) not in MOMENTS
]


@pytest.mark.usefixtures("_validators")
@pytest.mark.parametrize(("sample", "field"), MOMENTS, ids=label)
def test_a_moment_needs_a_zone_and_is_kept_as_its_offset(sample: Value, field: attrs.Attribute[Any]) -> None:
    value = getattr(sample, field.name)
    error = refusal(sample, **{field.name: value.naive()})
    assert (type(error), error.code, error.field) == (rp.DateError, "moment.naive", field.name)
    seconds = dt.timezone(dt.timedelta(hours=8, seconds=43))
    error = refusal(sample, **{field.name: value.astimezone(seconds)})
    assert (error.code, error.field) == ("moment.offset", field.name)
    error = refusal(sample, **{field.name: DATE(2026, 12, 1)})
    assert (error.code, error.field) == ("moment.type", field.name)
    plain = dt.datetime.fromisoformat(value.isoformat())
    kept = getattr(changed(sample, **{field.name: plain}), field.name)
    assert type(kept) is pendulum.DateTime
    assert kept == value


@pytest.mark.usefixtures("_validators")
@pytest.mark.parametrize(("sample", "field"), DAYS, ids=label)
def test_a_day_is_no_moment_and_is_kept_as_a_pendulum_date(
    sample: Value, field: attrs.Attribute[Any]
) -> None:
    error = refusal(sample, **{field.name: NOON})
    assert (type(error), error.code, error.field) == (rp.InputTypeError, "date.type", field.name)
    value = getattr(sample, field.name)
    kept = getattr(changed(sample, **{field.name: dt.date(value.year, value.month, value.day)}), field.name)
    assert type(kept) is pendulum.Date
    assert kept == value


def test_days_and_moments_were_found() -> None:
    assert {field.name for _, field in MOMENTS} == {
        *("recorded_at", "started_at", "ended_at", "given_at", "starts_at", "until", "at")
    }
    assert {field.name for _, field in DAYS} == {
        *("valid_from", "valid_until", "verified_on", "kept_until", "since", "review_on", "next_step_on")
    }


# ------------------------------------------------------------------------------------------ collections


@pytest.mark.parametrize(("sample", "field"), FIELDS, ids=label)
def test_one_item_too_many_is_refused(sample: Value, field: attrs.Attribute[Any]) -> None:
    value = getattr(sample, field.name)
    if isinstance(value, tuple):
        error = refusal(sample, **{field.name: value[:1] * (ITEMS_MAX + 1)})
        assert (type(error), error.code, error.field) == (rp.CommunicationError, "tuple.length", field.name)
        assert error.data == {"maximum": ITEMS_MAX, "length": ITEMS_MAX + 1}


# ------------------------------------------------------------------------------------------ what is personal

PERSONAL_FIELDS: dict[type[rp.Record], set[str]] = {
    rp.Amendment: {"personal_changes"},
    rp.Consent: {"how"},
    rp.ConsentWithdrawal: {"how"},
    rp.Contact: {
        *("point", "participants", "zone", "spoken_language", "dialect", "written_language"),
        *(
            "interpreter",
            "receipts",
            "content",
            "original",
            "hardship",
            "documents_sent",
            "documents_received",
            "next_step",
        ),
        "operator",
    },
    rp.ContactPointNote: {"point"},
    rp.DifficultyNote: {"difficulties", "language", "words"},
    rp.Hardship: {"reason", "statement", "since", "evidence"},
    rp.PreferenceNote: {"preference"},
    rp.Redaction: {"by"},
    StepNote: {"result"},
    rp.Vulnerability: {"needs", "support"},
}


@each_record
def test_the_personal_fields_are_these_since_the_log_seals_them(record: rp.Record) -> None:
    found = {field.name for field in fields_of(record) if field.metadata == PERSONAL}
    assert found == PERSONAL_FIELDS[type(record)]


@each_record
def test_a_record_is_still_read_when_all_that_is_personal_is_erased(record: rp.Record) -> None:
    stored = to_dict(record)
    for name in PERSONAL_FIELDS[type(record)]:
        del stored[name]
    erased = from_dict(type(record), stored)
    assert "SECRET" not in json.dumps(to_dict(erased))
    assert (erased.id, erased.case_id, erased.recorded_at) == ("record", "case", NOON)
    assert pickle.loads(pickle.dumps(erased)) == erased  # noqa: S301  # our own


@each_record
def test_what_is_secret_stands_in_personal_fields_alone(record: rp.Record) -> None:
    stored = to_dict(record)
    secret = {name for name, value in stored.items() if "SECRET" in json.dumps(value)}
    assert secret <= PERSONAL_FIELDS[type(record)]


MISPLACED: list[tuple[Value, str, Wrong]] = [
    *((CONTACT, name, "SECRET") for name in ("point", "interpreter", "original", "hardship")),
    *((CONTACT, name, "SECRET") for name in ("participants", "documents_sent", "documents_received")),
    *((CONTACT, name, ["SECRET"]) for name in ("participants", "documents_sent", "documents_received")),
    (HARDSHIP, "reason", "SECRET"),
    (HARDSHIP, "evidence", ["SECRET"]),
    (VULNERABILITY, "needs", ["SECRET"]),
    (POINT_NOTE, "point", "SECRET"),
    (PREFERENCE_NOTE, "preference", "SECRET"),
    (PARTY, "authority", "SECRET"),
    (PARTICIPANT, "party", "SECRET"),
    (DOCUMENT, "original", "SECRET"),
    (POINT, "value", 13_800_000_000),
    (PARTY, "name", 13_800_000_000),
    (CONTACT, "content", 13_800_000_000),
]
"""A name or a number where a value of another type belongs: the likeliest mistake of all."""


@pytest.mark.parametrize(("sample", "field", "value"), MISPLACED, ids=label)
def test_an_error_of_a_personal_field_does_not_repeat_what_it_was_given(
    sample: Value, field: str, value: Wrong
) -> None:
    error = refusal(sample, **{field: value})
    assert error.field.partition("[")[0] == field
    for text in (str(error), repr(error), repr(error.data)):
        assert "SECRET" not in text
        assert "13800000000" not in text


# ------------------------------------------------------------------------------------------ order


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (None, None),
        (None, DATE(2026, 1, 1)),
        (DATE(2026, 1, 1), None),
        (DATE(2026, 1, 1), DATE(2026, 1, 1)),
        (NOON, NOON),
        (NOON, NOON.in_timezone("UTC")),
        (NOON, NOON.in_timezone("America/New_York")),
    ],
)
def test_what_does_not_come_before_is_in_order(earlier: object, later: object) -> None:
    check_order(earlier, later, "valid_from", "valid_until")


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (DATE(2026, 1, 2), DATE(2026, 1, 1)),
        (NOON, NOON.subtract(microseconds=1)),
        (NOON, NOON.subtract(seconds=1).in_timezone("Asia/Tokyo")),  # whose clock shows more
    ],
)
def test_what_comes_before_is_refused(earlier: object, later: object) -> None:
    with pytest.raises(rp.CommunicationError, match=r"\(first\) or later") as caught:
        check_order(earlier, later, "first", "last")
    assert (caught.value.code, caught.value.field) == ("record.order", "last")


def test_both_days_of_a_period_are_in_it() -> None:
    first, last = DATE(2026, 1, 1), DATE(2026, 1, 31)
    assert [
        covers_day(first, last, day) for day in (first.subtract(days=1), first, last, last.add(days=1))
    ] == [False, True, True, False]
    assert covers_day(None, None, DATE(1, 1, 1))
    assert covers_day(None, last, DATE(1, 1, 1))
    assert covers_day(first, None, DATE(9999, 12, 31))
    assert not covers_day(first, None, DATE(2025, 12, 31))
    assert not covers_day(None, last, DATE(2026, 2, 1))
