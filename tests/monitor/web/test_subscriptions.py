"""Keys for programs: made once, shown once, counted, and ended at once; what a program gets with one."""

import io
import json
from email.utils import parsedate_to_datetime

import feedparser
import pytest
from fastapi import FastAPI
from icalendar import Calendar
from selectolax.lexbor import LexborHTMLParser

from classifiers import Level
from monitor.app import App
from monitor.domain import Actor, Audience, Role, Subscription, id_of
from monitor.errors import InvalidInput, NotFound
from monitor.log import set_up
from monitor.store import people, subscriptions
from monitor.web.limits import FEEDS, KNOCKS
from monitor.work import staff
from monitor.work.decisions import override_level, withdraw
from monitor.work.purge import purge
from monitor.work.subscriptions import AT_MOST, subscribe
from tests.fakes import FixedClock
from tests.monitor.web.conftest import Seats
from tests.monitor.web.desk import Desk, words
from tests.monitor.web.invented import SECRET_WORDS, Week
from tests.monitor.web.test_looks import ORDER, told

BOSS = Actor("baas", Role.ADMIN)
FILES = ["agenda.ics", "wijzigingen.atom", "kaart.geojson"]


def make(desk: Seats, role: Role = Role.ADVISOR, audience: Audience = Audience.PUBLIC_ORDER) -> str:
    """A new key of somebody with this role, by the page."""
    answer = desk(role).post("/abonnementen", doelgroep=audience.value)
    node = LexborHTMLParser(answer.text).css_first("#adres-1")
    assert node is not None
    return (node.attributes["value"] or "").split("/")[-2]


def kept(app: App) -> list[Subscription]:
    with app.store.read() as session:
        return subscriptions.standing(session, app.clock())


def uids(body: str) -> list[int]:
    """Numbers of the events in a calendar."""
    return [int(str(event["UID"]).partition("@")[0].rpartition("-")[2]) for event in Calendar.from_ical(body).events]


def test_a_new_key_is_shown_once_and_kept_as_its_hash(app: App, desk: Seats) -> None:
    answer = desk(Role.ADVISOR).post("/abonnementen", doelgroep="openbare-orde")

    addresses = [node.attributes["value"] or "" for node in LexborHTMLParser(answer.text).css("input[readonly]")]
    key = addresses[0].split("/")[-2]
    assert addresses == [f"{app.settings.link_base}/abonnementen/{key}/{file}" for file in FILES]
    assert [(one.id, one.owner, one.audience) for one in kept(app)] == [(id_of(key), "adviseur", Audience.PUBLIC_ORDER)]
    assert key not in str(kept(app)) + desk(Role.ADVISOR).get("/abonnementen").text
    assert told(app) == [("subscription_made", f"subscription:{id_of(key)[:12]}:openbare-orde", ORDER.value)]


def test_keys_of_two_subscriptions_cannot_be_told_from_one_another(desk: Seats) -> None:
    keys = {make(desk) for _ in range(3)}

    assert (len(keys), {len(key) for key in keys}) == (3, {43})


@pytest.mark.parametrize("file", FILES)
def test_a_program_gets_the_open_events_without_a_login(file: str, desk: Seats, guest: Desk, week: Week) -> None:
    answer = guest.get(f"/abonnementen/{make(desk, Role.LIAISON)}/{file}")

    assert (answer.status_code, answer.headers["cache-control"]) == (200, "private, no-cache")
    assert "Demonstratie" in answer.text
    assert "Onrust" not in answer.text
    assert SECRET_WORDS not in answer.text


