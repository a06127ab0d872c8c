"""The two doors for Slack, where an app has no socket: open to all, and shut for what Slack did not sign."""

from functools import partial
from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from monitor.log import log
from monitor.web.shell import house
from monitor.work.from_slack import answer

router = APIRouter(prefix="/slack")


@router.post("/interactions", name="slack_interactions")
@router.post("/commands", name="slack_commands")
async def post_from_slack(request: Request) -> Response:
    """A button, form or command; Slack wants its answer within three seconds."""
    app, body = house(request), await request.body()
    timestamp = request.headers.get("x-slack-request-timestamp", "")
    signature = request.headers.get("x-slack-signature", "")
    for _, desk in app.switchboard.desks:
        if desk.is_signed(body, timestamp=timestamp, signature=signature, now=app.clock()):
            told = await desk.take_request(body, partial(answer, app))
            return JSONResponse(dict(told)) if told else Response()
    log.warning("request to the doors for slack without its signature")
    return PlainTextResponse("Dit verzoek is niet van Slack.", HTTPStatus.UNAUTHORIZED)
