"""Headers that every answer carries."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

# The admin's own pages are Django's; they live with the same policy.
POLICY = (
    "default-src 'self'; img-src 'self' data: {pictures}; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self' {discord}"
)
# A form of ours is a few words; parts cost more to read than fields do.
MOST_IN_PARTS = 1024 * 1024


def _origin(url: str) -> str:
    # With a path, the policy would allow that one file and nothing below it.
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


class SafeHeaders:
    """Send a content security policy without inline anything; keep people's pages out of caches.

    The outermost of all, so that files, refused hosts and redirects carry it as well.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        # Chrome holds a form to its policy over the redirect to Discord's consent page as well.
        self.policy = POLICY.format(
            pictures=_origin(settings.DISCORD_CDN_URL), discord=_origin(settings.DISCORD_BASE_URL)
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        # Django's own middleware says these two, but not where it refuses the host.
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", settings.SECURE_REFERRER_POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()"
        )
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class NoFiles:
    """Refuse a body of many megabytes before it is read.

    Django's limit is for fields; it writes files of any size to the disk. We take none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if request.content_type == "multipart/form-data" and _number(length) > MOST_IN_PARTS:
            raise RequestDataTooBig
        return self.get_response(request)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0
