"""The JSON API: every app's router under one roof."""

from ninja import NinjaAPI

from accounts.channels_api import router as channels
from accounts.preferences_api import router as preferences
from availability.api import router as availability
from botworker.api import router as bridge
from promotions.api import router as promotions
from slomix.lib import errors

api = NinjaAPI(title="Slomix", version="0.1.0", docs_url="/docs", openapi_url="/openapi.json")
errors.install(api)
api.add_router("/availability/promotions", promotions)
api.add_router("/availability", preferences)
api.add_router("/availability", availability)
api.add_router("/availability", channels)
api.add_router("/availability", bridge)
