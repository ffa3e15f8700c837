"""Spanish."""

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

__all__ = ["SPANISH"]

_GREETING: Final = "Hola, {client_name}:"
_REACH: Final = "Puede llamarnos al {contact_phone}, {contact_hours}."
_WRITE: Final = "También puede escribirnos: {write_to}."
_PAY_BY: Final = "Cómo pagar: {pay_by}."
_OPT_OUT: Final = "Para no recibir más mensajes como este, sin coste: {opt_out}."
_SMS_OPT_OUT: Final = "Baja: {opt_out}."
_REGARDS: Final = "Un saludo cordial, {sender}"
_CLOSING: Final = (
    ("Ayuda gratuita e independiente: {adviser_name}, teléfono {adviser_phone}.",),
    (
        "Le escribimos por encargo de {creditor}.",
        "Su referencia: {reference}.",
        "Nos basamos en: {basis}.",
        "Sus derechos y obligaciones: {rights}.",
        "Si tiene preguntas sobre este mensaje o lo ve de otra manera: {query_route}.",
        "Si desea reclamar: {complaint_route}.",
    ),
    (_OPT_OUT,),
    (_REGARDS,),
)


def _message(
    kind: MessageKind, subject: str, sms: str, *paragraphs: Sequence[str | Sentence] | EachOffer
) -> MessageText:
    return MessageText(kind, subject, [(_GREETING,), *paragraphs, *_CLOSING], [sms, _SMS_OPT_OUT])


_PLAN_ONE: Final = "pago de {plan_amount}, con vencimiento el {plan_first_due}; en total, {plan_total}."
_PLAN_MANY: Final = (
    "{plan_count} de pagos, {plan_rhythm}, ninguno superior a {plan_amount}; el primero vence el"
    " {plan_first_due}; en total, {plan_total}."
)
_PLAN_OTHER: Final = (
    "{plan_count} pagos, {plan_rhythm}, ninguno superior a {plan_amount}; el primero vence el"
    " {plan_first_due}; en total, {plan_total}."
)
_PLAN: Final = Plural(
    "plan_count",
    [("one", f"Es un {_PLAN_ONE}"), ("many", f"Son {_PLAN_MANY}"), ("other", f"Son {_PLAN_OTHER}")],
    may_omit={"plan_rhythm"},
)
_OFFER: Final = Plural(
    "plan_count",
    [
        ("one", f"{{offer_number}}. Un {_PLAN_ONE}"),
        ("many", f"{{offer_number}}. {_PLAN_MANY}"),
        ("other", f"{{offer_number}}. {_PLAN_OTHER}"),
    ],
    may_omit={"plan_rhythm"},
)
_DAYS: Final = Plural(
    "days_past_due",
    [
        ("one", "El vencimiento fue hace {days_past_due} día."),
        ("many", "El vencimiento fue hace {days_past_due} de días."),
        ("other", "El vencimiento fue hace {days_past_due} días."),
    ],
)
_YEARS: Final = Plural(
    "kept_years",
    [
        ("one", "Una anotación se conserva {kept_years} año desde que el asunto queda resuelto."),
        ("many", "Una anotación se conserva {kept_years} de años desde que el asunto queda resuelto."),
        ("other", "Una anotación se conserva {kept_years} años desde que el asunto queda resuelto."),
    ],
)

