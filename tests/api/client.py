"""A person with a JSON client, CSRF and all."""

import json
from typing import Any

from django.test import Client

from accounts.models import User
from tests.api import described

PROMOTIONS = "/api/availability/promotions"


class Caller:
    """Calls the API as somebody, the way the site's own script does."""

    def __init__(self, who: User | None = None) -> None:
        self.client = Client(enforce_csrf_checks=True)
        if who:
            self.client.force_login(who)
        # Tonight is open to everybody and sets the token.
        self.client.get("/")
        cookie = self.client.cookies.get("csrftoken")
        self.token = cookie.value if cookie else ""

    def get(self, path: str, **query: Any) -> Any:
        return self.judged("GET", path, self.client.get(path, query))

    def post(self, path: str, body: Any, **headers: str) -> Any:
        return self.send("POST", path, body, **headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self.send("DELETE", path, "", **headers)

    def send(self, method: str, path: str, body: Any, **headers: str) -> Any:
        """Send a body as it is if it is text, else as JSON; an empty header is left out."""
        given = {"X-CSRFToken": self.token, "X-Requested-With": "XMLHttpRequest"} | headers
        data = body if isinstance(body, (str, bytes)) else json.dumps(body)
        answer = self.client.generic(
            method,
            path,
            data,
            content_type="application/json",
            headers={k: v for k, v in given.items() if v},
        )
        return self.judged(method, path, answer)

    def judged(self, method: str, path: str, answer: Any) -> Any:
        """Return an answer that is as the API publishes it; any other fails the test."""
        described.judge(method, path, answer)
        return answer
