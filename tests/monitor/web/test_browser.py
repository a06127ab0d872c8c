"""In a real browser: the pages are accessible, fit a phone, and work by keyboard."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from classifiers import Reader
from monitor.app import App
from monitor.domain import Role, User
from monitor.store import people
from monitor.web import create_web
from monitor.work.briefings import make_briefing
from tests.browsers import DESKTOP, PHONE, overflow, problems
from tests.fakes import FixedClock, a_house, house_settings
from tests.monitor.web.invented import fill

pytestmark = pytest.mark.browser

Visit = Callable[[Role | None, int], Page]


class Street:
    """One house with invented events; per role a site on loopback where every visitor has that role.

    It lives in a thread of its own: Playwright keeps the loop of the test's thread to itself.
    """

    def __init__(self, folder: Path, reader: Reader) -> None:
        self._folder, self._reader = folder, reader
        self._sites: dict[Role | None, str] = {}
        self._servers: list[uvicorn.Server] = []
        self._ready = Event()
        self._thread = Thread(target=lambda: asyncio.run(self._live()))

    async def _live(self) -> None:
        clock = FixedClock()
        clock.forward(days=1)
        async with a_house(house_settings(self._folder, "sqlite"), self._reader, clock) as app:
            fill(app)
            make_briefing(app)
            listeners = [self._open(app, role) for role in (None, *Role)]
            self._ready.set()
            pairs = zip(self._servers, listeners, strict=True)
            await asyncio.gather(*(server.serve(sockets=[listener]) for server, listener in pairs))
            for listener in listeners:
                listener.close()

    def _open(self, app: App, role: Role | None) -> socket.socket:
        if role is not None:
            with app.store.begin() as session:
                people.add_user(session, User(name=role.value, role=role, password_hash="", created_at=app.clock()))
        web = create_web(app, login_as=role.value if role else None)
        self._servers.append(uvicorn.Server(uvicorn.Config(web, log_config=None, lifespan="off")))
        listener = socket.create_server(("127.0.0.1", 0))
        self._sites[role] = f"http://127.0.0.1:{listener.getsockname()[1]}"
        return listener

    def __enter__(self) -> "Street":
        self._thread.start()
        assert self._ready.wait(timeout=120)
        return self

    def __exit__(self, *_error: object) -> None:
        for server in self._servers:
            server.should_exit = True
        self._thread.join()

    def site(self, role: Role | None) -> str:
        """The address of the pages as that role sees them; None: without a login."""
        return self._sites[role]


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory, reader: Reader) -> Iterator[Street]:
    """The pages on Monday 23 November 2026, with a briefing."""
    with Street(tmp_path_factory.mktemp("house"), reader) as street:
        yield street


@pytest.fixture
def visit(browser: Browser, street: Street) -> Iterator[Visit]:
    """Opens a window of some width at the pages of a role; outside addresses and faults in the page fail the test."""
    faults: list[str] = []
    with _windows(browser) as open_window:

        def visit(role: Role | None, width: int) -> Page:
            home = street.site(role)
            page = open_window(home, width)
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("request", lambda r: None if r.url.startswith((home, "blob:", "data:")) else faults.append(r.url))
            page.on("console", lambda m: faults.append(m.text) if "Content Security Policy" in m.text else None)
            return page

        yield visit
    assert faults == []


@contextmanager
def _windows(browser: Browser) -> Iterator[Callable[[str, int], Page]]:
    contexts = []

    def open_window(home: str, width: int) -> Page:
        context = browser.new_context(
            base_url=home, viewport={"width": width, "height": 900}, locale="nl-NL", reduced_motion="reduce"
        )
        contexts.append(context)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()


def _open_drawer(page: Page, title: str) -> None:
    """By keyboard, from the first card that says `title`."""
    page.goto("/")
    page.locator(".tw-card__open", has_text=title).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("#lade[open] #detail-titel:focus")


PAGES: dict[str, tuple[Role | None, str]] = {
    "week": (Role.ADVISOR, "/"),
    "event": (Role.ADVISOR, "/gebeurtenissen/2"),
    "signal form": (Role.LIAISON, "/signalen/nieuw"),
    "briefings": (Role.ADVISOR, "/briefings"),
    "briefing": (Role.ADVISOR, "/briefings/1"),
    "sources": (Role.PRIVACY, "/bronnen"),
    "source": (Role.PRIVACY, "/bronnen/krant"),
    "trail": (Role.PRIVACY, "/logboek"),
    "users": (Role.ADMIN, "/gebruikers"),
    "another user": (Role.ADMIN, "/gebruikers/redacteur"),
    "oneself": (Role.ADMIN, "/gebruikers/beheerder"),
    "own subscriptions": (Role.EDITOR, "/abonnementen"),
    "all subscriptions": (Role.ADMIN, "/abonnementen"),
    "own logins": (Role.EDITOR, "/aanmeldingen"),
    "a link that does not work": (None, "/uitnodiging?sleutel=x"),
    "logged out": (None, "/uitgelogd"),
    "privacy": (Role.ADVISOR, "/privacy"),
    "refusal": (Role.ADMIN, "/"),
    "login": (None, "/inloggen"),
}


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits(name: str, width: int, visit: Visit) -> None:
    role, path = PAGES[name]
    page = visit(role, width)

    page.goto(path)

    assert (problems(page), overflow(page)) == ([], 0)


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_drawer_is_accessible_and_fits(width: int, visit: Visit) -> None:
    page = visit(Role.ADVISOR, width)

    _open_drawer(page, "Grote Markt")

    assert (problems(page), overflow(page)) == ([], 0)


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_form_with_problems_is_accessible_and_takes_the_reader_to_them(width: int, visit: Visit) -> None:
    page = visit(Role.LIAISON, width)
    page.goto("/signalen/nieuw")

    page.get_by_role("button", name="Voeg toe").click()
    page.get_by_role("link", name="Vul een korte omschrijving in.").click()

    assert page.evaluate("document.activeElement.id") == "title"
    assert (problems(page), overflow(page)) == ([], 0)


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_new_subscription_shows_its_addresses_and_is_withdrawn(width: int, visit: Visit) -> None:
    page = visit(Role.EDITOR, width)
    page.goto("/abonnementen")

    page.get_by_label("Wat wilt u volgen?").select_option("oud-en-nieuw")
    page.get_by_role("button", name="Maak een abonnement").click()
    page.wait_for_selector("#adres-1")
    assert (problems(page), overflow(page)) == ([], 0)

    page.get_by_role("link", name="Alle abonnementen").click()
    assert (problems(page), overflow(page)) == ([], 0)
    page.get_by_role("button", name="Trek in: Oud en nieuw").click()
    page.wait_for_selector("text=U hebt nog geen abonnement.")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_a_signal_can_be_looked_at_before_it_is_sent(width: int, visit: Visit) -> None:
    page = visit(Role.LIAISON, width)
    page.goto("/signalen/nieuw")
    page.fill("#title", "Vuurwerkoverlast rond de Vismarkt")
    page.fill("#text", "Hilbrand Oosterwijk roept op. Bel 06-12345678.")
    page.select_option("#category", "demonstratie")
    page.fill("#place", "Grote Markt")
    page.fill("#starts", "2026-11-28T13:00")

    page.get_by_role("button", name="Kijk vooraf").click()
    page.wait_for_selector("#vooraf mark")

    assert page.locator("#vooraf mark").count() == 2
    assert page.locator("#vooraf a").get_attribute("href") == "/gebeurtenissen/3"
    assert page.input_value("#text") == "Hilbrand Oosterwijk roept op. Bel 06-12345678."
    assert (problems(page), overflow(page)) == ([], 0)


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_the_map_has_a_button_for_every_event_with_a_place(width: int, visit: Visit) -> None:
    page = visit(Role.PROJECT, width)

    page.goto("/")
    page.wait_for_selector("#kaart[data-kaart]")

    if page.get_attribute("#kaart", "data-kaart") == "klaar":
        names = page.locator(".tw-pin").evaluate_all("pins => pins.map(pin => pin.getAttribute('aria-label'))")
        assert len(names) == 4
        assert "Demonstratie, Grote Markt, za 28 nov, za 28 nov 13.00–16.00 uur, niveau C – risicovol" in names
    else:
        assert page.locator(".tw-map__svg svg").is_visible()


def test_a_pin_opens_the_drawer_and_lights_up_its_card(visit: Visit) -> None:
    page = visit(Role.PROJECT, DESKTOP)
    page.goto("/")
    page.wait_for_selector("#kaart[data-kaart]")
    if page.get_attribute("#kaart", "data-kaart") != "klaar":
        pytest.skip("this machine draws no WebGL")

    pin = page.locator(".tw-pin[aria-label*='Oosterpark']")
    pin.focus()

    assert "is-active" in (page.locator(".tw-card", has_text="Oosterpark").get_attribute("class") or "")
    page.keyboard.press("Enter")
    page.wait_for_selector("#lade[open] #detail-titel:focus")
    assert page.locator("#detail-titel").inner_text() == "Jaarwisseling, Oosterpark, do 26 nov"


def test_the_keyboard_opens_the_drawer_and_escape_closes_it(visit: Visit) -> None:
    page = visit(Role.ADVISOR, DESKTOP)
    _open_drawer(page, "Julianaplein")
    title = page.locator("#detail-titel").inner_text()

    page.keyboard.press("Escape")
    page.wait_for_selector("#lade:not([open])", state="attached")

    assert title == "Demonstratie, Julianaplein, di 24 nov"
    assert "Julianaplein" in page.evaluate("document.activeElement.textContent").replace("\u00ad", "")


def test_filters_change_the_list_and_the_address_without_a_new_page(visit: Visit) -> None:
    page = visit(Role.PROJECT, DESKTOP)
    page.goto("/")
    page.evaluate("window.same = true")

    page.locator("input[name=niveau][value=C]").check()
    page.wait_for_selector(".tw-count:has-text('1 van 5')")

    assert page.locator(".tw-card").count() == 1
    assert "niveau=C" in page.url
    assert page.evaluate("window.same")


def test_words_in_the_search_field_filter_while_typing(visit: Visit) -> None:
    page = visit(Role.PROJECT, DESKTOP)
    page.goto("/")

    page.locator("#q").press_sequentially("vismarkt")
    page.wait_for_selector(".tw-count:has-text('1 van 5')")

    assert page.locator(".tw-card__title").inner_text().replace("\u00ad", "").endswith("Demonstratie, Vismarkt")


def test_a_level_set_in_the_drawer_shows_in_the_list_when_it_closes(visit: Visit) -> None:
    page = visit(Role.ADVISOR, DESKTOP)
    _open_drawer(page, "Vismarkt")

    page.get_by_text("Niveau vaststellen of wijzigen").click()
    page.locator("#lade input[name=level][value=B]").check()
    page.locator("#niveau-reason").fill("Er komen meer mensen dan gedacht.")
    page.get_by_role("button", name="Leg vast").click()
    page.wait_for_selector("#lade .tw-decision")
    page.keyboard.press("Escape")

    page.wait_for_selector(".tw-card--b:has-text('Vismarkt')")


def test_without_scripts_a_card_is_a_link_and_the_drawn_map_stays(browser: Browser, street: Street) -> None:
    context = browser.new_context(base_url=street.site(Role.PROJECT), java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    drawn = page.locator(".tw-map__svg svg").is_visible()

    page.locator(".tw-card__open", has_text="Julianaplein").click()

    assert (drawn, page.locator("#detail-titel").inner_text()) == (True, "Demonstratie, Julianaplein, di 24 nov")
    context.close()
