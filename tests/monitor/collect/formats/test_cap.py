"""Kind "cap": warnings in CAP, as XML or JSON. What is KNMI's own stands in test_knmi.py."""

import json
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers import Category, Period, Precision
from monitor.collect.formats import cap
from monitor.domain import RawItem, Source, Told
from monitor.errors import Changed, NotAFeed, SelectorMissing
from tests.monitor.collect.build import a_fetched, a_source, local, sample

HOME = "https://api.weer.example/open-data/v1/datasets/waarschuwingen/versions/1.0/files"
STORE = "https://opslag.example/bestand.json?signature=a%2Bb"


def the_source(options: Mapping[str, object] | None = None) -> Source:
    return a_source(
        "cap", url=f"{HOME}?maxKeys=20", hosts=("api.weer.example", "opslag.example"), options=options or {}
    )


def an_info(
    *,
    event: str = "Zware windstoten",
    language: str = "nl-NL",
    headline: str = "",
    expires: str = "2026-11-22T23:00:00+01:00",
    area: str = "<area><areaDesc>Groningen</areaDesc></area>",
    more: str = "",
) -> str:
    return (
        f"<info><language>{language}</language><event>{event}</event><onset>2026-11-22T15:00:00+01:00</onset>"
        f"<expires>{expires}</expires><headline>{headline}</headline>{area}{more}</info>"
    )


def an_alert(*infos: str, id: str = "a1", status: str = "Actual", kind: str = "Alert", more: str = "") -> str:
    return (
        f"<alert><identifier>{id}</identifier><sent>2026-11-22T06:00:00+01:00</sent><status>{status}</status>"
        f"<msgType>{kind}</msgType><scope>Public</scope>{more}{''.join(infos or [an_info()])}</alert>"
    )


def read(body: str | bytes, options: Mapping[str, object] | None = None) -> list[RawItem]:
    return cap.parse(a_fetched(body, url=STORE), the_source(options))


WARNING = RawItem(
    source="bron",
    key="2.49.0.1.528.0.INV.1",
    title="Code oranje: zware windstoten",
    text="Zware windstoten in het noorden\nWindstoten van 100 tot 120 km per uur.\nZet losse spullen vast.",
    url="https://weer.example/waarschuwingen",
    published=local(2026, 11, 22, 6),
    told=Told(Period(local(2026, 11, 22, 15), local(2026, 11, 22, 23), Precision.MINUTE), "Groningen", Category.NONE),
)


def test_warning_comes_in_once_in_dutch_with_its_colour_and_hours_and_is_no_event() -> None:
    assert cap.parse(sample("waarschuwing.cap"), the_source()) == [WARNING]


def test_list_with_alerts_in_it_gives_the_same() -> None:
    alert = sample("waarschuwing.cap").body.decode().partition("?>")[2]

    for listed in (
        f"<feed xmlns='a'><entry><title>t</title><content type='text/xml'>{alert}</content></entry></feed>",
        f"<rss><channel><item>{alert}</item></channel></rss>",
        f"<alerts>{alert}</alerts>",
    ):
        assert read(listed) == [WARNING]


CAP_JSON = {
    "identifier": "2.49.0.1.528.0.INV.1",
    "sent": "2026-11-22T06:00:00+01:00",
    "status": "Actual",
    "msgType": "Alert",
    "scope": "Public",
    "info": [
        {
            "language": "nl-NL",
            "event": "Zware windstoten",
            "onset": "2026-11-22T15:00:00+01:00",
            "expires": "2026-11-22T23:00:00+01:00",
            "headline": "Zware windstoten in het noorden",
            "description": "Windstoten van 100 tot 120 km per uur.",
            "instruction": "Zet losse spullen vast.",
            "web": "https://weer.example/waarschuwingen",
            "contact": "Wobke Verzonnen",
            "parameter": [{"valueName": "awareness_level", "value": "3; orange; Severe"}],
            "area": [{"areaDesc": "Groningen", "polygon": ["53.0,6.0 53.6,6.0 53.6,7.2 53.0,7.2 53.0,6.0"]}],
        }
    ],
}


@pytest.mark.parametrize("body", [CAP_JSON, [CAP_JSON], {"alerts": [CAP_JSON]}, {"a": [{"properties": CAP_JSON}]}])
def test_alert_in_json_gives_the_same_however_it_is_wrapped(body: object) -> None:
    assert read(json.dumps(body)) == [WARNING]


