"""Offers, on one debt or several, and certificates as rows, and as a person looks at them in a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repayplan.display.chart import Chart, figure
from repayplan.display.marks import Bars, Line
from repayplan.display.table import Column, Kind, records, table
from repayplan.money import Money

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from repayplan.display.text import Cell
    from repayplan.plan.candidate import DroppedOffer
    from repayplan.plan.certificate import CapacityCertificate, CertificateLine, CertificateMonth
    from repayplan.plan.joint_offer import JointOffer, JointOffers
    from repayplan.plan.offer import Offer, Offers

__all__ = [
    "certificate_html",
    "certificate_rows",
    "joint_offer_rows",
    "joint_offers_html",
    "offer_html",
    "offer_rows",
    "offers_html",
]


def offer_rows(offers: Sequence[Offer]) -> list[dict[str, object]]:
    """Give a plain row for each offer."""
    return [
        {
            "name": offer.name,
            "installments": len(offer.schedule),
            "highest": offer.schedule.highest.amount,
            "least_slack": offer.certificate.tightest.slack.amount,
            "interest": offer.cost.interest.amount,
            "carried": offer.cost.carried.amount,
            "total": offer.cost.total.amount,
            "months": offer.cost.months,
            "first_due": offer.schedule.due[0],
            "last_due": offer.schedule.last_due,
            "residual": offer.schedule.residual.amount,
            "provisional": offer.provisional,
            "currency": offer.debt.currency.code,
        }
        for offer in offers
    ]


_MEASURES: Final = {
    "installments": "installments",
    "highest": "the highest",
    "least_slack": "least slack below capacity",
    "interest": "interest",
    "carried": "owed before and carried",
    "total": "to pay in all",
    "months": "months",
    "first_due": "first due on",
    "last_due": "last due on",
    "residual": "left for a review",
    "provisional": "provisional",
}


def offers_html(offers: Offers) -> str:
    """Show the offers side by side."""
    plural = "s, the lowest installment first" if len(offers) > 1 else ""
    caption = f"{len(offers)} offer{plural}, in {offers[0].debt.currency.code}{_left_out(offers.dropped)}"
    return figure(_side_by_side(caption, _MEASURES, offer_rows(offers)))


def _left_out(dropped: Sequence[DroppedOffer]) -> str:
    return f"; {len(dropped)} other affordable plans were left out" if dropped else ""


def offer_html(offer: Offer) -> str:
    """Show an offer and its installments against capacity."""
    return figure(
        _side_by_side(
            f"Offer in {offer.debt.currency.code}: {offer.rationale}", _MEASURES, offer_rows([offer])
        ),
        _against_capacity(offer.certificate),
    )


def _side_by_side(caption: str, measures: Mapping[str, str], rows: Sequence[Mapping[str, Cell]]) -> str:
    """Show a column for each row, and a line for each measure."""
    columns = [Column("offer"), *(Column(str(row["name"]), Kind.NUMBER) for row in rows)]

    def cells(measure: str) -> Sequence[Cell]:
        return [measures[measure], *(row[measure] for row in rows)]

    return table(caption, columns, list(measures), cells)


def joint_offer_rows(offers: Sequence[JointOffer]) -> list[dict[str, object]]:
    """Give a plain row for each joint offer, with the sums and the extremes over all debts."""
    return list(map(_joint_row, offers))


def _joint_row(offer: JointOffer) -> dict[str, object]:
    certificate, cost, currency = offer.certificate, offer.cost, offer.debts.currency
    schedules = [part.schedule for part in offer.offers]
    return {
        "name": offer.name,
        "debts": len(schedules),
        "highest": certificate.highest.amount,
        "least_slack": certificate.tightest.slack.amount,
        "interest": cost.interest.amount,
        "carried": cost.carried.amount,
        "total": cost.total.amount,
        "months": cost.months,
        "first_due": min(schedule.due[0] for schedule in schedules),
        "last_due": max(schedule.last_due for schedule in schedules),
        "residual": Money.total((schedule.residual for schedule in schedules), currency).amount,
        "provisional": offer.provisional,
        "currency": currency.code,
    }


_JOINT_MEASURES: Final = {
    "debts": "debts",
    "highest": "the most in a month",
    **{measure: label for measure, label in _MEASURES.items() if measure not in {"installments", "highest"}},
}


def joint_offers_html(offers: JointOffers) -> str:
    """Show the joint offers side by side, in all and debt by debt."""
    plural = "s, the lowest month first" if len(offers) > 1 else ""
    code = offers[0].debts.currency.code
    caption = f"{len(offers)} joint offer{plural}, in {code}{_left_out(offers.dropped)}"
    return figure(
        _side_by_side(caption, _JOINT_MEASURES, joint_offer_rows(offers)), _debt_by_debt(offers, code)
    )


def _debt_by_debt(offers: JointOffers, code: str) -> str:
    columns = [Column("debt"), *(Column(offer.name, Kind.NUMBER) for offer in offers)]

    def cells(place: int) -> Sequence[Cell]:
        parts = [offer.offers[place] for offer in offers]
        return [parts[0].debt.id, *(part.schedule.highest.amount for part in parts)]

    caption = f"The highest installment of each debt, in {code}"
    return table(caption, columns, range(len(offers[0].offers)), cells)


def certificate_rows(certificate: CapacityCertificate) -> list[dict[str, object]]:
    """Give a plain row for each installment held against capacity."""
    return [_line_row(line) for line in certificate.lines]


def _line_row(line: CertificateLine) -> dict[str, object]:
    return {
        "number": line.number,
        "scheduled_for": line.scheduled_for,
        "due_on": line.due_on,
        "amount": line.amount.amount,
        "capacity": line.capacity.amount,
        "slack": line.slack.amount,
        "currency": line.amount.currency.code,
    }


_LINE: Final = {
    "number": Kind.NUMBER,
    "scheduled_for": Kind.FIXED,
    "amount": Kind.NUMBER,
    "capacity": Kind.NUMBER,
    "slack": Kind.NUMBER,
}


def certificate_html(certificate: CapacityCertificate) -> str:
    """Show every installment against capacity, and every month where several fall into one."""
    rows = records(_verdict(certificate), _LINE, certificate.lines, _line_row)
    return figure(rows, _months(certificate), _against_capacity(certificate))


def _verdict(certificate: CapacityCertificate) -> str:
    code, slack = certificate.capacity.currency.code, certificate.tightest.slack
    if certificate.holds:
        return f"Every installment is within capacity, in {code}; the tightest leaves {slack}"
    return f"NOT within capacity, in {code}; the worst is {-slack} too high"


def _months(certificate: CapacityCertificate) -> str:
    """Show the months, where one of them holds more than an installment."""
    if len(certificate.months) in {0, len(certificate.lines)}:
        return ""
    columns = [
        Column("month", Kind.FIXED),
        *(Column(name, Kind.NUMBER) for name in ("amount", "capacity", "slack")),
    ]

    def cells(month: CertificateMonth) -> Sequence[Cell]:
        amounts = (month.amount, month.capacity, month.slack)
        return [f"{month.year:04}-{month.month:02}", *(amount.amount for amount in amounts)]

    return table("All that falls in a calendar month", columns, certificate.months, cells)


def _against_capacity(certificate: CapacityCertificate) -> str:
    lines = certificate.lines
    days = [line.scheduled_for.toordinal() for line in lines]
    asked = [(day, (line.amount.minor_units,)) for day, line in zip(days, lines, strict=True)]
    allowed = [(day, line.capacity.minor_units) for day, line in zip(days, lines, strict=True)]
    highest, least = max(line.amount for line in lines), min(line.capacity for line in lines)
    within = "none" if certificate.holds else "some"
    return Chart(
        says=f"Installments of at most {highest} against a capacity of at least {least};"
        f" {within} above what can be paid then.",
        marks=(Bars(("installments",), asked), Line("capacity", allowed, steps=True)),
        top=str(max(highest, *(line.capacity for line in lines))),
        start=str(lines[0].scheduled_for),
        end=str(lines[-1].scheduled_for),
    ).to_html()
