"""Terms as people write them."""

import pytest

from kapok.vocab import queries
from kapok.vocab.finding import find, fold

SPELLINGS = {
    "CIV": ["Ivory Coast", "cote d ivoire", "COTE D'IVOIRE", "Côte d’Ivoire", "ساحل العاج", "科特迪瓦"],
    "TZA": ["U.R. of Tanzania", "Tanzania, United Republic of", "Tanzania", "UNITED REPUBLIC OF TANZANIA"],
    "VNM": ["Vietnam", "Viet Nam", "Viet-Nam", "Viêt Nam", "Вьетнам"],
    "TUR": ["Turkey", "Türkiye", "turkiye", "Turquie"],
    "SWZ": ["Swaziland", "eSwatini"],
    "COD": ["Congo, Democratic Republic of the", "DR Congo", "DRC", "Congo (Kinshasa)", "Dem. Rep. of the Congo"],
    "COG": ["Congo", "Republic of the Congo", "Congo - Brazzaville"],
    "KOR": ["Republic of Korea", "Korea, Republic of", "Korea (Republic of)", "South Korea", "Corea del Sur"],
    "PRK": ["Democratic People's Republic of Korea", "Dem. People’s Rep. of Korea", "North Korea", "DPRK"],
    "IRN": ["Iran", "Iran, Islamic Republic of", "IRAN (ISLAMIC REPUBLIC OF)"],
    "KEN": ["KEN", "ken", "KE", "404", "Kenia", "Republic of Kenya", "肯尼亚"],
    "LCA": ["St. Lucia", "Saint Lucia", "St Lucia"],
    "VCT": ["St Vincent & the Grenadines", "Saint Vincent and the Grenadines"],
    "GNB": ["Guinea Bissau", "Guinea-Bissau", "Guinée-Bissau"],
    "GIN": ["guinea", "Guinée"],
    "GNQ": ["Equatorial Guinea"],
    "NER": ["Niger", "Niger (the)"],
    "NGA": ["Nigeria", "Nigéria"],
    "JOR": ["الأردن", "الاردن"],
    "DMA": ["Dominica"],
    "DOM": ["Dominican Republic", "República Dominicana"],
    "LAO": ["Lao P.D.R.", "Laos", "Lao People's Democratic Republic"],
    "USA": ["USA", "U.S.A.", "United States", "Estados Unidos"],
    "GBR": ["UK", "United Kingdom", "Great Britain"],
    "SEN": ["République du Sénégal"],
    "EUR": ["EU", "European Union", "UE"],
    "MKD": ["The former Yugoslav Republic of Macedonia", "North Macedonia"],
}
PAIRS = [(country, each) for country, spellings in SPELLINGS.items() for each in spellings]


@pytest.mark.parametrize(("country", "written"), PAIRS)
def test_find_a_country(country, written):
    found = find("country", written)

    assert found is not None
    assert found.id == country


@pytest.mark.parametrize(
    "written", ["", "  ", "no", "in", "Nowhere", "Republic of China", "Korea", "!", "Guin", "Sudan South X"]
)
def test_find_rather_asks_than_guesses(written):
    assert find("country", written) is None


@pytest.mark.parametrize(
    ("code", "written", "term_id"),
    [
        ("theme", "Risk assessment", "c"),
        ("theme", "évaluation des RISQUES", "c"),
        ("theme", "LMO detection", "i"),
        ("theme", "Human resources capacity development and training", "b"),
        ("theme", "Liability & redress", "liability"),
        ("theme", "赔偿责任和补救", "liability"),
        ("theme", "OTHER", "other"),
        ("organisation-kind", "NGO", "ngo"),
        ("organisation-kind", "University", "academic-research"),
        ("status", "in progress", "ongoing"),
        ("currency", "usd", "USD"),
        ("currency", "US dollars", "USD"),
        ("language", "Kiswahili", "sw"),
        ("language", "français", "fr"),
        ("sex", "F", "female"),
        ("group", "Least Developed Countries", "ldc"),
        ("group", "GRULAC", "grulac"),
        ("method", "Workshops", None),
    ],
)
def test_find_a_term(code, written, term_id):
    found = find(code, written)

    assert (found.id if found else None) == term_id


def test_every_label_finds_its_own_term_in_its_language():
    for code in queries.codes():
        for term in queries.vocabulary(code).terms:
            for tag, label in term.labels.items():
                found = find(code, label, tag)
                assert found is not None
                assert found.id == term.id, (code, tag, label)


def test_fold_makes_spellings_alike():
    assert fold("Côte d’Ivoire") == fold("COTE D'IVOIRE") == "cote d ivoire"
    assert fold("U.S.A.") == "usa"
