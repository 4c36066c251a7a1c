from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import access
from accounts.models import User
from promotions import actions as verbs
from promotions import phrases, post, report, soundness
from promotions.forms import CallForm, wish
from promotions.models import Campaign, Job
from slomix.lib import clock
from slomix.lib.admin import ReadOnly

DOOR = "admin"


class JobInline(admin.TabularInline):  # type: ignore[type-arg]  # generic in the stubs only
    model = Job
    fields = readonly_fields = ("kind", "run_at", "attempts", "done_at", "outcome")
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Campaign | None = None) -> bool:
        return False


@admin.register(Campaign)
class CampaignAdmin(ReadOnly):
    """A call and what became of it, read from the ledger; adding one is making the call.

    Nothing is sent by saving a row: whoever adds, extends or takes back goes through the verbs,
    which say nothing twice.
    """

    list_display = ("day", "promoter", "dry_run", "created_at", "cancelled_at")
    list_filter = ("dry_run", "day")
    list_select_related = ("promoter__discord", "promoter__link__player")
    search_fields = ("promoter__link__player__name",)
    actions = (
        *("add_whoever_answered", "call_off", "say_in_channel"),
        *("show_me_the_reminder", "show_me_the_follow_up"),
    )
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
        "page",
    )
    readonly_fields = fields

    @admin.display(description=gettext_lazy("what became of it"))
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

    @admin.display(description=gettext_lazy("one by one"))
    def page(self, campaign: Campaign) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("call", args=(campaign.pk,)), campaign)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_promote_permission(request)

    def has_promote_permission(self, request: HttpRequest) -> bool:
        """Tell whether somebody may call the others."""
        return isinstance(request.user, User) and access.of(request.user).promoter

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show whom a call would reach, and make it."""
        if not self.has_promote_permission(request) or not isinstance(request.user, User):
            raise PermissionDenied
        try:
            if request.method == "POST":
                return self._confirm(request, request.user)
            return self._preview(request, request.user, wish(request))
        except verbs.PromoteRefused as refused:
            return self._page(request, {"refused": str(refused)}, status=400)

    def _confirm(self, request: HttpRequest, promoter: User) -> HttpResponse:
        """Make the call that was shown; whoever has chosen otherwise since is shown that first."""
        form = CallForm(request.POST)
        form.is_valid()
        chosen = dict(form.cleaned_data)
        if request.POST.get("shown") != _marks(chosen):
            return self._preview(request, promoter, chosen)
        try:
            made = verbs.promote(promoter=promoter, at=clock.now(), door=DOOR, **chosen)
        except verbs.AlreadyCalled as already:
            self.message_user(request, str(already), messages.WARNING)
            made = already.campaign
        return redirect("admin:promotions_campaign_change", made.pk)

    def _preview(
        self, request: HttpRequest, promoter: User, chosen: dict[str, bool]
    ) -> HttpResponse:
        at = clock.now()
        seen = verbs.preview(
            promoter=promoter,
            include_available=chosen["include_available"],
            include_maybe=chosen["include_maybe"],
            at=at,
        )
        shown = {
            "form": CallForm(initial=chosen),
            "shown": _marks(chosen),
            "wish": chosen,
            "preview": seen,
            "called": verbs.latest(seen.day),
            "parts": soundness.parts(at),
            "lead": phrases.lead(seen),
            "facts": [
                *(phrases.in_force(seen), phrases.looking_and_asked(seen)),
                phrases.what_is_left(seen),
            ],
            "share": phrases.share_link(),
        }
        return self._page(request, shown)

    def _page(
        self, request: HttpRequest, shown: dict[str, Any], *, status: int = 200
    ) -> HttpResponse:
        facts = {"title": _("Call the others"), "opts": Campaign._meta}
        whole = self.admin_site.each_context(request) | facts | shown
        return render(request, "admin/promotions/campaign/call.html", whole, status=status)

    @admin.action(description=gettext_lazy("Add whoever answered since"), permissions=["promote"])
    def add_whoever_answered(self, request: HttpRequest, calls: QuerySet[Campaign]) -> None:
        for campaign in calls:
            try:
                added = verbs.add_recipients(
                    campaign=campaign, by=_person(request), at=clock.now(), door=DOOR
                )
            except verbs.PromoteRefused as refused:
                self.message_user(request, f"{campaign}: {refused}", messages.ERROR)
            else:
                self.message_user(request, f"{campaign}: {phrases.added(added)}")

    @admin.action(
        description=gettext_lazy("Call off: drop what is still to come"), permissions=["promote"]
    )
    def call_off(self, request: HttpRequest, calls: QuerySet[Campaign]) -> None:
        for campaign in calls:
            stopped = verbs.cancel(
                campaign=campaign, by=_person(request), at=clock.now(), door=DOOR
            )
            self.message_user(request, f"{campaign}: {phrases.off(stopped)}")

    @admin.action(
        description=gettext_lazy("Post in the channel for whom no channel reaches"),
        permissions=["promote"],
    )
    def say_in_channel(self, request: HttpRequest, calls: QuerySet[Campaign]) -> None:
        for campaign in calls:
            try:
                post.say(campaign=campaign, by=_person(request), at=clock.now(), door=DOOR)
            except verbs.PromoteRefused as refused:
                self.message_user(request, f"{campaign}: {refused}", messages.ERROR)
            else:
                told = _("It is on its way into the channel.")
                self.message_user(request, f"{campaign}: {told}")

    @admin.action(
        description=gettext_lazy("Send me a sample of the reminder"), permissions=["promote"]
    )
    def show_me_the_reminder(self, request: HttpRequest, _calls: QuerySet[Campaign]) -> None:
        self._sample(request, "reminder")

    @admin.action(
        description=gettext_lazy("Send me a sample of the follow-up"), permissions=["promote"]
    )
    def show_me_the_follow_up(self, request: HttpRequest, _calls: QuerySet[Campaign]) -> None:
        self._sample(request, "follow_up")

    def _sample(self, request: HttpRequest, kind: str) -> None:
        try:
            channel = verbs.send_sample(
                promoter=_person(request), kind=kind, at=clock.now(), door=DOOR
            )
        except verbs.PromoteRefused as refused:
            self.message_user(request, str(refused), messages.ERROR)
        else:
            self.message_user(request, phrases.sample_sent(channel))


def _marks(chosen: dict[str, bool]) -> str:
    """Write choices as digits, for the page to say which it has shown."""
    return "".join(f"{yes:d}" for _name, yes in sorted(chosen.items()))


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # the action's permission says so
    return request.user
