"""What the security check found and was mended: each stays mended."""

from io import BytesIO

import pytest
from django.test import Client, override_settings

from tests import fresh
from tests.cast import SlomixTestCase
from tests.fresh import PRODUCTION


class HeaderTests(SlomixTestCase):
    def test_a_file_carries_the_policy_too(self) -> None:
        file = Client().get("/static/tokens.css")
        # Read to its end it closes itself, and not the connection of whoever comes next.
        file.getvalue()

        self.assertIn("default-src 'self'", file["Content-Security-Policy"])

    def test_a_refused_host_is_told_as_safely_as_all_others(self) -> None:
        answer = self.client.get("/", headers={"Host": "evil.example"})

        self.assertEqual(answer.status_code, 400)
        self.assertIn("object-src 'none'", answer["Content-Security-Policy"])
        self.assertEqual(answer["X-Content-Type-Options"], "nosniff")
        self.assertEqual(answer["Referrer-Policy"], "same-origin")

    @override_settings(SESSION_COOKIE_NAME="__Host-sessionid")
    def test_pages_of_people_are_kept_nowhere_under_https_either(self) -> None:
        self.sign_in(self.bor)

        self.assertEqual(self.client.get("/")["Cache-Control"], "no-store")
        self.assertEqual(self.client.get("/api/availability/me")["Cache-Control"], "no-store")


class FileTests(SlomixTestCase):
    """Django keeps fields small, and writes a file of any size to the disk."""

    def test_megabytes_in_parts_are_refused(self) -> None:
        file = BytesIO(b"x" * 2_000_000)

        answer = self.client.post("/language/", {"language": "en", "file": file})

        self.assertEqual(answer.status_code, 400)

    def test_a_form_in_parts_is_taken(self) -> None:
        answer = self.client.post("/language/", {"language": "en"})

        self.assertEqual(answer.status_code, 302)

    def test_a_length_that_is_none_breaks_nothing(self) -> None:
        for length in ("-1", "٣", "9" * 30, "x"):
            answer = self.client.generic(
                "POST",
                "/language/",
                b"",
                content_type="multipart/form-data; boundary=edge",
                CONTENT_LENGTH=length,
            )
            self.assertLess(answer.status_code, 500, length)


@pytest.mark.parametrize(("https", "before"), [("https", "__Host-"), ("http", "")])
def test_cookies_are_bound_to_the_host_where_they_are_secure(https: str, before: str) -> None:
    found = fresh.settings(**PRODUCTION | {"FRONTEND_ORIGIN": f"{https}://slomix.example"})

    names = (found.SESSION_COOKIE_NAME, found.CSRF_COOKIE_NAME)
    assert names == (f"{before}sessionid", f"{before}csrftoken")
    assert found.LANGUAGE_COOKIE_SECURE is bool(before)