_MESSAGES: Final = (
    _message(
        MessageKind.WELCOME,
        "Cómo contactar con {sender}",
        "{sender}: le damos la bienvenida. Teléfono: {contact_phone}.",
        (
            "Le damos la bienvenida. Estamos a su disposición para cualquier pregunta.",
            "Si algo cambia en su vida, díganoslo pronto: suele haber más de un camino.",
            "Usted elige cómo le contactamos.",
        ),
        ("Su persona de contacto es {agent}.", _REACH, _WRITE),
    ),
    _message(
        MessageKind.REMINDER,
        "Un recordatorio de {sender}",
        "{sender}: un recordatorio para el {due_on}. ¿Preguntas? {contact_phone}.",
        ("Su pago de {amount} vence el {due_on}.", _PAY_BY),
        (
            "Si ya ha pagado, gracias: no tiene que hacer nada más.",
            "Si este mes le resulta difícil, díganoslo. Buscaremos juntos una solución.",
            _REACH,
        ),
    ),
    _message(
        MessageKind.DUE_TODAY,
        "Un recordatorio para hoy de {sender}",
        "{sender}: un recordatorio para hoy. ¿Preguntas? Llame al {contact_phone}.",
        ("Su pago de {amount} vence hoy, {due_on}.", _PAY_BY),
        (
            "Si ya ha pagado, gracias: no tiene que hacer nada más.",
            "Si hoy no es posible, díganoslo. Buscaremos juntos una solución.",
            _REACH,
        ),
    ),
    _message(
        MessageKind.MISSED_PAYMENT,
        "{sender} quisiera saber cómo está",
        "{sender}: quisiéramos saber cómo está. Llame al {contact_phone}.",
        (
            "Quisiéramos saber cómo está.",
            "Su pago de {amount}, con vencimiento el {due_on}, aún no nos ha llegado. ¿Qué ha ocurrido?",
            "Puede ser un error nuestro o algo en su vida. Sea lo que sea, nos ayuda saberlo.",
        ),
        (
            "Después buscaremos un camino que usted pueda mantener.",
            "En la primera conversación no tiene que decidir nada.",
            "Podemos hablar de: {options}.",
            _REACH,
        ),
        (
            _DAYS,
            "En total quedan pendientes {past_due}.",
            "Los gastos hasta ahora son {costs}.",
            "Si desea pagar: {pay_by}.",
            "Si entretanto ha pagado, gracias.",
        ),
    ),
    _message(
        MessageKind.PROMISE_BROKEN,
        "{sender} quisiera saber cómo está",
        "{sender}: ¿podemos ayudarle? Llame al {contact_phone}.",
        (
            "Usted quería pagar {amount} hasta el {due_on}. No nos ha llegado todo.",
            "Eso puede pasar. ¿Qué se lo ha impedido?",
            "De ello han llegado {paid}. Gracias.",
        ),
        (
            "Podemos buscar juntos otra fecha u otro importe que le vaya bien.",
            "Podemos hablar de: {options}.",
            _REACH,
        ),
    ),
    _message(
        MessageKind.PROMISE_KEPT,
        "Gracias de parte de {sender}",
        "{sender}: gracias, ya nos ha llegado. ¿Preguntas? Llame al {contact_phone}.",
        (
            "Gracias: los {amount} que prometió para el {due_on} han llegado.",
            "Después vencen {next_amount} el {next_due_on}.",
        ),
        ("Si algo cambia, díganoslo pronto.", _REACH),
    ),
    _message(
        MessageKind.OFFERS,
        "Opciones para usted de {sender}",
        "{sender}: tenemos opciones para usted. Llame al {contact_phone}.",
        ("Estos son los planes que podemos ofrecerle. Tómese su tiempo para compararlos.",),
        EachOffer(_OFFER),
        (
            "Para todos ellos: {conditions}.",
            "Mantenemos estas ofertas hasta el {answer_by}. Si necesita más tiempo, díganoslo.",
            "Si ninguna le va bien, díganos cuánto puede pagar. Volveremos a buscar.",
            _REACH,
        ),
    ),
    _message(
        MessageKind.AGREEMENT,
        "Lo que acordamos, {sender}",
        "{sender}: lo acordado ya está por escrito. ¿Preguntas? {contact_phone}.",
        ("Este es el plan que acordamos el {agreed_on}.", _PLAN, "Además: {conditions}.", _PAY_BY),
        (
            "Conserve este mensaje y díganos si no es lo que usted aceptó.",
            "Si un pago llega a ser demasiado, llámenos antes del vencimiento. Un plan se puede cambiar.",
            _REACH,
        ),
    ),
    _message(
        MessageKind.PLAN_CHANGED,
        "Lo que ha cambiado, {sender}",
        "{sender}: lo que ha cambiado ya está por escrito. ¿Preguntas? {contact_phone}.",
        (
            "El {agreed_on} acordamos con usted cambiar su plan. Esto es lo que vale ahora.",
            _PLAN,
            "Además: {conditions}.",
            _PAY_BY,
        ),
        (
            "Lo que ha pagado hasta ahora cuenta por completo.",
            "Díganos si no es lo que usted aceptó.",
            _REACH,
        ),
    ),
    _message(
        MessageKind.PLAN_COMPLETED,
        "Buenas noticias de {sender}",
        "{sender}: buenas noticias, su plan ha terminado. ¿Preguntas? {contact_phone}.",
        (
            "Su plan ha terminado. Su último pago llegó el {completed_on}.",
            "Ha pagado {amount} en total.",
            "Con este plan ya no tiene que pagar nada más. Gracias.",
        ),
        (_REACH,),
    ),
    _message(
        MessageKind.PAUSE_GRANTED,
        "Su pausa, {sender}",
        "{sender}: su pausa dura hasta el {pause_until}. ¿Preguntas? {contact_phone}.",
        (
            "Tiene una pausa del {pause_from} al {pause_until}. Durante ese tiempo no tiene que pagar.",
            "Durante ese tiempo: {conditions}.",
            "Después vencen {next_amount} el {next_due_on}.",
        ),
        ("Si necesita más tiempo, díganoslo antes de que termine la pausa.", _REACH),
    ),
    _message(
        MessageKind.INVITATION_TO_SPEAK,
        "{sender} quisiera conocer su opinión",
        "{sender}: quisiéramos conocer su opinión. Llame al {contact_phone}.",
        (
            "Quisiéramos saber cómo ve usted las cosas, con sus propias palabras.",
            "Le escucharemos y anotaremos lo que diga tal como lo diga.",
            "Podemos hablar de: {options}.",
        ),
        ("Pregunte por {agent}.", _REACH, _WRITE, "Nos ayudaría tener noticias suyas hasta el {answer_by}."),
    ),
    _message(
        MessageKind.COMPLAINT_RECEIVED,
        "Hemos recibido su mensaje, {sender}",
        "{sender}: tenemos su mensaje. Respuesta hasta el {answer_by}. Tel. {contact_phone}.",
        (
            "Su reclamación llegó el {received_on}. Gracias por decírnoslo.",
            "Tendrá nuestra respuesta hasta el {answer_by}.",
            "Se ocupa de ella {agent}.",
        ),
        ("Si desea añadir algo, puede hacerlo en cualquier momento.", _REACH),
    ),
    MessageText(
        MessageKind.OPT_OUT_CONFIRMED,
        "Su elección está anotada, {sender}",
        [(_GREETING,), ("Como usted pidió, ya no le contactamos {channel}.",), (_REACH,), (_REGARDS,)],
        ["{sender}: su elección está anotada. Si nos necesita, llame al {contact_phone}."],
    ),
    _message(
        MessageKind.CREDIT_FILE,
        "Información de {sender}",
        "{sender}: hay información para usted. ¿Preguntas? Llame al {contact_phone}.",
        (
            "Este mensaje explica cómo afecta un pago tardío a su historial de crédito. Es solo información.",
            "Un pago tardío puede anotarse en {credit_bureau}.",
            "Lo comunicaríamos, como pronto, el {reported_from}.",
            _YEARS,
            "Puede pedir ver su historial. Si una anotación es incorrecta, puede pedir que se corrija.",
        ),
        ("Si no puede pagar a tiempo, díganoslo. Buscaremos juntos una solución.", _REACH),
    ),
    MessageText(
        MessageKind.NEUTRAL,
        "Llame a {sender}, por favor",
        [
            (_GREETING,),
            (
                "Le habla {sender}. Quisiéramos hablar con usted.",
                "Pregunte por {agent}.",
                "Llámenos, por favor, al {contact_phone}, {contact_hours}.",
            ),
            (_OPT_OUT,),
        ],
        ["{sender}: llámenos, por favor, al {contact_phone}.", _SMS_OPT_OUT],
    ),
)

