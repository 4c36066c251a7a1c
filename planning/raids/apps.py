from django.apps import AppConfig


class RaidsConfig(AppConfig):
    name = "planning.raids"
    label = "raids"
