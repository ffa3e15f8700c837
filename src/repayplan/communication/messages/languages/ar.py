"""Arabic, written from right to left; the client is addressed in the polite plural, which fits everybody."""

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

__all__ = ["ARABIC"]

_GREETING: Final = "تحية طيبة، {client_name}،"
_REACH: Final = "يمكنكم الاتصال بنا على الرقم {contact_phone}، {contact_hours}."
_WRITE: Final = "يمكنكم أيضًا أن تكتبوا إلينا: {write_to}."
_PAY_BY: Final = "طريقة الدفع: {pay_by}."
_OPT_OUT: Final = "لعدم تلقي رسائل كهذه، مجانًا: {opt_out}."
_SMS_OPT_OUT: Final = "للإلغاء: {opt_out}."
_REGARDS: Final = "مع أطيب التحيات، {sender}"
_CLOSING: Final = (
    ("مساعدة مجانية ومستقلة: {adviser_name}، هاتف {adviser_phone}.",),
    (
        "نكتب إليكم نيابة عن {creditor}.",
        "الرقم المرجعي: {reference}.",
        "نستند إلى: {basis}.",
        "حقوقكم وواجباتكم: {rights}.",
        "إن كان لديكم سؤال عن هذه الرسالة أو رأي مختلف: {query_route}.",
        "إن أردتم تقديم شكوى: {complaint_route}.",
    ),
    (_OPT_OUT,),
    (_REGARDS,),
)


def _message(
    kind: MessageKind, subject: str, sms: str, *paragraphs: Sequence[str | Sentence] | EachOffer
) -> MessageText:
    return MessageText(kind, subject, [(_GREETING,), *paragraphs, *_CLOSING], [sms, _SMS_OPT_OUT])


_PLAN_REST: Final = (
    "، {plan_rhythm}، لا تزيد أي منها على {plan_amount}؛ موعد الأولى {plan_first_due}؛ والمجموع {plan_total}."
)
_PLAN_REST_ONE: Final = " بمبلغ {plan_amount}؛ موعدها {plan_first_due}؛ والمجموع {plan_total}."
_PAYMENTS: Final = (
    ("zero", "{plan_count} دفعة" + _PLAN_REST),
    ("one", "دفعة واحدة" + _PLAN_REST_ONE),
    ("two", "دفعتان" + _PLAN_REST),
    ("few", "{plan_count} دفعات" + _PLAN_REST),
    ("many", "{plan_count} دفعة" + _PLAN_REST),
    ("other", "{plan_count} دفعة" + _PLAN_REST),
)
_PLAN: Final = Plural(
    "plan_count", [(form, f"الدفعات: {text}") for form, text in _PAYMENTS], may_omit={"plan_rhythm"}
)
_OFFER: Final = Plural(
    "plan_count",
    [(form, f"{{offer_number}}. {text}") for form, text in _PAYMENTS],
    may_omit={"plan_rhythm"},
)
_DAYS: Final = Plural(
    "days_past_due",
    [
        ("zero", "مضى على موعد الاستحقاق {days_past_due} يوم."),
        ("one", "مضى على موعد الاستحقاق يوم واحد."),
        ("two", "مضى على موعد الاستحقاق يومان."),
        ("few", "مضت على موعد الاستحقاق {days_past_due} أيام."),
        ("many", "مضى على موعد الاستحقاق {days_past_due} يومًا."),
        ("other", "مضى على موعد الاستحقاق {days_past_due} يوم."),
    ],
)
_YEARS: Final = Plural(
    "kept_years",
    [
        ("zero", "يبقى القيد {kept_years} سنة بعد تسوية الأمر."),
        ("one", "يبقى القيد سنة واحدة بعد تسوية الأمر."),
        ("two", "يبقى القيد سنتين بعد تسوية الأمر."),
        ("few", "يبقى القيد {kept_years} سنوات بعد تسوية الأمر."),
        ("many", "يبقى القيد {kept_years} سنة بعد تسوية الأمر."),
        ("other", "يبقى القيد {kept_years} سنة بعد تسوية الأمر."),
    ],
)

