"""Pieces -> the bytes of a feed, a calendar, a page, an answer of an API, as publishers write them.

Faults are written here too: a charset that is not the declared one, text that is no XML. Texts are placed in the
markup by hand, so that the collectors meet other people's habits and not those of a library.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

from monitor.demo.script import Piece, Stall

_FOLD = 75
"""Octets in a line of a calendar (RFC 5545 §3.1)."""
_PAGE_OF_SRU = 100


def address(stall: Stall, piece: Piece, base: str) -> str:
    """Where a reader opens the piece."""
    return f"{base}/bericht/{piece.id}"


def _rss(stall: Stall, pieces: Sequence[Piece], base: str, declared: str = "utf-8") -> str:
    entries = "".join(
        f"""
    <item>
      <title>{escape(piece.title, quote=False)}</title>
      <link>{address(stall, piece, base)}</link>
      <guid isPermaLink="false">{stall.id}-{piece.id}</guid>
      <pubDate>{format_datetime(piece.published)}</pubDate>{_dc_creator(piece)}
      <description><![CDATA[<p>{escape(piece.text, quote=False)}</p>]]></description>
    </item>"""
        for piece in pieces
    )
    return f"""<?xml version="1.0" encoding="{declared}"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
  <channel>
    <title>{escape(stall.name)}</title>
    <link>{base}/</link>
    <description>Verzonnen berichten om Torenwacht te laten zien</description>
    <language>nl</language>
    <ttl>5</ttl>{entries}
  </channel>
</rss>
"""


def _dc_creator(piece: Piece) -> str:
    if not piece.author:
        return ""
    mail = f"\n      <author>{piece.mail} ({piece.author})</author>" if piece.mail else ""
    return f"{mail}\n      <dc:creator>{escape(piece.author)}</dc:creator>"


def rss(stall: Stall, pieces: Sequence[Piece], base: str) -> bytes:
    """RSS 2.0 in UTF-8."""
    return _rss(stall, pieces, base).encode()


def mislabelled_rss(stall: Stall, pieces: Sequence[Piece], base: str) -> bytes:
    """RSS that calls itself UTF-8 and is windows-1252."""
    return _rss(stall, pieces, base).encode("cp1252")


def untidy_rss(stall: Stall, pieces: Sequence[Piece], base: str) -> bytes:
    """RSS with bare ampersands and without its last line: no XML, though every entry can be read."""
    return _rss(stall, pieces, base).replace("&amp;", "&").removesuffix("</rss>\n").encode()


def no_feed(stall: Stall, pieces: Sequence[Piece], base: str) -> bytes:
    """What a site in trouble sends for a feed: a page, and not all of it."""
    return b"<!doctype html>\n<html lang=nl><head><title>Onderhoud</title><body class=fout><h1>Even geduld<p>De site"


def atom(stall: Stall, pieces: Sequence[Piece], base: str) -> bytes:
    """Atom 1.0 in UTF-8."""
    entries = "".join(
        f"""
  <entry>
    <id>tag:{stall.host},2026:{piece.id}</id>
    <title type="text">{escape(piece.title, quote=False)}</title>
    <link rel="alternate" href="{address(stall, piece, base)}"/>
    <published>{piece.published.isoformat()}</published>
    <updated>{piece.published.isoformat()}</updated>{_atom_author(piece)}
    <content type="html">{escape(f"<p>{piece.text}</p>", quote=False)}</content>
  </entry>"""
        for piece in pieces
    )
    updated = pieces[0].published.isoformat() if pieces else "2026-01-01T00:00:00Z"
    return f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="nl">
  <id>{base}/</id>
  <title>{escape(stall.name)}</title>
  <updated>{updated}</updated>
  <link rel="self" href="{base}{stall.path}"/>{entries}
</feed>
""".encode()


def _atom_author(piece: Piece) -> str:
    if not piece.author:
        return ""
    mail = f"<email>{piece.mail}</email>" if piece.mail else ""
    return f"\n    <author><name>{escape(piece.author)}</name>{mail}</author>"


def _folded(line: str) -> str:
    """One calendar line, folded between characters so that no line is longer than 75 octets."""
    lines, current = [], ""
    for character in line:
        if len((current + character).encode()) > _FOLD:
            lines.append(current)
            current = " "
        current += character
    return "\r\n".join([*lines, current])


