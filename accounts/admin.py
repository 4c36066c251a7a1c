from django.contrib import admin
from django.http import HttpRequest

from accounts.models import (
    AuditEntry,
    DiscordAccount,
    Player,
    PlayerAlias,
    PlayerLink,
    Preferences,
    User,
)
from slomix.lib.admin import ReadOnly


@admin.register(User)
class UserAdmin(ReadOnly):
    list_display = ("name", "discord", "player", "is_promoter", "is_staff", "is_active")
    list_filter = ("is_promoter", "is_staff", "is_active")
    list_select_related = ("discord", "link__player")
    search_fields = ("username", "discord__username", "discord__display_name", "link__player__name")
    fields = ("username", "display_name", "is_promoter", "is_active", "date_joined", "last_login")
    readonly_fields = ("username", "date_joined", "last_login")

    @admin.display(empty_value="–")
    def player(self, person: User) -> str | None:
        return person.link.player.name if hasattr(person, "link") else None

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return admin.ModelAdmin.has_change_permission(self, request, obj)


class AliasInline(admin.TabularInline):  # type: ignore[type-arg]  # generic in the stubs only
    model = PlayerAlias
    extra = 0


@admin.register(Player)
class PlayerAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    list_display = ("name", "guid", "rating", "claimed_by")
    list_select_related = ("link__user__discord",)
    search_fields = ("name", "guid", "aliases__name")
    inlines = (AliasInline,)

    @admin.display(empty_value="–")
    def claimed_by(self, player: Player) -> str | None:
        return player.link.user.username if hasattr(player, "link") else None


@admin.register(DiscordAccount)
class DiscordAccountAdmin(ReadOnly):
    list_display = ("username", "display_name", "discord_id", "user", "refreshed_at")
    list_select_related = ("user__link__player",)
    search_fields = ("username", "display_name", "discord_id", "user__link__player__name")


@admin.register(PlayerLink)
class PlayerLinkAdmin(ReadOnly):
    list_display = ("user", "player", "linked_at")
    list_select_related = ("user__discord", "player")
    search_fields = ("player__name", "user__discord__username")


@admin.register(Preferences)
class PreferencesAdmin(ReadOnly):
    list_display = ("user", "allow_promotions", "quiet_start", "quiet_end", "timezone")
    list_select_related = ("user__discord", "user__link__player")
    search_fields = ("user__link__player__name", "user__discord__username")


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly):
    list_display = ("at", "action", "actor", "subject", "door")
    list_filter = ("action", "door")
    list_select_related = (
        "actor__discord",
        "actor__link__player",
        "subject__discord",
        "subject__link__player",
    )
    search_fields = ("actor__link__player__name", "subject__link__player__name")