_MESSAGES: Final = (
    _message(
        MessageKind.WELCOME,
        "كيف تتواصلون مع {sender}",
        "{sender}: أهلًا بكم. رقم الهاتف {contact_phone}.",
        (
            "أهلًا بكم. نحن هنا للإجابة عن أسئلتكم.",
            "إن تغيّر شيء في حياتكم فأخبرونا مبكرًا، فهناك عادة أكثر من حل.",
            "أنتم من يختار طريقة تواصلنا معكم.",
        ),
        ("جهة الاتصال الخاصة بكم: {agent}.", _REACH, _WRITE),
    ),
    _message(
        MessageKind.REMINDER,
        "تذكير من {sender}",
        "{sender}: تذكير بتاريخ {due_on}. للأسئلة: {contact_phone}.",
        ("دفعتكم بمبلغ {amount} تستحق في {due_on}.", _PAY_BY),
        (
            "إن كنتم قد دفعتم فشكرًا لكم، ولا حاجة إلى شيء آخر.",
            "إن كان هذا الشهر صعبًا فأخبرونا، وسنبحث معًا عن حل.",
            _REACH,
        ),
    ),
    _message(
        MessageKind.DUE_TODAY,
        "تذكير اليوم من {sender}",
        "{sender}: تذكير بموعد اليوم. للأسئلة: {contact_phone}.",
        ("دفعتكم بمبلغ {amount} تستحق اليوم، {due_on}.", _PAY_BY),
        (
            "إن كنتم قد دفعتم فشكرًا لكم، ولا حاجة إلى شيء آخر.",
            "إن لم يكن ذلك ممكنًا اليوم فأخبرونا، وسنبحث معًا عن حل.",
            _REACH,
        ),
    ),
    _message(
        MessageKind.MISSED_PAYMENT,
        "{sender}: نودّ الاطمئنان عليكم",
        "{sender}: نودّ الاطمئنان عليكم والمساعدة. اتصلوا بنا: {contact_phone}.",
        (
            "نودّ أن نسمع منكم أولًا كيف حالكم.",
            "لم تصلنا بعد دفعتكم بمبلغ {amount} المستحقة في {due_on}. ماذا حدث؟",
            "ربما كان خطأ منا أو أمرًا في حياتكم. أيًا كان السبب، فمعرفته تساعدنا.",
        ),
        (
            "بعد ذلك نبحث عن حل يمكنكم الاستمرار عليه.",
            "لا يلزمكم اتخاذ أي قرار في المكالمة الأولى.",
            "يمكننا أن نتحدث عن: {options}.",
            _REACH,
        ),
        (
            _DAYS,
            "المبلغ المستحق حتى الآن {past_due}.",
            "التكاليف حتى الآن {costs}.",
            "إن أردتم الدفع: {pay_by}.",
            "إن كنتم قد دفعتم في هذه الأثناء فشكرًا لكم.",
        ),
    ),
    _message(
        MessageKind.PROMISE_BROKEN,
        "{sender}: نودّ الاطمئنان عليكم",
        "{sender}: هل يمكننا مساعدتكم؟ اتصلوا بنا: {contact_phone}.",
        (
            "أردتم دفع {amount} حتى {due_on}، ولم يصلنا المبلغ كاملًا.",
            "هذا يحدث. ما الذي حال دون ذلك؟",
            "وصل منه {paid}، شكرًا لكم.",
        ),
        (
            "يمكننا أن نبحث معًا عن موعد آخر أو مبلغ آخر يناسبكم.",
            "يمكننا أن نتحدث عن: {options}.",
            _REACH,
        ),
    ),
    _message(
        MessageKind.PROMISE_KEPT,
        "شكرًا لكم من {sender}",
        "{sender}: وصلنا ذلك، شكرًا لكم. للأسئلة: {contact_phone}.",
        (
            "شكرًا لكم: وصل المبلغ {amount} الذي وعدتم به حتى {due_on}.",
            "الدفعة التالية {next_amount} تستحق في {next_due_on}.",
        ),
        ("إن تغيّر شيء فأخبرونا مبكرًا.", _REACH),
    ),
    _message(
        MessageKind.OFFERS,
        "خيارات لكم من {sender}",
        "{sender}: لدينا خيارات لكم. اتصلوا بنا: {contact_phone}.",
        ("هذه هي الخطط التي يمكننا عرضها عليكم. خذوا وقتكم للمقارنة بينها.",),
        EachOffer(_OFFER),
        (
            "في كل منها: {conditions}.",
            "تبقى هذه العروض قائمة حتى {answer_by}. إن احتجتم إلى وقت أطول فأخبرونا.",
            "إن لم يناسبكم أي منها فأخبرونا بما تستطيعون دفعه، وسنبحث من جديد.",
            _REACH,
        ),
    ),
    _message(
        MessageKind.AGREEMENT,
        "ما اتفقنا عليه، {sender}",
        "{sender}: كتبنا ما اتفقنا عليه. للأسئلة: {contact_phone}.",
        ("هذه هي الخطة التي اتفقنا عليها في {agreed_on}.", _PLAN, "واتفقنا أيضًا على: {conditions}.", _PAY_BY),
        (
            "نرجو الاحتفاظ بهذه الرسالة، وإخبارنا إن لم تكن مطابقة لما وافقتم عليه.",
            "إن صعبت عليكم دفعة فاتصلوا بنا قبل موعدها، فالخطة قابلة للتغيير.",
            _REACH,
        ),
    ),
    _message(
        MessageKind.PLAN_CHANGED,
        "ما تغيّر، {sender}",
        "{sender}: كتبنا ما تغيّر. للأسئلة: {contact_phone}.",
        (
            "اتفقنا معكم في {agreed_on} على تغيير خطتكم. وهذا ما يسري الآن.",
            _PLAN,
            "واتفقنا أيضًا على: {conditions}.",
            _PAY_BY,
        ),
        ("كل ما دفعتموه حتى الآن محسوب.", "أخبرونا إن لم يكن هذا مطابقًا لما وافقتم عليه.", _REACH),
    ),
    _message(
        MessageKind.PLAN_COMPLETED,
        "خبر سار من {sender}",
        "{sender}: خبر سار، اكتملت خطتكم. للأسئلة: {contact_phone}.",
        (
            "اكتملت خطتكم. وصلت دفعتكم الأخيرة في {completed_on}.",
            "دفعتم {amount} في المجموع.",
            "لم يبق شيء للدفع في هذه الخطة. شكرًا لكم.",
        ),
        (_REACH,),
    ),
    _message(
        MessageKind.PAUSE_GRANTED,
        "فترة التوقف، {sender}",
        "{sender}: تستمر فترة التوقف حتى {pause_until}. للأسئلة: {contact_phone}.",
        (
            "لديكم فترة توقف من {pause_from} إلى {pause_until}، ولا يلزمكم الدفع خلالها.",
            "خلال هذه الفترة: {conditions}.",
            "بعدها تستحق دفعة {next_amount} في {next_due_on}.",
        ),
        ("إن احتجتم إلى وقت أطول فأخبرونا قبل نهاية الفترة.", _REACH),
    ),
    _message(
        MessageKind.INVITATION_TO_SPEAK,
        "{sender}: نودّ معرفة رأيكم",
        "{sender}: نودّ معرفة رأيكم. اتصلوا بنا: {contact_phone}.",
        (
            "نودّ أن نعرف كيف ترون الأمر، بكلماتكم أنتم.",
            "سنستمع إليكم ونكتب ما تقولونه كما تقولونه.",
            "يمكننا أن نتحدث عن: {options}.",
        ),
        ("اسألوا عن {agent}.", _REACH, _WRITE, "يساعدنا أن نسمع منكم حتى {answer_by}."),
    ),
    _message(
        MessageKind.COMPLAINT_RECEIVED,
        "وصلتنا رسالتكم، {sender}",
        "{sender}: وصلتنا رسالتكم ونجيب حتى {answer_by}. هاتف {contact_phone}.",
        (
            "وصلت شكواكم في {received_on}. شكرًا لإخبارنا.",
            "سيصلكم جوابنا حتى {answer_by}.",
            "يتابع الأمر {agent}.",
        ),
        ("إن أردتم إضافة شيء فيمكنكم ذلك في أي وقت.", _REACH),
    ),
    MessageText(
        MessageKind.OPT_OUT_CONFIRMED,
        "سجّلنا اختياركم، {sender}",
        [(_GREETING,), ("كما طلبتم، لن نتواصل معكم بعد الآن {channel}.",), (_REACH,), (_REGARDS,)],
        ["{sender}: سجّلنا اختياركم. إن احتجتم إلينا: {contact_phone}."],
    ),
    _message(
        MessageKind.CREDIT_FILE,
        "معلومات من {sender}",
        "{sender}: لدينا معلومات لكم. للأسئلة: {contact_phone}.",
        (
            "تشرح هذه الرسالة أثر التأخر في الدفع على سجلكم الائتماني، وهي للعلم فقط.",
            "قد يُسجَّل الدفع المتأخر لدى {credit_bureau}.",
            "أقرب موعد نبلغ فيه بذلك {reported_from}.",
            _YEARS,
            "يمكنكم طلب الاطلاع على سجلكم. وإن كان فيه خطأ فيمكنكم طلب تصحيحه.",
        ),
        ("إن لم تتمكنوا من الدفع في الموعد فأخبرونا، وسنبحث معًا عن حل.", _REACH),
    ),
    MessageText(
        MessageKind.NEUTRAL,
        "نرجو الاتصال: {sender}",
        [
            (_GREETING,),
            (
                "معكم {sender}. نودّ التحدث معكم.",
                "اسألوا عن {agent}.",
                "نرجو الاتصال بنا على الرقم {contact_phone}، {contact_hours}.",
            ),
            (_OPT_OUT,),
        ],
        ["{sender}: نرجو الاتصال بنا على {contact_phone}.", _SMS_OPT_OUT],
    ),
)

