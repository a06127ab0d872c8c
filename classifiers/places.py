"""A tokenised Dutch text -> the Places of its event, and the Scope that follows from them (R51)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

from classifiers.gazetteer import MUNICIPALITY, REGION, Row, Strictness, rows_of
from classifiers.place_forms import Form, forms_in
from classifiers.place_index import Index, Words
from classifiers.place_roles import Role, Roles, continues
from classifiers.public_buildings import PublicBuildings
from classifiers.reading import Place
from classifiers.scope import authority_in_region, is_far_away, scope_of, tells_of_the_country
from classifiers.vocabulary import Scope

__all__ = ["MUNICIPALITY", "REGION", "Places"]

_LEAD = 2
"""Sentences, the title among them, that tell where a report is about."""
_LATE, _LATE_ROUTE = 6, 4
"""From this sentence on a place (or one along the way) is a side matter more often than not."""
_SPOT, _WIDE, _DISTRICT, _VILLAGE, _TOWN = range(5)
_TIER = {"wijk": _DISTRICT, "dorp": _VILLAGE, "stad": _TOWN}
"""Rank from specific to general; what is not listed is a spot, and comes first."""


_WIDE_ROAD = re.compile(r"[AN]\d|ring", re.IGNORECASE)
"""A road that runs past the whole town."""


@dataclass(frozen=True, slots=True)
class _Hit:
    """A name found in a text, and the row it stands for; a row without municipality where no table knows it."""

    start: int
    end: int
    written: str
    row: Row
    role: Role
    sentence: int
    known: bool
    """Whether a table has it."""
    named: bool = True
    """False for a building that is only called what it is: "het gemeentehuis"."""
    on_a_list: bool = False
    """Whether it stands on a list with another: "Groningen, Zwolle en Amersfoort"."""

    @property
    def tier(self) -> int:
        wide = self.row.kind == "weg" and _WIDE_ROAD.match(self.row.name)
        return _WIDE if wide else _TIER.get(self.row.kind, _SPOT)


class Places:
    """The gazetteer: every place name it knows, and what a text makes of them.

    Loads `places.toml` (or `path`) and `places_nl.csv` beside it. Raises TableError for a row that is wrong.
    Safe to share between threads.
    """

    names: frozenset[str]
    """Names and aliases as in the tables, but those that are surnames too: the redactor takes these for no person."""
    public: PublicBuildings
    """The buildings among them, of which the redactor leaves the address."""

    def __init__(self, path: Path | None = None) -> None:
        rows = rows_of(path or Path(__file__).with_name("places.toml"))
        self._rows: dict[str, list[Row]] = {}
        for row in rows:
            for name in row.names:
                self._rows.setdefault(_plain(name), []).append(row)
        self.names = frozenset(n for row in rows if row.strictness is not Strictness.AFTER_IN for n in row.names)
        buildings = [row for row in rows if row.kind == "gebouw" and row.strictness is Strictness.ANY]
        self.public = PublicBuildings(
            [name for row in buildings for name in row.names], [address for row in rows for address in row.addresses]
        )
        self._areas = {row.municipality: row.area for row in rows if row.municipality}
        self._index = Index((name, row) for row in rows for name in row.names)

    def find(self, text: str) -> tuple[Place, ...]:
        """The places of the event that `text` tells of: most specific first, then in order of mention, each once.

        Names inside that of an organisation are left out, as are the
        places people come from, park or were another year (guideline, `where`, decision 20).
        """
        hits = _of_one_area(_of_the_event(self._hits(text), text), text)
        once: dict[object, _Hit] = {}
        for hit in hits:
            # "Stad" and "Groningen" are one city.
            town = hit.row.kind == "stad" and hit.row.municipality == MUNICIPALITY
            once.setdefault(MUNICIPALITY if town else _plain(hit.row.name), hit)
        ordered = sorted(once.values(), key=lambda hit: (hit.tier, hit.role is Role.ROUTE, hit.start))
        return tuple(hit.row.as_place(hit.written) for hit in ordered)

    def scope_of(self, places: Sequence[Place], text: str) -> Scope:
        """How far from the municipality it happens. Without any place it is here: the sources are local."""
        areas = [(place, self._area(place)) for place in places]
        # A motorway runs through many towns: it tells where only if nothing else does.
        local = [one for one in areas if not (one[0].kind == "weg" and _WIDE_ROAD.match(one[0].name))]
        areas = local if any(area is not None for _, area in local) else areas
        known = [area for _, area in areas if area is not None]
        return scope_of(known, {area for place, area in areas if place.kind != "stad" and area is not None}, text)

    def _area(self, place: Place) -> Scope | None:
        """None for a name that no table knows: it says nothing about where."""
        rows = [row for row in self._rows.get(_plain(place.name), []) if row.municipality == place.municipality]
        known = [row for row in rows if row.municipality or row.province]
        if known:
            return known[0].area
        if place.municipality in self._areas:
            return self._areas[place.municipality]
        return Scope.MUNICIPALITY if place.municipality == MUNICIPALITY else None

    def _hits(self, text: str) -> list[_Hit]:
        """Every name of a place in `text`, in order, with its role; names on a list share the role of the first."""
        words = Words(text)
        found: list[tuple[int, int, Row, bool, bool]] = []
        for first, stop, row in self._index.find(words, lambda a, b, entry: _is_written_well(words, a, b, entry)):
            found.append((words.tokens[first].start, words.tokens[stop - 1].end, row, True, True))
        taken = [(start, end) for start, end, *_ in found]
        for form in forms_in(words):
            if not any(a < form.end and form.start < b for a, b in taken):
                taken.append((form.start, form.end))
                found.append((form.start, form.end, _row_of_form(form, text), False, form.named))
        hits: list[_Hit] = []
        roles = Roles(words)
        for start, end, row, known, named in sorted(found, key=lambda one: one[0]):
            role = roles.of(start, end)
            listed = bool(hits) and continues(text, hits[-1].end, start)
            if listed and role is Role.EVENT:
                role = hits[-1].role
            if listed:
                hits[-1] = replace(hits[-1], on_a_list=True)
            hits.append(_Hit(start, end, text[start:end], row, role, words.sentence(start), known, named, listed))
        return hits


def _row_of_form(form: Form, text: str) -> Row:
    if form.kind == "stad":
        return Row(MUNICIPALITY, "stad", MUNICIPALITY, MUNICIPALITY, None, None)
    return Row(text[form.start : form.end], form.kind, None, "", None, None)


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").split())


_ARTICLES = frozenset("de het een mijn m'n mn je jouw zijn z'n haar hun ons onze lange blonde die der".split())
_SPOT_PREPOSITIONS = frozenset("bij voor in op naar achter nr vanaf tot".split())
_WORDS_OF_PLACE = frozenset({"in", "te", "bij", "nabij", "rond", "yn", "van"})


def _is_written_well(words: Words, first: int, stop: int, row: Row) -> bool:
    """Whether the words have what the name of `row` needs (see Strictness)."""
    before = words.tokens[first - 1].plain if first else ""
    if row.strictness is Strictness.ANY:
        # "Door de haren": no town has an article.
        return not (row.is_settlement and before in _ARTICLES and words.tokens[first].text[0].islower())
    if row.strictness is Strictness.CAPITAL and words.careless and before in _SPOT_PREPOSITIONS:
        return row.kind not in ("stad", "dorp", "wijk")
    last = words.tokens[stop - 1].text
    if not any(last.endswith(name.split()[-1]) for name in row.names):
        return False
    if row.strictness is Strictness.AFTER_IN:
        return before in _WORDS_OF_PLACE and not words.begins_sentence(words.tokens[first].start)
    end = words.tokens[stop - 1].end
    heads = words.text[end : end + 1] == ":"
    return stop - first > 1 or heads or not words.begins_sentence(words.tokens[first].start)


_STANDS_AT = re.compile(r"\s+(?:aan|in|op|oan|yn|at|on)\s+(?:(?:de|het|'t|t|the)\s+)?")
"""Between a building that is only called what it is and its street: "de moskee aan de Korreweg"."""
_COUNTS = frozenset({Role.EVENT, Role.ROUTE})
_IN_NEED = ({Role.TAG}, {Role.BESIDE, Role.TRAVEL}, {Role.AUTHORITY})
"""What counts as a place of the event when nothing better is named, the best first."""


def _of_the_event(hits: list[_Hit], text: str) -> list[_Hit]:
    """`hits` that are a place of the event; what stands beside it counts only where nothing else does."""
    ours = [hit for hit in hits if hit.role in _COUNTS]
    named = [
        hit
        for hit, after in zip_longest(ours, ours[1:])
        if hit.named or (after and after.tier == _SPOT and _STANDS_AT.fullmatch(text, hit.end, after.start))
    ]
    if not any(hit.tier == _SPOT for hit in named):
        named = ours
    ours_named = any(hit.known and hit.row.municipality == MUNICIPALITY and hit.tier == _SPOT for hit in named)
    if not ours_named and not any(hit.row.is_settlement for hit in named):
        named += [hit for hit in hits if hit.role is Role.TAG and hit.row.is_settlement]
    for roles in _IN_NEED:
        if not any(hit.named for hit in named):
            named += [hit for hit in hits if hit.role in roles and hit not in named]
    return sorted(_told_early(named), key=lambda hit: hit.start)


def _told_early(hits: list[_Hit]) -> Iterator[_Hit]:
    """`hits` without those far down, where something as specific is named before: a report ends with side matters."""
    spots = any(hit.tier == _SPOT and hit.sentence < _LATE for hit in hits)
    towns = any(hit.row.is_settlement and hit.sentence < _LATE for hit in hits)
    for hit in hits:
        late = hit.sentence >= (_LATE_ROUTE if hit.role is Role.ROUTE else _LATE)
        if not late or not (towns or spots if hit.row.is_settlement else spots):
            yield hit


_IN_TOWN = re.compile(r"^\s*(?:,|\()?\s*(?:in|te|yn|bij)?\s*$")


def _of_one_area(hits: list[_Hit], text: str) -> Iterator[_Hit]:
    """`hits` without the far places that a report about here names in passing, and the other way round.

    Towns and villages in title and lead settle where it is. In a report from far away the squares and streets are
    not ours, whatever they are called.
    """
    if tells_of_the_country(text):
        yield from hits
        return
    towns = [hit for hit in hits if hit.row.is_settlement]
    lead = [hit.row.area for hit in towns if hit.sentence < _LEAD]
    if lead or is_far_away(text):
        far = not any(area is not Scope.ELSEWHERE for area in lead)
    else:
        near = any(hit.known and hit.row.area is not Scope.ELSEWHERE for hit in hits)
        far = bool(towns) and not near
    if far and not is_far_away(text) and _has_spot_of_ours(hits, towns, text):
        far = False
    ours = Scope.MUNICIPALITY in lead if lead else not authority_in_region(text)
    for at, hit in enumerate(hits):
        if not hit.known:
            yield hit
        elif far and hit.row.area is not Scope.ELSEWHERE:
            if hit not in towns and hit.sentence <= _LEAD:
                yield replace(hit, row=hit.row.anywhere())
        elif far or hit.row.area is not Scope.ELSEWHERE or hit.on_a_list:
            there = hit.row.common and not ours
            yield replace(hit, row=hit.row.anywhere()) if there or _lies_in_another(hit, hits[at + 1 :], text) else hit


def _has_spot_of_ours(hits: Sequence[_Hit], towns: Sequence[_Hit], text: str) -> bool:
    """Whether a square or street of ours is named, and no far town in the title or right behind it claims it."""
    spots = [hit for hit in hits if hit.known and hit.row.area is Scope.MUNICIPALITY and not hit.row.is_settlement]
    if not spots or any(town.sentence == 0 for town in towns):
        return False
    claimed = any(
        _IN_TOWN.match(text[spot.end : town.start]) for spot in spots for town in towns if town.start > spot.end
    )
    return not claimed and towns[0].start > spots[0].start


def _lies_in_another(hit: _Hit, later: Sequence[_Hit], text: str) -> bool:
    """Whether the town that follows is not that of `hit`: "het Boterdiep in Bedum"."""
    if hit.row.is_settlement or not later or hit.row.municipality != MUNICIPALITY:
        return False
    town = later[0]
    return (
        town.row.is_settlement
        and town.row.municipality != MUNICIPALITY
        and _IN_TOWN.match(text[hit.end : town.start]) is not None
    )
