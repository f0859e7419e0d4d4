"""Who may set the numbers in the rules of the matrix: the Secretariat. Everybody reads them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kapok.core.rules import rule


@rule(_("Only the Secretariat does this."))
def is_secretariat(who: Any, thing: Any) -> bool:
    """A member of the Secretariat."""
    return bool(getattr(who, "is_secretariat", False))


may_set_rules = is_secretariat
