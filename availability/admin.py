from django.contrib import admin

from availability.models import Entry
from slomix.lib.admin import ReadOnly


@admin.register(Entry)
class EntryAdmin(ReadOnly):
    list_display = ("day", "person", "status", "door", "since")
    list_filter = ("status", "door")
    list_select_related = ("person__discord", "person__link__player")
    search_fields = ("person__link__player__name", "person__discord__username")
    date_hierarchy = "day"
