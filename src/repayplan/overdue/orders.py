"""The usual orders in which payments pay, under their usual names."""

from __future__ import annotations

from typing import Final

import pendulum

from repayplan.overdue.allocation import AllocationOrder, Sweep, SwitchingOrder
from repayplan.overdue.components import Component
from repayplan.rules import Citation, Evidence, Force

__all__ = [
    "CN_CIVIL_CODE_561",
    "CN_CREDIT_CARD",
    "FEES_PENALTIES_INTEREST_PRINCIPAL",
    "INTEREST_PRINCIPAL_PENALTIES_FEES",
    "PENALTIES_FEES_INTEREST_PRINCIPAL",
    "PRINCIPAL_INTEREST_PENALTIES_FEES",
]

_PENALTIES, _FEES, _INTEREST, _PRINCIPAL = Component

PENALTIES_FEES_INTEREST_PRINCIPAL: Final = AllocationOrder.of(
    "penalties, fees, interest, principal", (_PENALTIES, _FEES, _INTEREST, _PRINCIPAL)
)
"""Installment by installment; what is too much pays the next one."""

FEES_PENALTIES_INTEREST_PRINCIPAL: Final = AllocationOrder.of(
    "fees, penalties, interest, principal", (_FEES, _PENALTIES, _INTEREST, _PRINCIPAL)
)
"""The same with fees first."""

INTEREST_PRINCIPAL_PENALTIES_FEES: Final = AllocationOrder.of(
    "interest, principal, penalties, fees", (_INTEREST, _PRINCIPAL, _PENALTIES, _FEES)
)
"""The same with interest and principal before penalties and fees."""

PRINCIPAL_INTEREST_PENALTIES_FEES: Final = AllocationOrder.of(
    "principal, interest, penalties, fees", (_PRINCIPAL, _INTEREST, _PENALTIES, _FEES)
)
"""The same with principal first."""

CN_CIVIL_CODE_561: Final = AllocationOrder.of(
    "Civil Code of China, article 561: costs, interest, principal",
    (_FEES, _INTEREST, _PENALTIES, _PRINCIPAL),
    sweep=Sweep.ACROSS,
    citation=Citation(
        title="中华人民共和国民法典",
        article="第五百六十一条",
        effective_from=pendulum.date(2021, 1, 1),
        evidence=Evidence.PRIMARY,
        force=Force.LAW,
        applies_to="debts in China, unless agreed otherwise: costs of enforcement, interest, the debt itself",
    ),
)
"""Costs of enforcement (kept as fees), interest, and then the rest, over all that is due; penalties before
principal."""

_ARTICLE_57: Final = Citation(
    title="商业银行信用卡业务监督管理办法（银监会令2011年第2号）",
    article="第五十七条",
    effective_from=pendulum.date(2011, 1, 13),
    evidence=Evidence.SECONDARY,
    force=Force.LAW,
    applies_to="credit cards issued by commercial banks in China",
)

CN_CREDIT_CARD: Final = SwitchingOrder(
    (
        (
            0,
            AllocationOrder.of(
                "cards in China, 1-90 days past due: interest and fees, then principal",
                (_INTEREST, _FEES, _PENALTIES, _PRINCIPAL),
                sweep=Sweep.ACROSS,
                citation=_ARTICLE_57,
            ),
        ),
        (
            91,
            AllocationOrder.of(
                "cards in China, 91 days past due and more: principal, then interest and fees",
                (_PRINCIPAL, _INTEREST, _FEES, _PENALTIES),
                sweep=Sweep.ACROSS,
                citation=_ARTICLE_57,
            ),
        ),
    )
)
"""Interest and fees first up to 90 days past due of the contract, principal first from 91 on."""