_LABELS: Final = (
    Label(Rhythm.WEEKLY, "كل أسبوع"),
    Label(Rhythm.FORTNIGHTLY, "كل أسبوعين"),
    Label(Rhythm.FOUR_WEEKLY, "كل أربعة أسابيع"),
    Label(Rhythm.SEMI_MONTHLY, "مرتين في الشهر"),
    Label(Rhythm.MONTHLY, "كل شهر"),
    Label(Rhythm.BIMONTHLY, "كل شهرين"),
    Label(Rhythm.QUARTERLY, "كل ثلاثة أشهر"),
    Label(Rhythm.SEMI_ANNUAL, "كل ستة أشهر"),
    Label(Rhythm.ANNUAL, "كل سنة"),
    Label(Rhythm.LISTED, "في التواريخ المحددة"),
    Label(Channel.PHONE, "عبر الهاتف"),
    Label(Channel.SMS, "عبر الرسائل القصيرة"),
    Label(Channel.EMAIL, "عبر البريد الإلكتروني"),
    Label(Channel.LETTER, "عبر الرسائل البريدية"),
    Label(Channel.IN_PERSON, "بالزيارة الشخصية"),
    Label(Channel.VIDEO, "عبر مكالمات الفيديو"),
    Label(Channel.APP_MESSAGE, "عبر رسائل التطبيق"),
    Label(Channel.MESSAGING_SERVICE, "عبر خدمات المراسلة"),
    Label(Channel.FAX, "عبر الفاكس"),
)

