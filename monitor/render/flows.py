"""An account -> the figure of its data flows: SVG with a title and a description, and the same flows as rows."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from monitor.domain.account import Account
from monitor.render.dutch import count

KIND_WORDS = {
    "console": "Venster van het programma",
    "slack": "Slack (Verenigde Staten)",
    "teams": "Microsoft Teams",
    "apprise": "Dienst van anderen (Apprise)",
    "mail": "E-mail",
    "webhook": "Eigen systeem (webhook)",
}
"""What people call a kind of channel; a new kind is called by its own name."""

_WIDE, _HIGH, _GAP, _TOP = 206, 62, 34, 56
_COLUMNS = (12, 308, 604, 900)
_HEADS = ("Waar het vandaan komt", "Alleen in het werkgeheugen", "Bewaard, tot de laatste dag", "Wie het krijgt")


@dataclass(frozen=True, slots=True)
class Box:
    """One place in the figure."""

    column: int
    row: int
    name: str
    more: str = ""

    @property
    def x(self) -> int:
        """The left side."""
        return _COLUMNS[self.column]

    @property
    def y(self) -> int:
        """The top."""
        return _TOP + self.row * (_HIGH + _GAP)


@dataclass(frozen=True, slots=True)
class Flow:
    """What goes from one place to another; its number stands in the figure and in the table."""

    number: int
    start: Box
    end: Box
    what: str


def flows_of(account: Account) -> tuple[Flow, ...]:
    """Every flow that the configuration makes, in the order of the road."""
    return tuple(Flow(number, *flow) for number, flow in enumerate(_flows(account), start=1))


def _flows(account: Account) -> Iterator[tuple[Box, Box, str]]:
    fetched = Box(1, 0, "Ophalen", "lijst van vaste adressen")
    cleaned = Box(1, 1, "Weghalen", "persoonsgegevens eruit")
    judged = Box(1, 2, "Lezen", "soort, dag, plek, niveau")
    kept = Box(2, 0, "Berichten", "kort stuk en verwijzing")
    events = Box(2, 1, "Gebeurtenissen", "met niveau en reden")
    police = Box(2, 2, "Gesloten deel", "signalen van de politie")
    trail = Box(2, 3, "Logboek en cijfers", f"in {account.database}")
    row = 0
    for share in account.shares:
        if share.configured:
            told = f"{count(share.configured, 'bron', 'bronnen')}, nu {share.running} aan"
            yield Box(0, row, share.publisher.capitalize(), told), fetched, "openbare berichten, zoals zij er staan"
            row += 1
    yield fetched, cleaned, "de ruwe tekst, die nergens wordt opgeslagen"
    yield cleaned, judged, "de tekst zonder persoonsgegevens"
    liaison = Box(0, row, "Politieliaison", "een signaal met de hand")
    yield liaison, cleaned, "een signaal; staat er een persoonsgegeven in, dan wordt het geweigerd"
    yield judged, kept, "een kort stuk tekst en de verwijzing naar de bron"
    yield judged, police, "een signaal met grondslag, omgang en einddatum"
    yield kept, events, "welke berichten over één gebeurtenis gaan"
    kinds = sorted({outlet.kind for outlet in account.outlets})
    for place, kind in enumerate(kinds):
        closed = any(outlet.confidential for outlet in account.outlets if outlet.kind == kind)
        what = "meldingen, ook vertrouwelijke" if closed else "meldingen, nooit vertrouwelijke"
        yield events, Box(3, place, KIND_WORDS.get(kind, kind), what), what
    brief = Box(3, len(kinds), "Weekbriefing", "na goedkeuring")
    yield events, brief, "het overzicht van de week"
    staff = Box(3, len(kinds) + 1, "Pagina's", "per rol wat nodig is")
    yield events, staff, "gebeurtenissen, niveaus en redenen"
    yield police, staff, "signalen, alleen voor adviseurs en de politieliaison"
    yield staff, trail, "wie wat bekeek of besloot, en waarvoor"
    public = Box(3, len(kinds) + 2, "Iedereen", "uitleg en cijfers")
    yield trail, public, "aantallen per maand, zonder namen"


def figure(account: Account) -> Markup:
    """The drawing; `role="img"`, so that a screen reader tells its title and description and not its parts."""
    flows = flows_of(account)
    boxes = list(dict.fromkeys(box for flow in flows for box in (flow.start, flow.end)))
    width = _COLUMNS[-1] + _WIDE + 12
    height = max(box.y for box in boxes) + _HIGH + 20
    steps = "; ".join(f"{f.number}. van {f.start.name} naar {f.end.name}: {f.what}" for f in flows)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="stroom-titel stroom-uitleg" lang="nl" font-family="Arial, sans-serif">',
        '<title id="stroom-titel">Gegevensstromen in Torenwacht</title>',
        f'<desc id="stroom-uitleg">{escape(steps)}.</desc>',
        '<defs><marker id="pijl" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        'orient="auto-start-reverse"><path d="M0 0L8 4L0 8z" fill="#17222b"/></marker></defs>',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        *_heads(height),
        *(_drawn(box) for box in boxes),
        *(_arrow(flow) for flow in flows),
        *_numbers(flows),
        "</svg>",
    ]
    return Markup("\n".join(parts))  # noqa: S704  # our own drawing; every word in it is ours, or escaped


def _heads(height: int) -> Iterator[str]:
    for column, (x, words) in enumerate(zip(_COLUMNS, _HEADS, strict=True)):
        dashes = ' stroke-dasharray="6 4"' if column == 1 else ""
        yield (
            f'<rect x="{x - 8}" y="8" width="{_WIDE + 16}" height="{height - 16}" rx="8" fill="#f7f6f2" '
            f'stroke="#57564f"{dashes}/>'
            f'<text x="{x}" y="34" font-size="14" font-weight="700" fill="#17222b">{words}</text>'
        )


def _drawn(box: Box) -> str:
    return (
        f'<rect x="{box.x}" y="{box.y}" width="{_WIDE}" height="{_HIGH}" rx="6" fill="#fff" stroke="#0e4d5c" '
        f'stroke-width="1.5"/><text x="{box.x + 12}" y="{box.y + 26}" font-size="14" font-weight="700" '
        f'fill="#17222b">{escape(box.name)}</text>'
        f'<text x="{box.x + 12}" y="{box.y + 46}" font-size="12" fill="#38393a">{escape(box.more)}</text>'
    )


def _ends(flow: Flow) -> tuple[int, int, int, int]:
    """Where its line begins and ends: side to side, or from below to above within a column."""
    start, end = flow.start, flow.end
    if start.column == end.column:
        return start.x + _WIDE // 2, start.y + _HIGH, end.x + _WIDE // 2, end.y
    if start.column < end.column:
        return start.x + _WIDE, start.y + _HIGH // 2, end.x, end.y + _HIGH // 2
    return start.x, start.y + _HIGH - 12, end.x + _WIDE, end.y + _HIGH - 12


def _arrow(flow: Flow) -> str:
    x1, y1, x2, y2 = _ends(flow)
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#17222b" stroke-width="1.5" marker-end="url(#pijl)"/>'
    )


def _numbers(flows: Sequence[Flow]) -> Iterator[str]:
    """Each on its line, where that lies apart from others: away from the end that it shares with them."""
    starts = Counter(_ends(flow)[:2] for flow in flows)
    for flow in flows:
        x1, y1, x2, y2 = _ends(flow)
        part = 0.62 if starts[x1, y1] > 1 else 0.25
        x, y = round(x1 + part * (x2 - x1)), round(y1 + part * (y2 - y1))
        if x1 == x2:
            x, y = x1 + 18, (y1 + y2) // 2
        yield (
            f'<circle cx="{x}" cy="{y}" r="9" fill="#10242f"/><text x="{x}" y="{y + 4}" font-size="11" '
            f'text-anchor="middle" fill="#fff">{flow.number}</text>'
        )
