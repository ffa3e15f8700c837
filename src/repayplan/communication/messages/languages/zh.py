"""Simplified Chinese."""

# ruff: noqa: RUF001  # Chinese has its own punctuation

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from repayplan.communication.channels import Channel
from repayplan.communication.messages.catalog import Catalog, Label
from repayplan.communication.messages.kinds import MessageKind
from repayplan.communication.messages.phrases import phrases
from repayplan.communication.messages.rhythms import Rhythm
from repayplan.communication.messages.templates import Plural
from repayplan.communication.messages.texts import EachOffer, MessageText
from repayplan.communication.messages.word_lists import WordingConcern, WordLists, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from repayplan.communication.messages.templates import Sentence

__all__ = ["CHINESE"]

_GREETING: Final = "{client_name}，您好："
_REACH: Final = "您可以拨打{contact_phone}联系我们，服务时间：{contact_hours}。"
_WRITE: Final = "您也可以书面联系我们：{write_to}。"
_PAY_BY: Final = "还款方式：{pay_by}。"
_OPT_OUT: Final = "如不想再收到此类消息，可免费退订：{opt_out}。"
_SMS_OPT_OUT: Final = "退订：{opt_out}。"
_REGARDS: Final = "此致，{sender}"
_CLOSING: Final = (
    ("免费的独立帮助：{adviser_name}，电话{adviser_phone}。",),
    (
        "我们受{creditor}委托与您联系。",
        "您的参考编号：{reference}。",
        "依据：{basis}。",
        "您的权利和义务：{rights}。",
        "如对本消息有疑问或不同看法，可查询、提出异议或提交证据：{query_route}。",
        "如需投诉：{complaint_route}。",
    ),
    (_OPT_OUT,),
    (_REGARDS,),
)


def _message(
    kind: MessageKind, subject: str, sms: str, *paragraphs: Sequence[str | Sentence] | EachOffer
) -> MessageText:
    return MessageText(kind, subject, [(_GREETING,), *paragraphs, *_CLOSING], [sms, _SMS_OPT_OUT])


_PLAN_OTHER: Final = (
    "共{plan_count}期，{plan_rhythm}，每期不超过{plan_amount}；首期在{plan_first_due}；合计{plan_total}。"
)
_PLAN: Final = Plural("plan_count", [("other", _PLAN_OTHER)])
_OFFER: Final = Plural("plan_count", [("other", f"{{offer_number}}. {_PLAN_OTHER}")])
_DAYS: Final = Plural("days_past_due", [("other", "距到期日已有{days_past_due}天。")])
_YEARS: Final = Plural("kept_years", [("other", "记录自事情了结之日起保留{kept_years}年。")])

