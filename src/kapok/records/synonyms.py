"""Names for one thing in the six languages, so that a search in one finds what is written in another."""

from kapok import vocab

# Terms as the Protocol uses them in its six languages, with what people call the same thing.
OURS: dict[str, tuple[str, ...]] = {
    "lmo": (
        "LMO",
        "LMOs",
        "living modified organism",
        "living modified organisms",
        "GMO",
        "GMOs",
        "genetically modified organism",
        "genetically modified organisms",
        "OVM",
        "organisme vivant modifié",
        "organismes vivants modifiés",
        "OGM",
        "organisme génétiquement modifié",
        "organismes génétiquement modifiés",
        "organismo vivo modificado",
        "organismos vivos modificados",
        "organismo genéticamente modificado",
        "organismos genéticamente modificados",
        "ЖИО",
        "живой измененный организм",
        "живые измененные организмы",
        "живых измененных организмов",
        "ГМО",
        "генетически модифицированные организмы",
        "генетически модифицированных организмов",
        "كائن حي محور",
        "كائنات حية محورة",
        "الكائنات الحية المحورة",
        "الكائنات المحورة وراثيا",
        "改性活生物体",
        "转基因生物",
        "基因改造生物",
    ),
    "bch": (
        "BCH",
        "Biosafety Clearing-House",
        "CEPRB",
        "Centre d’échange pour la prévention des risques biotechnologiques",
        "CIISB",
        "Centro de Intercambio de Información sobre Seguridad de la Biotecnología",
        "МПБ",
        "Механизм посредничества по биобезопасности",
        "غرفة تبادل معلومات السلامة الأحيائية",
        "生物安全信息交换所",
    ),
    "biosafety": (
        "biosafety",
        "prévention des risques biotechnologiques",
        "biosécurité",
        "seguridad de la biotecnología",
        "bioseguridad",
        "биобезопасность",
        "السلامة الأحيائية",
        "生物安全",
    ),
    "gef": (
        "GEF",
        "Global Environment Facility",
        "FEM",
        "FMAM",
        "Fonds pour l’environnement mondial",
        "ГЭФ",
        "全球环境基金",
    ),
}


def countries() -> dict[str, tuple[str, ...]]:
    """Countries and groups by all their names; each stands in every record that carries it as a facet."""
    named = {f"country:{one.id}": vocab.synonyms("country", one.id) for one in vocab.countries("en")}
    groups = {}
    for one in vocab.choices("group", "en"):
        facet = "region" if one.id in vocab.regions() else "group"
        groups[f"{facet}:{one.id}"] = vocab.synonyms("group", one.id)
    return named | groups


def ours() -> dict[str, tuple[str, ...]]:
    """The terms above."""
    return OURS
