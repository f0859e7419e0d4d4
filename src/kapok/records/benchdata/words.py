"""Texts in six languages whose words are as unequally frequent as those of real texts."""

import bisect
import itertools
import random
from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")

# Words of the field; the first of each language are the most frequent.
FIELD = {
    "en": "biosafety of living modified organisms capacity training risk assessment protocol national laboratory "
    "workshop detection regional customs decision management public awareness participation liability redress "
    "support guidance experts institutions environment biodiversity seed maize cotton regulation inspection "
    "monitoring information clearing-house policy law researchers farmers import sampling methods network",
    "fr": "biosécurité des organismes vivants modifiés capacités formation risques évaluation protocole national "
    "laboratoire atelier détection régional douanes décision gestion public sensibilisation participation "
    "responsabilité réparation appui orientations experts institutions environnement biodiversité semences maïs "
    "coton réglementation inspection surveillance information politique loi chercheurs agriculteurs importation",
    "es": "bioseguridad de organismos vivos modificados capacidad formación riesgos evaluación protocolo nacional "
    "laboratorio taller detección regional aduanas decisión gestión público sensibilización participación "
    "responsabilidad compensación apoyo orientación expertos instituciones ambiente biodiversidad semillas maíz "
    "algodón reglamento inspección vigilancia información política ley investigadores agricultores importación",
    "ru": "биобезопасность живых измененных организмов потенциал обучение риски оценка протокол национальный "
    "лаборатория семинар обнаружение региональный таможня решение управление общественность информирование "
    "участие ответственность возмещение поддержка руководство эксперты учреждения среда биоразнообразие семена "
    "кукуруза хлопок регулирование инспекция мониторинг информация политика закон ученые фермеры импорт",
    "ar": "السلامة الأحيائية الكائنات الحية المحورة القدرات التدريب المخاطر تقييم بروتوكول وطني مختبر حلقة الكشف "
    "إقليمي الجمارك القرار الإدارة الجمهور التوعية المشاركة المسؤولية الجبر الدعم التوجيه الخبراء المؤسسات البيئة "
    "التنوع البذور الذرة القطن التنظيم التفتيش الرصد المعلومات السياسة القانون الباحثون المزارعون الاستيراد",
    "zh": "生物安全 改性活生物体 能力建设 培训 风险 评估 议定书 国家 实验室 研讨会 检测 区域 海关 决策 管理 公众 认识 "
    "参与 赔偿责任 补救 支持 指南 专家 机构 环境 生物多样性 种子 玉米 棉花 法规 检查 监测 信息 政策 法律 研究人员 "
    "农民 进口",
}
LETTERS = {
    "en": ("bcdfghklmnprstvw", "aeiou"),
    "fr": ("bcdfglmnprstv", "aeéiou"),
    "es": ("bcdfglmnprstv", "aeiouó"),
    "ru": ("бвгдзклмнпрст", "аеиоуя"),
    "ar": ("بتحدرسعفقكلمن", "ايو"),
    "zh": ("农业种子基因作物环境监测技术法律", "信息研究合作方案试验植物田间数据"),
}
# How many records of a hundred are written in each language first.
FIRST = {"en": 46, "fr": 15, "es": 15, "ru": 8, "ar": 8, "zh": 8}
VOCABULARY = 20_000
SENTENCES = 4_000


class Unequal(Sequence[Thing]):
    """Things of which the n-th is drawn about 1/n as often as the first."""

    def __init__(self, things: Sequence[Thing], slope: float = 0.95, shift: float = 3.0) -> None:
        self.things = things
        self.sums = list(itertools.accumulate(1 / (rank + shift) ** slope for rank in range(len(things))))

    def __len__(self) -> int:
        return len(self.things)

    def __getitem__(self, place: int) -> Thing:  # type: ignore[override]  # nobody takes slices of it
        return self.things[place]

    def draw(self, dice: random.Random) -> Thing:
        """One of them."""
        return self.things[bisect.bisect(self.sums, dice.random() * self.sums[-1])]

    def some(self, dice: random.Random, most: int) -> list[Thing]:
        """From one to `most` different ones, few more often than many."""
        count = min(dice.randint(1, most), dice.randint(1, most))
        return list(dict.fromkeys(self.draw(dice) for _ in range(count)))


class Speaker:
    """Titles and texts in one language, put together from sentences made beforehand."""

    def __init__(self, language: str, dice: random.Random) -> None:
        known = FIELD[language].split()
        first, second = LETTERS[language]
        while len(known) < VOCABULARY:
            syllables = dice.randint(1, 2) if language == "zh" else dice.randint(2, 4)
            known.append("".join(dice.choice(first) + dice.choice(second) for _ in range(syllables)))
        words = Unequal(known)
        gap, stop = ("", "。") if language == "zh" else (" ", ". ")
        self.titles = [gap.join(words.draw(dice) for _ in range(dice.randint(4, 9))) for _ in range(SENTENCES)]
        self.sentences = [
            gap.join(words.draw(dice) for _ in range(dice.randint(8, 18))) + stop for _ in range(SENTENCES)
        ]

    def title(self, dice: random.Random) -> str:
        """Two halves of titles, so that few are alike."""
        one, other = dice.choice(self.titles), dice.choice(self.titles)
        return f"{one[:1].upper()}{one[1:]}: {other}"

    def text(self, dice: random.Random, most: int) -> str:
        """Some sentences."""
        return "".join(dice.choices(self.sentences, k=dice.randint(2, most))).strip()


class Speakers:
    """All six languages."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.by_tag = {tag: Speaker(tag, dice) for tag in FIELD}
        self.tags, self.weights = list(FIRST), list(itertools.accumulate(FIRST.values()))

    def tongues(self) -> list[str]:
        """The languages of one record: mostly one, at times two, seldom all six."""
        chance = self.dice.random()
        if chance < 0.02:
            return self.tags
        first = self.dice.choices(self.tags, cum_weights=self.weights)[0]
        second = "en" if first != "en" else "fr"
        return [first, second] if chance < 0.25 else [first]

    def title(self, tongues: list[str]) -> dict[str, str]:
        """A title in each of the languages."""
        return {tag: self.by_tag[tag].title(self.dice) for tag in tongues}

    def text(self, tongues: list[str], most: int = 6) -> dict[str, str]:
        """A text in each of the languages."""
        return {tag: self.by_tag[tag].text(self.dice, most) for tag in tongues}