@pytest.mark.parametrize(
    "alert",
    [
        an_alert(status="Test"),
        an_alert(status="Exercise"),
        an_alert(status="Draft"),
        an_alert(status="System"),
        an_alert(status=""),
        an_alert(kind="Ack"),
        an_alert(kind="Error"),
        an_alert(an_info(headline="TEST Code geel: mist")),
        an_alert(an_info(event="Testbericht")),
        an_alert(an_info(more="<description>Dit is een oefening.</description>")),
        an_alert(more="<note>This message is a test</note>"),
        an_alert(id="KNMI_TEST_1"),
        an_alert().replace(">Public<", ">Restricted<"),
        an_alert(an_info(expires="2026-11-22T08:59:00+01:00")),
    ],
)
def test_tests_exercises_drafts_and_what_is_over_stay_out(alert: str) -> None:
    assert read(alert) == []


def test_word_test_in_an_advice_is_no_test() -> None:
    assert len(read(an_alert(an_info(more="<instruction>Doe een test van uw noodpakket.</instruction>")))) == 1


@pytest.mark.parametrize(
    ("area", "near"),
    [
        ("<areaDesc>Groningen</areaDesc>", True),
        ("<areaDesc>Friesland, GRONINGEN en Drenthe</areaDesc>", True),
        ("<areaDesc>Groningerland</areaDesc>", False),
        ("<areaDesc>Noord</areaDesc><geocode><valueName>PROVINCE</valueName><value>GR</value></geocode>", True),
        ("<areaDesc>Fryslân</areaDesc><geocode><valueName>PROVINCE</valueName><value>FR</value></geocode>", False),
        ("<areaDesc>x</areaDesc><polygon>53.0,6.0 53.6,6.0 53.6,7.2 53.0,6.0</polygon>", True),
        ("<areaDesc>x</areaDesc><polygon>50.0,3.0 60.0,3.0 60.0,9.0 50.0,9.0 50.0,3.0</polygon>", True),
        ("<areaDesc>x</areaDesc><polygon>51.0,4.0 52.0,4.0 52.0,5.0 51.0,4.0</polygon>", False),
        ("<areaDesc>x</areaDesc><polygon>53.2 6.5, nan,nan ,</polygon>", False),
        ("<areaDesc>x</areaDesc><circle>52.9,6.5 40</circle>", True),
        ("<areaDesc>x</areaDesc><circle>52.0,5.0 10</circle>", False),
        ("<areaDesc>x</areaDesc><circle>hier</circle>", False),
    ],
)
def test_only_warnings_for_our_area_come_in(area: str, near: bool) -> None:
    assert bool(read(an_alert(an_info(area=f"<area>{area}</area>")))) is near


def test_row_may_name_other_areas_and_another_box() -> None:
    elsewhere = an_alert(an_info(area="<area><areaDesc>Zeeland</areaDesc><polygon>51,4 52,4 52,5</polygon></area>"))

    assert len(read(elsewhere, {"areas": ["Zeeland"]})) == 1
    assert len(read(elsewhere, {"box": [51.5, 4.0, 51.6, 4.5]})) == 1
    assert read(elsewhere, {"areas": ["Limburg"]}) == []


def test_warning_without_any_area_is_for_all() -> None:
    assert [item.told.place for item in read(an_alert(an_info(area="")))] == [""]


@pytest.mark.parametrize(
    ("headline", "more", "title"),
    [
        ("Code rood: storm", "", "Code rood: storm"),
        ("KNMI geeft code geel uit", "", "Code geel: zware windstoten"),
        ("", "<parameter><valueName>awareness_level</valueName><value>2; yellow; Moderate</value></parameter>",
         "Code geel: zware windstoten"),
        ("", "<severity>Extreme</severity>", "Zware windstoten"),
    ],
)  # fmt: skip
def test_colour_is_quoted_and_never_derived(headline: str, more: str, title: str) -> None:
    (item,) = read(an_alert(an_info(headline=headline, more=more)))

    assert item.title == title


def test_languages_are_told_once_dutch_first() -> None:
    english, none = an_info(language="en-GB", event="Gusts"), an_info(event="Windstoten").replace("nl-NL", "")

    assert [item.title for item in read(an_alert(english, an_info(language="nl")))] == ["Zware windstoten"]
    assert [item.title for item in read(an_alert(english, none))] == ["Windstoten"]
    assert [item.title for item in read(an_alert(english))] == ["Gusts"]


def test_update_and_withdrawal_have_the_key_of_the_first_of_their_chain() -> None:
    later = "<references>s,a2,2026-11-22T07:00:00+01:00 s,a1,2026-11-22T06:00:00+01:00</references>"
    last = "<references>s,a2,2026-11-22T07:00:00+01:00</references>"
    chain = [
        an_alert(),
        an_alert(id="a2", kind="Update", more="<references>s,a1,2026-11-22T06:00:00+01:00</references>"),
        an_alert(id="a3", kind="Update", more=later),
        an_alert(id="a4", kind="Cancel", more=last),
    ]

    found = read(f"<alerts>{''.join(chain)}</alerts>")

    assert [(item.key, item.told.cancelled) for item in found] == [("a1", False)] * 3 + [("a1", True)]
    assert [item.key for item in read(chain[3])] == ["a2"]


