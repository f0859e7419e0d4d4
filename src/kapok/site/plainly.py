"""A page for people when the site itself cannot make one: no database, no template, no catalogue is asked."""

from html import escape

from django.http import HttpResponse

from kapok.core.languages import LANGUAGES, Language, current

# What happened, and what it means and what to do, in each language.
Words = dict[str, tuple[str, str]]

AWAY: Words = {
    "ar": (
        "يتعذّر على Kapok الرد الآن",
        "لم يضِع شيء مما حُفظ. يرجى المحاولة بعد بضع دقائق. وإذا كنتم ترسلون شيئا فارجعوا أولا للاحتفاظ بما كتبتم.",
    ),
    "en": (
        "Kapok cannot answer just now",
        "Nothing that was saved is lost. Please try again in a few minutes. "
        "If you were sending something, go back first to keep what you typed.",
    ),
    "es": (
        "Kapok no puede responder en este momento",
        "No se ha perdido nada de lo guardado. Inténtelo de nuevo dentro de unos minutos. "
        "Si estaba enviando algo, vuelva primero a la página anterior para conservar lo escrito.",
    ),
    "fr": (
        "Kapok ne peut pas répondre pour le moment",
        "Rien de ce qui était enregistré n’est perdu. Veuillez réessayer dans quelques minutes. "
        "Si vous étiez en train d’envoyer quelque chose, revenez d’abord en arrière pour garder votre texte.",
    ),
    "ru": (
        "Kapok сейчас не может ответить",
        "Ничего из сохранённого не потеряно. Пожалуйста, повторите попытку через несколько минут. "
        "Если вы что-то отправляли, сначала вернитесь назад, чтобы не потерять текст.",
    ),
    "zh": (
        "Kapok 暂时无法响应",
        "已保存的内容没有丢失。请几分钟后再试。如果您正在提交内容，请先返回上一页以保留已输入的内容。",
    ),
}
FULL: Words = {
    "ar": (
        "لم تبقَ مساحة في هذا الموقع",
        "لذلك لم يُحفظ ما أرسلتموه. ارجعوا إلى الصفحة السابقة للاحتفاظ بما كتبتم، وأبلغوا الأمانة.",
    ),
    "en": (
        "There is no room left on this site",
        "What you sent was not saved. Go back to keep what you typed, and tell the Secretariat.",
    ),
    "es": (
        "No queda espacio en este sitio",
        "Lo que usted envió no se guardó. Vuelva a la página anterior para conservar lo escrito y avise a la "
        "Secretaría.",
    ),
    "fr": (
        "Il n’y a plus de place sur ce site",
        "Votre envoi n’a pas été enregistré. Revenez en arrière pour garder votre texte et prévenez le Secrétariat.",
    ),
    "ru": (
        "На этом сайте не осталось места",
        "Отправленное не сохранено. Вернитесь назад, чтобы не потерять текст, и сообщите в Секретариат.",
    ),
    "zh": ("本网站已没有剩余空间", "您提交的内容未保存。请返回上一页以保留已输入的内容，并告知秘书处。"),
}
BROKEN: Words = {
    "ar": (
        "حدث خطأ من جانبنا",
        "إذا كنتم ترسلون شيئا فإنه لم يُحفظ: ارجعوا إلى الصفحة السابقة للاحتفاظ بما كتبتم. "
        "وإذا تكرر ذلك فأبلغوا الأمانة بهذا الرقم:",
    ),
    "en": (
        "Something went wrong on our side",
        "If you were sending something, it was not saved: go back to keep what you typed. "
        "If this happens again, tell the Secretariat this number:",
    ),
    "es": (
        "Se ha producido un error por nuestra parte",
        "Si estaba enviando algo, no se guardó: vuelva a la página anterior para conservar lo escrito. "
        "Si vuelve a ocurrir, comunique a la Secretaría este número:",
    ),
    "fr": (
        "Une erreur s’est produite de notre côté",
        "Si vous étiez en train d’envoyer quelque chose, cela n’a pas été enregistré : revenez en arrière pour garder "
        "votre texte. Si cela se reproduit, indiquez ce numéro au Secrétariat :",
    ),
    "ru": (
        "На нашей стороне произошла ошибка",
        "Если вы что-то отправляли, это не сохранено: вернитесь назад, чтобы не потерять текст. "
        "Если это повторится, сообщите в Секретариат этот номер:",
    ),
    "zh": (
        "我方出现错误",
        "如果您正在提交内容，该内容未保存：请返回上一页以保留已输入的内容。如再次发生，请将以下编号告知秘书处：",
    ),
}
AGAIN = {
    "ar": "المحاولة من جديد",
    "en": "Try again",
    "es": "Intentar de nuevo",
    "fr": "Réessayer",
    "ru": "Повторить попытку",
    "zh": "重试",
}
HOME = {
    "ar": "الانتقال إلى الصفحة الرئيسية",
    "en": "Go to the home page",
    "es": "Ir a la página de inicio",
    "fr": "Aller à la page d’accueil",
    "ru": "Перейти на главную страницу",
    "zh": "前往首页",
}
PAGE = """<!doctype html>
<html lang="{tag}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title} – Kapok</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/kapok/plain.css">
</head>
<body>
<header><a href="/{tag}/"><img src="/static/kapok/mark.svg" alt="" width="44" height="44"> Kapok</a></header>
<main>
<h1>{title}</h1>
<p class="lead">{sentence}</p>
<p class="ways">{ways}</p>
<div class="others">
{others}
</div>
</main>
</body>
</html>
"""


def plain_page(words: Words, status: int, more: str = "", again: str = "") -> HttpResponse:
    """What happened and what to do in the reader's language, and below it the same in the other five."""
    first = LANGUAGES[current()]
    title, sentence = words[first.tag]
    page = PAGE.format(
        tag=first.tag,
        direction=first.direction,
        title=escape(title),
        sentence=said(sentence, more),
        ways=" ".join(ways(first, again)),
        others="\n".join(other(each, words, more) for each in LANGUAGES.values() if each is not first),
    )
    response = HttpResponse(page, status=status)
    if status == 503:
        response.headers["Retry-After"] = "60"
    return never_kept(response)


def said(sentence: str, more: str) -> str:
    """A sentence, and a number that must be read as it is written, whatever the direction of the text."""
    return escape(sentence) + (f' <code dir="ltr">{escape(more)}</code>' if more else "")


def other(language: Language, words: Words, more: str) -> str:
    """The same for readers of another language."""
    title, sentence = words[language.tag]
    told = f"<b>{escape(title)}</b><br>{said(sentence, more)}"
    return f'<p lang="{language.tag}" dir="{language.direction}">{told}</p>'


def ways(language: Language, again: str) -> list[str]:
    """Where to go on: the same address, where there is sense in asking for it again, and the home page."""
    home = f'<a href="/{language.tag}/">{HOME[language.tag]}</a>'
    return [f'<a class="main" href="{escape(again)}">{AGAIN[language.tag]}</a>', home] if again else [home]


def address_again(method: str | None, address: str) -> str:
    """The address to ask for again. What was sent is not sent again by a link: going back is said in words."""
    # One slash only: two would lead to another site.
    return "/" + address.lstrip("/") if method in {"GET", "HEAD"} else ""


def never_kept(response: HttpResponse) -> HttpResponse:
    """No cache keeps the answer."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Length"] = str(len(response.content))
    return response
