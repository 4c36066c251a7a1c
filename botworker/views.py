import json
import logging
from typing import Any

from asgiref.sync import async_to_sync
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.access import public
from botworker import hearing, webhook
from botworker.channels import telegram as telegram_channel
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
    *before, (method, params) = telegram_channel.calls(reply)
    if before:
        async_to_sync(_call)(before)
    return JsonResponse({"method": method, **params})


async def _call(calls: list[tuple[str, dict[str, Any]]]) -> None:
    """Call what does not fit into the answer, which holds one method."""
    api = telegram_channel.Api()
    try:
        for method, params in calls:
            await telegram_channel.do(api, method, params)
    finally:
        await api.close()
