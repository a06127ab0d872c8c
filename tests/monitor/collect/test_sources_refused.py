"""sources.toml: persons, accounts and groups are no sources; posts of people come in under strict rules (R7-R9)."""

from pathlib import Path

import pytest

from tests.monitor.collect.rows import a_row, fault_in, sources_in


@pytest.mark.parametrize(
    "url",
    [
        "https://t.me/s/kanaal",
        "https://www.facebook.com/groep",
        "https://x.com/iemand",
        "https://mobile.twitter.com/iemand",
        "https://www.instagram.com/iemand/",
        "https://www.tiktok.com/@iemand",
        "https://wa.me/31600000000",
        "https://chat.whatsapp.com/abc",
        "https://discord.gg/abc",
        "https://bsky.app/profile/iemand.example",
        "https://public.api.bsky.app/xrpc/app.bsky.feed.getAuthorFeed",
        "https://www.youtube.com/feeds/videos.xml?channel_id=abc",
        "https://sociaal.example/@iemand.rss",
        "https://sociaal.example/%40iemand",
        "https://sociaal.example/users/iemand/feed",
        "https://forum.example/u/iemand.json",
        "https://blad.example/author/iemand/feed/",
        "https://sociaal.example/api/v1/accounts/123/statuses",
        "https://sociaal.example/groups/buurt/feed",
        "https://api.example/feed?actor=iemand",
        "https://api.politie.nl/v4/gezocht/dossiers",
        "https://api.politie.nl/v4/vermist",
        "https://api.politie.nl/v4/wijkagenten?lat=53",
        "https://api.politie.nl/v4/politiebureaus",
        "https://zoek.example/?q=iemand%40blad.example",
        "https://zoek.example/?q=06-12345678",
        "https://zoek.example/?q=%2B31612345678",
        "https://zoek.example/?q=@iemand",
        "https://zoek.example/?q=AB-123-C",
    ],
)
def test_address_of_a_person_account_or_group_is_refused(url: str, tmp_path: Path) -> None:
    fault = fault_in(a_row({"url": f'"{url}"'}), tmp_path)

    assert fault.key == "source[1] 'stadsblad'.url"


@pytest.mark.parametrize(
    "url",
    [
        "https://api.politie.nl/v4/nieuws/lokaal?lat=53.2194&lon=6.5665&radius=10.0",
        "https://www.focusgroningen.nl/tag/demonstraties/feed",
        "https://feeds.example/2026/11/22/index.xml?since=2026-11-22",
        "https://blad.example/nieuws/usersupport?page=1234567890",
        "https://nietx.com/feed",
    ],
)
def test_address_of_a_publisher_is_fine(url: str, tmp_path: Path) -> None:
    (source,) = sources_in(a_row({"url": f'"{url}"'}), tmp_path)

    assert source.url == url


@pytest.mark.parametrize("word", ["iemand@blad.example", "06 12 34 56 78", "@iemand", "12-AB-34", 'evenement" OR "x'])
def test_question_about_a_person_is_refused(word: str, tmp_path: Path) -> None:
    options = f"{{ creator = 'Groningen', terms = ['evenement', '{word}'] }}"

    fault = fault_in(a_row({"kind": '"sru"', "options": options}), tmp_path)

    assert fault.key == "source[1] 'stadsblad'.options.terms"


# What we ship


def test_preset_stands_for_all_that_its_kind_must_know(tmp_path: Path) -> None:
    row = a_row({"kind": '"json"', "options": '{ preset = "openfootball", fixed_place = "Oosterpark" }'})
    (source,) = sources_in(row, tmp_path)

    assert source.options["list"] == "matches[]"
    assert source.options["fixed_place"] == "Oosterpark"


def test_unknown_preset_is_named_before_anything_that_it_leaves_out(tmp_path: Path) -> None:
    fault = fault_in(a_row({"kind": '"json"', "options": '{ preset = "poltie" }'}), tmp_path)

    assert fault.key == "source[1] 'stadsblad'.options.preset"
    assert "kent 'poltie' niet" in fault.advice


TIMELINE = {"kind": '"json"', "voice": '"sociaal"', "options": '{ preset = "mastodon-tag", tags = ["grotemarkt"] }'}


@pytest.mark.parametrize(
    ("row", "legal", "key"),
    [
        ({"voice": '"nieuws"'}, {"personal_data_risk": '"hoog"'}, "voice"),
        ({"options": '{ preset = "mastodon-tag" }'}, {"personal_data_risk": '"hoog"'}, "options.tags"),
        ({}, {"personal_data_risk": '"midden"'}, "legal.personal_data_risk"),
    ],
)
def test_posts_of_people_have_a_high_risk_and_reviewed_hashtags(
    row: dict[str, str | None], legal: dict[str, str | None], key: str, tmp_path: Path
) -> None:
    """R9."""
    assert fault_in(a_row({**TIMELINE, **row}, legal), tmp_path).key == f"source[1] 'stadsblad'.{key}"
