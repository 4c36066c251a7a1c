"""The JSON API: every app's router under one roof."""

from ninja import NinjaAPI

from accounts.preferences_api import router as preferences
from availability.api import router as availability
from promotions.api import router as promotions
from slomix.lib import errors

api = NinjaAPI(title="Slomix", version="0.1.0", docs_url=None, openapi_url="/openapi.json")
errors.install(api)
api.add_router("/availability/promotions", promotions)
api.add_router("/availability", preferences)
api.add_router("/availability", availability)
