from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from planning.raids import actions, labels
from planning.raids.forms import DungeonForm, GuildSettingsForm, TemplateForm
from planning.raids.models import Attendance, Dungeon, GuildSettings, Option, Raid, Template
from planning.raids.policy import Actor
from slomix.lib import clock
from slomix.lib.admin import ReadOnly

MAKER = ("creator__discord", "creator__link__player")


class NotDeleted(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """Rows that are changed through verbs, and stay."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class OptionInline(admin.TabularInline):  # type: ignore[type-arg]  # generic in the stubs only
    model = Option
    fields = readonly_fields = ("kind", "label", "date", "wall")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Raid)
class RaidAdmin(ReadOnly):
    """Every raid that is or was planned; what happens to one is said in Discord or on its page."""

    list_display = ("display_id", "guild", "dungeon_name", "status", "creator", "created_at")
    list_filter = ("status", "guild")
    list_select_related = ("guild", *MAKER)
    search_fields = ("dungeon_name", "creator__link__player__name", "creator__discord__username")
    date_hierarchy = "created_at"
    ordering = ("-created_at", "-pk")
    inlines = (OptionInline,)


@admin.register(Attendance)
class AttendanceAdmin(ReadOnly):
    list_display = ("raid", "person", "status", "marked_by", "updated_at")
    list_filter = ("status", "raid__guild")
    list_select_related = (
        *("raid", "person__discord", "person__link__player"),
        *("marked_by__discord", "marked_by__link__player"),
    )
    search_fields = ("person__link__player__name", "person__discord__username")


@admin.register(Dungeon)
class DungeonAdmin(NotDeleted):
    """One that is switched off is neither offered nor taken; raids keep the name they had."""

    form = DungeonForm
    list_display = ("name", "short_code", "is_active", "sort_order")
    list_filter = ("is_active",)
    search_fields = ("name", "short_code")
    ordering = ("sort_order", "name")

    def save_model(self, request: HttpRequest, obj: Dungeon, form: Any, change: bool) -> None:
        saved = actions.save_dungeon(
            name=obj.name,
            short_code=obj.short_code,
            is_active=obj.is_active,
            sort_order=obj.sort_order,
            dungeon_id=obj.pk,
        )
        obj.pk = saved.pk


@admin.register(Template)
class TemplateAdmin(NotDeleted):
    """What the next form for a dungeon is filled in with."""

    form = TemplateForm
    list_display = ("dungeon", "guild", "days", "times", "updated_at")
    list_filter = ("guild",)
    list_select_related = ("dungeon", "guild")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("Days"))
    def days(self, template: Template) -> str:
        return labels.joined(template.labels("day"))

    @admin.display(description=_("Times"))
    def times(self, template: Template) -> str:
        return labels.joined(template.labels("time"))

    def save_model(self, request: HttpRequest, obj: Template, form: Any, change: bool) -> None:
        said = {name: form.cleaned_data[name] for name in ("days", "times", "min_players")}
        actions.save_template(template=obj, at=clock.now(), **said)


@admin.register(GuildSettings)
class GuildSettingsAdmin(NotDeleted):
    """Each server's channels and wishes; a server comes and goes with the bot."""

    form = GuildSettingsForm
    list_display = ("guild", "ready", "templates_enabled", "leaderboard_enabled", "last_display_id")
    list_select_related = ("guild",)
    search_fields = ("guild__name",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(boolean=True, description=_("can plan"))
    def ready(self, wishes: GuildSettings) -> bool:
        return wishes.ready

    def save_model(self, request: HttpRequest, obj: GuildSettings, form: Any, change: bool) -> None:
        assert isinstance(request.user, User)
        wanted = {name: form.cleaned_data[name] for name in form.changed_data}
        actor = Actor(request.user, guild_admin=True)
        actions.set_settings(guild=obj.guild, actor=actor, at=clock.now(), door="admin", **wanted)
