"""Headers that every answer carries."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# The admin's own pages are Django's; they live with the same policy.
POLICY = (
    "default-src 'self'; img-src 'self' data: {pictures}; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'; form-action 'self' {discord}"
)


def _origin(url: str) -> str:
    # With a path, the policy would allow that one file and nothing below it.
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


class SafeHeaders:
    """Send a content security policy without inline anything; keep people's pages out of caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        # Chrome holds a form to its policy over the redirect to Discord's consent page as well.
        self.policy = POLICY.format(
            pictures=_origin(settings.DISCORD_CDN_URL), discord=_origin(settings.DISCORD_BASE_URL)
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()"
        )
        if "sessionid" in request.COOKIES:
            response.headers.setdefault("Cache-Control", "no-store")
        return response
