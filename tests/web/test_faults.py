"""What goes wrong is said in words, with a way back."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from tests.cast import SlomixTestCase


def trips(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("as planned")


def unclear(request: HttpRequest) -> HttpResponse:
    raise BadRequest("as planned")


urlpatterns = [path("trips/", trips), path("unclear/", unclear), path("", include("slomix.urls"))]


class FaultTests(SlomixTestCase):
    def test_an_unknown_address_is_off_the_map(self) -> None:
        page = self.client.get("/nowhere/")

        self.assertContains(page, "Off the map", status_code=404)
        self.assertContains(page, 'href="/"', status_code=404)

    @override_settings(DEBUG=True)
    def test_players_of_the_demo_see_the_same_page(self) -> None:
        page = self.client.get("/nowhere/")

        self.assertContains(page, "Off the map", status_code=404)
        self.assertNotContains(page, "urlpatterns", status_code=404)

    @override_settings(ROOT_URLCONF="tests.web.test_faults")
    def test_our_own_fault_is_admitted(self) -> None:
        page = Client(raise_request_exception=False).get("/trips/")

        self.assertContains(page, "We tripped", status_code=500)
        self.assertNotContains(page, "as planned", status_code=500)

    @override_settings(ROOT_URLCONF="tests.web.test_faults")
    def test_what_cannot_be_read_is_said(self) -> None:
        self.assertContains(self.client.get("/unclear/"), "That was not clear", status_code=400)

    def test_a_foreign_host_is_refused(self) -> None:
        self.assertEqual(self.client.get("/", headers={"Host": "evil.example"}).status_code, 400)

    def test_every_page_forbids_inline_code(self) -> None:
        policy = self.client.get("/")["Content-Security-Policy"]

        self.assertIn("default-src 'self'", policy)
        self.assertNotIn("unsafe", policy)

    def test_pages_of_people_are_kept_nowhere(self) -> None:
        self.sign_in(self.bor)

        self.assertEqual(self.client.get("/")["Cache-Control"], "no-store")