def test_the_calendar_has_the_dated_events_of_its_audience(desk: Seats, guest: Desk, week: Week) -> None:
    every, new_year = make(desk), make(desk, Role.PROJECT, Audience.NEW_YEAR)

    def asked(key: str, query: str = "") -> list[int]:
        return uids(guest.get(f"/abonnementen/{key}/agenda.ics{query}").text)

    assert asked(every) == [week.blockade, week.vigil, week.fireworks, week.clash, week.next_week]
    assert asked(new_year) == [week.fireworks]
    assert asked(every, "?niveau=B&niveau=C") == [week.blockade, week.fireworks, week.clash]
    assert asked(every, "?soort=demonstratie&niveau=B") == [week.blockade]
    assert asked(new_year, "?soort=demonstratie") == []
    assert guest.get(f"/abonnementen/{every}/agenda.ics?niveau=D").status_code == 404
    assert guest.get(f"/abonnementen/{every}/agenda.ics").headers["content-type"] == "text/calendar; charset=utf-8"


def test_news_tells_the_changes_and_the_map_the_points(app: App, desk: Seats, guest: Desk, week: Week) -> None:
    key = make(desk)
    withdraw(app, Actor("anna", Role.ADVISOR), week.clash, reason="Gaat niet door.")

    news = guest.get(f"/abonnementen/{key}/wijzigingen.atom")
    shown = guest.get(f"/abonnementen/{key}/kaart.geojson")

    told = {entry.id.rpartition("-")[2]: entry.title for entry in feedparser.parse(news.content).entries}
    points = [int(feature["id"].rpartition("-")[2]) for feature in json.loads(shown.content)["features"]]
    assert news.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert shown.headers["content-type"] == "application/geo+json"
    assert told.keys() == {str(n) for n in range(1, week.next_week + 1)} - {str(week.secret)}
    assert told[str(week.clash)] == "[Ingetrokken] Demonstratie, Grote Markt, za 28 nov 13.00–16.00 uur"
    assert points == [week.blockade, week.vigil, week.fireworks, week.next_week]


@pytest.mark.parametrize("file", FILES)
def test_a_program_that_has_the_answer_gets_304_until_something_changes(
    *, file: str, app: App, desk: Seats, guest: Desk, week: Week, clock: FixedClock
) -> None:
    path = f"/abonnementen/{make(desk)}/{file}"
    first = guest.get(path)
    tag, since = first.headers["etag"], first.headers["last-modified"]
    clock.forward(minutes=5)

    again = [
        guest.get(path, **headers)
        for headers in (
            {"If-None-Match": tag},
            {"If-None-Match": f'"other", W/{tag}'},
            {"If-Modified-Since": since},
        )
    ]
    assert [(one.status_code, one.content, one.headers["etag"]) for one in again] == [(304, b"", tag)] * 3
    assert guest.get(path, **{"If-None-Match": '"other"', "If-Modified-Since": since}).status_code == 200

    withdraw(app, Actor("anna", Role.ADVISOR), week.vigil, reason="Gaat niet door.")
    changed = [guest.get(path, **{"If-None-Match": tag}), guest.get(path, **{"If-Modified-Since": since})]
    assert [one.status_code for one in changed] == [200, 200]
    assert parsedate_to_datetime(changed[0].headers["last-modified"]) > parsedate_to_datetime(since)


def test_two_answers_never_have_the_same_moment(app: App, desk: Seats, guest: Desk, week: Week) -> None:
    """Within one second an answer may change: who asks by its moment must get the new one."""
    path = f"/abonnementen/{make(desk)}/agenda.ics"
    since = guest.get(path).headers["last-modified"]

    override_level(app, Actor("anna", Role.ADVISOR), week.vigil, level=Level.B, reason="Het wordt druk.")

    assert guest.get(path, **{"If-Modified-Since": since}).status_code == 200


@pytest.mark.parametrize("file", FILES)
def test_head_tells_what_get_would_give_and_no_more(file: str, desk: Seats, guest: Desk, week: Week) -> None:
    path = f"/abonnementen/{make(desk)}/{file}"

    head, full = guest.ask("HEAD", path), guest.get(path)

    names = ("content-type", "content-length", "etag", "last-modified", "cache-control", "content-disposition")
    assert (head.status_code, head.content) == (200, b"")
    assert {name: head.headers[name] for name in names} == {name: full.headers[name] for name in names}
    assert int(full.headers["content-length"]) == len(full.content)


