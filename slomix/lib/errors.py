"""How the JSON API refuses: always `{"detail": sentence, "field": name or null}`."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError


class Refused(Exception):
    """A request that cannot be done: the status, the sentence and the field it is about."""

    def __init__(self, status: int, detail: str, field: str | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.field = field


def install(api: NinjaAPI) -> None:
    """Make every error of an API look the same."""
    api.exception_handler(Refused)(_refused)
    api.exception_handler(ValidationError)(_invalid)
    api.exception_handler(AuthenticationError)(_unauthenticated)
    api.exception_handler(HttpError)(_http_error)
    api.exception_handler(RequestDataTooBig)(_too_big)


def answer(status: int, detail: str, field: str | None = None) -> JsonResponse:
    """Build one refusal."""
    return JsonResponse({"detail": detail, "field": field}, status=status)


def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    return answer(error.status, str(error), error.field)


def _http_error(request: HttpRequest, error: Any) -> HttpResponse:
    return answer(error.status_code, str(error))


def _too_big(request: HttpRequest, error: Any) -> HttpResponse:
    return answer(400, "This is far too much; a request is a few words.")


def _unauthenticated(request: HttpRequest, error: Any) -> HttpResponse:
    return answer(401, "Sign in first, with the button on the page.")


def _invalid(request: HttpRequest, error: Any) -> HttpResponse:
    first = error.errors[0]
    where, *place = map(str, first["loc"])
    # What our code calls the whole body is no field of it.
    place = place[1:] if where == "body" else place
    return answer(400, f"{first['msg']}.".replace("..", "."), ".".join(place) or None)