_MESSAGES: Final = (
    _message(
        MessageKind.WELCOME,
        "如何联系{sender}",
        "{sender}：欢迎您。联系电话{contact_phone}。",
        (
            "欢迎您。有任何疑问，我们都愿意解答。",
            "如果生活有了变化，请尽早告诉我们，办法通常不止一个。",
            "用什么方式联系您，由您决定。",
        ),
        ("您的联系人是{agent}。", _REACH, _WRITE),
    ),
    _message(
        MessageKind.REMINDER,
        "{sender}的提醒",
        "{sender}：提醒您留意{due_on}。如有疑问，请拨打{contact_phone}。",
        ("您应还的{amount}将于{due_on}到期。", _PAY_BY),
        (
            "如果您已经还款，谢谢您，无需再做什么。",
            "如果这个月有困难，请告诉我们，我们一起想办法。",
            _REACH,
        ),
    ),
    _message(
        MessageKind.DUE_TODAY,
        "{sender}的今日提醒",
        "{sender}：今日提醒。如有疑问，请拨打{contact_phone}。",
        ("您应还的{amount}今天（{due_on}）到期。", _PAY_BY),
        (
            "如果您已经还款，谢谢您，无需再做什么。",
            "如果今天不方便，请告诉我们，我们一起想办法。",
            _REACH,
        ),
    ),
    _message(
        MessageKind.MISSED_PAYMENT,
        "{sender}想听听您的情况",
        "{sender}：想了解您的近况，看看能帮上什么。请拨打{contact_phone}。",
        (
            "我们想先听听您的近况。",
            "{due_on}到期的{amount}还没有收到，请问是遇到了什么情况吗？",
            "也许是我们的差错，也许是您生活中有了变化。无论是什么，告诉我们都会有帮助。",
        ),
        (
            "之后我们会找一个您能够坚持的办法。",
            "第一次通话时，您不必做任何决定。",
            "我们可以谈的办法有：{options}。",
            _REACH,
        ),
        (
            _DAYS,
            "目前待还合计{past_due}。",
            "到目前为止产生的费用为{costs}。",
            "如果您想还款：{pay_by}。",
            "如果您在此期间已经还款，谢谢您。",
        ),
    ),
    _message(
        MessageKind.PROMISE_BROKEN,
        "{sender}想听听您的情况",
        "{sender}：有什么可以帮到您？请拨打{contact_phone}。",
        (
            "您曾打算在{due_on}前还{amount}，我们还没有全部收到。",
            "这种情况难免会有。请问是什么事情耽误了？",
            "其中{paid}已经收到，谢谢您。",
        ),
        (
            "我们可以一起另选一个合适的日期或金额。",
            "我们可以谈的办法有：{options}。",
            _REACH,
        ),
    ),
    _message(
        MessageKind.PROMISE_KEPT,
        "{sender}感谢您",
        "{sender}：已经收到，谢谢您。如有疑问，请拨打{contact_phone}。",
        (
            "谢谢您：您答应在{due_on}前还的{amount}已经收到。",
            "下一笔{next_amount}将于{next_due_on}到期。",
        ),
        ("如果情况有变，请尽早告诉我们。", _REACH),
    ),
    _message(
        MessageKind.OFFERS,
        "{sender}为您准备的几种选择",
        "{sender}：我们为您准备了几种选择。请拨打{contact_phone}。",
        ("以下是我们可以提供的方案，请您慢慢比较。",),
        EachOffer(_OFFER),
        (
            "各方案都有：{conditions}。",
            "这些方案保留到{answer_by}。如需更多时间，请告诉我们。",
            "如果都不合适，请告诉我们您能承受多少，我们再想办法。",
            _REACH,
        ),
    ),
    _message(
        MessageKind.AGREEMENT,
        "我们约定的内容，{sender}",
        "{sender}：我们约定的内容已写好。如有疑问，请拨打{contact_phone}。",
        ("这是我们在{agreed_on}约定的方案。", _PLAN, "其他约定：{conditions}。", _PAY_BY),
        (
            "请保存这条消息；如与您同意的不一致，请告诉我们。",
            "如果某一期有困难，请在到期前打电话给我们，方案可以调整。",
            _REACH,
        ),
    ),
    _message(
        MessageKind.PLAN_CHANGED,
        "变更内容，{sender}",
        "{sender}：变更内容已写好。如有疑问，请拨打{contact_phone}。",
        (
            "我们在{agreed_on}与您约定变更方案，现在按以下内容执行。",
            _PLAN,
            "其他约定：{conditions}。",
            _PAY_BY,
        ),
        ("您之前已还的全部计入。", "如与您同意的不一致，请告诉我们。", _REACH),
    ),
    _message(
        MessageKind.PLAN_COMPLETED,
        "{sender}的好消息",
        "{sender}：好消息，您的方案已完成。如有疑问，请拨打{contact_phone}。",
        (
            "您的方案已经完成，最后一笔在{completed_on}收到。",
            "您一共还了{amount}。",
            "在这个方案下，您不用再还了。谢谢您。",
        ),
        (_REACH,),
    ),
    _message(
        MessageKind.PAUSE_GRANTED,
        "暂停期安排，{sender}",
        "{sender}：您的暂停期到{pause_until}为止。如有疑问，请拨打{contact_phone}。",
        (
            "从{pause_from}到{pause_until}为暂停期，这段时间您不用还款。",
            "这段时间的约定：{conditions}。",
            "暂停期之后，{next_amount}将于{next_due_on}到期。",
        ),
        ("如果需要更长时间，请在暂停期结束前告诉我们。", _REACH),
    ),
    _message(
        MessageKind.INVITATION_TO_SPEAK,
        "{sender}想听听您的看法",
        "{sender}：想听听您的看法。请拨打{contact_phone}。",
        (
            "我们想听您用自己的话说说您的看法。",
            "我们会认真听，并按您的原话记录。",
            "我们可以谈的有：{options}。",
        ),
        ("请找{agent}。", _REACH, _WRITE, "如能在{answer_by}前收到您的回复，对我们会有帮助。"),
    ),
    _message(
        MessageKind.COMPLAINT_RECEIVED,
        "我们已收到您的来信，{sender}",
        "{sender}：已收到您的来信，将在{answer_by}前答复。电话{contact_phone}。",
        (
            "您的投诉已于{received_on}收到，感谢您告诉我们。",
            "我们会在{answer_by}前答复您。",
            "由{agent}负责处理。",
        ),
        ("如需补充，您随时可以告诉我们。", _REACH),
    ),
    MessageText(
        MessageKind.OPT_OUT_CONFIRMED,
        "您的选择已记录，{sender}",
        [(_GREETING,), ("按照您的意愿，我们不再通过{channel}联系您。",), (_REACH,), (_REGARDS,)],
        ["{sender}：您的选择已记录。如需要我们，请拨打{contact_phone}。"],
    ),
    _message(
        MessageKind.CREDIT_FILE,
        "{sender}的说明",
        "{sender}：有一份说明给您。如有疑问，请拨打{contact_phone}。",
        (
            "本消息说明未按时还款对信用记录的影响，仅供了解。",
            "未按时的还款可能会记入{credit_bureau}。",
            "我们最早会在{reported_from}报送。",
            _YEARS,
            "您可以查询自己的记录。如果有误，您可以要求更正。",
        ),
        ("如果不能按时还款，请告诉我们，我们一起想办法。", _REACH),
    ),
    MessageText(
        MessageKind.NEUTRAL,
        "请联系{sender}",
        [
            (_GREETING,),
            (
                "这里是{sender}，想与您通话。",
                "请找{agent}。",
                "请拨打{contact_phone}，服务时间：{contact_hours}。",
            ),
            (_OPT_OUT,),
        ],
        ["{sender}：请您回电{contact_phone}。", _SMS_OPT_OUT],
    ),
)