def test_each_reading_counts_and_the_first_of_a_day_stands_in_the_trail(
    app: App, desk: Seats, guest: Desk, week: Week, clock: FixedClock
) -> None:
    key = make(desk, Role.EDITOR)
    path = f"/abonnementen/{key}/agenda.ics"

    for hours in (0, 1, 5, 6, 24):
        clock.forward(hours=hours)
        guest.get(path)
    tag = guest.get(path).headers["etag"]
    guest.get(path, **{"If-None-Match": tag})

    [one] = kept(app)
    assert (one.reads, one.used_at) == (7, clock())
    read = ("subscription_read", f"subscription:{id_of(key)[:12]}", ORDER.value)
    assert told(app)[1:] == [read, read, read]
    with app.store.read() as session:
        assert {entry.who for entry in people.trail(session)} == {"redacteur"}
    assert "7 keer" in words(desk(Role.EDITOR).get("/abonnementen"), "table")


def test_a_withdrawn_key_works_no_more_and_leaves_nothing(app: App, desk: Seats, guest: Desk, week: Week) -> None:
    key, other = make(desk), make(desk)

    answer = desk(Role.ADVISOR).post("/abonnementen/einde", abonnement=id_of(key))

    assert (answer.status_code, answer.headers["location"]) == (303, "/abonnementen")
    refused = guest.get(f"/abonnementen/{key}/agenda.ics")
    assert (refused.status_code, "Dit abonnement werkt niet of niet meer." in words(refused, "main")) == (410, True)
    assert guest.get(f"/abonnementen/{other}/agenda.ics").status_code == 200
    assert [one.id for one in kept(app)] == [id_of(other)]
    assert ("subscription_withdrawn", f"subscription:{id_of(key)[:12]}:adviseur", ORDER.value) in told(app)


def test_a_key_of_somebody_else_is_withdrawn_by_an_administrator_only(app: App, desk: Seats) -> None:
    key = make(desk, Role.EDITOR)

    denied = [desk(role).post("/abonnementen/einde", abonnement=id_of(key)) for role in (Role.ADVISOR, Role.PRIVACY)]
    assert [answer.status_code for answer in denied] == [404, 403]
    assert "redacteur" not in words(desk(Role.ADVISOR).get("/abonnementen"), "main")

    shown = words(desk(Role.ADMIN).get("/abonnementen"), "main")
    assert "redacteur" in shown
    assert "Een abonnement maken" not in shown
    assert desk(Role.ADMIN).post("/abonnementen/einde", abonnement=id_of(key)).status_code == 303
    assert kept(app) == []


def test_a_key_ends_with_the_access_or_the_role_of_who_made_it(app: App, desk: Seats, guest: Desk, week: Week) -> None:
    path = f"/abonnementen/{make(desk)}/agenda.ics"
    night = f"/abonnementen/{make(desk, Role.EDITOR, Audience.NEW_YEAR)}/agenda.ics"

    def asked(address: str) -> int:
        return guest.get(address).status_code

    staff.block_user(app, BOSS, "adviseur", blocked=True)
    assert asked(path) == 410
    staff.block_user(app, BOSS, "adviseur", blocked=False)
    assert asked(path) == 200
    staff.change_role(app, BOSS, "adviseur", Role.PROJECT)
    staff.change_role(app, BOSS, "redacteur", Role.PROJECT)
    assert (asked(path), asked(night)) == (410, 200)
    staff.change_role(app, BOSS, "redacteur", Role.PRIVACY)
    assert asked(night) == 410


