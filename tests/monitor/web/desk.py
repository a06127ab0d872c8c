"""Someone at a browser, without a browser: asks for pages in-process and keeps the cookie."""

import asyncio
import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from http.cookies import SimpleCookie

import httpx
from fastapi import FastAPI
from selectolax.lexbor import LexborHTMLParser

from monitor.app import App
from monitor.domain import Login, Role, User
from monitor.store import people

HOME = "https://torenwacht.example"
SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


@dataclass
class Desk:
    """Asks the pages; `cookies` is the browser's jar."""

    web: FastAPI
    runner: asyncio.Runner
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, *, headers: dict[str, str] | None = None, **more: object) -> httpx.Response:
        """One request; a redirect is not followed."""

        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.web, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url=HOME, cookies=self.cookies) as client:
                return await client.request(method, path, headers=headers, **more)  # type: ignore[arg-type]  # httpx's own arguments

        answer = self.runner.run(ask())
        for line in answer.headers.get_list("set-cookie"):
            for name, morsel in SimpleCookie(line).items():
                self.cookies.pop(name, None)
                if morsel["max-age"] != "0":
                    self.cookies[name] = morsel.value
        return answer

    def get(self, path: str, **headers: str) -> httpx.Response:
        """A page."""
        return self.ask("GET", path, headers=headers)

    def part(self, path: str) -> httpx.Response:
        """What htmx asks for: a part of a page."""
        return self.ask("GET", path, headers={"HX-Request": "true"})

    def post(self, path: str, /, **fields: object) -> httpx.Response:
        """Sends a form of this site, with the token of this login unless `token` is among the fields."""
        return self.ask("POST", path, headers=SAME_SITE, data={"token": self.token} | fields)

    def post_part(self, path: str, /, **fields: object) -> httpx.Response:
        """The same by htmx, which sends the token as a header."""
        headers = SAME_SITE | {"HX-Request": "true", "X-CSRF-Token": self.token}
        return self.ask("POST", path, headers=headers, data=fields)

    @property
    def token(self) -> str:
        """What a page gives its forms."""
        node = LexborHTMLParser(self.get("/privacy").text).css_first("[name=token]")
        return (node.attributes["value"] or "") if node else ""


def words(answer: httpx.Response, selector: str = "body") -> str:
    """The text of a part of the page, on one line, without soft hyphens."""
    found = LexborHTMLParser(answer.text).css(selector)
    return " ".join(" ".join(node.text(separator=" ").split()) for node in found).replace("\u00ad", "")


def titles(answer: httpx.Response) -> list[str]:
    """The titles on the cards of the list."""
    found = LexborHTMLParser(answer.text).css(".tw-card__open")
    return [node.text().replace("\u00ad", "") for node in found]


def seat(app: App, web: FastAPI, runner: asyncio.Runner, role: Role, name: str = "") -> Desk:
    """Someone with this role who logged in a moment ago; their password was never asked."""
    name, cookie, now = name or role.value, secrets.token_urlsafe(16), app.clock()
    with app.store.begin() as session:
        people.add_user(session, User(name=name, role=role, password_hash="", created_at=now))
        login = Login(
            id=hashlib.sha256(cookie.encode()).hexdigest(), name=name, created_at=now, used_at=now,
            expires_at=now + timedelta(hours=8),
        )  # fmt: skip
        people.add_login(session, login)
    return Desk(web, runner, {"torenwacht": cookie})
