from django.contrib import admin
from django.http import HttpRequest

from botworker.models import Attempt, Delivery, KeywordReply, Tracked, Worker
from slomix.lib.admin import ReadOnly


class AttemptInline(admin.TabularInline):  # type: ignore[type-arg]  # generic in the stubs only
    model = Attempt
    fields = readonly_fields = (
        "n",
        "channel",
        "outcome",
        "started_at",
        "ended_at",
        "http_status",
        "provider_code",
        "error",
    )
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Delivery | None = None) -> bool:
        return False


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly):
    """The ledger, as it is: nothing here can be changed or sent again."""

    list_display = ("event_key", "person", "state", "reason", "channel", "due_at", "settled_at")
    list_filter = ("state", "kind", "channel", "evening")
    list_select_related = ("person__discord", "person__link__player")
    search_fields = ("event_key", "person__link__player__name")
    exclude = ("nonce_seed", "recipient")
    inlines = (AttemptInline,)


@admin.register(Tracked)
class TrackedAdmin(ReadOnly):
    """What is kept true in Discord: how far it is behind, and why."""

    list_display = ("key", "shown", "wanted", "edited_at", "error", "failures", "closed_at")
    list_filter = ("kind", "evening")
    search_fields = ("key", "error")
    exclude = ("marker",)


@admin.register(Worker)
class WorkerAdmin(ReadOnly):
    """What is done again and again: when it last was, how long it took, what failed."""

    list_display = ("name", "last_run_at", "seconds", "runs", "last_error", "last_good_at")
    search_fields = ("name", "last_error")


@admin.register(KeywordReply)
class KeywordReplyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """The bot reads them anew every few seconds. On servers it needs the message content intent."""

    list_display = ("word", "guild", "reply", "is_active")
    list_filter = ("is_active", "guild")
    list_select_related = ("guild",)
    search_fields = ("word", "reply")
