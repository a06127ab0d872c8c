"""Ready-made settings of kind "json": what each service is known to do, and what is never read of it."""

import json
from collections.abc import Mapping
from dataclasses import astuple
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers import Category, Period, Precision, Voice
from monitor.collect.formats import json_api, social
from monitor.collect.formats.json_api import OPTIONS, more, parse
from monitor.collect.formats.presets import PRESETS, completed, known_preset, pruned
from monitor.domain import Fetched, RawItem, Source, Told
from monitor.errors import Changed, NotAFeed, SelectorMissing
from tests.monitor.collect.build import NOW, a_fetched, a_source, local, sample

POLICE = "https://api.politie.nl/v4/nieuws/lokaal?language=nl&radius=10.0&maxnumberofitems=25&offset=0"


def a_preset(name: str, **options: object) -> Source:
    return a_source("json", options={"preset": name, **options})


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_fills_in_options_that_a_row_may_have(name: str) -> None:
    options = completed({"preset": name})

    problems = {key: OPTIONS[key].check(value) for key, value in options.items()}
    assert {key: problem for key, problem in problems.items() if problem} == {}
    assert {key for key, option in OPTIONS.items() if option.required} <= options.keys()


def test_what_a_row_says_itself_stands_above_its_preset() -> None:
    options = completed({"preset": "schoolvakanties", "only": {"region": ["midden"]}})

    assert options["only"] == {"region": ["midden"]}
    assert completed(options) == options


def test_unknown_preset_is_named_with_the_choice() -> None:
    assert known_preset("poltie") == f"kent 'poltie' niet; kies uit: {', '.join(PRESETS)}"
    assert completed({"preset": "poltie", "list": "[]"}) == {"preset": "poltie", "list": "[]"}


# politie


def test_police_news_gives_both_spellings_of_the_date_with_and_without_a_time() -> None:
    items = parse(sample("politie.json"), a_preset("politie"))

    assert [(item.key, item.published) for item in items] == [
        ("a1-2026", local(2026, 11, 21, 23, 15)),
        ("a2-2026", local(2026, 11, 20)),
    ]


def test_police_without_news_answers_nothing_at_all() -> None:
    assert parse(a_fetched(b""), a_preset("politie")) == []
    assert more(a_fetched(b"", url=POLICE), a_preset("politie")) is None


def test_police_may_answer_a_web_page_instead() -> None:
    with pytest.raises(NotAFeed):
        parse(a_fetched("<html><body>400 Bad Request</body></html>"), a_preset("politie"))


def a_page_of_police(*, last: object, entries: int = 25, offset: int = 0) -> Fetched:
    news = [{"uid": str(n), "titel": "Bericht"} for n in range(entries)]
    body = json.dumps({"iterator": {"last": last}, "nieuwsberichten": news})
    return a_fetched(body, url=POLICE.replace("offset=0", f"offset={offset}"))


@pytest.mark.parametrize(
    ("fetched", "following"),
    [
        (a_page_of_police(last=False), "offset=25"),
        (a_page_of_police(last=False, offset=50), "offset=75"),
        (a_page_of_police(last=False, offset=75), None),
        (a_page_of_police(last=True), None),
        (a_page_of_police(last=None), None),
        (a_page_of_police(last=False, entries=0), None),
        (a_page_of_police(last=False, offset=10**30), "offset=25"),
    ],
)
def test_police_news_is_asked_page_by_page_up_to_four(fetched: Fetched, following: str | None) -> None:
    address = more(fetched, a_preset("politie"))

    if following is None:
        assert address is None
    else:
        assert address is not None
        assert address.startswith("https://api.politie.nl/v4/nieuws/lokaal?")
        assert address.endswith(following)


# openfootball


def a_season(*matches: Mapping[str, object], name: str = "Netherlands Eredivisie 2026/27") -> Fetched:
    return a_fetched(json.dumps({"name": name, "matches": matches}))


MATCH = {"round": "Matchday 22", "date": "2027-02-06", "team1": "FC Groningen", "team2": "PEC Zwolle"}
WEEKEND = Period(local(2027, 2, 6), local(2027, 2, 8), Precision.WEEKEND)


def test_match_without_a_time_is_in_a_weekend() -> None:
    (item,) = parse(a_season(MATCH), a_preset("openfootball"))

    assert (item.key, item.title) == (
        "Netherlands Eredivisie 2026/27 Matchday 22 FC Groningen PEC Zwolle",
        "FC Groningen - PEC Zwolle",
    )
    assert item.told == Told(WEEKEND, "Euroborg", Category.FOOTBALL)


