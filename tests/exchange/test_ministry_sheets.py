"""Tables as ministries keep them, in five languages: what is meant is understood, what cannot be known is asked."""

from decimal import Decimal
from typing import Any

import pytest

from tests.exchange.bringing import counts, read, said, take

pytestmark = pytest.mark.django_db

FRENCH = """N°;Intitulé du projet;Pays;Période;Montant (milliers FCFA);Statut;Observations
1;Laboratoire de détection des OGM;Bénin;2019-2021;45 000;en cours;néant
2;Formation des inspecteurs;Cameroun;janvier 2018 à mars 2020;12 500;terminé;
3;Réseau régional;Bénin, Cameroun;2020;9 000;prévu;
"""
SPANISH = """N.º;Nombre del proyecto;País;Plazo de ejecución;Presupuesto (miles de pesos);Estado
P-7;Vigilancia de cultivos;México;desde enero de 2019 hasta diciembre de 2020;1.500;en ejecución
P-8;Laboratorio de referencia;Perú;24 meses;300;suspendido
"""
RUSSIAN = """№ п/п;Наименование проекта;Страна;Сроки реализации;Бюджет, тыс. долл. США;Статус
1;Лаборатория оценки риска;Беларусь;с 2019 по 2021 г.;150,5;реализуется
2;Обучение инспекторов;ДРК;2018–2019 гг.;н/д;приостановлен
"""
CHINESE = """序号,项目名称,国家,起止年限,预算（万元）,状态
1,转基因检测实验室,中国,2018年5月—2020年12月,120,实施中
2,边境检查培训,中国,2021年,３５.5,已完成
"""
ARABIC = """م;اسم المشروع;البلد;فترة التنفيذ;الميزانية بالألف دولار;الحالة
١;مختبر الكشف عن الكائنات المحورة;الأردن;من ٢٠١٩ إلى ٢٠٢١;١٥٠٫٥;قيد التنفيذ
٢;تدريب المفتشين;ساحل العاج;٢٠٢٠;٧٥;معلق
"""


def told(content: str) -> list[Any]:
    """The values of the rows."""
    return [row.said for row in read(content).rows.filter(extra=False).order_by("number")]


def money(values: Any) -> list[Any]:
    return [(Decimal(one["amount"]), one["currency"]) for one in values.get("budget", [])]


def test_a_french_sheet():
    imported = read(FRENCH)
    first, second, third = (row.said for row in imported.rows.order_by("number"))

    assert (first["title"], first["starts"], first["ends"]) == (
        {"fr": "Laboratoire de détection des OGM"},
        "2019",
        "2021",
    )
    assert (money(first), money(second), money(third)) == ([(45_000_000, "XOF")], [(12_500_000, "XAF")], [])
    assert (second["starts"], second["ends"], second["said_status"]) == ("2018-01", "2020-03", "completed")
    assert "identifiers" not in first
    whose = next(one for one in said(imported) if "its currency may be" in one)
    assert "9 000" in whose
    assert "XOF, XAF" in whose
    columns = next(iter(imported.match.values()))["columns"]
    assert (columns[0]["key"], columns[0]["why"]) == ("", "count")


def test_a_number_that_is_not_of_the_line_is_an_identifier():
    first = told("N°;Intitulé du projet;Pays\nBJ-014;Laboratoire;Bénin\nBJ-022;École;Bénin\n")[0]

    assert [one["identifier"] for one in first["identifiers"]] == ["BJ-014"]


def test_a_spanish_sheet():
    first, second = told(SPANISH)

    assert (first["starts"], first["ends"], first["said_status"]) == ("2019-01", "2020-12", "ongoing")
    assert (money(first), money(second)) == ([(1_500_000, "MXN")], [])
    assert (second["planned_months"], second["said_status"]) == (24, "suspended")


def test_a_russian_sheet():
    first, second = told(RUSSIAN)

    assert (first["starts"], first["ends"], first["said_status"]) == ("2019", "2021", "ongoing")
    assert money(first) == [(Decimal("150500"), "USD")]
    assert [one["id"] for one in second["countries"]] == ["COD"]
    assert (second["starts"], second["ends"], "budget" in second) == ("2018", "2019", False)


def test_a_chinese_sheet():
    first, second = told(CHINESE)

    assert (first["starts"], first["ends"], money(first)) == ("2018-05", "2020-12", [(1_200_000, "CNY")])
    assert (second["starts"], money(second)) == ("2021", [(355_000, "CNY")])
    assert (first["said_status"], second["said_status"]) == ("ongoing", "completed")


def test_an_arabic_sheet():
    first, second = told(ARABIC)

    assert (first["title"]["ar"], first["starts"], first["ends"]) == ("مختبر الكشف عن الكائنات المحورة", "2019", "2021")
    assert (money(first), money(second)) == ([(150_500, "USD")], [(75_000, "USD")])
    assert [one["id"] for one in second["countries"]] == ["CIV"]
    assert (first["said_status"], second["said_status"]) == ("ongoing", "suspended")


def test_none_of_these_rows_is_refused():
    for content in (FRENCH, SPANISH, RUSSIAN, CHINESE, ARABIC):
        imported = read(content)
        assert counts(imported)["new"] == counts(imported)["rows"]


def test_a_line_of_sums_is_no_project():
    for word in ("TOTAL", "Total général", "Итого", "合计", "المجموع"):
        imported = read(f"Intitulé du projet;Pays;Montant\nLaboratoire;Bénin;100 €\n{word};;100 €\n")

        assert counts(imported) == {"rows": 2, "new": 1, "refused": 1}
        assert "seems to be the sum of others" in said(imported)[0]


def test_the_same_sheet_again_is_the_same_though_nothing_in_it_is_an_identifier():
    for content in (FRENCH, ARABIC):
        take(read(content))

        again = read(content)

        assert counts(again)["same"] == counts(again)["rows"]


def test_a_sheet_of_next_year_asks_whether_a_changed_row_is_the_same_project():
    take(read(FRENCH))

    assert counts(read(FRENCH.replace("45 000", "60 000"))) == {"rows": 3, "same": 2, "similar": 1}


def test_a_guess_of_a_currency_is_told_with_the_amount():
    assert "“2,5 millions FCFA” was read as “2500000 XOF”." in said(
        read("Intitulé du projet;Pays;Montant\nLaboratoire;Bénin;2,5 millions FCFA\n")
    )
    assert not said(read("Intitulé du projet;Pays;Montant\nLaboratoire;Bénin;néant\n"))
