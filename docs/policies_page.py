"""Write the page of all limits and their sources: python docs/policies_page.py.

The page is made from the rule books, so that it cannot say anything else than they do; a test checks that
it is current.
"""  # noqa: INP001  # a script beside the pages, not a package

from __future__ import annotations

import enum
from fractions import Fraction
from functools import singledispatch
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from repayplan.affordability.guidelines import SpendingGuideline
from repayplan.communication.barrier_rules import HOUSE_BARRIER_RULES
from repayplan.communication.contact_hours import PermittedHours
from repayplan.communication.contact_limits import ConsecutiveDays, ContactLimit, QuietDays
from repayplan.communication.record_rules import RetentionRule
from repayplan.communication.weekly import EVERY_DAY, WeeklyTimes
from repayplan.money import Money
from repayplan.overdue.classification import DelinquencyScale
from repayplan.overdue.follow_up_rules import HOUSE_FOLLOW_UP_RULES, ArrearsNotice
from repayplan.overdue.rules import Tolerance
from repayplan.policies import PolicyVersions, au, cn, eu, follow_up, hk, uk, uk_breathing_space, us
from repayplan.policies import contact as contact_rules
from repayplan.policies.limit_paths import citations_of, path_text
from repayplan.policies.policy import PARTS
from repayplan.rules import Citation, Comparison, Force, Limit, Protects

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from repayplan.policies.limit_paths import LimitPath

PAGE = Path(__file__).parent / "reference" / "policies.md"

_MATERIALITY = Tolerance(Money(0, "EUR"), Fraction(0))  # the caller's to give: no figure of it is on the page
BOOKS: dict[str, PolicyVersions] = {
    "cn.CREDIT_CARD": cn.CREDIT_CARD,
    "cn.ONLINE_LOAN": cn.ONLINE_LOAN,
    "us.CREDIT_CARD": us.CREDIT_CARD,
    "us.INSTALMENT_LOAN": us.INSTALMENT_LOAN,
    "uk.CONSUMER_CREDIT": uk.CONSUMER_CREDIT,
    "eu.consumer_credit(materiality=...)": eu.consumer_credit(materiality=_MATERIALITY),
    "hk.CREDIT_CARD": hk.CREDIT_CARD,
    "au.CONSUMER_CREDIT": au.CONSUMER_CREDIT,
}
SINGLE: dict[str, object] = {
    "cn.EFFECTIVE_DEMANDS": cn.EFFECTIVE_DEMANDS,
    "us.RE_AGE": us.RE_AGE,
    "us.IRS_NATIONAL_STANDARDS_2025": us.IRS_NATIONAL_STANDARDS_2025,
    "hk.LATE_FEE_CAP": hk.LATE_FEE_CAP,
    "hk.LATE_FEES_PER_PAYMENT": hk.LATE_FEES_PER_PAYMENT,
    "follow_up.US_REGULATION_X.notices": follow_up.US_REGULATION_X.notices,
    "HOUSE_FOLLOW_UP_RULES": HOUSE_FOLLOW_UP_RULES,
    "HOUSE_BARRIER_RULES": HOUSE_BARRIER_RULES,
    "uk_breathing_space": uk_breathing_space,
    "contact.IN_RBI_2022": contact_rules.IN_RBI_2022,
}
GIVEN = (
    (
        "cn",
        "the thresholds of the classes from July 2023",
        "`classes.cn_order_of_2023(...)`, then `attrs.evolve(policy.overdue, classes=...)`",
    ),
    ("us", "the safe harbour of a late fee", "`us.late_fee(...)`"),
    ("us", "limitation, which is the law of each state", "`attrs.evolve(policy.records, limitation=...)`"),
    ("uk", "the years of limitation", "`uk.records(...)`"),
    ("eu", "when what is past due is material", "`eu.consumer_credit(...)`"),
    ("hk", "the amount of a late fee", "`hk.late_fee(...)`"),
    (
        "au, cn",
        "the days within which a request for help is answered",
        "not in the rule books; the bank's own",
    ),
)

_HEAD = """\
# The rule books: every limit and its source

<!-- Made by docs/policies_page.py from the rule books themselves: change those, and run it. -->

:::{warning}
These are rules as data for engineers, not legal advice.
Laws change, and a figure may have been misread: check each one that you use with your own counsel.
:::

- **Read** says what was read: the text of the rule (primary) or a quotation of it (secondary).
- **Force**: a house default has no source outside this library; replace it with the bank's own.
- **Protects** is the direction in which a house rule may move the limit (`policies.evolve`).
  A limit without one stays as it is.
- A part that a rule book does not have raises when it is asked for; add it with `policies.compose`.
"""

_BESIDE = """\
## Figures beside the rule books

A policy without the part `follow_up` is followed up by `HOUSE_FOLLOW_UP_RULES`, and barriers are judged by `HOUSE_BARRIER_RULES`.
`follow_up.US_REGULATION_X` is the former with notices in arrears.
"""  # noqa: E501  # a line of the page is a sentence


def page() -> str:
    """Write the whole page."""
    parts = [_HEAD, "## What the caller gives\n", _table(("Rule book", "Figure", "How"), GIVEN)]
    parts += ["Figures that are known from memory, or are unsettled, are not shipped.\n"]
    for name, versions in BOOKS.items():
        parts += [f"## `{name}`\n", *_book(versions)]
    parts += [_BESIDE, _rules(_singles())]
    return "\n".join(parts)


