"""What people ask in Slack, by signed request, of the real house: who may, what it does, and what Slack gets to see."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import aiohttp
import httpx
import pytest

from alerts import open_switchboard
from alerts.slack_desk import SlackDesk
from classifiers import Reader
from monitor.app import App, open_app
from monitor.collect import in_thread
from monitor.config import Settings
from monitor.domain import MACHINE, EventState, FactKind, Role, User
from monitor.errors import InvalidInput
from monitor.store import events, facts, people
from monitor.work.from_slack import SIGNAL, WEEK
from monitor.work.signal_form import POLICE_BASES
from monitor.work.staff import link_slack
from tests.alerts.build import a_message
from tests.fakes import FixedClock, house_settings
from tests.fakes_slack import TOKEN, Json
from tests.fakes_slack_app import SECRET, FakeSlackApp, fake_slack_app, signed
from tests.monitor.web.desk import Desk
from tests.monitor.web.invented import SECRET_WORDS, Week

TABLE = """
[[channel]]
name = "adviseurs"
kind = "slack"
topics = ["niveau", "beheer"]
from_urgency = 1
[channel.options]
channel = "#openbare-orde"
token = "env:TOKEN"
signing_secret = "env:SECRET"
base_url = "{base}"
"""
ANNA, PIET, LISA, BEA = "U0ANNA001", "U0PIET001", "U0LISA001", "U0BEA0001"
STAFF = {
    ANNA: ("anna", Role.ADVISOR),
    PIET: ("piet", Role.PROJECT),
    LISA: ("lisa", Role.LIAISON),
    BEA: ("bea", Role.ADMIN),
}
Send = Callable[..., httpx.Response]


@pytest.fixture
def slack(runner: asyncio.Runner) -> Iterator[FakeSlackApp]:
    """A workspace with our app in it."""
    opened = fake_slack_app()
    yield runner.run(opened.__aenter__())
    runner.run(opened.__aexit__(None, None, None))


@pytest.fixture
def settings(tmp_path: Path, sqlite_url: str) -> Settings:
    """Of the house, on SQLite."""
    return house_settings(tmp_path, sqlite_url)


@pytest.fixture
def app(
    settings: Settings, reader: Reader, clock: FixedClock, runner: asyncio.Runner, slack: FakeSlackApp
) -> Iterator[App]:
    """The house, with one channel in Slack that listens to signed requests, and staff that is linked."""
    table = settings.data / "channels.toml"
    table.write_text(TABLE.format(base=slack.base_url), encoding="utf-8")
    stack = AsyncExitStack()

    async def enter() -> App:
        http = await stack.enter_async_context(aiohttp.ClientSession())
        board = open_switchboard(table, http, clock=clock, environment={"TOKEN": TOKEN, "SECRET": SECRET})
        return await stack.enter_async_context(
            open_app(settings, reader=reader, clock=clock, cell=in_thread, switchboard=board)
        )

    app = runner.run(enter())
    for id, (name, role) in STAFF.items():
        with app.store.begin() as session:
            people.add_user(session, User(name=name, role=role, password_hash="", created_at=clock()))
        link_slack(app, MACHINE, name, id)
    yield app
    runner.run(stack.aclose())


@pytest.fixture
def send(app: App, guest: Desk, clock: FixedClock, runner: asyncio.Runner) -> Send:
    """Sends what Slack tells, signed, and waits until it is answered; an alert stands in Slack already."""
    runner.run(app.switchboard.send("adviseurs", a_message(), attempt=1, thread=None))

    def send(payload: Json, **changed: str) -> httpx.Response:
        body, headers = signed(payload, clock())
        path = "/slack/commands" if "command" in payload else "/slack/interactions"
        answer = guest.ask("POST", path, headers=headers | changed, content=body)
        [(_, desk)] = app.switchboard.desks
        assert isinstance(desk, SlackDesk)
        runner.run(desk.settle())
        return answer

    return send


def shown(slack: FakeSlackApp) -> str:
    """Everything that Slack ever got from us."""
    return json.dumps([slack.posts, slack.whispers, slack.views], ensure_ascii=False)


def whisper(slack: FakeSlackApp) -> str:
    """The last private answer."""
    return str(slack.whispers[-1]["text"])


def test_seen_is_seen_by_who_is_linked_and_stands_at_the_message_by_role(
    app: App, slack: FakeSlackApp, send: Send, week: Week
) -> None:
    assert send(slack.press("gezien", str(week.blockade), user=PIET)).status_code == 200

    with app.store.read() as session:
        event = events.get(session, week.blockade)
        assert events.acknowledged(session, "piet", [event]) == {week.blockade}
    assert slack.posts[1]["text"] == "Gezien door: Projectteam Oud en Nieuw"
    assert "Gezien door: Projectteam Oud en Nieuw" in json.dumps(slack.posts[0]["blocks"])
    assert "piet" not in shown(slack)


def test_an_advisor_confirms_a_c_once_and_it_is_an_assessment_then(
    app: App, slack: FakeSlackApp, send: Send, week: Week
) -> None:
    """R24."""
    send(slack.press("bevestig", str(week.clash), user=ANNA))
    send(slack.press("bevestig", str(week.clash), user=ANNA))

    with app.store.read() as session:
        event = events.get(session, week.clash)
        assert (event.level.value, event.reviewed) == ("C", True)
        assert [f.kind for f in facts.facts_of(session, week.clash)].count(FactKind.REVIEWED) == 1
    assert whisper(slack).startswith("Er valt niets te bevestigen: het niveau is nu C")


@pytest.mark.parametrize("press", [("bevestig", PIET), ("bevestig", LISA), ("gezien", BEA), ("klopt_niet", BEA)])
def test_a_role_that_may_not_is_refused_by_the_act_and_nothing_happens(
    press: tuple[str, str], app: App, slack: FakeSlackApp, send: Send, week: Week
) -> None:
    act, user = press
    send(slack.press(act, str(week.clash), user=user))

    with app.store.read() as session:
        assert not events.get(session, week.clash).reviewed
    assert whisper(slack).startswith("Uw rol mag dit niet")
    assert (len(slack.posts), slack.views) == (1, [])


def test_who_is_not_linked_or_blocked_is_refused_in_private(
    app: App, slack: FakeSlackApp, send: Send, week: Week
) -> None:
    with app.store.begin() as session:
        anna = people.user(session, "anna")
        assert anna is not None
        anna.active = False

    for user in ("U0VREEMD1", ANNA):
        send(slack.press("bevestig", str(week.clash), user=user))
        assert whisper(slack).startswith(f"Torenwacht kent u nog niet in Slack. Uw nummer hier is {user}.")
    assert len(slack.posts) == 1


@pytest.mark.parametrize("user", [ANNA, PIET])
def test_what_is_wrong_asks_why_and_becomes_a_withdrawal_or_a_doubt_by_role(
    user: str, app: App, slack: FakeSlackApp, send: Send, week: Week
) -> None:
    send(slack.press("klopt_niet", str(week.blockade), user=user))
    filled: dict[str, Json] = {"reason": {"value": "Dit was <!channel> vorig jaar."}}
    send(slack.fill_in(slack.views[0], filled, user=user))

    with app.store.read() as session:
        event, kinds = events.get(session, week.blockade), [f.kind for f in facts.facts_of(session, week.blockade)]
    told = slack.posts[1]["text"]
    if user == ANNA:
        assert (event.state, told) == (EventState.WITHDRAWN, "Ingetrokken door: Adviseur openbare orde")
    else:
        assert (event.state, kinds[-1]) == (EventState.OPEN, FactKind.DOUBTED)
        assert str(told).endswith("Reden: Dit was &lt;!channel&gt; vorig jaar.")


def test_a_reason_with_personal_data_comes_back_at_its_field(slack: FakeSlackApp, send: Send, week: Week) -> None:
    send(slack.press("klopt_niet", str(week.blockade), user=PIET))
    filled: dict[str, Json] = {"reason": {"value": "Bel 06-12345678 maar."}}
    answer = send(slack.fill_in(slack.views[0], filled, user=PIET)).json()

    assert answer["response_action"] == "errors"
    assert "persoonsgegevens" in answer["errors"]["reason"]
    assert "12345678" not in json.dumps(answer)


def test_a_replay_and_a_duplicate_do_the_act_once(app: App, slack: FakeSlackApp, send: Send, week: Week) -> None:
    pressed = slack.press("klopt_niet", str(week.blockade), user=PIET)
    send(pressed)
    send(pressed)

    assert (len(slack.views), slack.whispers) == (1, [])


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Slack-Signature": "v0=00"},
        {"X-Slack-Request-Timestamp": "1"},
        {"X-Slack-Request-Timestamp": "gisteren"},
        {"X-Slack-Signature": ""},
    ],
)
def test_what_slack_did_not_sign_is_refused(
    headers: dict[str, str], slack: FakeSlackApp, send: Send, week: Week
) -> None:
    answer = send(slack.press("klopt_niet", str(week.blockade), user=ANNA), **headers)

    assert (answer.status_code, slack.views) == (401, [])


@pytest.mark.parametrize(("minutes", "status"), [(5, 200), (6, 401), (-6, 401)])
def test_a_signature_is_good_for_five_minutes(
    minutes: int, status: int, slack: FakeSlackApp, guest: Desk, clock: FixedClock
) -> None:
    body, headers = signed(slack.press("naar_gebeurtenis", "1", user=ANNA), clock() - timedelta(minutes=minutes))

    assert guest.ask("POST", "/slack/interactions", headers=headers, content=body).status_code == status


def test_another_secret_and_another_body_are_forged(
    slack: FakeSlackApp, guest: Desk, clock: FixedClock, app: App
) -> None:
    body, headers = signed(slack.press("naar_gebeurtenis", "1", user=ANNA), clock(), secret="geraden")
    forged = guest.ask("POST", "/slack/interactions", headers=headers, content=body)
    body, headers = signed(slack.press("naar_gebeurtenis", "1", user=ANNA), clock())
    changed = guest.ask("POST", "/slack/interactions", headers=headers, content=body + b"&meer=ja")

    assert (forged.status_code, changed.status_code) == (401, 401)


def test_an_oversized_request_is_refused_before_it_is_read(guest: Desk, clock: FixedClock, app: App) -> None:
    body, headers = signed({"command": WEEK, "text": "x" * 70_000}, clock())

    assert guest.ask("POST", "/slack/commands", headers=headers, content=body).status_code == 413


def test_an_unknown_button_gets_an_answer_and_rubbish_none(slack: FakeSlackApp, send: Send) -> None:
    send(slack.press("verwijder_alles", "1", user=ANNA))
    send({"type": "shortcut"})

    assert [told["text"] for told in slack.whispers] == [
        "Deze knop of opdracht kent Torenwacht niet (meer). Gebruik de pagina."
    ]


def test_an_event_that_is_not_there_is_told_in_private(slack: FakeSlackApp, send: Send) -> None:
    for about in ("999", "", "1; drop", "9" * 30):
        send(slack.press("gezien", about, user=ANNA))
        assert "niet vinden" in whisper(slack)


def test_the_week_shows_the_coming_days_with_level_and_link_to_the_asker_only(
    slack: FakeSlackApp, send: Send, week: Week
) -> None:
    send(slack.type_command(WEEK, user=PIET))

    lines = whisper(slack).splitlines()
    assert lines[1:-1] == [
        "[B – aandacht] Demonstratie, Julianaplein, di 24 nov",
        "[A – regulier] Demonstratie, Vismarkt, wo 25 nov",
        "[B – aandacht] Jaarwisseling, Oosterpark, do 26 nov",
        "[C – signaal, nog niet beoordeeld] Demonstratie, Grote Markt, za 28 nov",
    ]
    assert lines[-1].startswith("Doelgroep: openbare orde · intern · vervalt")
    assert slack.whispers[-1]["response_type"] == "ephemeral"
    assert f"/gebeurtenissen/{week.clash}|" in json.dumps(slack.whispers)


@pytest.mark.parametrize("user", [ANNA, LISA])
def test_slack_never_shows_what_is_confidential_to_whoever_may_see_it_elsewhere(
    user: str, slack: FakeSlackApp, send: Send, week: Week
) -> None:
    """R31: a button of an event that became confidential, and the week."""
    for act in ("gezien", "klopt_niet", "bevestig"):
        send(slack.press(act, str(week.secret), user=user))
    send(slack.type_command(WEEK, user=user))

    told = shown(slack)
    assert [canary for canary in (SECRET_WORDS, "Hoogkerk", "Onrust") if canary in told] == []
    assert (len(slack.posts), slack.views) == (1, [])


CANARY = "zwavelzuur-kanarie"
FILLED: dict[str, Json] = {
    "title": {"value": f"Onrust verwacht {CANARY}"},
    "category": {"selected_option": {"value": "onrust"}},
    "place": {"value": "Grote Markt"},
    "starts": {"selected_date_time": 1_795_960_800},
    "provision_basis": {"selected_option": {"value": "geen_politiegegevens"}},
    "provided_by": {"selected_option": {"value": "gemeente"}},
    "handling": {"selected_option": {"value": "intern"}},
    "expires": {"selected_date": "2026-11-30"},
}


def opened(slack: FakeSlackApp, send: Send) -> Json:
    """The liaison's form."""
    send(slack.type_command(SIGNAL, user=LISA))
    return slack.views[-1]


