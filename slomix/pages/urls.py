"""Addresses of the pages that are made of several apps."""

from django.urls import path

from slomix.pages import linking, parts, profile, stop, tonight

urlpatterns = [
    path("", tonight.tonight, name="tonight"),
    path("remind/", tonight.remind, name="remind"),
    path("link/", linking.link, name="link"),
    path("link/player/", linking.choose, name="link_player"),
    path("link/done/", linking.linked, name="linked"),
    path("you/", profile.you, name="you"),
    path("you/preferences/", profile.preferences, name="preferences"),
    path("stop/<str:token>/", stop.stop, name="stop"),
    path("parts/", parts.parts, name="parts"),
]
