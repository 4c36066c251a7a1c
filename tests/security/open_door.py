"""A site with a door that somebody forgot to lock."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt
def forgotten(request: HttpRequest) -> HttpResponse:
    return HttpResponse("as you wish")


urlpatterns = [path("forgotten/", forgotten), path("", include("slomix.pages.urls"))]
