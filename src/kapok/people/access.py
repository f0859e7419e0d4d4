"""Who sees persons and who may act for whom: rules that the other rooms combine with their own."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kapok.core.rules import is_signed_in, rule
from kapok.people.models import Body, Designation, Kind, Person, Request, Role
from kapok.people.models.designation import BODY_ROLES

if TYPE_CHECKING:
    Who = Person | AnonymousUser


def tokens(who: Any) -> tuple[str, ...]:
    """The words the index compares with those of a document to know whether `who` may see it."""
    return who.tokens() if isinstance(who, Person) and who.is_active else ("public",)


def body_of(thing: Any) -> int | None:
    """The id of the body a thing belongs to: the body itself, or its owner, or the body it names."""
    if isinstance(thing, Body):
        return thing.pk
    for name in ("owner_id", "body_id"):
        if (pk := getattr(thing, name, None)) is not None:
            return int(pk)
    return None


@rule(_("You need an account for this: sign in, or join."))
def is_member(who: Any, thing: Any) -> bool:
    """Anybody with an account whose address is confirmed."""
    return isinstance(who, Person) and who.is_active


@rule(_("Only the Secretariat does this. Write to the Secretariat if it should be done."))
def is_secretariat(who: Any, thing: Any) -> bool:
    """Designated by an administrator as a member of the Secretariat."""
    return isinstance(who, Person) and who.is_secretariat


@rule(_("Only an administrator of this site does this. Ask the Secretariat to pass it on."))
def is_administrator(who: Any, thing: Any) -> bool:
    """Looks after the installation and says who is the Secretariat."""
    return isinstance(who, Person) and who.is_administrator


@rule(_("Only the focal point of this government does this. Send it to the focal point, or ask the Secretariat."))
def is_focal_point_of_body(who: Any, thing: Any) -> bool:
    """Focal point of the government that owns the thing."""
    return isinstance(who, Person) and body_of(thing) in who.focal_point_of()


@rule(
    _(
        "Only those who act for this body do this: its designated editors and, for a government, its focal point. "
        "You can ask to be designated on your account page."
    )
)
def edits_for_body(who: Any, thing: Any) -> bool:
    """Designated editor of the body that owns the thing, or focal point of that government."""
    return isinstance(who, Person) and body_of(thing) in who.edits_for()


@rule(_("Only the person concerned does this."))
def is_oneself(who: Any, thing: Any) -> bool:
    """The thing is the person's own account, or belongs to it."""
    if not isinstance(who, Person):
        return False
    return who.pk is not None and who.pk == (thing.pk if isinstance(thing, Person) else getattr(thing, "person_id", 0))


@rule(_("This role is given by an administrator of this site."))
def is_for_a_body(who: Any, thing: Any) -> bool:
    """The role acts for a government or an organisation."""
    return thing.role in BODY_ROLES


@rule(_("A focal point names the editors of their own government; other roles are given by the Secretariat."))
def is_editor_of_a_government(who: Any, thing: Any) -> bool:
    """The role is that of an editor, for a government."""
    return thing.role == Role.EDITOR and thing.body is not None and thing.body.kind == Kind.GOVERNMENT


may_designate_staff = ~is_for_a_body & is_administrator
may_designate_for_bodies = is_for_a_body & is_secretariat
may_designate_own_editors = is_editor_of_a_government & is_focal_point_of_body

may_designate = (may_designate_staff | may_designate_own_editors | may_designate_for_bodies).saying(
    _(
        "The Secretariat designates focal points of governments and editors of bodies; "
        "a focal point designates the editors of their own government; "
        "an administrator designates the Secretariat and administrators."
    )
)
may_end_designation = (may_designate | is_oneself).saying(
    _("A designation is ended by those who may give it, or laid down by the person who holds it.")
)
may_answer_request = (may_designate_own_editors | may_designate_for_bodies).saying(
    _("The Secretariat answers this request; for an editor of a government, its focal point does too.")
)
may_see_designations = (is_secretariat | is_administrator).saying(
    _("The list of designations is for the Secretariat and administrators. Your own roles stand on your account page.")
)
may_see_people_of = (is_secretariat | is_administrator | edits_for_body).saying(
    _("Who acts for a body is seen by those who act for it and by the Secretariat.")
)
may_ask = is_signed_in & is_member


def visible_to(who: "Who") -> QuerySet[Person]:
    """Persons one may see: oneself and those of one's own bodies; the Secretariat and administrators see all.

    Nobody else can list persons: names of members are not public.
    """
    if not isinstance(who, Person) or not who.is_active:
        return Person.objects.none()
    if who.is_secretariat or who.is_administrator:
        return Person.objects.filter(erased_at=None)
    colleagues = Designation.objects.in_force().filter(body_id__in=who.edits_for()).values("person_id")
    return Person.objects.filter(Q(pk=who.pk) | Q(pk__in=colleagues), erased_at=None)


def designations_visible_to(who: "Who") -> QuerySet[Designation]:
    """Designations one may see: one's own, those of one's bodies, or all for the Secretariat and administrators."""
    if not isinstance(who, Person) or not who.is_active:
        return Designation.objects.none()
    if who.is_secretariat or who.is_administrator:
        return Designation.objects.all()
    return Designation.objects.filter(Q(person=who) | Q(body_id__in=who.edits_for()))


def requests_visible_to(who: "Who") -> QuerySet[Request]:
    """Requests one may see: one's own, those one may answer."""
    if not isinstance(who, Person) or not who.is_active:
        return Request.objects.none()
    if who.is_secretariat:
        return Request.objects.all()
    return Request.objects.filter(Q(person=who) | Q(body_id__in=who.focal_point_of(), role=Role.EDITOR))
