"""Addresses for operators."""

from django.urls import path

from slomix.operations import metrics, views

urlpatterns = [
    path("operations/", views.tonight, name="operations"),
    path("operations/seen/", views.seen, name="operations_seen"),
    path("metrics", metrics.metrics, name="metrics"),
]
