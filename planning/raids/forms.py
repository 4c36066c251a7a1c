from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from planning.raids import actions, labels
from planning.raids.actions.guilds import OF_THE_GUILD
from planning.raids.models import Dungeon, GuildSettings, Template


class DungeonForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    class Meta:
        model = Dungeon
        fields = ("name", "short_code", "is_active", "sort_order")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if {"name", "short_code"} <= set(said):
            try:
                found = actions.check_dungeon(
                    name=said["name"], short_code=said["short_code"], dungeon_id=self.instance.pk
                )
            except actions.BadInput as refused:
                self.add_error(refused.field, str(refused))
            else:
                said["name"], said["short_code"] = found
        return said


class TemplateForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    days = forms.CharField(label=_("Days"), max_length=labels.LONGEST_LIST)
    times = forms.CharField(label=_("Times"), max_length=labels.LONGEST_LIST)
    min_players = forms.CharField(label=_("Players a slot needs"), max_length=3)

    class Meta:
        model = Template
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        template = kwargs.get("instance")
        if template is not None:
            first = {
                "days": labels.joined(template.labels("day")),
                "times": labels.joined(template.labels("time")),
                "min_players": template.data.get("min_players", 0),
            }
            kwargs["initial"] = first | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for field in ("days", "times", "min_players"):
            if field not in said:
                continue
            try:
                if field == "min_players":
                    labels.minimum(said[field])
                else:
                    labels.read(said[field], field=field)
            except actions.BadInput as refused:
                self.add_error(field, str(refused))
        return said


class GuildSettingsForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    language = forms.CharField(label=_("Language"), required=False, max_length=8)
    timezone = forms.CharField(label=_("Time zone"), max_length=64)
    counts_levels = forms.BooleanField(label=_("Levels"), required=False)
    tells_levels = forms.BooleanField(label=_("Words about new levels"), required=False)

    class Meta:
        model = GuildSettings
        fields = (
            *("planner_channel_id", "participants_channel_id", "raidlist_channel_id"),
            *("voice_channel_id", "planner_role_id", "default_min_players"),
            *("templates_enabled", "leaderboard_enabled"),
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        wishes = kwargs.get("instance")
        if wishes is not None:
            first = {name: getattr(wishes.guild, name) for name in OF_THE_GUILD}
            kwargs["initial"] = first | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for field, value in list(said.items()):
            try:
                actions.check_setting(field, value)
            except actions.BadInput as refused:
                self.add_error(field, str(refused))
        return said