_LABELS: Final = (
    Label(Rhythm.WEEKLY, "cada semana"),
    Label(Rhythm.FORTNIGHTLY, "cada dos semanas"),
    Label(Rhythm.FOUR_WEEKLY, "cada cuatro semanas"),
    Label(Rhythm.SEMI_MONTHLY, "dos veces al mes"),
    Label(Rhythm.MONTHLY, "cada mes"),
    Label(Rhythm.BIMONTHLY, "cada dos meses"),
    Label(Rhythm.QUARTERLY, "cada tres meses"),
    Label(Rhythm.SEMI_ANNUAL, "cada seis meses"),
    Label(Rhythm.ANNUAL, "cada año"),
    Label(Rhythm.LISTED, "en las fechas indicadas"),
    Label(Channel.PHONE, "por teléfono"),
    Label(Channel.SMS, "por SMS"),
    Label(Channel.EMAIL, "por correo electrónico"),
    Label(Channel.LETTER, "por carta"),
    Label(Channel.IN_PERSON, "en persona"),
    Label(Channel.VIDEO, "por videollamada"),
    Label(Channel.APP_MESSAGE, "por mensaje en la aplicación"),
    Label(Channel.MESSAGING_SERVICE, "por un servicio de mensajería"),
    Label(Channel.FAX, "por fax"),
)

