"""A small document in each of the six languages, with one of every block."""

from datetime import date

from django.utils import translation

from kapok.charts import Point, Series, bars
from kapok.core.languages import code_of
from kapok.documents import (
    Annex,
    Bullet,
    Document,
    Emphasis,
    Footnote,
    Heading,
    Paragraph,
    Picture,
    Strong,
    SubParagraph,
    Table,
)

SYMBOL = "UNEP/CBD/BS/COP-MOP/6/7/Add.1"
# title, section, part, sentence, note, first item, second item, name, figure, annex
WORDS = {
    "ar": (
        "حالة بناء القدرات", "مقدمة", "التقارير الوطنية",
        "أبلغ 119 طرفا (83% من المجيبين) عن أنشطة تتعلق بالكائنات LMO.",
        "الوثيقة UNEP/CBD/BS/COP-MOP/6/INF/2.", "تقييم المخاطر؛", "التوعية العامة.", "المنطقة", "العدد", "مشروع مقرر",
    ),
    "en": (
        "Status of capacity-building", "Introduction", "National reports",
        "119 Parties (83% of the respondents) reported activities on LMOs.",
        "Document UNEP/CBD/BS/COP-MOP/6/INF/2.", "risk assessment;", "public awareness.", "Region", "Number",
        "Draft decision",
    ),
    "es": (
        "Situación de la creación de capacidad", "Introducción", "Informes nacionales",
        "119 Partes (83 % de quienes respondieron) comunicaron actividades sobre los OVM.",
        "Documento UNEP/CBD/BS/COP-MOP/6/INF/2.", "evaluación del riesgo;", "concienciación pública.", "Región",
        "Número", "Proyecto de decisión",
    ),
    "fr": (
        "État de la création de capacités", "Introduction", "Rapports nationaux",
        "119 Parties (83 % des répondants) ont signalé des activités relatives aux OVM.",
        "Document UNEP/CBD/BS/COP-MOP/6/INF/2.", "l’évaluation des risques ;", "la sensibilisation du public.",
        "Région", "Nombre", "Projet de décision",
    ),
    "ru": (
        "Состояние создания потенциала", "Введение", "Национальные доклады",
        "119 Сторон (83 % респондентов) сообщили о деятельности, касающейся ЖИО.",
        "Документ UNEP/CBD/BS/COP-MOP/6/INF/2.", "оценка рисков;", "информирование общественности.", "Регион", "Число",
        "Проект решения",
    ),
    "zh": (
        "能力建设现状", "导言", "国家报告", "119 个缔约方（83% 的答复者）报告了与改性活生物体有关的活动。",
        "UNEP/CBD/BS/COP-MOP/6/INF/2 号文件。", "风险评估；", "公众意识。", "区域", "数目", "决定草案",
    ),
}  # fmt: skip


def sample(language, *, rows=3, annexes=1):
    """The document."""
    title, section, part, sentence, note, first, second, name, figure, annex = WORDS[language]
    with translation.override(code_of(language)):
        drawing = bars(title, [Series("n", figure, [Point("a", first, 41), Point("b", second, 12)])])
    blocks = [
        Heading(section),
        Paragraph([sentence, Footnote(note), " ", Strong(title), " ", Emphasis(part)]),
        Paragraph(sentence),
        SubParagraph(first),
        SubParagraph(second),
        SubParagraph(first, level=2),
        Heading(part, level=2),
        Paragraph(sentence, numbered=False),
        Heading(section, level=3),
        Paragraph(sentence),
        SubParagraph(first),
        Table([name, figure], [[f"{name} {at}", str(at * 7)] for at in range(rows)], title, note, frozenset({1})),
        Heading(part),
        Picture(drawing.standalone(), drawing.png(), drawing.summary, title, 0.8),
        Bullet(first),
        Paragraph([sentence, Footnote(first)]),
        *(block for _ in range(annexes) for block in (Annex(annex), Heading(section), Paragraph(sentence))),
    ]
    return Document(
        title,
        language,
        date(2012, 6, 30),
        blocks,
        symbol=SYMBOL,
        organisation="CBD",
        distribution="GENERAL",
        original="en",
        meeting=[part],
        agenda_item=section,
        note=figure,
    )