@pytest.mark.parametrize("score", [None, {}, [], [0, 0], {"ht": [0, 0], "ft": [1, 1]}, {"ft": None}])
@pytest.mark.parametrize("change", [{"date": "2027-02-07", "time": "14:30"}, {"date": "2027-03-10"}, {}])
def test_match_stays_the_same_whatever_its_day_and_score(score: object, change: Mapping[str, object]) -> None:
    source = a_preset("openfootball")
    (before,) = parse(a_season(MATCH), source)
    (after,) = parse(a_season({**MATCH, **change, "score": score}), source)

    assert before.key == after.key


def test_same_match_of_another_season_is_another_match() -> None:
    source = a_preset("openfootball")
    (one,) = parse(a_season(MATCH), source)
    (other,) = parse(a_season(MATCH, name="Netherlands Eredivisie 2027/28"), source)

    assert one.key != other.key


@pytest.mark.parametrize(
    ("date", "time", "period"),
    [
        ("2027-02-06", "18:45", Period(local(2027, 2, 6, 18, 45), None, Precision.MINUTE)),
        ("2027-07-03", "18:45", Period(local(2027, 7, 3, 18, 45), None, Precision.MINUTE)),
        ("2027-02-05", None, WEEKEND),
        ("2027-02-07", None, WEEKEND),
        ("2027-02-09", None, Period(local(2027, 2, 9), local(2027, 2, 10), Precision.DAY)),
        ("2027-02-08", None, Period(local(2027, 2, 8), local(2027, 2, 9), Precision.DAY)),
        ("later", None, None),
    ],
)
def test_days_of_matches_are_local_and_midweek_is_no_weekend(
    date: str, time: str | None, period: Period | None
) -> None:
    (item,) = parse(a_season({**MATCH, "date": date, "time": time}), a_preset("openfootball"))

    assert item.told.period == period


def test_only_home_matches_of_the_team_count_in_each_of_its_spellings() -> None:
    away = {**MATCH, "team1": "PEC Zwolle", "team2": "FC Groningen"}
    short = {**MATCH, "team1": "Groningen"}
    source = a_preset("openfootball", team=["FC Groningen", "Groningen"])

    assert [item.title for item in parse(a_season(MATCH, away, short), source)] == [
        "FC Groningen - PEC Zwolle",
        "Groningen - PEC Zwolle",
    ]


def test_season_whose_home_teams_are_elsewhere_is_named_instead_of_falling_silent() -> None:
    with pytest.raises(SelectorMissing) as raised:
        parse(a_season({"round": "1", "thuis": "FC Groningen"}), a_preset("openfootball"))

    assert raised.value.reason == "path 'home' finds nothing"


# football-data


def a_data_match(**told: object) -> Fetched:
    match = {
        "id": 536871, "utcDate": "2026-11-27T19:00:00Z", "status": "TIMED", "matchday": 14, "venue": None,
        "homeTeam": {"id": 677, "name": "FC Groningen", "shortName": "Groningen", "tla": "GRO",
                     "coach": {"name": "Wobke Verzonnen"}},
        "awayTeam": {"id": 672, "name": "Willem II Tilburg", "shortName": "Willem II", "tla": "WIL"},
        "referees": [{"id": 1, "name": "Wobke Verzonnen", "type": "REFEREE", "nationality": "Netherlands"}],
    }  # fmt: skip
    return a_fetched(json.dumps({"count": 1, "matches": [{**match, **told}]}))


KICK_OFF = Period(local(2026, 11, 27, 20), None, Precision.MINUTE)


@pytest.mark.parametrize(
    ("status", "cancelled"),
    [
        ("TIMED", False),
        ("IN_PLAY", False),
        ("FINISHED", False),
        ("AWARDED", False),
        ("POSTPONED", True),
        ("SUSPENDED", True),
        ("CANCELLED", True),
    ],
)
def test_status_tells_whether_a_match_takes_place(status: str, cancelled: bool) -> None:
    (item,) = parse(a_data_match(status=status), a_preset("football-data"))

    assert (item.key, item.title) == ("536871", "FC Groningen - Willem II Tilburg")
    assert item.told == Told(KICK_OFF, "Euroborg", Category.FOOTBALL, cancelled)


