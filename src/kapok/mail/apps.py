from typing import Any

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Letters and their queue."""

    name = "kapok.mail"
    label = "mail"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What is kept here of a person can be taken away, and is forgotten with their account."""
        from kapok.people.verbs import accounts

        accounts.exported["letters"] = exported
        accounts.forgotten.append(forget)


def exported(person: Any) -> list[dict[str, Any]]:
    """The letters a person got."""
    sent = person.letters_to.order_by("id").values("subject", "address", "state", "made_at", "sent_at", "text")
    return [{**one, "made_at": one["made_at"].isoformat(), "sent_at": _iso(one["sent_at"])} for one in sent]


def _iso(moment: Any) -> str | None:
    return moment.isoformat() if moment else None


def forget(person: Any) -> None:
    """Erase the letters of a person who leaves."""
    from kapok.mail.models import Letter

    person.letters_to.all().delete()
    Letter.objects.filter(address__iexact=person.email).delete()
