"""Redacted Dutch text -> Period: when the event takes place, by the guideline (field `when`; R50)."""

import re
from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from classifiers.clock_words import Clock, clocks_in, in_part
from classifiers.dates import dates_in
from classifiers.mentions import Mention, Tense, lived_day
from classifiers.reading import Period
from classifiers.vocabulary import Phase, Precision

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

_LOOKED_AT = 4000
"""Characters of the text that are read: no event names its date later than that."""

_AHEAD = 0.5
"""The present tense looks ahead: "zaterdag is er markt"."""
_SURE = 1.0
"""More than the present tense alone gives."""
_TOO_FAR = 420
"""Days from publication beyond which a date is hardly that of the event."""
_MORNING = 6
_BESIDE = 12
"""Characters between a date and the time that belongs to it: ", vanaf ", " om ", " rond "."""
_NEW_YEARS_EVE = (12, 31)

_SENTENCE = re.compile(r"(?<=[.!?…])['\"’”)]*\s+(?=\S)|\n+")
_ABBREVIATION = re.compile(
    r"\b(?:a\.s|j\.l|jl|nr|tel|ca|d\.d|o\.a|i\.v\.m|m\.u\.v|st|dr|mr|jan|feb|mrt|apr|aug|sept?|okt|nov|dec|ma|di|wo|do"
    r"|vr|za|zo)\.$"
)

_PARTICIPLE = (
    r"(?!ge(?:bied|weld|luid|recht|zicht|meente|tuige|bouwe|drag|vecht|rucht|geven|volgen|beurtenis|sprekk|raadp|meen))"
    r"(?:\w*ge\w{2,}(?:d|t|en)|(?:be|ver|ont|her|mis|over)\w{3,}(?:d|t|en)|laten)"
)
_PAST = frozenset(
    """
    afgelopen begon begonnen brak braken deden deed droop eergisteren eindigde eindigden gleed gooide gooiden
    greep grepen had hadden hield hielden klom klommen kon konden kreeg kregen maakte maakten moest moesten
    ontstond ontstonden raakte raakten reden reed sloeg sloegen stoof terugblik vierden vlogen vloog vond
    vonden vorige waren was werd werden wilde wilden zag zagen zat zaten zong zongen
    """.split()
)
_PAST_ENDINGS = (
    *("kwam", "kwamen", "ging", "gingen", "stond", "stonden", "liep", "liepen", "bleef", "bleven", "trok", "trokken"),
    *("begon", "hield", "hielden", "eerde", "eerden"),
)
_WEAK_ENDINGS = ("kte", "pte", "tte", "lde", "gde", "fde", "mde")
"""The past of the regular verbs: "stopte", "volgde"."""
_NO_PAST = frozenset(
    """
    akte bekende bepaalde beperkte cassette dezelfde diepte drukte eerde gemengde geplande harde hetzelfde
    liefde matte milde natte platte sekte vette wereld witte zelfde ziekte zwakte
    """.split()
)
_PERFECT = re.compile(r"\b(?:is|zijn|heeft|hebben|ben|hebt)\b.{0,160}?\b(?P<done>" + _PARTICIPLE + r")\b")
_DONE = re.compile(r"\b(?:\w{0,5}ge\w{3,}(?:d|t)|opgepakt|aangehouden|(?:mis|ver|be)\w{4,}(?:ld|gd|rd))\b")
_PLANNED = re.compile(
    r"\b(?:aangekondigd|gemeld|aangemeld|verboden|afgelast|verplaatst|besloten|ontvangen|verleend|gepland|toegestaan"
    r"|aangewezen|verwacht"
    r"|aangevraagd|gevraagd|geschrapt|uitgesteld|afgeblazen|opgeroepen|ingesteld|bekendgemaakt|georganiseerd|gehouden"
    r"|welkom"
    r"|uitgenodigd|voorbereid|geweigerd|geregeld|ingelicht|uitverkocht|afgesloten|gesloten)\b"
)
_FUTURE = re.compile(
    r"\b(?:wordt|worden|gaat|gaan|zal|zullen|zou|zouden|komt|komen|begint|beginnen|start|starten|vertrekt|wil|willen"
    r"|verwacht|verwachten"
    r"|verwachte|roept|roepen|mag|mogen|kan|kunnen|verzamelen|vindt|houdt|geldt|gelden|voeren|strijken|barst|sluit|zet"
    r"|zetten|trekt"
    r"|aanstaande|komende?|aankomende?|morgen|overmorgen|straks|binnenkort|kom|meld|doe|neem|vraag|vragen|aankondiging"
    r"|oproep|vergunning"
    r"|programma|welkom|gratis|toegang|kaarten|tickets|inschrijven|aanmelden|opgeven|vanavond|zijn er|is er|dreigt"
    r"|dreigen|bereidt)\b"
)
_WORD = re.compile(r"\w+")
_NOW = re.compile(r"\b(?:nu|momenteel|op dit moment|zojuist|net|nog steeds|liveblog|update)\b")