@pytest.mark.parametrize(
    ("moment", "period"),
    [
        ("2027-02-06T00:00:00Z", WEEKEND),
        ("2027-02-07T15:30:00Z", WEEKEND),
        ("2027-02-10T19:00:00Z", Period(local(2027, 2, 10), local(2027, 2, 11), Precision.DAY)),
    ],
)
def test_hour_of_a_match_that_is_not_timed_yet_does_not_count(moment: str, period: Period) -> None:
    (item,) = parse(a_data_match(status="SCHEDULED", utcDate=moment), a_preset("football-data"))

    assert item.told.period == period


def test_referees_and_coaches_are_never_read() -> None:
    """Not even by a row that asks for them."""
    source = a_preset("football-data", text="referees[].name", place="homeTeam.coach.name")

    assert b"Wobke" in a_data_match().body
    assert "Wobke" not in str([astuple(item) for item in parse(a_data_match(), source)])


# schoolvakanties


def test_holidays_last_to_the_end_of_their_last_day_by_local_time() -> None:
    """22:00Z in summer and 23:00Z in winter are both the midnight that begins the next local day."""
    items = parse(sample("schoolvakanties.json"), a_preset("schoolvakanties"))

    assert [(item.title, item.told.period) for item in items] == [
        ("Herfstvakantie, regio noord", Period(local(2026, 10, 10), local(2026, 10, 19), Precision.DAY)),
        ("Kerstvakantie, regio heel Nederland", Period(local(2026, 12, 19), local(2027, 1, 4), Precision.DAY)),
    ]


def test_another_region_is_chosen_by_the_row() -> None:
    (item,) = parse(sample("schoolvakanties.json"), a_preset("schoolvakanties", only={"region": ["zuid"]}))

    assert item.told.period == Period(local(2026, 10, 17), local(2026, 10, 26), Precision.DAY)


def test_holidays_without_regions_are_named_instead_of_falling_silent() -> None:
    body = '[{"content": [{"vacations": [{"type": "Herfst", "regions": [{"regio": "noord"}]}]}]}]'
    with pytest.raises(SelectorMissing) as raised:
        parse(a_fetched(body), a_preset("schoolvakanties"))

    assert raised.value.reason == "path 'only' finds nothing"


# mastodon-tag

NAME = "Wobke Verzonnen"
TAGS = ["groningen", "grotemarkt"]
PERSON = {"id": "1", "username": NAME, "acct": f"{NAME}@elders.example", "url": f"https://m.example/@{NAME}"}
CONTENT = (
    '<p>Lange rij op de <a href="https://m.example/tags/grotemarkt" class="mention hashtag">#<span>GroteMarkt</span>'
    f'</a>,<br>zegt <span class="h-card"><a href="https://m.example/@wobke" class="u-url mention">@<span>{NAME}</span>'
    f'</a></span> en @wobke@elders.example bij https://m.example/@wobke/1 <a href="https://a.example">{NAME}</a> '
    '#WobkeVerzonnen ＠wobke &#64;wobke &amp;#64;wobke</p><p>Ga kijken.</p><script>"Wobke"</script>'
)
POST: Mapping[str, object] = {
    "id": "113000000000000001",
    "created_at": "2026-11-21T13:00:00.000Z",
    "language": "nl",
    "content": CONTENT,
    "tags": [{"name": "grotemarkt", "url": f"https://m.example/tags/{NAME}"}, {"name": "wobkeverzonnen"}],
    "account": PERSON,
    "url": f"https://m.example/@{NAME}/1",
    "uri": f"https://m.example/users/{NAME}/statuses/1",
    "mentions": [PERSON],
    "in_reply_to_id": NAME,
    "in_reply_to_account_id": NAME,
    "media_attachments": [{"url": NAME, "description": NAME}],
    "card": {"author_name": NAME, "title": NAME},
    "poll": {"options": [{"title": NAME}]},
    "emojis": [{"shortcode": NAME}],
    "application": {"name": NAME},
    "reblogs_count": NAME,
    "replies_count": NAME,
    "favourites_count": NAME,
    "edited_at": NAME,
    "spoiler_text": NAME,
    "reblog": {"account": PERSON, "content": NAME},
    "quote": {"quoted_status": {"account": PERSON}},
    "filtered": [{"keyword_matches": [NAME]}],
}
TIMELINE = a_source("json", url="https://m.example", options={"preset": "mastodon-tag", "tags": TAGS})