def _ical(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _ical_span(piece: Piece) -> list[str]:
    start = piece.start or piece.published
    if piece.whole_day:
        end = piece.end or start + timedelta(days=1)
        return [f"DTSTART;VALUE=DATE:{start:%Y%m%d}", f"DTEND;VALUE=DATE:{end:%Y%m%d}"]
    end = piece.end or start + timedelta(hours=2)
    return [f"DTSTART;TZID=Europe/Amsterdam:{start:%Y%m%dT%H%M%S}", f"DTEND;TZID=Europe/Amsterdam:{end:%Y%m%dT%H%M%S}"]


def ics(stall: Stall, pieces: Sequence[Piece], base: str) -> bytes:
    """A calendar (RFC 5545) with its time zone, folded lines, whole days, recurrences and cancellations."""
    lines = [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Torenwacht//Voorbeeld//NL", "METHOD:PUBLISH"),
        *("BEGIN:VTIMEZONE", "TZID:Europe/Amsterdam"),
        *("BEGIN:DAYLIGHT", "DTSTART:19810329T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"),
        *("TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "TZNAME:CEST", "END:DAYLIGHT"),
        *("BEGIN:STANDARD", "DTSTART:19961027T030000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"),
        *("TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "TZNAME:CET", "END:STANDARD", "END:VTIMEZONE"),
    ]
    for piece in pieces:
        lines += ["BEGIN:VEVENT", f"UID:{piece.id}@{stall.id}.example", f"DTSTAMP:{_stamp(piece.published)}"]
        lines += [f"CREATED:{_stamp(piece.published)}", f"LAST-MODIFIED:{_stamp(piece.published)}", *_ical_span(piece)]
        lines += [f"RRULE:{piece.repeats}"] if piece.repeats else []
        lines += [f"SUMMARY:{_ical(piece.title)}", f"DESCRIPTION:{_ical(piece.text)}", f"LOCATION:{_ical(piece.place)}"]
        lines += [f'ORGANIZER;CN="{piece.author}":mailto:{piece.mail}'] if piece.author else []
        lines += [f"STATUS:{'CANCELLED' if piece.cancelled else 'CONFIRMED'}"]
        lines += [f"URL:{address(stall, piece, base)}", "END:VEVENT"]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def page(stall: Stall, pieces: Sequence[Piece], base: str) -> bytes:
    """A list page, with around the list what every site has: a menu, a form, a footer."""
    rows = "".join(
        f"""
      <li class="activiteit">
        <h3><a href="/bericht/{piece.id}">{escape(piece.title, quote=False)}</a></h3>
        <span class="datum">{piece.start or piece.published:%d-%m-%Y %H:%M}</span>
        <span class="plaats">{escape(piece.place, quote=False)}</span>
        <span class="geplaatst">{piece.published:%d-%m-%Y %H:%M}</span>
        <div class="tekst"><p>{escape(piece.text, quote=False)}</p>{_signed(piece)}</div>
      </li>"""
        for piece in pieces
    )
    return f"""<!doctype html>
<html lang="nl">
  <head><meta charset="utf-8"><title>{escape(stall.name)}</title></head>
  <body>
    <nav><ul><li><a href="/">Voorpagina</a></li><li><a href="/contact">Contact</a></li></ul></nav>
    <main><h1>{escape(stall.name)}</h1>
    <ul class="agenda">{rows}
    </ul></main>
    <footer>Verzonnen berichten om Torenwacht te laten zien</footer>
  </body>
</html>
""".encode()


def _signed(piece: Piece) -> str:
    return f"<p>Geplaatst door {escape(piece.author)}, {piece.mail}</p>" if piece.author else ""


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def police(stall: Stall, pieces: Sequence[Piece], base: str) -> bytes:
    """The shape of the police's news API, version 4."""
    messages = [
        {
            "uid": f"{stall.id}-{piece.id}",
            "titel": piece.title,
            "introductie": piece.text,
            "publicatiedatum": f"{piece.published:%Y-%m-%dT%H:%M:%S}",
            "gebied": piece.place or "Groningen",
            "url": address(stall, piece, base),
            "locaties": [{"latitude": 53.2194, "longitude": 6.5665}],
        }
        for piece in pieces
    ]
    return _json({"iterator": {"last": True}, "nieuwsberichten": messages})


def fixtures(stall: Stall, pieces: Sequence[Piece], base: str) -> bytes:
    """The shape of openfootball's fixtures: local day and time apart, no identity."""
    matches = [
        {
            "round": f"Matchday {number}",
            "date": f"{piece.start:%Y-%m-%d}",
            "time": f"{piece.start:%H:%M}",
            "team1": piece.opponent[0],
            "team2": piece.opponent[1],
        }
        for number, piece in enumerate(sorted(pieces, key=lambda piece: piece.id), start=14)
        if piece.start is not None
    ]
    return _json({"name": "Netherlands Eredivisie, voorbeeld", "matches": matches})


def timeline(stall: Stall, pieces: Sequence[Piece], base: str) -> bytes:
    """The shape of a hashtag timeline, without the fields that name an account."""
    posts = [
        {
            "id": piece.id,
            "created_at": f"{piece.published.astimezone(UTC):%Y-%m-%dT%H:%M:%S.000Z}",
            "language": "nl",
            "content": f"<p>{escape(piece.text, quote=False)}</p>",
            "tags": [{"name": word[1:].rstrip(".,!?")} for word in piece.text.split() if word.startswith("#")],
        }
        for piece in pieces
    ]
    return _json(posts)


_SRU = 'xmlns:sru="http://docs.oasis-open.org/ns/search-ws/sruResponse"'
_RECORD = " ".join(
    (
        'xmlns:gzd="http://standaarden.overheid.nl/sru"',
        'xmlns:dcterms="http://purl.org/dc/terms/"',
        'xmlns:overheidwetgeving="http://standaarden.overheid.nl/wetgeving/"',
        'xmlns:overheidop="http://standaarden.overheid.nl/product/terms/"',
    )
)


def sru(stall: Stall, pieces: Sequence[Piece], base: str) -> bytes:
    """A searchRetrieve response, as the repository of official publications gives it."""
    records = "".join(
        f"""
    <sru:record>
      <sru:recordSchema>gzd</sru:recordSchema>
      <sru:recordData>
        <gzd:gzd {_RECORD}>
          <gzd:originalData>
            <overheidwetgeving:meta>
              <owmskern>
                <dcterms:identifier>{piece.id}</dcterms:identifier>
                <dcterms:title>{escape(piece.title, quote=False)}</dcterms:title>
                <dcterms:type>{escape(piece.type, quote=False)}</dcterms:type>
                <dcterms:creator>Groningen</dcterms:creator>
                <dcterms:modified>{piece.published:%Y-%m-%d}</dcterms:modified>
              </owmskern>
              <owmsmantel>
                <dcterms:date>{piece.published:%Y-%m-%d}</dcterms:date>
                <dcterms:available>{piece.published:%Y-%m-%d}</dcterms:available>
                <dcterms:abstract>{escape(piece.text, quote=False)}</dcterms:abstract>
              </owmsmantel>
              <tpmeta><overheidop:publicatienaam>Gemeenteblad</overheidop:publicatienaam></tpmeta>
            </overheidwetgeving:meta>
          </gzd:originalData>
          <gzd:enrichedData>
            <gzd:preferredUrl>{address(stall, piece, base)}</gzd:preferredUrl>
          </gzd:enrichedData>
        </gzd:gzd>
      </sru:recordData>
    </sru:record>"""
        for piece in pieces[:_PAGE_OF_SRU]
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<sru:searchRetrieveResponse {_SRU}>
  <sru:version>2.0</sru:version>
  <sru:numberOfRecords>{len(pieces)}</sru:numberOfRecords>
  <sru:records>{records}
  </sru:records>
</sru:searchRetrieveResponse>
""".encode()


def diagnostics(reason: str) -> bytes:
    """What the repository answers, with status 200, to a question it does not understand."""
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<sru:searchRetrieveResponse {_SRU}>
  <sru:diagnostics><diagnostic><message>{escape(reason)}</message></diagnostic></sru:diagnostics>
</sru:searchRetrieveResponse>
""".encode()


def article(piece: Piece, stall: Stall) -> bytes:
    """The page behind the link of an item, so that an advisor can read the whole of it."""
    return f"""<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>{escape(piece.title)}</title></head>
<body><p>{escape(stall.name)}, {piece.published:%d-%m-%Y %H:%M}</p><h1>{escape(piece.title, quote=False)}</h1>
<p>{escape(piece.text, quote=False)}</p>
<p><small>Verzonnen bericht om Torenwacht te laten zien.</small></p></body></html>
""".encode()


Form = Callable[[Stall, Sequence[Piece], str], bytes]

FORMS: Mapping[str, tuple[Form, str]] = {
    "rss": (rss, "application/rss+xml; charset=utf-8"),
    "mislabelled-rss": (mislabelled_rss, "application/rss+xml; charset=utf-8"),
    "untidy-rss": (untidy_rss, "text/xml; charset=utf-8"),
    "no-feed": (no_feed, "application/rss+xml"),
    "atom": (atom, "application/atom+xml; charset=utf-8"),
    "ics": (ics, "text/calendar; charset=utf-8"),
    "page": (page, "text/html; charset=utf-8"),
    "police": (police, "application/json; charset=utf-8"),
    "fixtures": (fixtures, "application/json"),
    "timeline": (timeline, "application/json; charset=utf-8"),
    "sru": (sru, "text/xml; charset=utf-8"),
}
"""How a body is written -> who writes it, and the content type it is sent with."""
