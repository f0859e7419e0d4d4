"""The indicators that come with Kapok, as sets that wait for an agreement."""

from django.db import transaction

from kapok.surveys.models import Indicator, IndicatorSet
from kapok.surveys.questionnaires.reading import Row, by_language, in_languages, rows

REPORTS = ("nr2", "nr3", "nr4", "nr5")


def questions_of(row: Row) -> dict[str, list[str]]:
    """The questions an indicator is read from, by report."""
    return {code: row[code].split() for code in REPORTS if row[code]}


@transaction.atomic
def ensure() -> int:
    """Load the sets that are not there yet, and count them. A set that exists is changed by its verbs only."""
    count = 0
    for about in rows("indicator-sets"):
        made, new = IndicatorSet.objects.get_or_create(code=about["code"], defaults={"title": by_language(about)})
        if not new:
            translate(made)
            continue
        frameworks = about["frameworks"].split()
        found = [row for row in rows("indicators") if row["framework"] in frameworks]
        Indicator.objects.bulk_create(
            Indicator(
                set=made,
                key=row["key"],
                order=order,
                framework=row["framework"],
                area=row["area"],
                text=in_languages(row["text"]),
                unit=row["unit"],
                level=row["level"],
                data_source=row["data_source"],
                status=row["status"],
                questions=questions_of(row),
            )
            for order, row in enumerate(found, 1)
        )
        count += 1
    return count


def translate(found: IndicatorSet) -> None:
    """Give the texts of a set nobody has agreed on yet the languages they lack; what was agreed stays as it was."""
    if found.frozen_at:
        return
    for indicator in found.indicators.all():
        known = in_languages(indicator.text.get("en", ""))
        if set(known) > set(indicator.text):
            indicator.text = {**known, **indicator.text}
            indicator.save(update_fields=["text"])
