from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _

from promotions import report
from promotions.models import Campaign, Job
from slomix.lib import clock
from slomix.lib.admin import ReadOnly


class JobInline(admin.TabularInline):  # type: ignore[type-arg]  # generic in the stubs only
    model = Job
    fields = readonly_fields = ("kind", "run_at", "attempts", "done_at", "outcome")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Campaign | None = None) -> bool:
        return False


@admin.register(Campaign)
class CampaignAdmin(ReadOnly):
    """A call and what became of it, read from the ledger."""

    list_display = ("day", "promoter", "dry_run", "created_at", "cancelled_at")
    list_filter = ("dry_run", "day")
    list_select_related = ("promoter__discord", "promoter__link__player")
    search_fields = ("promoter__link__player__name",)
    inlines = (JobInline,)
    fields = (
        "day",
        "promoter",
        "include_available",
        "include_maybe",
        "dry_run",
        "reminder_at",
        "start_at",
        "created_at",
        "cancelled_at",
        "outcome",
    )
    readonly_fields = fields

    @admin.display(description="what became of it")
    def outcome(self, campaign: Campaign) -> str:
        found = report.of(campaign, clock.now())
        counts = ", ".join(f"{number} {group}" for group, number in found.counts.items())
        reasons = ", ".join(f"{why}: {number}" for why, number in found.reasons.items())
        return _("%(status)s. %(promised)d promised = %(counts)s. %(reasons)s") % {
            "status": found.status,
            "promised": found.promised,
            "counts": counts,
            "reasons": reasons,
        }
