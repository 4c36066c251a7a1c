"""Somebody whose row is gone altogether: no door of ours takes it away, an operator's hand may."""

from django.conf import settings
from django.db import connection

from accounts.models import User
from slomix.operations import grants
from slomix.operations.owner import as_owner

# They point to people, and whoever serves people may not change who did what.
POINTING = ("DELETE ON django_admin_log", "UPDATE ON account_link_audit_log")


def take_away(who: User) -> None:
    """Delete a person's row with all that Django deletes or empties on the way.

    It happens in the test's own transaction, which the owner of the tables cannot see; so the
    rights for it are lent.
    """
    if not settings.MIGRATOR:
        who.delete()
        return
    role = connection.ops.quote_name(grants.web_role())
    with as_owner(), connection.cursor() as cursor:
        for right in POINTING:
            cursor.execute(f"GRANT {right} TO {role}")
    try:
        who.delete()
    finally:
        grants.apply()