_SAYING = re.compile(
    r"\b(?:zei|zegt|zeggen|meldt|meldde|melden|laat|liet|lieten|laten|bekend|bekendgemaakt|aldus|schrijft|schreef"
    r"|besloot|besloten|besluit"
    r"|bevestigt|bevestigde|kondigde|antwoordde?|reageerde|vergader\w*|bespreekt|besprak|raad|raadsvergadering"
    r"|publiceerde|voorgeleid|rechter"
    r"|rechtbank|zitting|uitspraak|ontvangen|ingediend|inzage|bezwaar\w*|zienswijze\w*|kaartverkoop|voorverkoop"
    r"|kaarten|evaluatie|verdachten?"
    r"|vast|aanvraag|verleend|gesprek|overleg|persconferentie|inloopavond|informatieavond|praten|vooroverleg|debat"
    r"|publicatie|gepubliceerd"
    r"|presenteert|presenteerde|justitie|veroordeeld|celstraf|opbouw|afbouw|afgebroken|opgebouwd|intrekken)\b"
)
_DEADLINE = re.compile(
    r"(?:\buiterlijk|\bvóór|\bvoor|\btot|\bper|\bsinds|\bdeadline|\bdatum:?|\bgeboren|\breageren kan|\bd\.d\.?"
    r"|\bvan voor)\s*(?:op|en met)?\s*$"
)
_JOIN_IN = re.compile(
    r"\b(?:aanmeld\w*|inschrij\w*|opgeven|opgave|meld je|meldt u|melden|reageren|bestel\w*|kaartverkoop|voorverkoop)\b"
)
_EARLIER = re.compile(
    r"\b(?:vorig jaar|vorige editie|eerdere?|een jaar geleden|destijds|toen|in 20\d\d|jaren geleden|eerder dit"
    r"|vorige keer|vorige jaren)\b"
)
_AFTERWARDS = re.compile(
    r"\b(?:volgende editie|volgend jaar|daarna volgt|de volgende|opnieuw|evaluatie volgt|wordt vervolgd)\b"
)
_HAPPENS = re.compile(
    r"\b(?:demonstr\w+|protest\w*|betog\w+|manifestatie|mars|optocht|stoet|wake|actie\w*|blokka\w+|blokk\w+|staking"
    r"|staken|wedstrijd|duel|derby|aftrap"
    r"|thuiswedstrijd|speelt|spelen|finale|festival|concert|markt|kermis|loop|feest\w*|evenement|intocht|parade"
    r"|viering|huldiging|rellen|onrust\w*"
    r"|ongeregeldheden|vechtpartij|slaags|vuurwerk|vreugdevuur|carbid\w*|vindt plaats|vond plaats|plaatsvind\w+"
    r"|gehouden|bijeenkomst|herdenking"
    r"|begint|start|van start|vertrek\w*|verzamel\w*|rave|meeting|carmeeting|samenkomst|lopen|liepen|trokken|bezet\w*"
    r"|steekpartij|incident\w*)\b"
)