_LABELS: Final = (
    Label(Rhythm.WEEKLY, "每周一期"),
    Label(Rhythm.FORTNIGHTLY, "每两周一期"),
    Label(Rhythm.FOUR_WEEKLY, "每四周一期"),
    Label(Rhythm.SEMI_MONTHLY, "每月两期"),
    Label(Rhythm.MONTHLY, "每月一期"),
    Label(Rhythm.BIMONTHLY, "每两个月一期"),
    Label(Rhythm.QUARTERLY, "每三个月一期"),
    Label(Rhythm.SEMI_ANNUAL, "每半年一期"),
    Label(Rhythm.ANNUAL, "每年一期"),
    Label(Rhythm.LISTED, "按列明的日期"),
    Label(Channel.PHONE, "电话"),
    Label(Channel.SMS, "短信"),
    Label(Channel.EMAIL, "电子邮件"),
    Label(Channel.LETTER, "信函"),
    Label(Channel.IN_PERSON, "当面拜访"),
    Label(Channel.VIDEO, "视频通话"),
    Label(Channel.APP_MESSAGE, "应用内消息"),
    Label(Channel.MESSAGING_SERVICE, "即时通讯"),
    Label(Channel.FAX, "传真"),
)

_PHRASES: Final = phrases("""
    您好，我是[银行]的[姓名]。
    请问[客户姓名]在吗？
    您现在方便说话吗？还是我换个时间再打给您？
    在开始之前，请允许我先核实一下您的身份。
    如果您想核实我的身份，可以挂断后拨打卡片或合同上的电话。
    本次通话会录音，便于以后查对我们的约定，您看可以吗？
    您希望用哪种语言交谈？我们可以免费请翻译。
    您最近怎么样？
    不着急，您慢慢说，我在听。
    您愿意说说发生了什么吗？
    听到这些我很难过，谢谢您告诉我。
    我理解得对吗：[用客户自己的话复述]？
    眼下什么对您最有帮助？
    我们记录的情况对吗？您有没有不同的看法？
    我可以问几个问题吗？这样才能找到您能坚持的方案。
    您有哪些收入，通常在哪天到账？
    家里有哪些人，您需要照顾谁？
    房租、吃饭、水电取暖和上下班，每个月需要多少？
    还有哪些开支对您来说要先保证？
    今后几个月，您估计会有什么变化吗？
    健康或家庭方面有没有需要我们留意的？不方便的话可以不说。
    还多少不会影响您的基本生活？
    是否已经有人在帮助您，可以让我们与他联系？
    先保证您的生活所需，方案只动用剩下的部分。
    办法有几种，由您来选。我逐一说明好吗？
    按这个方案，您在[日期]还[金额]，共[期数]期，合计[总额]。
    如果您有自己的方案，我很愿意听一听。
    如果目前没有余钱，我们可以考虑暂停一段时间。
    您不必今天就决定，我可以把方案书面发给您。
    这个我不清楚，我会去了解，在[日期]前答复您。
    我们用什么方式、在什么时间联系您合适？哪些不合适？
    我把我们谈的内容归纳一下。
    我们约定在[日期]还[金额]，首期是[日期]。
    如果情况有变，请在到期前打电话给我们，我们一起想办法。
    这些内容我们会通过[方式]书面发给您。
    我有没有遗漏，或者说得不对的地方？
    您可以获得免费的独立帮助：[顾问、电话]。
    如果您对我们不满意，可以投诉：[方式]，不收任何费用。
    我们下次在[日期]通过[方式]联系您，您看可以吗？
    谢谢您抽出时间，也谢谢您的信任。
""")