def test_an_administrator_sees_which_keys_rest_and_that_a_leaver_is_to_be_blocked(app: App, desk: Seats) -> None:
    make(desk)
    make(desk, Role.EDITOR)

    staff.block_user(app, BOSS, "adviseur", blocked=True)

    shown = desk(Role.ADMIN).get("/abonnementen")
    rows = [" ".join(row.text(separator=" ").split()) for row in LexborHTMLParser(shown.text).css("tbody tr")]
    assert {("adviseur" in row, "rust: de eigenaar is geblokkeerd" in row) for row in rows} == {
        (True, True),
        (False, False),
    }
    assert "Gaat iemand weg? Blokkeer dan de gebruiker" in words(shown, "main")


def test_a_key_works_a_year_and_then_the_purge_takes_it(app: App, desk: Seats, guest: Desk, clock: FixedClock) -> None:
    path = f"/abonnementen/{make(desk)}/agenda.ics"

    clock.forward(days=364, hours=23)
    assert guest.get(path).status_code == 200
    clock.forward(hours=1)
    assert guest.get(path).status_code == 410

    assert purge(app).get("subscriptions") == 1


@pytest.mark.parametrize("forged", ["", "geraden", "x" * 43, "x" * 5000, "buurten"])
def test_a_forged_key_opens_nothing(forged: str, desk: Seats, guest: Desk) -> None:
    make(desk)

    assert guest.get(f"/abonnementen/{forged}/agenda.ics").status_code in (404, 410)


def test_forged_keys_and_a_program_that_hurries_meet_a_limit(desk: Seats, guest: Desk, clock: FixedClock) -> None:
    path = f"/abonnementen/{make(desk)}/agenda.ics"

    forged = [guest.get("/abonnementen/x/agenda.ics").status_code for _ in range(KNOCKS + 1)]
    hurried = [guest.get(path).status_code for _ in range(FEEDS + 1)]
    clock.forward(minutes=1)

    assert forged == [410] * KNOCKS + [429]
    assert hurried == [200] * FEEDS + [429]
    assert guest.get(path).status_code == 200


def test_a_person_has_so_many_keys_and_no_more(app: App, desk: Seats) -> None:
    for _ in range(AT_MOST):
        make(desk)

    answer = desk(Role.ADVISOR).post("/abonnementen", doelgroep="voetbal")

    assert (answer.status_code, "U hebt al 10 abonnementen." in words(answer, "#fouten")) == (400, True)
    assert len(kept(app)) == AT_MOST


@pytest.mark.parametrize(
    ("role", "audience"), [(Role.PROJECT, Audience.PUBLIC_ORDER), (Role.PROJECT, Audience.FOOTBALL)]
)
def test_nobody_subscribes_to_more_than_the_role_allows(role: Role, audience: Audience, app: App, desk: Seats) -> None:
    answer = desk(role).post("/abonnementen", doelgroep=audience.value)

    assert (answer.status_code, kept(app)) == (400, [])
    with pytest.raises(InvalidInput):
        subscribe(app, Actor("projectteam", role), audience)


def test_a_form_without_a_choice_comes_back(desk: Seats) -> None:
    answer = desk(Role.ADVISOR).post("/abonnementen")

    assert (answer.status_code, words(answer, "#fouten li")) == (400, "Kies wat u wilt volgen.")


def test_who_is_no_user_makes_no_key(app: App) -> None:
    with pytest.raises(NotFound):
        subscribe(app, Actor("niemand", Role.ADVISOR), Audience.FOOTBALL)


def test_the_log_never_holds_a_key(app: App, web: FastAPI, desk: Seats, guest: Desk) -> None:
    key, log = make(desk), io.StringIO()
    set_up("DEBUG", log)
    web.state.feeds = None  # a fault in the program

    answers = [guest.get(f"/abonnementen/{key}/agenda.ics").status_code, guest.get("/abonnementen/x/agenda.ics")]

    assert (answers[0], key in log.getvalue()) == (500, False)
    assert "/abonnementen/{key}/agenda.ics" in log.getvalue()
