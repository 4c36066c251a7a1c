"""Addresses of the pages that are made of several apps."""

from django.urls import path

from slomix.pages import channels, language, leaving, linking, parts, profile, stop, tonight, week

urlpatterns = [
    path("", tonight.tonight, name="tonight"),
    path("remind/", tonight.remind, name="remind"),
    path("link/", linking.link, name="link"),
    path("link/player/", linking.choose, name="link_player"),
    path("link/new/", linking.newcomer, name="newcomer"),
    path("link/contest/", linking.contest, name="contest"),
    path("link/contest/withdraw/", linking.withdraw, name="contest_withdraw"),
    path("link/proof/", linking.proof, name="proof"),
    path("link/done/", linking.linked, name="linked"),
    path("you/", profile.you, name="you"),
    path("you/preferences/", profile.preferences, name="preferences"),
    path("you/stop/", profile.stop, name="stop_all"),
    path("you/name/", profile.rename, name="rename"),
    path("you/order/", channels.order, name="channel_order"),
    path("you/channels/<slug:channel>/", channels.link, name="channel"),
    path("you/channels/<slug:channel>/test/", channels.test, name="channel_test"),
    path("you/channels/<slug:channel>/disconnect/", channels.disconnect, name="disconnect"),
    path("you/player/unlink/", leaving.unlink_player, name="unlink_player"),
    path("you/discord/unlink/", leaving.unlink_discord, name="unlink_discord"),
    path("you/data/", leaving.data, name="data"),
    path("you/data/export/", leaving.export, name="export"),
    path("you/erase/", leaving.erase, name="erase"),
    path("you/week/", week.week, name="week"),
    path("you/week/usual/", week.usual, name="usual"),
    path("you/week/away/", week.away, name="away"),
    path("you/week/back/", week.back_again, name="back_again"),
    path("you/week/undo/", week.undo, name="undo_change"),
    path("you/week/calendar/<slug:kind>/", week.calendar, name="calendar"),
    path("you/week/calendar/<slug:kind>/ring/", week.ring, name="calendar_ring"),
    path("you/week/calendar/<slug:kind>/revoke/", week.revoke, name="calendar_revoke"),
    path("stop/<str:token>/", stop.stop, name="stop"),
    path("parts/", parts.parts, name="parts"),
    path("language/", language.choose, name="language"),
]