_WORDS: Final = WordLists(
    [
        words(
            WordingConcern.THREATENING,
            """起诉; 告上法庭; 法院见; 法律制裁; 追究法律责任; 坐牢; 逮捕; 拘留; 报警; 公安; 刑事责任
            查封; 扣押; 强制执行; 后果自负; 一切后果; 最后警告; 黑名单; 失信名单; 上门催; 上门找; 就上门
            走着瞧; 小心点; 不客气""",
        ),
        words(
            WordingConcern.SHAMING,
            """老赖; 赖账; 丢人; 丢脸; 可耻; 无耻; 不要脸; 羞耻; 没有信用; 不负责任; 懒惰; 骗子
            恶意拖欠; 借口; 都怪你; 活该; 不诚信; 失望""",
        ),
        words(
            WordingConcern.DECEPTIVE,
            """法院已立案; 已经立案; 已移交司法; 公检法; 政府委托; 恭喜中奖; 保证批准; 消除征信
            洗白征信; 修复征信; 内部名额; 您已经同意; 没有任何风险; 不会有任何影响""",
        ),
        words(
            WordingConcern.URGENT_PRESSURE,
            """立即; 立刻; 马上; 紧急; 最后期限; 最后机会; 最后通牒; 限期; 24小时内; 48小时内
            今天之内必须; 务必今天; 否则; 借钱; 借款来还; 找亲戚借; 找朋友借; 卖房; 变卖; 尽快还清
            一次性结清""",
        ),
        words(
            WordingConcern.DISCLOSING,
            """告诉您的家人; 告诉你的家人; 通知家人; 通知家属; 通知单位; 通知您的单位; 通知你的单位
            单位领导; 您的同事; 你的同事; 您的邻居; 你的邻居; 亲友; 通讯录; 紧急联系人; 公开; 曝光
            朋友圈; 村委会; 居委会; 您的单位; 你的单位; 您单位; 你单位; 工作单位""",
        ),
        words(
            WordingConcern.NAMES_DEBT,
            """欠; 债; 逾期; 贷款; 借款; 还款; 还清; 账单; 催收; 信用卡; 分期; 应还; 待还; 违约; 拖欠
            余额; 利息; 滞纳; 付款; 缴款""",
        ),
    ],
    apart=False,
)

CHINESE: Final = Catalog(
    locale="zh-Hans",
    reviewed_by_adviser=False,
    separator="",
    messages=_MESSAGES,
    labels=_LABELS,
    phrases=_PHRASES,
    words=_WORDS,
)
"""Simplified Chinese; not yet reviewed by an adviser."""
