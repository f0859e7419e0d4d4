"""Links in letters by which a person confirms a record without signing in."""

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import Refused
from kapok.people.models import Person
from kapok.records.models import Record

SALT = "records.confirm"
AGE = 120 * 24 * 3600


def confirm_link(record: Record, person: Person) -> str:
    """The address of the page with one button, for this person and this record only."""
    token = signing.dumps([record.identifier, person.pk], salt=SALT)
    return f"{settings.ADDRESS}/confirm/{token}"


def read_link(token: str) -> tuple[Record, Person]:
    """The record and the person of a link. Raises `Refused` in a sentence when it is old or not ours."""
    try:
        identifier, pk = signing.loads(token, salt=SALT, max_age=AGE)
    except signing.SignatureExpired:
        raise Refused(_("This link has expired. Sign in and confirm the record on its page.")) from None
    except (signing.BadSignature, ValueError, TypeError):
        raise Refused(
            _("This link is not complete: the mail program may have cut it. Copy it whole, or sign in.")
        ) from None
    record = Record.objects.select_related("owner", "draft").filter(identifier=identifier).first()
    person = Person.objects.filter(pk=pk, is_active=True).first()
    if record is None or person is None:
        raise Refused(_("This link no longer leads anywhere: the record or the account is gone."))
    return record, person
