from datetime import date

from django.urls import path, register_converter

from availability import views


class Day:
    """A day in an address, as 2026-11-24; anything else is no address of ours."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        return value.isoformat()


register_converter(Day, "day")

urlpatterns = [
    path("calendar/<str:token>.ics", views.calendar, name="calendar_feed"),
    path("<day:day>/", views.answer, name="evening"),
    path("<day:day>/clear/", views.clear, name="evening_clear"),
    path("<day:day>/next/", views.following, name="evening_next"),
    path("<day:day>/undo/", views.undo, name="evening_undo"),
]
