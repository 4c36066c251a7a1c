"""The admin with our own door; the setting of apps names it."""

from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    """Django's admin, entered through `accounts.staff`."""

    default_site = "accounts.staff.StaffSite"