def test_a_signal_takes_the_road_of_the_page_and_its_confirmation_says_nothing_of_it(
    app: App, slack: FakeSlackApp, send: Send
) -> None:
    answer = send(slack.fill_in(opened(slack, send), FILLED, user=LISA))

    with app.store.read() as session:
        [made] = events.events_between(session, app.clock(), app.clock() + timedelta(days=9), public_only=True)
    assert made.place == "Grote Markt"
    assert answer.json()["response_action"] == "update"
    assert [w for w in (CANARY, "Onrust", "Grote Markt") if w in answer.text] == []
    assert f"/gebeurtenissen/{made.id}" in answer.text


def test_the_form_offers_no_police_ground_and_a_forged_one_is_refused(slack: FakeSlackApp, send: Send) -> None:
    """R31: what the police gave never passes through Slack, not even on its way in."""
    view = opened(slack, send)

    assert [basis for basis in POLICE_BASES if basis in json.dumps(view)] == []
    for field, value in (("provision_basis", "wpg_16"), ("handling", "vertrouwelijk")):
        filled = FILLED | {field: {"selected_option": {"value": value}}}
        answer = send(slack.fill_in(view, filled, user=LISA)).json()
        assert list(answer["errors"]) == [field]


@pytest.mark.parametrize(
    ("field", "filled"),
    [
        ("title", {}),
        ("provided_by", {}),
        ("expires", {"selected_date": "2031-01-01"}),
        ("ends", {"selected_date_time": 1}),
        ("category", {"selected_option": {"value": "verzonnen"}}),
    ],
)
def test_a_problem_of_a_signal_comes_back_at_its_field(
    field: str, filled: Json, slack: FakeSlackApp, send: Send
) -> None:
    """R30."""
    answer = send(slack.fill_in(opened(slack, send), FILLED | {field: filled}, user=LISA)).json()

    assert list(answer["errors"]) == [field]


