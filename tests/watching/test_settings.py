"""What the variables say, and what is refused."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests import fresh
from tests.fresh import PRODUCTION

HOOK = "https://discord.com/api/webhooks/1/a-secret"


def test_a_mail_server_is_one_address() -> None:
    found = fresh.settings(EMAIL_URL="smtp+tls://night%40watch:p%40ss@mail.example")

    assert (found.EMAIL_HOST, found.EMAIL_PORT) == ("mail.example", 587)
    assert (found.EMAIL_HOST_USER, found.EMAIL_HOST_PASSWORD) == ("night@watch", "p@ss")
    assert (found.EMAIL_USE_TLS, found.EMAIL_USE_SSL) == (True, False)
    assert fresh.settings(EMAIL_URL="smtps://mail.example").EMAIL_PORT == 465


def test_a_mail_comes_from_the_site() -> None:
    site = {"FRONTEND_ORIGIN": "https://slomix.example"}

    assert fresh.settings(**site).ALERT_MAIL_FROM == "slomix@slomix.example"
    assert fresh.settings(ALERT_MAIL_FROM="me@there.example").ALERT_MAIL_FROM == "me@there.example"


def test_mail_needs_a_server() -> None:
    with pytest.raises(ImproperlyConfigured, match="ALERT_MAIL_TO is set but EMAIL_URL is not"):
        fresh.settings(ALERT_MAIL_TO="night@watch.example")


def test_patience_can_be_shorter() -> None:
    found = fresh.settings(ALERT_RUN_SECONDS="30", ALERT_SILENT_SECONDS="45")

    assert found.ALERT_RUN_WITHIN.total_seconds() == 30
    assert found.ALERT_SILENT_AFTER.total_seconds() == 45


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example/a-secret",
        "http://169.254.169.254/latest/a-secret",
        "file:///etc/a-secret",
        "//hooks.example/a-secret",
        "https:///a-secret",
    ],
)
@pytest.mark.parametrize("name", ["ALERT_WEBHOOK_URL", "ALERT_PING_URL"])
def test_an_address_without_https_is_refused_and_not_shown(name: str, url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"{name} cannot be called") as refusal:
        fresh.settings(**{name: url})

    assert "a-secret" not in str(refusal.value)


def test_one_of_this_machine_is_for_trying_things_alone() -> None:
    url = "http://127.0.0.1:9999/hook"

    assert url == fresh.settings(ALERT_WEBHOOK_URL=url).ALERT_WEBHOOK_URL
    with pytest.raises(ImproperlyConfigured, match="ALERT_WEBHOOK_URL cannot be called"):
        fresh.settings(**PRODUCTION | {"ALERT_WEBHOOK_URL": url})
    assert fresh.settings(**PRODUCTION | {"ALERT_WEBHOOK_URL": HOOK}).ALERT_WEBHOOK_URL == HOOK


def test_a_short_token_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="METRICS_TOKEN is too short"):
        fresh.settings(METRICS_TOKEN="hush")
