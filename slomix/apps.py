from django.apps import AppConfig


class SlomixConfig(AppConfig):
    name = "slomix"

    def ready(self) -> None:
        from slomix import checks  # noqa: F401  importing registers the checks
        from slomix.lib import redact

        redact.install()