_PHRASES: Final = phrases("""
    مرحبًا، اسمي [الاسم] وأتصل بكم من [البنك].
    هل يمكنني التحدث مع [اسم العميل] من فضلكم؟
    هل هذا الوقت مناسب لكم، أم أتصل في وقت آخر؟
    قبل أن نتحدث، هل تسمحون لي بالتأكد من أنني أتحدث مع الشخص المقصود؟
    إن أردتم التأكد من هويتي فأنهوا المكالمة واتصلوا بالرقم المكتوب على بطاقتكم أو عقدكم.
    هذه المكالمة مسجلة كي يمكن الرجوع إلى ما نتفق عليه. هل توافقون؟
    بأي لغة تفضلون الحديث؟ يمكننا إحضار مترجم مجانًا.
    كيف أحوالكم في هذه الأيام؟
    خذوا وقتكم. أنا أستمع.
    هل تودون أن تخبروني بما حدث؟
    يؤسفني سماع ذلك. شكرًا لأنكم أخبرتموني.
    هل فهمتكم فهمًا صحيحًا: [بكلمات العميل]؟
    ما الذي يساعدكم أكثر من غيره الآن؟
    هل ما هو مسجل لدينا صحيح، أم ترون الأمر بشكل مختلف؟
    هل يمكنني طرح بعض الأسئلة كي نجد خطة تستطيعون الاستمرار عليها؟
    ما دخلكم، وفي أي أيام يصل؟
    من يعيش معكم، ومن ترعون؟
    كم تحتاجون شهريًا للسكن والطعام والتدفئة والذهاب إلى العمل؟
    هل هناك دفعات أخرى لها الأولوية عندكم؟
    هل تتوقعون أي تغيير في الأشهر القادمة؟
    هل هناك أمر في صحتكم أو أسرتكم ينبغي أن نراعيه؟ لا يلزمكم قوله.
    ما المبلغ الذي يمكنكم دفعه دون أن ينقصكم ما تحتاجون إليه؟
    هل يساعدكم أحد الآن يمكننا التحدث معه؟
    ما تحتاجون إليه للعيش يأتي أولًا. الخطة تستخدم ما يتبقى فقط.
    هناك عدة حلول، وأنتم من يختار. هل أشرحها لكم؟
    في هذه الخطة تدفعون [المبلغ] في [الأيام]، [العدد] مرات، والمجموع [المجموع].
    إن كان لديكم اقتراح خاص بكم فيسرني سماعه.
    إن لم يتبق شيء الآن فيمكننا النظر في فترة توقف.
    لا يلزمكم أن تقرروا اليوم. يمكنني إرسال العروض إليكم كتابة.
    لا أعرف ذلك. سأستفسر وأجيبكم قبل [اليوم].
    كيف وفي أي أوقات يناسبكم أن نتواصل معكم، وكيف لا يناسبكم؟
    اسمحوا لي أن ألخص ما تحدثنا عنه.
    اتفقنا على [المبلغ] في [الأيام]، وأول مرة في [التاريخ].
    إن تغيّر شيء فاتصلوا بنا قبل الموعد. سنبحث معًا عن حل.
    سيصلكم كل هذا كتابة عبر [القناة].
    هل نسيت شيئًا أو قلت شيئًا غير صحيح؟
    هناك مساعدة مجانية ومستقلة: [المستشار، الهاتف].
    إن لم تكونوا راضين عنا فيمكنكم تقديم شكوى: [الطريقة]. لا يكلفكم ذلك شيئًا.
    تواصلنا القادم في [التاريخ] عبر [القناة]. هل يناسبكم ذلك؟
    شكرًا لوقتكم ولثقتكم.
""")

