from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import access, actions
from accounts.models import (
    AuditEntry,
    Contest,
    DiscordAccount,
    Level,
    Player,
    PlayerAlias,
    PlayerLink,
    Preferences,
    User,
)
from slomix.lib import clock
from slomix.lib.admin import ReadOnly


@admin.register(User)
class UserAdmin(ReadOnly):
    list_display = ("name", "discord", "player", "is_promoter", "is_staff", "is_active")
    list_filter = ("is_promoter", "is_staff", "is_active")
    list_select_related = ("discord", "link__player")
    search_fields = ("username", "discord__username", "discord__display_name", "link__player__name")
    actions = ("make_admin", "take_admin")
    fields = ("username", "display_name", "is_promoter", "is_active", "date_joined", "last_login")
    readonly_fields = ("username", "date_joined", "last_login")

    @admin.display(empty_value="–")
    def player(self, person: User) -> str | None:
        return person.link.player.name if hasattr(person, "link") else None

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return admin.ModelAdmin.has_change_permission(self, request, obj)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Write roles down as grants; the other columns are Django's own matter."""
        before = User.objects.get(pk=obj.pk)
        wanted = obj.is_promoter
        obj.is_promoter = before.is_promoter
        super().save_model(request, obj, form, change)
        if wanted != before.is_promoter:
            _role(self, request, obj, "promoter", wanted)

    @admin.action(description=_("Make admin"), permissions=["change"])
    def make_admin(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        for person in chosen:
            _role(self, request, person, "admin", True)

    @admin.action(description=_("Take the admin's role"), permissions=["change"])
    def take_admin(self, request: HttpRequest, chosen: QuerySet[User]) -> None:
        for person in chosen:
            _role(self, request, person, "admin", False)


def _role(page: Any, request: HttpRequest, person: User, role: str, has: bool) -> None:
    assert isinstance(request.user, User)
    verb = actions.grant if has else actions.revoke
    try:
        verb(person=person, role=role, by=request.user, at=clock.now())
    except actions.RoleRefused as refused:
        page.message_user(request, str(refused), messages.ERROR)


class AliasInline(admin.TabularInline):  # type: ignore[type-arg]  # generic in the stubs only
    model = PlayerAlias
    extra = 0


@admin.register(Player)
class PlayerAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    list_display = ("name", "guid", "rating", "pending", "claimed_by")
    list_filter = ("pending",)
    list_select_related = ("link__user__discord",)
    search_fields = ("name", "guid", "aliases__name")
    inlines = (AliasInline,)

    @admin.display(empty_value="–")
    def claimed_by(self, player: Player) -> str | None:
        return player.link.user.name if hasattr(player, "link") else None


@admin.register(DiscordAccount)
class DiscordAccountAdmin(ReadOnly):
    list_display = ("username", "display_name", "discord_id", "user", "refreshed_at")
    list_select_related = ("user__link__player",)
    search_fields = ("username", "display_name", "discord_id", "user__link__player__name")


@admin.register(PlayerLink)
class PlayerLinkAdmin(ReadOnly):
    """Promoters confirm here who is who."""

    list_display = ("user", "player", "pending", "proof", "linked_at")
    list_filter = ("proof", "player__pending")
    list_select_related = ("user__discord", "player")
    search_fields = ("player__name", "user__discord__username")
    actions = ("confirm",)

    @admin.display(boolean=True, description=_("new, not confirmed"))
    def pending(self, link: PlayerLink) -> bool:
        return link.player.pending

    def has_settle_permission(self, request: HttpRequest) -> bool:
        return _settles(request)

    @admin.action(description=_("Confirm that this is their player"), permissions=["settle"])
    def confirm(self, request: HttpRequest, chosen: QuerySet[PlayerLink]) -> None:
        assert isinstance(request.user, User)
        for link in chosen:
            try:
                actions.confirm_player(link=link, by=request.user, at=clock.now())
            except actions.ClaimRefused as refused:
                self.message_user(request, str(refused), messages.ERROR)


@admin.register(Contest)
class ContestAdmin(ReadOnly):
    """Two people and one player; a promoter who is neither decides."""

    list_display = ("player", "challenger", "proof", "holder", "outcome", "opened_at", "settled_by")
    list_filter = ("outcome",)
    list_select_related = (
        "player",
        "challenger__discord",
        "challenger__link__player",
        "holder__discord",
        "holder__link__player",
        "settled_by__discord",
        "settled_by__link__player",
    )
    search_fields = ("player__name",)
    actions = ("move", "keep")

    def has_settle_permission(self, request: HttpRequest) -> bool:
        return _settles(request)

    @admin.action(description=_("Give the player to the challenger"), permissions=["settle"])
    def move(self, request: HttpRequest, chosen: QuerySet[Contest]) -> None:
        self._settle(request, chosen, True)

    @admin.action(description=_("Leave the player where it is"), permissions=["settle"])
    def keep(self, request: HttpRequest, chosen: QuerySet[Contest]) -> None:
        self._settle(request, chosen, False)

    def _settle(self, request: HttpRequest, chosen: QuerySet[Contest], moved: bool) -> None:
        assert isinstance(request.user, User)
        for contest in chosen:
            try:
                actions.settle_contest(
                    contest=contest, moved=moved, by=request.user, at=clock.now()
                )
            except actions.ClaimRefused as refused:
                self.message_user(request, str(refused), messages.ERROR)


def _settles(request: HttpRequest) -> bool:
    found = access.of(request.user)
    return found.promoter or found.admin


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


@admin.register(Level)
class LevelAdmin(ReadOnly):
    """Points are earned in Discord and nowhere else."""

    list_display = ("person", "guild", "level", "xp", "counts", "spoke_at")
    list_filter = ("guild", "counts")
    list_select_related = ("guild", "person__discord", "person__link__player")
    search_fields = ("person__link__player__name", "person__discord__username")
    ordering = ("-xp", "pk")
