"""Who may do more: promoters and admins."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import access
from accounts.models import AuditEntry, User

# A role and the columns it is made of.
ROLES = {
    "promoter": {"is_promoter": True},
    "admin": {"is_staff": True, "is_superuser": True},
}


class RoleRefused(Exception):
    """The role is not given or taken; the text says why."""


def grant(*, person: User, role: str, by: User | None, at: datetime, door: str = "admin") -> bool:
    """Give somebody a role; returns whether it is new. `by` is None for an operator's command.

    Raises RoleRefused for an unknown role and for whoever is no admin.
    """
    return _change(person, role, True, by, at, door)


def revoke(*, person: User, role: str, by: User | None, at: datetime, door: str = "admin") -> bool:
    """Take a role away; returns whether they had it. Raises as `grant` does.

    What the environment gives (PROMOTER_DISCORD_IDS, ADMIN_DISCORD_IDS) is taken away there.
    """
    return _change(person, role, False, by, at, door)


@transaction.atomic
def _change(person: User, role: str, has: bool, by: User | None, at: datetime, door: str) -> bool:
    if role not in ROLES:
        raise RoleRefused(
            _("There is no role “%(role)s”. Write promoter or admin.") % {"role": role}
        )
    if by is not None and not access.of(by).admin:
        raise RoleRefused(_("Only admins can do this."))
    if by is not None and by.pk == person.pk and not has:
        raise RoleRefused(_("Let another admin take your role, so that one is left."))
    stored = User.objects.select_for_update().get(pk=person.pk)
    wanted = dict.fromkeys(ROLES[role], has)
    if all(getattr(stored, column) is value for column, value in wanted.items()):
        return False
    User.objects.filter(pk=person.pk).update(**wanted)
    action = "role_granted" if has else "role_revoked"
    AuditEntry.write(action, at=at, actor=by, subject=person, door=door, role=role)
    return True
