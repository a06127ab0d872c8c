"""New Year's night in pictures: 200 reports in an hour, and what Slack shows of them. See README.md beside it.

Invented reports take the road of every entry through the real house to a Slack on loopback that speaks the real
protocol; what it was sent is drawn as a telephone shows it.
"""

import argparse
import asyncio
import re
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from html import escape
from pathlib import Path

import aiohttp

import classifiers
from alerts import Topic, Urgency
from alerts.opening import Means
from alerts.options import Options
from alerts.slack import open_channel
from alerts.switchboard import Line, Switchboard
from classifiers import MUNICIPALITY, Category, Level
from classifiers.gazetteer import rows_of
from monitor.app import App, open_app
from monitor.clock import local
from monitor.commands.serve import acts_of
from monitor.domain import RawItem
from monitor.work.ingest import take_in
from tests.browsers import PHONE, chromium
from tests.build import a_raw, at
from tests.fakes import FixedClock, every_event, house_settings
from tests.fakes_slack import TOKEN, FakeSlack, Json, fake_slack, words_of

REPORTS = 200
MIDNIGHT = at(1, month=1, year=2027)
STEP = timedelta(minutes=3)
"""So often sources bring news, and what is due goes out."""
SCREEN = 844
"""Height of a telephone."""
COLUMNS = 7

_TOLD = (
    ("Brand op de {0}", "Op de {0} in Groningen is rond {1} uur een container in brand gestoken."),
    ("Vuurwerk op de {0}", "Op de {0} in Groningen gooien jongeren sinds {1} uur met zwaar vuurwerk."),
    ("Onrust op de {0}", "Op de {0} in Groningen staat sinds {1} uur een groep van 60 mensen rond een vuur."),
    ("Hulpverleners bekogeld op de {0}", "Brandweer en ambulance zijn om {1} uur op de {0} in Groningen bekogeld."),
)
_STYLE = """
body { margin: 0; background: #fff; color: #1d1c1d; font: 15px/1.46 "Liberation Sans", Arial, sans-serif }
article { break-inside: avoid; padding: 10px 12px; border-bottom: 1px solid #eee; overflow-wrap: anywhere }
h1 { font-size: 17px; margin: 2px 0 4px } p { margin: 4px 0; white-space: pre-wrap } a { color: #1264a3 }
small { color: #616061 } b.who { font-weight: 900 } .note { color: #616061; font-size: 12px }
.button { display: inline-block; border: 1px solid #bbb; border-radius: 4px; padding: 3px 10px; margin: 4px 6px 0 0 }
"""


def reports(streets: Sequence[str]) -> list[RawItem]:
    """Spread over the hour, street by street; mostly fires and fireworks, one in twenty an attack on crews."""
    found = []
    for n in range(REPORTS):
        moment = MIDNIGHT + timedelta(hours=1) * n / REPORTS
        title, text = _TOLD[3 if n % 20 == 19 else n % 3]
        place = streets[n % len(streets)]
        told = text.format(place, f"{local(moment):%H.%M}")
        found.append(a_raw(title.format(place), told, published=moment, url=f"https://krant.example/{n}"))
    return found


async def night(folder: Path, streets: Sequence[str]) -> tuple[FakeSlack, dict[str, int]]:
    """The hour, and half an hour more for what waits; the Slack that heard it, and counts."""
    clock = FixedClock(MIDNIGHT)
    async with fake_slack() as slack, aiohttp.ClientSession() as http:
        values = {"channel": "#openbare-orde", "token": "env:SLACK", "base_url": slack.base_url}
        options = Options(values, {"SLACK": TOKEN}, file="channels.toml", row="adviseurs")
        channel = open_channel(options, Means(http, clock))
        line = Line("adviseurs", channel, frozenset(Topic), Urgency.NORMAL, False, "slack:openbare-orde")
        settings = house_settings(folder, f"sqlite:///{folder}/burst.sqlite")
        waiting = reports(streets)
        async with open_app(settings, reader=classifiers.load(), clock=clock, switchboard=Switchboard([line])) as app:
            while clock() < MIDNIGHT + timedelta(minutes=90):
                clock.moment += STEP
                take_in(app, [raw for raw in waiting if raw.published and raw.published <= clock()])
                waiting = [raw for raw in waiting if raw.published and raw.published > clock()]
                await app.queue.drain(acts_of(app))
            return slack, _counts(app, slack, min(len(streets), REPORTS))


def _counts(app: App, slack: FakeSlack, streets: int) -> dict[str, int]:
    with app.store.read() as session:
        found = every_event(session)
    first = [post for post in slack.posts if not post.get("thread_ts")]
    return {
        "reports": REPORTS,
        "streets": streets,
        "events": len(found),
        "of them C": sum(event.level is Level.C for event in found),
        "of them New Year or unrest": sum(e.category in (Category.NEW_YEAR, Category.UNREST) for e in found),
        "messages in the channel": len(first),
        "answers in threads": len(slack.posts) - len(first),
    }


def drawn(posts: Sequence[Json]) -> str:
    """The channel as a page: each message with its blocks."""
    shown = "".join(_message(post) for post in posts if not post.get("thread_ts"))
    head = f'<meta charset="utf-8"><title>#openbare-orde</title><style>{_STYLE}</style>'
    return f'<!doctype html><html lang="nl">{head}{shown}'


def _message(post: Json) -> str:
    blocks = post["blocks"]
    assert isinstance(blocks, list)
    return f'<article><b class="who">Torenwacht</b> <small>APP</small>{"".join(_block(b) for b in blocks)}</article>'


def _block(block: Json) -> str:
    texts = block["elements"] if "elements" in block else [block["text"]]
    assert isinstance(texts, list)
    match block["type"]:
        case "header":
            return f"<h1>{escape(words_of(texts[0]))}</h1>"
        case "context":
            return "".join(f'<p class="note">{_marked(words_of(text))}</p>' for text in texts)
        case "actions":
            return "".join(f'<span class="button">{escape(words_of(button))}</span>' for button in texts)
    return "".join(f"<p>{_marked(words_of(text))}</p>" for text in texts)


def _marked(text: str) -> str:
    """Slack's marks as HTML; its text is escaped already."""
    linked = re.sub(r"<([^|>]+)\|([^>]+)>", r'<a href="\1">\2</a>', text)
    return re.sub(r"\*([^*\n]+)\*", r"<b>\1</b>", linked)


def draw(html: str, folder: Path) -> list[Path]:
    """What a telephone shows first, and the whole channel in columns as wide as a telephone."""
    folder.mkdir(parents=True, exist_ok=True)
    screen, sheet = folder / "scherm.png", folder / "nacht.png"
    with chromium() as browser:
        page = browser.new_page(viewport={"width": PHONE, "height": SCREEN})
        page.set_content(html)
        page.screenshot(path=screen)
        page.set_viewport_size({"width": COLUMNS * PHONE, "height": SCREEN})
        page.evaluate("columns => { document.body.style.columns = columns }", COLUMNS)
        page.screenshot(path=sheet, full_page=True)
    return [screen, sheet]


def main() -> None:
    """Plays the night, prints the counts and makes the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/burst"))
    args = parser.parse_args()
    streets = [
        row.name
        for row in rows_of(Path(classifiers.__file__).with_name("places.toml"))
        if row.kind == "straat" and row.municipality == MUNICIPALITY
    ]
    with tempfile.TemporaryDirectory() as folder:
        slack, counts = asyncio.run(night(Path(folder), streets))
    for what, number in counts.items():
        print(f"{what}: {number}")
    for file in draw(drawn(slack.posts), args.out):
        print(file)


if __name__ == "__main__":
    main()