_WORDS: Final = WordLists(
    [
        words(
            WordingConcern.THREATENING,
            """إجراءات قانونية; إجراء قانوني; مقاضاتكم; مقاضاتك; سنقاضيكم; سنقاضيك; دعوى
            محكمة; محاكم; سجن; حبس; شرطة
            اعتقال; حجز; مصادرة; عواقب; إنذار أخير; إنذار نهائي; تحذير أخير; قائمة سوداء
            القائمة السوداء; ستندم; ستندمون; عقوبة; جريمة""",
        ),
        words(
            WordingConcern.SHAMING,
            """عيب; عار; خجل; مخجل; مماطل; مماطلة; محتال; كاذب; كسول; مستهتر; غير مسؤول; غير مسؤولين
            أعذار; ذنبكم; ذنبك; خيبتم; غير أمين; متهرب""",
        ),
        words(
            WordingConcern.DECEPTIVE,
            """صدر أمر قضائي; صدر حكم; باسم الحكومة; جهة حكومية; لقد ربحتم; موافقة مضمونة; نمحو سجلكم
            تنظيف سجلكم; لقد وافقتم بالفعل; دون أي مخاطر; عرض سري""",
        ),
        words(
            WordingConcern.URGENT_PRESSURE,
            """فورا; على الفور; حالا; عاجل; عاجلا; عاجلة; بدون تأخير; دون تأخير; فرصة أخيرة; آخر فرصة
            خلال 24 ساعة; خلال 48 ساعة; قبل فوات الأوان; اليوم فقط; ادفعوا الآن; ادفع الآن; استدينوا
            اقترضوا; اقترض; بيعوا""",
        ),
        words(
            WordingConcern.DISCLOSING,
            """صاحب عملكم; جهة عملكم; مديركم; زملائكم; زملاءكم; جيرانكم; أقاربكم; سنخبر عائلتكم
            سنخبر أسرتكم; عائلتكم; أصدقائكم; أصدقاءكم; جهات اتصالكم; وسائل التواصل; علنا; أمام الناس
            ننشر اسمكم; نشر اسمكم; تشهير; صاحب عملك; جهة عملك; مديرك; زملائك; زملاءك; جيرانك; أقاربك
            سنخبر عائلتك; سنخبر أسرتك; عائلتك; أصدقائك; أصدقاءك; جهات اتصالك; ننشر اسمك; نشر اسمك""",
        ),
        words(
            WordingConcern.NAMES_DEBT,
            """دين; ديون; ديونكم; دينكم; مديون; مدين; قرض; قروض; قرضكم; متأخرات; متأخر; متأخرة; تأخر
            دفع; دفعة; دفعات; دفعتكم; سداد; قسط; أقساط; تحصيل; بطاقة; بطاقة ائتمان; رصيد; دائن; مستحق
            مستحقة; مستحقات; مبلغ; مال; فائدة""",
        ),
    ],
    prefixes=["و", "ف", "ب", "ل", "ال", "وال", "بال", "لل", "فال"],
)

ARABIC: Final = Catalog(
    locale="ar",
    reviewed_by_adviser=False,
    messages=_MESSAGES,
    labels=_LABELS,
    phrases=_PHRASES,
    words=_WORDS,
)
"""Arabic; not yet reviewed by an adviser."""
