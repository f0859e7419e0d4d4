"""Synthetic documents for measuring search: six languages, realistic frequencies, repeatable."""

import bisect
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from kapok.search.documents import Document

# The commonest words of the field in each language; the first stand in most texts.
FIELD = {
    "en": "biosafety capacity training risk assessment protocol laboratory workshop national organisms modified "
    "detection customs decision management public awareness liability redress support regional guidance experts",
    "fr": "biosécurité capacités formation risques évaluation protocole laboratoire atelier national organismes "
    "modifiés détection douanes décision gestion public sensibilisation responsabilité réparation appui experts",
    "es": "bioseguridad capacidad capacitación riesgos evaluación protocolo laboratorio taller nacional organismos "
    "modificados detección aduanas decisión gestión público sensibilización responsabilidad apoyo regional expertos",
    "ru": "биобезопасность потенциал обучение риски оценка протокол лаборатория семинар национальный организмы "
    "измененные обнаружение таможня решение управление общественность ответственность поддержка эксперты",
    "ar": "السلامة القدرات التدريب المخاطر تقييم بروتوكول مختبر حلقة وطني الكائنات المحورة الكشف الجمارك القرار "
    "الإدارة الجمهور التوعية المسؤولية الجبر الدعم الخبراء",
    "zh": "生物安全 能力建设 培训 风险 评估 议定书 实验室 研讨会 国家 改性活生物体 检测 海关 决策 管理 公众 "
    "认识 赔偿责任 支持 区域 专家",
}
LETTERS = {
    "en": "bcdfghklmnprstvaeiou",
    "fr": "bcdfglmnprstvaeéiou",
    "es": "bcdfglmnprstvaeióu",
    "ru": "бвгдзклмнпрстаеиоу",
    "ar": "بتحدرسعفقكلمنايو",
    "zh": "农业种子基因作物环境监测技术法律信息研究合作方案试验植物田间数据",
}
SHARE = {"en": 46, "fr": 16, "es": 16, "ru": 8, "ar": 8, "zh": 6}
MANY = {
    "country": (198, 4), "region": (5, 2), "group": (10, 3), "theme": (60, 4), "status": (5, 1), "method": (12, 2),
    "audience": (12, 3), "level": (6, 1), "language": (6, 2), "year": (25, 3),
}  # fmt: skip
EIGHT = ("type", "country", "region", "theme", "status", "method", "audience", "organisation")
KINDS = ("initiative", "opportunity", "course", "need", "organisation", "resource", "expert", "news")


@dataclass
class Words:
    """A vocabulary in which the n-th word is about 1/n as frequent as the first."""

    language: str
    dice: random.Random
    size: int = 20_000
    known: list[str] = field(default_factory=list)
    sums: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.known = FIELD[self.language].split()
        letters = LETTERS[self.language]
        shortest, longest = (2, 4) if self.language == "zh" else (5, 10)
        while len(self.known) < self.size:
            self.known.append("".join(self.dice.choices(letters, k=self.dice.randint(shortest, longest))))
        self.sums = list(itertools.accumulate(1 / (rank + 3) ** 0.9 for rank in range(self.size)))

    def say(self, count: int) -> str:
        total = self.sums[-1]
        return " ".join(self.known[bisect.bisect(self.sums, self.dice.random() * total)] for _ in range(count))


class Corpus:
    """As many documents as wanted; the same ones for the same number."""

    def __init__(self, records: int) -> None:
        self.records = records
        self.dice = random.Random(records)
        self.words = {language: Words(language, self.dice) for language in FIELD}
        self.bodies = max(150, records // 100)

    def __iter__(self) -> Iterator[Document]:
        return (self.document(number) for number in range(self.records))

    def document(self, number: int) -> Document:
        dice = self.dice
        languages = dict.fromkeys(dice.choices(list(SHARE), list(SHARE.values()), k=dice.choice((1, 1, 1, 2))))
        titles = {one: self.words[one].say(dice.randint(5, 11)) for one in languages}
        texts = {one: self.words[one].say(dice.randint(40, 120)) for one in languages}
        facets = {name: self.values(name, *shape) for name, shape in MANY.items()}
        facets["organisation"] = self.values("organisation", self.bodies, 3)
        kind = KINDS[min(int(dice.paretovariate(1)) - 1, len(KINDS) - 1)]
        seen_by = ("public",) if dice.random() < 0.95 else (f"body:{dice.randint(1, 50)}", "secretariat")
        day = 737_000 + dice.randint(0, 3000)
        return Document(
            f"record:INI-{number:06}", kind, seen_by, titles, texts, facets | {"type": (kind,)},
            {"published": day, "updated": day, "closes": day + 90 if kind == "opportunity" else None},
            titles, {"title": titles, "summary": {one: text[:160] for one, text in texts.items()}},
        )  # fmt: skip

    def values(self, name: str, card: int, most: int) -> tuple[str, ...]:
        dice = self.dice
        drawn = (min(int(dice.paretovariate(0.6)), card) for _ in range(dice.randint(1, most)))
        return tuple(dict.fromkeys(f"{name[:3]}{one}" for one in drawn))
