"""The small switch for visitors; whoever is signed in chooses their language under You."""

from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from accounts.access import public

# Django's own: it keeps the choice in a cookie and leads back to our own pages only.
choose = public(require_POST(set_language))
