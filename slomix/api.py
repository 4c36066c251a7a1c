"""The JSON API: every app's router under one roof."""

from typing import Any

from ninja import NinjaAPI

from accounts.channels_api import router as channels
from accounts.preferences_api import router as preferences
from availability.api import router as availability
from botworker.api import router as bridge
from planning.rooms.api import router as planning
from promotions.api import router as promotions
from slomix import shapes
from slomix.auth_api import api as auth_api
from slomix.lib import errors


class DescribedAPI(NinjaAPI):
    """Publishes what every operation answers and how it refuses."""

    def get_openapi_schema(self, **options: Any) -> Any:
        """Return the description; raises KeyError for an operation that is not in the table."""
        schema = super().get_openapi_schema(**options)
        # Another tree of addresses, so another API for the framework; one for whoever reads of it.
        who = auth_api.get_openapi_schema(path_prefix="/auth/")
        schema["paths"] |= who["paths"]
        for kind, parts in who["components"].items():
            schema["components"].setdefault(kind, {}).update(parts)
        schema["components"]["schemas"]["Refusal"] = shapes.REFUSAL
        for path, operations in schema["paths"].items():
            for method, operation in operations.items():
                name = f"{method.upper()} {path.rstrip('/')}"
                operation["responses"] = _responses(name, bool(operation.get("security")))
        return schema


def _responses(name: str, guarded: bool) -> dict[str, Any]:
    shape, more = shapes.ANSWERS[name]
    codes = (
        more | {400} | ({401} if guarded else set()) | ({304} if name in shapes.TAGGED else set())
    )
    if not name.startswith("GET "):
        codes |= {403}
    good = {"description": "OK", "content": {"application/json": {"schema": shape}}}
    return {"200": good} | {str(code): _refusal(code) for code in sorted(codes)}


def _refusal(code: int) -> dict[str, Any]:
    if code == 304:
        return {"description": shapes.REFUSED[code]}
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    return {"description": shapes.REFUSED[code], "content": content}


api = DescribedAPI(title="Slomix", version="0.1.0", docs_url="/docs", openapi_url="/openapi.json")
errors.install(api)
api.add_router("/availability/promotions", promotions)
api.add_router("/availability", preferences)
api.add_router("/availability", availability)
api.add_router("/availability", channels)
api.add_router("/availability", bridge)
api.add_router("/planning", planning)
