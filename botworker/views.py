import json
import logging

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.access import public
from botworker import hearing, webhook
from slomix.lib import clock

log = logging.getLogger(__name__)


@public
@csrf_exempt
@require_POST
def telegram(request: HttpRequest, secret: str) -> HttpResponse:
    """Take one update. The answer is said in the answer to the request, as Telegram allows:
    https://core.telegram.org/bots/api#making-requests-when-getting-updates"""
    header = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
    if not webhook.is_telegram(secret, header):
        return HttpResponse(status=403)
    try:
        update = json.loads(request.body)
    except ValueError:
        log.warning("Telegram brought something that is no JSON")
        return HttpResponse()
    reply = hearing.telegram(update, at=clock.now())
    if reply is None:
        return HttpResponse()
    return JsonResponse({"method": "sendMessage", "chat_id": int(reply[0]), "text": reply[1]})