def _book(versions: PolicyVersions) -> Iterator[str]:
    last = versions.versions[-1]
    days = ", ".join(str(version.effective_from) for version in versions.versions)
    has = ", ".join(f"`{part}`" for part in PARTS if last.has(part))
    yield f"{last.name}. In force from: {days}. Parts: {has}.\n"
    yield _rules(_rows(last))
    for version, following in reversed(list(pairwise(versions.versions))):
        rows, after = list(_rows(version)), list(_rows(following))
        paths = {row[0] for row in rows}
        changed, missing = (
            [row for row in rows if row not in after],
            [row[0] for row in after if row[0] not in paths],
        )
        last_day = following.effective_from.subtract(days=1)
        without = f", without {', '.join(missing)}" if missing else ""
        other = ", except:" if changed else "."
        yield f"From {version.effective_from} to {last_day} as after it{without}{other}\n"
        if changed:
            yield _rules(changed)


def _singles() -> Iterator[tuple[str, ...]]:
    for name, rules in SINGLE.items():
        names = getattr(rules, "__all__", None)
        if names is None:
            yield from _rows(rules, name)
            continue
        limits = {item: getattr(rules, item) for item in names}
        for item, limit in limits.items():
            if isinstance(limit, Limit):
                yield _row(f"{name}.{item}", _shown(limit), limit, limit.citation)


def _rows(rules: Any, name: str = "") -> Iterator[tuple[str, ...]]:  # noqa: ANN401  # any class of rules
    for path, citation in citations_of(rules):
        steps = path[:-1] if path[-1:] == ("citation",) else path
        text = path_text((name, *steps) if name else steps)
        owner, holder = _at(rules, steps), _at(rules, steps[:-1])
        yield _row(text, f"{_shown(owner)}{_about(holder)}", owner, citation)


def _at(rules: Any, path: LimitPath) -> Any:  # noqa: ANN401  # any class of rules
    for step in path:
        rules = rules[step] if isinstance(step, int) else getattr(rules, step)
    return rules


def _about(holder: object) -> str:
    """Say what a figure is for, where only the value that holds it does."""
    match holder:
        case RetentionRule():
            return f", for {holder.scope.value}, from {holder.start.value}"
        case ContactLimit():
            return f" in {_value(holder.window)}, per {_value(holder.per)}, by {_value(holder.channels)}"
        case ArrearsNotice():
            return f", for a {holder.kind.value}"
        case QuietDays():
            return f" after a conversation, per {_value(holder.per)}, by {_value(holder.channels)}"
        case PermittedHours():
            places = "" if holder.places is None else f", at {_value(holder.places)}"
            return f", for {_value(holder.channels)}{places}"
        case _:
            return ""


def _row(text: str, figure: str, owner: object, citation: Citation) -> tuple[str, ...]:
    source = str(citation) if citation.url is None else f"[{citation}]({citation.url})"
    since = "" if citation.effective_from is None else str(citation.effective_from)
    read = "" if citation.evidence is None else citation.evidence.value
    protects = ""
    if isinstance(owner, Limit) and owner.protects is not Protects.NEITHER:
        protects = owner.protects.value
    whom = "" if citation.force is Force.HOUSE else citation.applies_to
    return f"`{text}`", figure, protects, citation.force.value, source, since, read, whom


def _shown(owner: object) -> str:
    if isinstance(owner, Limit):
        comparison = "" if owner.comparison is Comparison.EXACTLY else f"{owner.comparison.value} "
        return f"{comparison}{_value(owner.value)} {owner.unit}".strip()
    if isinstance(owner, DelinquencyScale):
        return "; ".join(f"{band.name}: {band.stated} days" for band in owner.bands)
    if isinstance(owner, SpendingGuideline):
        return f"by persons, and for each further one: {_value(owner)}"
    return "" if isinstance(owner, Citation) else str(getattr(owner, "name", ""))


@singledispatch
def _value(value: object) -> str:
    return str(value)


@_value.register
def _(value: enum.Enum) -> str:
    return str(value.value)


@_value.register
def _(value: bool) -> str:  # noqa: FBT001  # dispatched on its type
    return "yes" if value else "no"


@_value.register(frozenset)
def _(value: frozenset[object]) -> str:
    return ", ".join(sorted(map(_value, value)))


@_value.register(tuple)
def _(value: tuple[object, ...]) -> str:
    return "; ".join(map(_value, value)) or "never"


@_value.register
def _(value: ConsecutiveDays) -> str:
    return "a day" if value.days == 1 else f"any {value.days} days in a row"


@_value.register
def _(value: WeeklyTimes) -> str:
    days = ", ".join(map(str, sorted(value.weekdays)))
    every_day = value.weekdays == EVERY_DAY
    return f"{value.start} to {value.end}" + ("" if every_day else f" on days {days}")


@_value.register
def _(value: SpendingGuideline) -> str:
    return "" if value.high is None else ", ".join(str(amount) for _, amount in value.high.named_amounts)


def _rules(rows: Iterable[tuple[str, ...]]) -> str:
    return _table(("Limit", "Figure", "Protects", "Force", "Source", "From", "Read", "Whom it binds"), rows)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return (
        "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
        + "\n"
    )


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