_HAPPENED_ON = re.compile(
    r"\b(?:rellen|ongeregeldheden|incidenten|onlusten|wedstrijd|derby|duel|demonstratie|betoging|protest|feest|rave"
    r"|festival|evenement|kermis|mars"
    r"|optocht|steekpartij|vechtpartij|avond|nacht|actie|blokkade)\s+(?:van|op)\s+(?:de\s+)?$"
)
_ENTRY = re.compile(
    r"\b(?:inloop|deuren|poorten|inschrij\w*|aanmeld\w*|afhalen|ophalen|parkeer\w*|parkeren|bussen?|pendel\w*|treinen"
    r"|opbouw|afbouw|kassa|zaal open|hek|"
    r"kroegen|verkoop|opgeven|startnummers?|veegwagen|afsluit\w*|afgesloten|warming-?up|bereikbaar"
    r"|telefonisch)\b[^.;!?]*$"
)
_OPENING = re.compile(
    r"\b(?:begint|beginnen|start|aanvang|aftrap|van start|vertrek\w*|verzamel\w*|speelt|gespeeld|lopen we|trapt|om)\b"
)
_GATHERING = re.compile(r"\s*:?\s*(?:verzamelen|aanvang|start|begin|aftrap|vertrek)\b")
_ENDING = re.compile(
    r"\b(?:einde|eindigt|afgelopen|duurt tot|sluit\w*|uiterlijk|tot|voorbij|klaar|ontbonden|laatste)\b"
)
_END_AFTER = re.compile(r"^\W*(?:\w+\W+){0,3}(?:is het )?(?:afgelopen|klaar|voorbij|sluit\w*|einde)\b")
_EVENING = re.compile(
    r"\b(?:\w*avond|'s avonds|avondklok|concert\w*|feest|wake|fakkel\w*|lichtjes\w*|rave|theater|film)\b"
)


class _Text:
    """A text cut into sentences, each with the way it looks: back or ahead."""

    def __init__(self, title: str, text: str, phase: Phase | None) -> None:
        self.lower = f"{title}\n{text[:_LOOKED_AT]}".lower().replace("’", "'").replace("‘", "'")
        self.starts = [0]
        for match in _SENTENCE.finditer(self.lower):
            if not _ABBREVIATION.search(self.lower, max(0, match.start() - 8), match.start()):
                self.starts.append(match.end())
        bounds = [*self.starts, len(self.lower)]
        self.sentences = [self.lower[a:b] for a, b in pairwise(bounds)]
        scores = [_headline_leaning(self.sentences[0]), *map(_leaning, self.sentences[1:])]
        lead = {Phase.ANNOUNCED: 2.5, Phase.OVER: -2.5, Phase.UNDER_WAY: -1.0}.get(phase, 0.0) if phase else 0.0
        self.whole = lead + _AHEAD + sum(score / (1 + 0.5 * index) for index, score in enumerate(scores))
        self._scores = [score + _AHEAD + 0.25 * lead + (0.4 if self.whole > 0 else -0.4) for score in scores]

    def sentence_at(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1

    def tense_at(self, offset: int) -> Tense:
        score = self._scores[self.sentence_at(offset)]
        if score > _SURE:
            return Tense.FUTURE
        return Tense.OPEN if score > 0 else Tense.PAST

    def around(self, start: int, end: int, reach: int) -> tuple[str, str]:
        """What stands before and after an offset in its own sentence, at most `reach` characters each."""
        index = self.sentence_at(start)
        first, last = self.starts[index], self.starts[index] + len(self.sentences[index])
        return self.lower[max(first, start - reach) : start], self.lower[end : min(last, end + reach)]


def _leaning(sentence: str) -> float:
    """Above zero where the words look ahead, below where they look back."""
    ahead = min(3, len(_FUTURE.findall(sentence)))
    back = min(3, sum(map(_looks_back, _WORD.findall(sentence))))
    back += sum(1 for m in _PERFECT.finditer(sentence) if not _PLANNED.fullmatch(m["done"]))
    return ahead - 1.2 * back


def _looks_back(word: str) -> bool:
    if word in _PAST or word.startswith("gister"):
        return True
    return word.endswith((*_PAST_ENDINGS, *_WEAK_ENDINGS)) and word not in _NO_PAST and not word.startswith("ge")


def _headline_leaning(title: str) -> float:
    """As `_leaning`; a headline leaves out "is" and "zijn": "Agent mishandeld op kermis"."""
    done = [word for word in _DONE.findall(title) if not _PLANNED.fullmatch(word)]
    return _leaning(title) - (0.8 if done and not re.search(r"\b(?:wordt|worden|te)\b", title) else 0.0)


def period_of(title: str, text: str, *, published: datetime, phase_hint: Phase | None = None) -> Period | None:
    """When the event takes place, as told in `title` and `text`; not when it was published.

    Relative words ("morgen") count from `published`, which is aware. Both ends of the answer are aware,
    Europe/Amsterdam, half-open; a bare date means 00:00 to 24:00. `phase_hint`, where known, settles which way
    bare weekdays look; with `Phase.UNDER_WAY` a text without a date means the day of publication, with
    `Phase.OTHER` there is no event and so no period. None when the text names no time ("in september").
    Rule: guideline, field `when`, decision 3; R50. Raises nothing.
    """
    if phase_hint is Phase.OTHER:
        return None
    local = published.astimezone(AMSTERDAM)
    read = _Text(title, text, phase_hint)
    mentions = dates_in(read.lower, published=local, tense_at=read.tense_at)
    chosen = _event_day(mentions, read, local, phase_hint)
    if chosen is None:
        return _running(read, local, phase_hint)
    # A report of what happened tells moments within it; its own beginning is the day.
    looks_ahead = phase_hint is Phase.ANNOUNCED or (
        phase_hint is None and (read.whole > 0 or chosen.first > local.date())
    )
    if looks_ahead and chosen.precision is not Precision.WEEK:
        told = _at_the_clock(chosen, mentions, read)
        if told is not None:
            return told
    return Period(_midnight(chosen.first), _midnight(chosen.last + timedelta(days=1)), chosen.precision)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), AMSTERDAM)


