"""Every address of the site."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from availability.nudge_page import nudge
from slomix import health
from slomix.api import api
from slomix.auth_api import api as auth_api
from slomix.pages import once

urlpatterns: list[URLPattern | URLResolver] = [
    # Asked most of all, and addresses are tried in this order.
    path("api/", api.urls),
    path("", include("slomix.pages.urls")),
    # In chats the address is written out, so it is short.
    path("s/<str:token>/", once.once, name="answer_once"),
    path("nudge/", nudge, name="nudge"),
    path("evenings/", include("availability.urls")),
    path("", include("promotions.urls")),
    path("room/", include("planning.rooms.urls")),
    path("raids/", include("planning.raids.urls")),
    path("accounts/", include("accounts.urls")),
    path("auth/", auth_api.urls),
    path("hooks/", include("botworker.urls")),
    path("health", health.health, name="health"),
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("slomix.operations.urls")),
    path("admin/", admin.site.urls),
]