def test_a_signal_with_personal_data_is_refused_and_nothing_of_it_is_kept(
    app: App, slack: FakeSlackApp, send: Send
) -> None:
    """R32."""
    personal = FILLED | {"text": {"value": "De organisator is te bereiken op 06-12345678."}}
    answer = send(slack.fill_in(opened(slack, send), personal, user=LISA)).json()

    assert answer["errors"]["text"].startswith("In uw signaal staat een telefoonnummer. Er is niets bewaard.")
    assert answer["errors"]["text"].endswith("De organisator is te bereiken op [telefoonnummer].")
    assert "12345678" not in json.dumps(answer)
    with app.store.read() as session:
        assert events.events_between(session, app.clock(), app.clock() + timedelta(days=9), public_only=False) == []


@pytest.mark.parametrize("user", [ANNA, PIET, BEA])
def test_only_the_liaison_gets_the_form(user: str, slack: FakeSlackApp, send: Send) -> None:
    """R29."""
    send(slack.type_command(SIGNAL, user=user))

    assert (slack.views, whisper(slack)[:19]) == ([], "Uw rol mag dit niet")


@pytest.mark.parametrize(("name", "id"), [("piet", ANNA), ("piet", "piet"), ("piet", "T0123ABCD")])
def test_an_id_in_slack_is_one_persons_and_looks_like_one(name: str, id: str, app: App) -> None:
    with pytest.raises(InvalidInput):
        link_slack(app, MACHINE, name, id)