def _running(read: _Text, local: datetime, phase: Phase | None) -> Period | None:
    """The day for a text that names none: of publication where it tells what is going on, of the last such hour where
    it tells what happened at 23.15."""
    day = lived_day(local)
    if phase is Phase.OVER:
        hours = [c.begins for c in clocks_in(read.lower) if c.sure]
        if not hours:
            return None
        day = local.date() - timedelta(days=hours[0] > local.time())
        return Period(_midnight(day), _midnight(day + timedelta(days=1)), Precision.DAY)
    if phase is Phase.UNDER_WAY or (phase is None and _NOW.search(read.lower)):
        return Period(_midnight(day), _midnight(local.date() + timedelta(days=1)), Precision.DAY)
    return None


def _event_day(mentions: list[Mention], read: _Text, local: datetime, phase: Phase | None) -> Mention | None:
    scored = [
        (_likeliness(mention, read, local, phase) - min(0.9, 0.3 * nth), -mention.start, mention)
        for nth, mention in enumerate(mentions)
    ]
    best = max(scored, default=None, key=lambda row: row[:2])
    return best[2] if best is not None and best[0] > 0 else None


def _likeliness(mention: Mention, read: _Text, local: datetime, phase: Phase | None) -> float:
    """How likely `mention` is the day of the event and not of something else that the text tells."""
    index = read.sentence_at(mention.start)
    before, after = read.around(mention.start, mention.end, 48)
    near, sentence = before + " " + after, read.sentences[index]
    score = mention.weight + (0.4 if index == 0 else 0.0) - min(1.8, 0.3 * max(0, index - 1))
    score += 0.3 * bool(_HAPPENS.search(near)) + 0.3 * bool(_HAPPENS.search(sentence))
    score += 1.0 * bool(_HAPPENED_ON.search(before)) - 1.3 * bool(_SAYING.search(near))
    score -= 2.2 * bool(_DEADLINE.search(before[-16:])) + 1.2 * bool(_JOIN_IN.search(near))
    score -= 1.6 * bool(_EARLIER.search(sentence)) + 0.8 * bool(_AFTERWARDS.search(sentence))
    today = local.date()
    ahead = phase is Phase.ANNOUNCED or (phase is None and read.whole > 1)
    behind = phase in (Phase.OVER, Phase.UNDER_WAY) or (phase is None and read.whole < -1)
    certain = 2.5 if phase is not None else 1.0
    if mention.last < today and ahead:
        score -= certain
    if mention.first > today and behind:
        score -= certain
    if phase is Phase.UNDER_WAY and mention.last < today - timedelta(days=1):
        score -= certain
    if abs((mention.first - today).days) > _TOO_FAR:
        score -= 1.5
    return score