def test_post_is_its_moment_its_words_and_the_reviewed_hashtags() -> None:
    items = parse(a_fetched(json.dumps([POST]), url="https://m.example/api/v1/timelines/tag/groningen"), TIMELINE)

    assert items == [
        RawItem(
            source="bron",
            key="113000000000000001",
            title="Openbaar bericht: grotemarkt",
            text="Lange rij op de grotemarkt ,\nzegt en bij\nGa kijken.",
            url="https://m.example/api/v1/timelines/tag/groningen",
            published=datetime(2026, 11, 21, 13, tzinfo=UTC).astimezone(local(2026, 1, 1).tzinfo),
            voice=Voice.SOCIAL,
        )
    ]


@pytest.mark.parametrize("asked", ["account.username", "url", "mentions[].acct", "reblog.content", "spoiler_text"])
def test_not_even_a_row_that_asks_for_a_person_gets_one(asked: str) -> None:
    source = a_source("json", options={**TIMELINE.options, "text": asked, "place": asked, "link": asked})

    (item,) = parse(a_fetched(json.dumps([POST])), source)

    assert (item.text, item.told, item.url) == ("", Told(), "https://nieuws.example/feed")
    assert "obke" not in str(astuple(item)).replace(item.url, "")


KEPT = {"id", "created_at", "language", "content", "tags"}


@settings(deadline=None)
@given(
    field=st.sampled_from(sorted(POST.keys() - KEPT)) | st.text(min_size=1).filter(lambda name: name not in KEPT),
    value=st.sampled_from([NAME, [NAME], {"name": NAME}, {"content": NAME}, [{"id": {"name": NAME}}]]),
)
def test_whatever_else_a_post_holds_is_gone_before_it_is_read(field: str, value: object) -> None:
    keeps = PRESETS["mastodon-tag"].keeps

    assert keeps is not None
    post = {"id": "1", "content": "Drukte", "tags": [{"name": "groningen", field: value}], field: value}
    assert pruned([post], keeps) == [{"id": "1", "content": "Drukte", "tags": [{"name": "groningen"}]}]


@pytest.mark.parametrize("field", ["id", "created_at", "language", "content", "tags"])
def test_person_where_a_word_should_stand_is_gone_too(field: str) -> None:
    (item, *_) = parse(a_fetched(json.dumps([{**POST, field: PERSON}, POST])), TIMELINE)

    assert "obke" not in str(astuple(item)).replace(item.url, "")


def test_post_without_a_reviewed_hashtag_was_not_asked_for() -> None:
    assert parse(a_fetched(json.dumps([{**POST, "tags": [{"name": "iets"}]}])), TIMELINE) == []


@settings(deadline=None)
@given(words=st.text(), handle=st.text(st.characters(categories=("L", "N")), min_size=1))
def test_no_account_stays_in_the_words_of_a_post(words: str, handle: str) -> None:
    found = social.without_people(f"{words} @{handle} <b>@</b>{handle}@elders.example", frozenset({"groningen"}))

    assert "@" not in found


def test_timeline_is_asked_for_four_hashtags_at_a_time_whatever_the_address_leads_to() -> None:
    tags = ["groningen", "grotemarkt", "euroborg", "kei", "eurosonic"]
    source = a_source("json", url="https://m.example/@wobke", options={"preset": "mastodon-tag", "tags": tags})

    first = json_api.address(source, NOW)
    then = more(a_fetched("[]", url=first), source)

    base = "https://m.example/api/v1/timelines/tag"
    assert first == f"{base}/groningen?limit=40&any%5B%5D=grotemarkt&any%5B%5D=euroborg&any%5B%5D=kei"
    assert then == f"{base}/eurosonic?limit=40"
    assert more(a_fetched("[]", url=then), source) is None
    assert more(a_fetched("[]", url="https://m.example/elders"), source) is None


def test_timeline_without_hashtags_is_not_asked() -> None:
    with pytest.raises(Changed) as raised:
        json_api.address(a_preset("mastodon-tag"), NOW)

    assert "noemt geen hashtags" in raised.value.advice


def test_other_presets_are_asked_at_their_own_address() -> None:
    assert json_api.address(a_preset("politie"), NOW) == "https://nieuws.example/feed"


@pytest.mark.parametrize(
    "value", [None, [], "groningen", ["#groningen"], ["@wobke"], ["grote markt"], [1], ["0612345678"]]
)
def test_hashtag_is_one_word_and_never_a_person(value: object) -> None:
    assert social.hashtags(value)
    assert social.hashtags(["groningen", "grotemarkt"]) is None
