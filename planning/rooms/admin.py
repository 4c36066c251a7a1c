from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from planning.rooms import reading
from planning.rooms.models import Lineup, Name, Room, Team
from slomix.lib.admin import ReadOnly

LINE = "{}<br>"


class Rows(admin.TabularInline):  # type: ignore[type-arg]  # generic in the stubs only
    """Rows below a room; the room's verbs change them."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class NameInline(Rows):
    model = Name
    fields = readonly_fields = ("text", "person", "suggested_at", "votes_for_it")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Name]:
        found = super().get_queryset(request).annotate(count=Count("votes"))
        ordered: QuerySet[Name] = found.order_by("-count", "suggested_at", "pk")
        return ordered.select_related("person__discord", "person__link__player")

    @admin.display(description=gettext_lazy("votes"))
    def votes_for_it(self, name: Name) -> int:
        return int(name.count)  # type: ignore[attr-defined]  # counted above


class LineupInline(Rows):
    model = Lineup
    ordering = ("-number",)
    fields = readonly_fields = ("number", "how", "by", "saved_at", "seed")
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Lineup]:
        found: QuerySet[Lineup] = super().get_queryset(request)
        return found.select_related("by__discord", "by__link__player")


@admin.register(Room)
class RoomAdmin(ReadOnly):
    """What became of an evening's planning: names and votes, and every state of the teams."""

    list_display = ("day", "creator", "opened_at", "thread_id", "thread_trouble", "pinged_at")
    list_select_related = ("creator__discord", "creator__link__player")
    date_hierarchy = "day"
    ordering = ("-day",)
    search_fields = ("creator__link__player__name", "names__text")
    inlines = (NameInline, LineupInline)
    fields = readonly_fields = (*list_display, "teams_now")

    @admin.display(description=gettext_lazy("teams"))
    def teams_now(self, room: Room) -> SafeString:
        lineup = reading.current(room)
        return _teams(lineup) if lineup else SafeString("–")


@admin.register(Lineup)
class LineupAdmin(ReadOnly):
    """One saved state of the teams: who made it, when, how, and who was in it."""

    list_display = ("room", "number", "how", "by", "saved_at")
    list_filter = ("how",)
    list_select_related = ("room", "by__discord", "by__link__player")
    ordering = ("-room__day", "-number")
    search_fields = ("members__person__link__player__name", "by__link__player__name")
    fields = readonly_fields = (*list_display, "seed", "why", "teams_of_it")

    @admin.display(description=gettext_lazy("teams"))
    def teams_of_it(self, lineup: Lineup) -> SafeString:
        return _teams(lineup)


def _teams(lineup: Lineup) -> SafeString:
    return format_html_join("", LINE, ((_line(team),) for team in reading.teams_of(lineup)))


def _line(team: Team) -> str:
    people = [member.person for member in team.people]  # type: ignore[attr-defined]
    names = [
        _("%(name)s (captain)") % {"name": one.name} if one.pk == team.captain_id else one.name
        for one in people
        if one
    ]
    gone = [_("somebody who has left") for one in people if one is None]
    return f"{team.side}: {', '.join([*names, *gone])}"