def _at_the_clock(chosen: Mention, mentions: list[Mention], read: _Text) -> Period | None:
    """The period with its time of day, where the text tells one for this day."""
    # The digits of "14.06.2025" are no clock; those in "31 december, 18.00 uur, tot 1 januari" are.
    dates = [m for m in mentions if " uur" not in read.lower[m.start : m.end]]
    clocks = [c for c in clocks_in(read.lower) if not any(m.start <= c.start and c.end <= m.end for m in dates)]
    evening = bool(_EVENING.search(read.lower)) or _is_new_years_eve(chosen.first)
    inside = [c for c in clocks if chosen.start <= c.start < chosen.end]
    after = [c for c in clocks if chosen.end <= c.start <= chosen.end + 16]
    if chosen.first != chosen.last and inside and after:
        begins, _ = in_part(inside[0], chosen.part, evening=evening)
        ends, _ = in_part(after[0], chosen.part, evening=evening)
        return _timed(chosen.first, begins, _on_the_clock(chosen.last, ends))
    scored = [(_clock_score(c, chosen, mentions, read), -c.start, c) for c in clocks]
    best = max(scored, default=None, key=lambda row: row[:2])
    if best is None or best[0] <= 0:
        return None
    clock = best[2]
    begins, until = in_part(clock, chosen.part, evening=evening)
    day = chosen.first
    # "Zaterdagnacht om 02.00 uur" is on Sunday's calendar, "oudejaarsavond om 00.30 uur" on that of the new year.
    if (chosen.part in ("nacht", "avond") or _is_new_years_eve(day)) and begins.hour < _MORNING:
        day += timedelta(days=1)
    if until is None:
        until = _later_end(clock, clocks, read, evening=evening)
    end = None
    if until is not None:
        end_day = day if chosen.first == chosen.last or chosen.part == "nacht" else chosen.last
        end = _on_the_clock(end_day + timedelta(days=until <= begins and end_day == day), until)
    elif chosen.last != chosen.first and chosen.part != "nacht" and not _is_new_years_eve(chosen.first):
        end = _midnight(chosen.last + timedelta(days=1))
    return _timed(day, begins, end)


def _is_new_years_eve(day: date) -> bool:
    return (day.month, day.day) == _NEW_YEARS_EVE


def _on_the_clock(day: date, moment: time) -> datetime:
    """A moment in local time that exists: what the spring change of the clock skips comes an hour later."""
    return datetime.combine(day, moment, AMSTERDAM).astimezone(UTC).astimezone(AMSTERDAM)


def _timed(day: date, begins: time, end: datetime | None) -> Period:
    start = _on_the_clock(day, begins)
    return Period(start, end if end is not None and end > start else None, Precision.MINUTE)


def _clock_score(clock: Clock, chosen: Mention, mentions: list[Mention], read: _Text) -> float:
    """How likely `clock` is the beginning of the event."""
    before, after = read.around(clock.start, clock.end, 60)
    index = read.sentence_at(clock.start)
    days = {m.first for m in mentions if read.sentence_at(m.start) == index}
    score = 1.0 - min(1.5, 0.2 * abs(index - read.sentence_at(chosen.start)))
    if days:
        score += 1.0 if chosen.first in days else -2.5
    if 0 <= clock.start - chosen.end <= _BESIDE:
        score += 1.2
    score += 1.0 * (clock.until is not None) + 0.6 * bool(
        _OPENING.search(f"{before[-30:]} {clock.word} ") or _GATHERING.match(after)
    )
    if clock.word in ("tot", "uiterlijk", "na", "voor", "sinds", "inloop") or _END_AFTER.search(after):
        score -= 3.0
    score -= 2.0 * bool(_ENTRY.search(before)) + 1.2 * bool(_ENDING.search(before[-14:]))
    return score - 1.6 * bool(_SAYING.search(before[-30:])) - 0.2 * (not clock.sure)


def _later_end(clock: Clock, clocks: list[Clock], read: _Text, *, evening: bool) -> time | None:
    """The end told apart from the beginning: "om 16.00 uur is het afgelopen"."""
    for other in clocks:
        if other.start <= clock.start or other.until is not None:
            continue
        before, after = read.around(other.start, other.end, 30)
        if _END_AFTER.search(after) or re.search(r"\b(?:einde|eindigt|duurt|afgelopen)\W+(?:\w+\W+)?$", before):
            return in_part(other, None, evening=evening)[0]
    return None
