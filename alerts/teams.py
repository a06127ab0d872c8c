"""Message -> an Adaptive Card in a channel of Microsoft Teams, by the address of a workflow."""

from http import HTTPStatus

import aiohttp

from alerts.message import Channel, Message
from alerts.opening import Means
from alerts.options import Options
from alerts.post import post
from alerts.teams_card import card

_GONE = (
    "Deze workflow bestaat niet meer, of het adres klopt niet. Maak in Teams een nieuwe workflow, en zet het adres in "
    "de omgevingsvariabele van 'url'."
)
_ADVICE: dict[int, str] = {
    HTTPStatus.BAD_REQUEST: "De workflow staat uit of neemt het bericht niet aan. Kijk in Power Automate bij de "
    "uitvoeringen van deze workflow, en zet hem zo nodig weer aan.",
    HTTPStatus.UNAUTHORIZED: _GONE,
    HTTPStatus.FORBIDDEN: _GONE,
    HTTPStatus.NOT_FOUND: _GONE,
    HTTPStatus.GONE: _GONE,
}


class TeamsChannel:
    """Posts to one workflow.

    A workflow cannot be asked what it posted already: an attempt whose answer got lost may show a card twice.
    """

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http, self._url = http, url

    async def send(self, message: Message, *, attempt: int, thread: str | None) -> str:
        """The receipt is the key of the first message about the same thing."""
        body = card(message, follows=thread is not None)
        await post(self._http, self._url, body, {"Content-Type": "application/json"}, name="Teams", advice=_advice)
        return thread or message.key


def _advice(status: int) -> str:
    return _ADVICE.get(
        status, f"Teams weigert het bericht met code {status}. Vraag de beheerder van Microsoft 365 wat er mis is."
    )


def open_channel(options: Options, means: Means) -> Channel:
    """Options: `url`, from the environment: what Teams gives for *When a Teams webhook request is received*."""
    options.only("url")
    return TeamsChannel(means.http, options.address("url", options.secret("url")))
