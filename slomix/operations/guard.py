"""Who may open operators' pages: whoever may enter the admin, with the second factor it asks for."""

from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import second_factor, staff
from accounts.access import View, signed_in
from slomix.lib import clock
from slomix.lib.show import go


def operator_required(view: View) -> View:
    """Send a visitor to the sign-in page, refuse whoever may not, and ask for the second factor."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not staff.may_enter(request):
            raise PermissionDenied(_("Only operators see this page. Ask an admin."))
        if not second_factor.passed(request, clock.now()):
            back = request.get_full_path() if request.method == "GET" else reverse("operations")
            return go(request, f"{reverse('second_factor')}?{urlencode({'next': back})}")
        return view(request, *args, **kwargs)

    found = signed_in(guarded)
    found.access = "operator"  # type: ignore[attr-defined]  # read by the test over all routes
    return found