_PHRASES: Final = phrases("""
    Buenos días, me llamo [nombre] y le llamo de [banco].
    ¿Podría hablar con [nombre del cliente], por favor?
    ¿Es buen momento para usted, o prefiere que llame más tarde?
    Antes de hablar, ¿me permite comprobar que hablo con la persona correcta?
    Si quiere comprobar quién soy, cuelgue y llame al número que figura en su tarjeta o contrato.
    Esta llamada se graba para poder consultar lo que acordemos. ¿Le parece bien?
    ¿En qué idioma prefiere hablar? Podemos llamar a un intérprete sin coste.
    ¿Cómo le van las cosas en este momento?
    Tómese su tiempo. Le escucho.
    ¿Quiere contarme qué ha ocurrido?
    Lo siento mucho. Gracias por contármelo.
    ¿Le he entendido bien: [con las palabras del cliente]?
    ¿Qué es lo que más le ayudaría ahora?
    ¿Le parece correcto lo que tenemos anotado, o lo ve de otra manera?
    ¿Puedo hacerle algunas preguntas para encontrar un plan que usted pueda mantener?
    ¿Qué ingresos tiene y en qué días le llegan?
    ¿Quién vive con usted y de quién se ocupa?
    ¿Cuánto necesita al mes para vivienda, comida, calefacción y el camino al trabajo?
    ¿Hay otros pagos que para usted van primero?
    ¿Espera algún cambio en los próximos meses?
    ¿Hay algo de su salud o de su familia que debamos tener en cuenta? No tiene que decirlo.
    ¿Qué importe podría pagar sin que le falte lo necesario?
    ¿Le ayuda ya alguien con quien podamos hablar?
    Lo que necesita para vivir va primero. El plan usa solo lo que queda.
    Hay varios caminos y usted elige. ¿Se los explico?
    Con este plan pagaría [importe] los días [días], [número] veces; en total, [total].
    Si tiene una propuesta propia, me gustaría escucharla.
    Si ahora no queda nada, podemos ver una pausa.
    No tiene que decidir hoy. Puedo enviarle las ofertas por escrito.
    Eso no lo sé. Lo averiguaré y le responderé antes del [día].
    ¿Cómo y a qué horas podemos contactarle, y cómo no?
    Permítame resumir lo que hemos hablado.
    Hemos acordado [importe] los días [días], por primera vez el [fecha].
    Si algo cambia, llámenos antes de ese día. Buscaremos juntos una solución.
    Recibirá todo esto por escrito, por [canal].
    ¿He olvidado algo o he dicho algo mal?
    Hay ayuda gratuita e independiente: [asesor, teléfono].
    Si no está conforme con nosotros, puede reclamar: [cómo]. No le cuesta nada.
    Nuestro próximo contacto será el [fecha], por [canal]. ¿Le parece bien?
    Gracias por su tiempo y por su confianza.
""")

_WORDS: Final = WordLists(
    [
        words(
            WordingConcern.THREATENING,
            """acciones legales; acción legal; demandarle; demandarlo; demandarla; demandaremos
            a juicio; juzgado; tribunales; embargo; embargar; embargaremos; cárcel; prisión; policía
            detención; delito; consecuencias; último aviso; última advertencia; lista negra; lista de morosos
            desahucio; aténgase; se arrepentirá; iremos a su casa""",
        ),
        words(
            WordingConcern.SHAMING,
            """vergüenza; vergonzoso; sinvergüenza; moroso; morosa; irresponsable; mentiroso; mentirosa
            vago; su culpa; culpa suya; excusas; sin excusas; nos ha decepcionado; decepción; caradura
            deshonesto; deshonesta""",
        ),
        words(
            WordingConcern.DECEPTIVE,
            """orden judicial emitida; en nombre del gobierno; organismo oficial; ha ganado
            aprobación garantizada; borraremos su historial; limpiar su historial; ya ha aceptado
            sin ningún riesgo; oferta secreta; esto no es un cobro""",
        ),
        words(
            WordingConcern.URGENT_PRESSURE,
            """inmediatamente; de inmediato; ahora mismo; urgente; urgentemente; sin demora
            última oportunidad; en 24 horas; en 48 horas; antes de que sea tarde; solo hoy; hoy mismo
            pague ya; pida prestado; pida dinero; venda su; pida a su familia; el tiempo se acaba
            plazo final""",
        ),
        words(
            WordingConcern.DISCLOSING,
            """su empleador; su empresa; su jefe; sus compañeros; sus colegas; sus vecinos
            sus familiares; avisaremos a su familia; informar a su familia; sus amigos; sus contactos
            redes sociales; públicamente; en público; hacer público; publicar su nombre; todos sabrán""",
        ),
        words(
            WordingConcern.NAMES_DEBT,
            """deuda; deudas; deudor; deudora; debe; adeuda; adeudado; préstamo; préstamos; crédito
            créditos; impago; impagado; vencido; vencida; atrasado; atraso; atrasos; mora; pago; pagos
            pagar; pague; cuota; cuotas; plazos; cobro; cobros; cobranza; recobro; saldo; tarjeta
            acreedor; dinero""",
        ),
    ]
)

SPANISH: Final = Catalog(
    locale="es",
    reviewed_by_adviser=False,
    messages=_MESSAGES,
    labels=_LABELS,
    phrases=_PHRASES,
    words=_WORDS,
)
"""Spanish; not yet reviewed by an adviser."""
