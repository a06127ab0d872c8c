"""Logging in by an identity provider: who gets in as what, and every way in which an answer can be false."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from monitor.app import App
from monitor.domain import MACHINE, Role
from monitor.errors import ConfigError
from monitor.store import people
from monitor.web import create_user, create_web
from monitor.work.staff import block_user
from tests.fakes import FixedClock
from tests.monitor.web.desk import Desk, words
from tests.monitor.web.fake_provider import (
    CLIENT,
    SECRET,
    Claims,
    FakeProvider,
    entra,
    fake_provider,
    keycloak,
    rubbish,
    signed_by_another,
    signed_with_the_public_key,
    unsigned,
)

AWAY = "torenwacht-dienst"
ODD = "antwoord dat wij niet vertrouwen"
STRAY = "duurde te lang, of begon in een ander venster"


@pytest.fixture
def provider(clock: FixedClock, runner: asyncio.Runner) -> Iterator[FakeProvider]:
    """An identity provider on loopback."""
    opened = fake_provider(clock)
    yield runner.run(opened.__aenter__())
    runner.run(opened.__aexit__(None, None, None))


def _with_provider(app: App, provider: FakeProvider, roles: dict[str, str] | None = None) -> App:
    settings = replace(
        app.settings, oidc_issuer=provider.address, oidc_client_id=CLIENT, oidc_client_secret=SECRET,
        oidc_roles=roles or {},
    )  # fmt: skip
    return replace(app, settings=settings)


@pytest.fixture
def guest(app: App, provider: FakeProvider, runner: asyncio.Runner) -> Desk:
    """Someone who is not logged in, at a house with an identity provider."""
    return Desk(create_web(_with_provider(app, provider)), runner)


def _go(guest: Desk, provider: FakeProvider, target: str = "/") -> str:
    """Goes to the provider and logs in there; the address that the browser is sent back to."""
    return provider.visit(guest.get(f"/inloggen/dienst?naar={target}").headers["location"])


def _refusal(guest: Desk, back: str) -> str:
    """The sentence of a login that failed; the visitor is not in."""
    answer = guest.get(back)
    assert (answer.status_code, guest.get("/bronnen").status_code) == (403, 303)
    return words(answer, "[role=alert]")


def _users(app: App) -> list[tuple[str, Role]]:
    with app.store.read() as session:
        return [(user.name, user.role) for user in people.users(session)]


@pytest.mark.parametrize("shape", [entra, keycloak])
def test_whom_the_provider_gives_a_role_comes_in_with_it(
    shape: Callable[..., Claims], app: App, guest: Desk, provider: FakeProvider
) -> None:
    provider.person = shape("redacteur")

    answer = guest.get(_go(guest, provider, "/briefings"))

    assert (answer.status_code, answer.headers["location"]) == (303, "/briefings")
    assert guest.get("/briefings").status_code == 200
    assert AWAY not in guest.cookies
    assert _users(app) == [("anna", Role.EDITOR)]


def test_the_login_page_leads_to_the_provider_with_the_page_that_was_asked_for(guest: Desk) -> None:
    answer = guest.get("/inloggen?naar=/briefings/3")

    assert 'href="/inloggen/dienst?naar=/briefings/3"' in answer.text
    assert "Log in met uw werkaccount" in words(answer, "main")


def test_roles_of_the_provider_may_have_other_names(app: App, provider: FakeProvider, runner: asyncio.Runner) -> None:
    web = create_web(_with_provider(app, provider, {"Torenwacht.Lezer": "projectteam"}))
    guest = Desk(web, runner)
    provider.person = entra("Torenwacht.Lezer", "Parkeren.Beheer", "adviseur")

    guest.get(_go(guest, provider))

    assert _users(app) == [("anna", Role.PROJECT)]


def test_a_role_that_does_not_exist_here_stops_the_start(app: App, provider: FakeProvider) -> None:
    with pytest.raises(ConfigError) as caught:
        create_web(_with_provider(app, provider, {"Baas": "koning"}))

    assert caught.value.key == "TORENWACHT_OIDC_ROLES"


@pytest.mark.parametrize(
    ("person", "sentence"),
    [
        (keycloak(), "Uw account heeft geen rol in Torenwacht."),
        (entra("Parkeren.Beheer"), "Uw account heeft geen rol in Torenwacht."),
        ({"roles": "adviseur"}, "Uw account heeft geen rol in Torenwacht."),
        (entra("adviseur", "beheerder"), "Uw account heeft meer dan één rol in Torenwacht."),
    ],
)
def test_without_exactly_one_role_nobody_comes_in(
    person: Claims, sentence: str, app: App, guest: Desk, provider: FakeProvider
) -> None:
    provider.person = person

    assert sentence in _refusal(guest, _go(guest, provider))
    assert _users(app) == []


def test_another_role_holds_from_the_next_login_and_ends_the_earlier_ones(
    app: App, guest: Desk, provider: FakeProvider
) -> None:
    guest.get(_go(guest, provider))
    before, guest.cookies = dict(guest.cookies), {}
    provider.person = keycloak("redacteur")

    guest.get(_go(guest, provider))

    assert _users(app) == [("anna", Role.EDITOR)]
    assert guest.get("/").status_code == 200
    guest.cookies = before
    assert guest.get("/").status_code == 303


def test_two_accounts_with_one_name_are_two_people(app: App, guest: Desk, provider: FakeProvider) -> None:
    create_user(app, "anna", Role.ADMIN, "paarden eten geen lantaarns")
    guest.get(_go(guest, provider))
    guest.cookies, provider.subject = {}, "9d2e"
    provider.person = keycloak("projectteam")

    guest.get(_go(guest, provider))

    assert _users(app) == [("anna", Role.ADMIN), ("anna-2", Role.ADVISOR), ("anna-3", Role.PROJECT)]


def test_one_account_is_one_person_whatever_it_calls_itself(app: App, guest: Desk, provider: FakeProvider) -> None:
    for name in ("anna", "Beheerder!", "de-nieuwe-naam"):
        guest.cookies = {}
        provider.person = keycloak("adviseur") | {"preferred_username": name}
        guest.get(_go(guest, provider))

    assert _users(app) == [("anna", Role.ADVISOR)]


def test_an_account_without_a_usable_name_gets_one(app: App, guest: Desk, provider: FakeProvider) -> None:
    provider.person = keycloak("adviseur") | {"preferred_username": "12'; --"}

    guest.get(_go(guest, provider))

    assert _users(app) == [("medewerker", Role.ADVISOR)]


def test_who_is_blocked_here_stays_out_whatever_the_provider_says(
    app: App, guest: Desk, provider: FakeProvider
) -> None:
    guest.get(_go(guest, provider))
    block_user(app, MACHINE, "anna", blocked=True)
    assert guest.get("/").status_code == 303

    assert "Uw toegang tot Torenwacht is geblokkeerd." in _refusal(guest, _go(guest, provider))


def test_an_account_of_the_provider_has_no_password_that_opens_it(guest: Desk, provider: FakeProvider) -> None:
    guest.get(_go(guest, provider))
    guest.cookies = {}

    answer = guest.post("/inloggen", token="", naam="anna", wachtwoord="")

    assert answer.status_code == 400


@pytest.mark.parametrize(
    "false",
    [
        {"nonce": "van een ander"}, {"nonce": None}, {"aud": "parkeren"}, {"aud": ["parkeren"]}, {"aud": None},
        {"iss": "https://elders.example"}, {"iss": None}, {"sub": ""}, {"sub": None}, {"exp": None}, {"iat": None},
        {"azp": "parkeren"},
    ],
    ids=str,
)  # fmt: skip
def test_a_token_that_was_not_made_for_us_and_this_browser_is_refused(
    false: Claims, app: App, guest: Desk, provider: FakeProvider
) -> None:
    provider.claims = false

    assert ODD in _refusal(guest, _go(guest, provider))
    assert _users(app) == []


@pytest.mark.parametrize("forge", [unsigned, signed_with_the_public_key, signed_by_another, rubbish])
def test_a_token_that_the_provider_did_not_sign_is_refused(
    forge: Callable[[FakeProvider, Claims], str], guest: Desk, provider: FakeProvider
) -> None:
    provider.forge = forge

    assert ODD in _refusal(guest, _go(guest, provider))


@pytest.mark.parametrize(("age", "comes_in"), [(59, True), (60, False)])
def test_a_token_is_good_until_it_expires_but_for_a_minute(
    age: int, comes_in: bool, clock: FixedClock, guest: Desk, provider: FakeProvider
) -> None:
    provider.claims = {"exp": int(clock().timestamp()) - age}

    guest.get(_go(guest, provider))

    assert (guest.get("/").status_code == 200) is comes_in


def test_a_token_of_the_future_is_refused(clock: FixedClock, guest: Desk, provider: FakeProvider) -> None:
    provider.claims = {"iat": int(clock().timestamp()) + 61}

    assert ODD in _refusal(guest, _go(guest, provider))


def test_an_answer_works_once(guest: Desk, provider: FakeProvider) -> None:
    back = _go(guest, provider)
    cookie = guest.cookies[AWAY]
    guest.get(back)
    guest.cookies = {AWAY: cookie}

    assert STRAY in _refusal(guest, back)


def test_a_code_works_once_at_the_provider_too(guest: Desk, provider: FakeProvider) -> None:
    first = _go(guest, provider)
    code = parse_qs(urlsplit(first).query)["code"][0]
    guest.get(first)
    guest.cookies = {}
    state = parse_qs(urlsplit(_go(guest, provider)).query)["state"][0]

    assert "liet u niet binnen" in _refusal(guest, f"/inloggen/dienst/terug?code={code}&state={state}")


def test_an_answer_in_another_browser_is_refused(guest: Desk, provider: FakeProvider) -> None:
    back = _go(guest, provider)
    guest.cookies = {}
    _go(guest, provider)

    assert STRAY in _refusal(guest, back)


@pytest.mark.parametrize("state", ["", "geraden"])
def test_an_answer_with_another_state_is_refused_before_its_code_is_used(
    state: str, guest: Desk, provider: FakeProvider
) -> None:
    _go(guest, provider)

    assert STRAY in _refusal(guest, f"/inloggen/dienst/terug?code=code-1&state={state}")
    assert "/token" not in provider.asked


def test_a_stranger_without_the_cookie_is_refused(guest: Desk) -> None:
    assert STRAY in _refusal(guest, "/inloggen/dienst/terug?code=code-1&state=x")


@pytest.mark.parametrize(("minutes", "comes_in"), [(9, True), (10, False)])
def test_who_stays_away_for_ten_minutes_begins_again(
    minutes: int, comes_in: bool, clock: FixedClock, guest: Desk, provider: FakeProvider
) -> None:
    back = _go(guest, provider)

    clock.forward(minutes=minutes)
    guest.get(back)

    assert (guest.get("/").status_code == 200) is comes_in


def test_who_says_no_at_the_provider_reads_it_here(guest: Desk, provider: FakeProvider) -> None:
    state = parse_qs(urlsplit(_go(guest, provider)).query)["state"][0]

    sentence = _refusal(guest, f"/inloggen/dienst/terug?error=access_denied&state={state}")

    assert "De aanmelddienst liet u niet binnen." in sentence


def test_an_answer_of_another_issuer_is_refused(guest: Desk, provider: FakeProvider) -> None:
    assert ODD in _refusal(guest, _go(guest, provider) + "&iss=https://elders.example")


def test_a_new_key_is_fetched_when_a_token_names_it(guest: Desk, provider: FakeProvider, clock: FixedClock) -> None:
    guest.get(_go(guest, provider))
    guest.cookies = {}
    clock.forward(minutes=2)
    provider.rotate()

    guest.get(_go(guest, provider))

    assert guest.get("/").status_code == 200


def test_tokens_with_unknown_keys_do_not_make_us_ask_for_keys_more_than_once_a_minute(
    guest: Desk, provider: FakeProvider
) -> None:
    guest.get(_go(guest, provider))
    guest.cookies = {}
    provider.rotate()

    for _ in range(3):
        assert ODD in _refusal(guest, _go(guest, provider))

    assert provider.asked.count("/keys") == 1


def test_a_provider_that_is_down_is_named_and_passwords_still_work(
    app: App, guest: Desk, provider: FakeProvider
) -> None:
    create_user(app, "bert", Role.ADMIN, "paarden eten geen lantaarns")
    provider.down = True

    assert "De aanmelddienst geeft geen antwoord." in _refusal(guest, "/inloggen/dienst")
    guest.post("/inloggen", token="", naam="bert", wachtwoord="paarden eten geen lantaarns")
    assert guest.get("/gebruikers").status_code == 200


def test_a_provider_that_goes_down_in_between_lets_nobody_in(guest: Desk, provider: FakeProvider) -> None:
    back = _go(guest, provider)
    provider.down = True

    assert "De aanmelddienst geeft geen antwoord." in _refusal(guest, back)


def test_a_provider_that_names_itself_otherwise_is_not_believed(guest: Desk, provider: FakeProvider) -> None:
    provider.issuer = "https://elders.example"

    assert ODD in _refusal(guest, "/inloggen/dienst")


def test_a_login_gets_a_cookie_that_was_not_there_before(guest: Desk, provider: FakeProvider) -> None:
    back = _go(guest, provider)
    guest.cookies |= {"torenwacht": "vastgezet"}

    guest.get(back)

    assert guest.cookies["torenwacht"] != "vastgezet"
    assert guest.cookies["torenwacht"] != guest.cookies.get(AWAY)


def test_logging_out_offers_to_log_out_at_the_provider_too(guest: Desk, provider: FakeProvider) -> None:
    guest.get(_go(guest, provider))

    assert guest.post("/uitloggen").headers["location"] == "/uitgelogd"
    answer = guest.get("/uitgelogd")

    back = "post_logout_redirect_uri=https%3A%2F%2Ftorenwacht.example%2Fuitgelogd"
    assert f'href="{provider.address}/logout?client_id=torenwacht&amp;{back}"' in answer.text
    assert guest.get("/").status_code == 303


def test_where_the_provider_offers_no_logging_out_the_page_offers_none(guest: Desk, provider: FakeProvider) -> None:
    provider.offers_end = False

    answer = guest.get("/uitgelogd")

    assert (answer.status_code, "aanmelddienst" in words(answer, "main")) == (200, False)


def test_going_to_the_provider_has_a_limit(guest: Desk, provider: FakeProvider, clock: FixedClock) -> None:
    statuses = [guest.get("/inloggen/dienst").status_code for _ in range(31)]
    clock.forward(minutes=1)

    assert statuses == [303] * 30 + [429]
    assert guest.get("/inloggen/dienst").status_code == 303


def test_coming_back_from_nowhere_has_a_limit(guest: Desk) -> None:
    statuses = [guest.get("/inloggen/dienst/terug?code=x&state=x").status_code for _ in range(31)]

    assert statuses == [403] * 30 + [429]


def test_a_house_without_a_provider_says_so(app: App, runner: asyncio.Runner) -> None:
    guest = Desk(create_web(app), runner)

    assert "Deze installatie heeft geen aanmelddienst." in _refusal(guest, "/inloggen/dienst")
    assert "werkaccount" not in guest.get("/inloggen").text