def test_update_that_names_no_other_is_known_by_what_it_is_about() -> None:
    assert [item.key for item in read(an_alert(kind="Update"))] == ["Zware windstoten Groningen"]


def test_two_that_update_each_other_end_nowhere_and_stop() -> None:
    one = an_alert(id="a1", kind="Update", more="<references>s,a2,2026-11-22T06:00:00+01:00</references>")
    two = an_alert(id="a2", kind="Update", more="<references>s,a1,2026-11-22T06:00:00+01:00</references>")

    assert [item.key for item in read(f"<alerts>{one}{two}</alerts>")] == ["a1", "a2"]


def test_warnings_of_one_message_have_keys_of_their_own() -> None:
    assert [item.key for item in read(an_alert(an_info(), an_info(event="Onweer")))] == [
        "a1 Zware windstoten Groningen",
        "a1 Onweer Groningen",
    ]


def test_withdrawal_without_parts_withdraws_what_it_refers_to() -> None:
    withdrawal = an_alert(id="a9", kind="Cancel", more="<references>s,a1,2026-11-22T06:00:00+01:00</references>")

    (item,) = read(withdrawal.replace(an_info(), ""))

    assert (item.key, item.title, item.told.cancelled) == ("a1", "Waarschuwing ingetrokken", True)


def test_list_without_warnings_gives_none() -> None:
    for body in ("<feed/>", "<rss><channel/></rss>", "<alerts/>", "[]", '{"alerts": []}', '{"warnings": []}'):
        assert read(body) == []


@pytest.mark.parametrize(
    "body",
    [
        "<feed><entry><link href='https://weer.example/1.xml'/></entry></feed>",
        "<rss><channel><item><title>Code geel</title></item></channel></rss>",
        '{"error": "geen toegang"}',
        "{}",
        "[1, 2]",
    ],
)
def test_list_that_holds_no_warnings_themselves_is_told(body: str) -> None:
    with pytest.raises(SelectorMissing, match="a list without the warnings themselves"):
        read(body)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "niets",
        "<html><body>Onderhoud</body></html>",
        "<alert>",
        "<alert>\0</alert>",
        "<a>" * 100_000,
        "[" * 100_000,
        '{"a": ' * 100_000,
        "{",
        '<!DOCTYPE alert [<!ENTITY a "b">]><alert>&a;</alert>',
        '<!DOCTYPE alert [<!ENTITY a SYSTEM "file:///etc/hostname">]><alert>&a;</alert>',
        "[" + "9" * 10_000 + "]",
    ],
)
def test_what_is_no_warning_is_named(body: str) -> None:
    with pytest.raises(NotAFeed, match="no readable CAP"):
        read(body)


@pytest.mark.parametrize(
    ("sent", "expires"), [("0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z"), ("0001-01-01T00:00:00+14:00", "ooit")]
)
def test_moments_that_no_calendar_has_are_left_out(sent: str, expires: str) -> None:
    alert = an_alert(an_info(expires=expires)).replace("2026-11-22T06:00:00+01:00", sent)

    assert [(item.published, item.told.period) for item in read(alert)] == [
        (None, Period(local(2026, 11, 22, 15), None, Precision.MINUTE))
    ]


def test_fifty_thousand_alerts_are_read_and_the_real_ones_come_in() -> None:
    real, test = an_alert(an_info(area="")), "<alert><status>Test</status></alert>"

    assert len(read(f"<alerts>{(real + test * 9) * 5_000}</alerts>")) == 5_000


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(["info", "identifier", "warnings", "parts", "area", "coordinates", "type", "files", "filename",
                         "status", "msgType", "color", "texts", "nl", "metadata", "operational_status", "polygon"]),
        inner, max_size=5,
    ),
    max_leaves=25,
)  # fmt: skip
SCRAPS = st.sampled_from(
    [an_alert(), an_info(), "<alert>", "</alert>", "<area>", "</area>", "<entry/>", "&b;", "\0", "x"]
)


@settings(deadline=None)
@given(
    st.binary(max_size=200)
    | JSON.map(lambda value: json.dumps(value).encode())
    | st.lists(SCRAPS, max_size=8).map(lambda scraps: f"<alerts>{''.join(scraps)}</alerts>".encode())
)
def test_anything_gives_items_or_a_named_fault(body: bytes) -> None:
    following = cap.more(a_fetched(body, url=HOME), the_source())
    assert following is None or following.startswith("https://")
    try:
        items = read(body)
    except Changed as fault:
        assert fault.advice.startswith("Bron 'bron' ")
    else:
        assert all(item.told.category is Category.NONE for item in items)
