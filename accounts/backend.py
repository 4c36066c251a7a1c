from typing import Any

from django.contrib.auth.backends import ModelBackend

from accounts.models import User


class People(ModelBackend):
    """Fetch whoever is signed in together with what every page asks of them, in one query."""

    def get_user(self, user_id: Any) -> User | None:
        person = User.objects.with_identity().filter(pk=user_id).first()
        return person if person and self.user_can_authenticate(person) else None
