"""Every address of the site."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from slomix import health
from slomix.api import api
from slomix.auth_api import api as auth_api

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("slomix.pages.urls")),
    path("evenings/", include("availability.urls")),
    path("", include("promotions.urls")),
    path("accounts/", include("accounts.urls")),
    path("api/", api.urls),
    path("auth/", auth_api.urls),
    path("hooks/", include("botworker.urls")),
    path("health", health.health, name="health"),
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
]
