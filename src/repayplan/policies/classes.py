"""Classes by days past due, as regulators state them.

Rules as data for engineers, not legal advice: check before use. Give one to rules with
``attrs.evolve(rules, classes=...)``; of all but ``EU_DEFAULT`` the regulator's own names are kept.

What is not here: the materiality of the European definition of default, which the caller gives as
``OverdueRules.materiality``, and the thresholds of China's order of 2023, which were not read in any source
that could be quoted: the caller gives them to :func:`cn_order_of_2023`.
"""

from __future__ import annotations

from typing import Final

import pendulum

from repayplan.overdue.classification import Band, DelinquencyScale
from repayplan.rules import Citation, Evidence, Force

__all__ = [
    "CN_CREDIT_CARD_2011",
    "EU_DEFAULT",
    "HK_LOANS",
    "IFRS_9_STAGES",
    "US_RETAIL_CLOSED_END",
    "US_RETAIL_OPEN_END",
    "cn_order_of_2023",
]

_FFIEC: Final = Citation(
    title="FFIEC Uniform Retail Credit Classification and Account Management Policy",
    article="65 FR 36903 (12 June 2000)",
    evidence=Evidence.PRIMARY,
    force=Force.GUIDANCE,
    applies_to="retail credit of banks in the United States; cumulative days past due",
)


def _us_retail(loss_from: int) -> DelinquencyScale:
    bands = (
        Band(0, 89, "not classified"),
        Band(90, loss_from - 1, "substandard"),
        Band(loss_from, None, "loss"),
    )
    return DelinquencyScale(bands, _FFIEC)


US_RETAIL_CLOSED_END: Final = _us_retail(120)
"""Instalment loans in the United States: substandard at 90 days past due, a loss at 120."""

US_RETAIL_OPEN_END: Final = _us_retail(180)
"""Cards and other open-end credit in the United States: substandard at 90 days past due, a loss at 180."""

EU_DEFAULT: Final = DelinquencyScale(
    (Band(0, 90, "not in default by days past due"), Band.more_than(90, None, "default")),
    Citation(
        title="Regulation (EU) No 575/2013 (CRR)",
        article="Article 178(1)(b)",
        evidence=Evidence.PRIMARY,
        force=Force.LAW,
        applies_to="obligations to institutions in the European Union; what is past due must be material, and"
        " days of a card count from when the minimum payment was due",
    ),
)
"""Default in the European Union: more than 90 days past due; ``OverdueRules.materiality`` says of what."""

HK_LOANS: Final = DelinquencyScale(
    (
        Band(0, 30, "not classified"),
        Band(31, 90, "special mention"),
        Band(91, 120, "substandard"),
        Band(121, 180, "doubtful"),
        Band.more_than(180, None, "loss"),
    ),
    Citation(
        title="HKMA Supervisory Policy Manual CR-S-5",
        article="6.3.2",
        evidence=Evidence.PRIMARY,
        force=Force.GUIDANCE,
        applies_to="credit card receivables of authorized institutions in Hong Kong",
    ),
)
"""Card receivables in Hong Kong: special mention from 31 days past due to a loss at more than 180."""

CN_CREDIT_CARD_2011: Final = DelinquencyScale(
    (
        Band(0, 0, "正常"),
        Band(1, 90, "关注"),
        Band(91, 120, "次级"),
        Band(121, 180, "可疑"),
        Band.more_than(180, None, "损失"),
    ),
    Citation(
        title="商业银行信用卡业务监督管理办法（银监会令2011年第2号）",
        article="第九十二条",
        effective_from=pendulum.date(2011, 1, 13),
        evidence=Evidence.SECONDARY,
        force=Force.LAW,
        applies_to="credit cards issued by commercial banks",
    ),
)
"""Credit cards in China by the Measures of 2011; the order in force from July 2023 has other thresholds."""

IFRS_9_STAGES: Final = DelinquencyScale(
    (
        Band(0, 30, "stage 1"),
        Band.more_than(30, 90, "stage 2"),
        Band.more_than(90, None, "stage 3"),
    ),
    Citation(
        title="IFRS 9",
        article="5.5.11, B5.5.37",
        evidence=Evidence.SECONDARY,
        force=Force.STANDARD,
        applies_to="expected credit losses; both presumptions are rebuttable, and other signs count too",
    ),
)
"""Stages by days past due alone: presumed to be 2 at more than 30 days, and 3 at more than 90."""


def cn_order_of_2023(
    *, substandard_after: int, doubtful_after: int, loss_after: int, evidence: Evidence
) -> DelinquencyScale:
    """Give the classes in China from 1 July 2023, with thresholds that the caller has read.

    Args:
        substandard_after: More than so many days past due are at least 次级.
        doubtful_after: More than so many are at least 可疑.
        loss_after: More than so many are 损失.
        evidence: What the caller has read, the order itself or a quotation.

    Raises:
        PolicyError: The thresholds do not rise.
    """
    return DelinquencyScale(
        (
            Band(0, 0, "正常"),
            Band(1, substandard_after, "关注"),
            Band.more_than(substandard_after, doubtful_after, "次级"),
            Band.more_than(doubtful_after, loss_after, "可疑"),
            Band.more_than(loss_after, None, "损失"),
        ),
        Citation(
            title="商业银行金融资产风险分类办法（银保监会 人民银行令〔2023〕第1号）",
            effective_from=pendulum.date(2023, 7, 1),
            evidence=evidence,
            force=Force.LAW,
            applies_to="financial assets of commercial banks; short technical delays are excepted",
        ),
    )
