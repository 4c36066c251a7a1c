from typing import Any

from django.contrib.auth.backends import ModelBackend

from accounts import access
from accounts.models import User
from slomix.lib.compiled import Compiled

# Asked with every request of whoever is signed in.
WHOLE = Compiled(lambda: User.objects.with_identity().filter(pk=0))
# What a promoter sees of the admin; everything else there is for admins.
PROMOTERS = frozenset(
    {
        *("accounts.view_contest", "accounts.view_player", "accounts.view_playerlink"),
        *("availability.view_entry", "promotions.view_campaign", "promotions.view_job"),
        *("rooms.view_room", "rooms.view_name", "rooms.view_lineup"),
    }
)


class People(ModelBackend):
    """Fetch whoever is signed in together with what every page asks of them, in one query."""

    def get_user(self, user_id: Any) -> User | None:
        person: User | None = next(iter(WHOLE.all(User._meta.pk.to_python(user_id))), None)
        return person if person and self.user_can_authenticate(person) else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """Return what the admin asks for: the stored rights, and those of promoters."""
        stored: set[str] = super().get_all_permissions(user_obj, obj)
        promoter = isinstance(user_obj, User) and access.of(user_obj).promoter
        return stored | PROMOTERS if promoter else stored

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        """Allow admins everything, the environment's as well."""
        if isinstance(user_obj, User) and access.of(user_obj).admin:
            return True
        return super().has_perm(user_obj, perm, obj)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        """Show an app to whoever may see something of it."""
        if isinstance(user_obj, User) and access.of(user_obj).admin:
            return True
        return super().has_module_perms(user_obj, app_label)
