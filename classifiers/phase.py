"""A redacted text and the date in it -> Phase: announced, under way, over, or no concrete event."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from classifiers.phrases import PhraseIndex, Prose
from classifiers.reading import Period
from classifiers.signs import read_signs
from classifiers.vocabulary import Phase, Precision, Voice

_FILE = Path(__file__).with_name("phases.toml")
_LOCAL = ZoneInfo("Europe/Amsterdam")

_DATED = 2.6
"""What a date before or after publication is worth, against one word that looks back or ahead."""
_CEILING = 3.5
"""Small words alone never outweigh a date and a few words on the other side."""
_LIVE_FOR = timedelta(hours=3)
"""How long after its start an event is held to be going on, when no end is told."""
_NO_EVENT_FROM = -1.0
"""Where "no concrete event" starts: it takes the text out of the picture, so one loose word may not do it."""
_BY_VOICE = {
    Voice.SOCIAL: {Phase.UNDER_WAY: 0.8},
    Voice.AGENDA: {Phase.ANNOUNCED: 1.5},
    Voice.GAZETTE: {Phase.ANNOUNCED: 1.5},
}
"""What one may expect before reading: an agenda announces, a social post tells what is going on."""


class Phases:
    """The table of signs, ready to be weighed. Not changed after it was made: safe between threads."""

    def __init__(self, path: Path = _FILE) -> None:
        """Raises TableError for what the table may not hold."""
        self._signs = read_signs(path, Phase).signs
        self._index = PhraseIndex(phrase for sign in self._signs for phrase in sign.phrases)

    def phase_of(
        self, title: str, text: str, *, published: datetime, ahead: Period | None, back: Period | None, voice: Voice
    ) -> Phase:
        """Whether the event is still to come, under way or over at `published`, which is aware.

        `ahead` and `back` are the date as it reads in an announcement and in a look back: a bare "zaterdag" is two
        days then, and tells nothing of the phase. Rule: guideline, field `phase`.
        """
        prose = Prose(f"{title}\n{text}")
        points = {Phase.ANNOUNCED: 0.0, Phase.OVER: 0.0, Phase.UNDER_WAY: 0.0, Phase.OTHER: _NO_EVENT_FROM}
        possible = self._index.possible(prose)
        for sign in self._signs:
            found = sum(phrase.written in possible and phrase.within(prose) for phrase in sign.phrases)
            points[sign.speaks_for] += sign.weight * found
        for phase, more in _BY_VOICE.get(voice, {}).items():
            points[phase] += more
        dated = _told_by_the_date(ahead, back, published)
        return max(points, key=lambda phase: min(points[phase], _CEILING) + dated[phase])


def _told_by_the_date(ahead: Period | None, back: Period | None, published: datetime) -> dict[Phase, float]:
    period = ahead or back
    if period is None:
        return _weights(announced=0.0, over=0.3, under_way=0.3, other=1.0)
    if back is not None and back.start.date() != period.start.date():
        return _weights(announced=0.0, over=0.0, under_way=-0.8)
    today = published.astimezone(_LOCAL).date()
    if period.start.astimezone(_LOCAL).date() > today:
        return _weights(announced=_DATED, over=-1.0, under_way=-1.5)
    if (period.end or period.start + _LIVE_FOR) <= published:
        return _weights(announced=-2.0, over=_DATED, under_way=0.0)
    if period.precision is not Precision.MINUTE:
        return _weights(announced=0.0, over=0.8, under_way=0.8)
    if period.start > published:
        return _weights(announced=_DATED, over=-0.5, under_way=0.0)
    return _weights(announced=-0.5, over=0.5, under_way=_DATED)


def _weights(*, announced: float, over: float, under_way: float, other: float = -0.5) -> dict[Phase, float]:
    return {Phase.ANNOUNCED: announced, Phase.OVER: over, Phase.UNDER_WAY: under_way, Phase.OTHER: other}
