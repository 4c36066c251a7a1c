from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from availability import actions
from availability.actions.behalf import answer_for, may_answer_for_others
from availability.models import Change, Entry, Status
from slomix.lib import clock
from slomix.lib.admin import ReadOnly

NOTHING = "nothing"
# What the verbs call a field, and what it is called here.
FIELDS = {"date": "day", "status": "status", "person": "who"}
BY_PLAYER = (
    *("person__link__player__name", "person__link__player__guid"),
    *("person__link__player__aliases__name", "person__display_name"),
    *("person__discord__username", "person__discord__display_name"),
)


class Player(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    def label_from_instance(self, obj: User) -> str:
        return f"{obj.link.player.name} ({obj.discord.username})"


class AnswerForm(forms.Form):
    """What a promoter or admin says for somebody; the verb decides whether it counts."""

    who = Player(queryset=User.objects.none(), label=gettext_lazy("Player"))
    day = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Answer"),
        choices=[*Status.choices, (NOTHING, gettext_lazy("No answer"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        linked = User.objects.linked().with_identity().order_by("link__player__name", "pk")
        self.fields["who"].queryset = linked  # type: ignore[attr-defined]

    def answer(self, by: User) -> str:
        """Say it, and return what holds; raises AnswerRefused."""
        said = self.cleaned_data
        entry = answer_for(
            person=said["who"],
            day=said["day"],
            status=None if said["status"] == NOTHING else said["status"],
            at=clock.now(),
            by=by,
        )
        return _("%(name)s, %(day)s: %(answer)s. They see that it was you.") % {
            "name": said["who"].name,
            "day": said["day"].isoformat(),
            "answer": entry.get_status_display() if entry else _("no answer"),
        }


@admin.register(Entry)
class EntryAdmin(ReadOnly):
    """Who said what; to answer for somebody there is a form, and the person sees who did."""

    list_display = ("day", "person", "status", "answer_for_them", "door", "since")
    ordering = ("-since", "-pk")
    list_filter = ("status", "door")
    list_select_related = ("person__discord", "person__link__player")
    search_fields = BY_PLAYER
    date_hierarchy = "day"

    @admin.display(description=gettext_lazy("For them"))
    def answer_for_them(self, entry: Entry) -> SafeString:
        address = f"{reverse('admin:answer_for')}?who={entry.person_id}&day={entry.day.isoformat()}"
        return format_html('<a href="{}">{}</a>', address, _("answer"))

    def get_urls(self) -> list[URLPattern]:
        own = path("answer/", self.admin_site.admin_view(self.answer), name="answer_for")
        return [own, *super().get_urls()]

    def answer(self, request: HttpRequest) -> HttpResponse:
        """Answer for somebody: a form, and one verb behind it."""
        if not isinstance(request.user, User) or not may_answer_for_others(request.user):
            raise PermissionDenied
        asked = {name: request.GET[name] for name in ("who", "day") if name in request.GET}
        first = {"day": clock.today(clock.now())} | asked
        form = AnswerForm(request.POST or None, initial=first)
        if form.is_valid():
            try:
                self.message_user(request, form.answer(request.user))
            except actions.AnswerRefused as refused:
                form.add_error(FIELDS.get(refused.field), str(refused))
            else:
                return redirect("admin:availability_entry_changelist")
        shown = self.admin_site.each_context(request) | {
            "title": _("Answer for somebody"),
            "opts": Entry._meta,
            "form": form,
        }
        status = 400 if form.is_bound else 200
        return render(request, "admin/availability/entry/answer.html", shown, status=status)


@admin.register(Change)
class ChangeAdmin(ReadOnly):
    """The history of answers: who, when, through which door, what before, what after."""

    list_display = ("at", "day", "person", "before", "after", "door", "by")
    list_filter = ("door",)
    list_select_related = (
        *("person__discord", "person__link__player", "by__discord", "by__link__player"),
    )
    search_fields = BY_PLAYER
    date_hierarchy = "day"
