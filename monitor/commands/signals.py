"""signal add: what the police liaison knows, by hand; each answer is asked, or is a line of standard input."""

import argparse
import sys

from classifiers import Category
from monitor.app import App, open_app
from monitor.commands.approvals import actor_of
from monitor.commands.asking import Ask, asking
from monitor.config import Settings
from monitor.domain import Role
from monitor.rules.announce import level_words
from monitor.work.marking import Marked
from monitor.work.signal_form import BASES, HANDLING_WORDS, PROVIDER_WORDS, signal_of
from monitor.work.signals import Foreseen, add_signal, foresee

FAILED = 1

_OR_EMPTY = "mag leeg"
_QUESTIONS = {
    "title": "Korte omschrijving",
    "category": f"Soort ({', '.join(kind for kind in Category if kind is not Category.NONE)})",
    "place": f"Plek: plein, straat, park of wijk, zonder huisnummer ({_OR_EMPTY})",
    "starts": f"Begin, zoals 2026-11-28T14:00 ({_OR_EMPTY})",
    "ends": f"Einde, zoals 2026-11-28T16:00 ({_OR_EMPTY})",
    "codes": f"Indicatoren: codes met een komma ertussen ({_OR_EMPTY})",
    "provision_basis": f"Grondslag ({', '.join(BASES)})",
    "provided_by": f"Van welk onderdeel komt het ({', '.join(PROVIDER_WORDS)})",
    "handling": f"Vertrouwelijkheid ({', '.join(HANDLING_WORDS)})",
    "expires": "Bewaren tot en met, zoals 2026-12-05",
}
_TEXT = "Toelichting, zo veel regels als nodig; lege regel als u klaar bent"
_SURE = "Toevoegen? Typ ja"
_YES = "ja"


async def signal(settings: Settings, args: argparse.Namespace) -> int:
    """Tells first what would become of it; adds it when that may be kept and, of someone at a screen, is agreed to."""
    async with open_app(settings, works=False) as app:
        actor = actor_of(app, args.actor)
        actor.must_be(Role.LIAISON, act="een signaal toevoegen")  # before anyone types what they know
        ask = asking(stdin=args.stdin, shown=True)
        filled = signal_of(_answers(ask), now=app.clock())
        foreseen = foresee(app, actor, filled)
        print("\n".join(_told(foreseen)), file=sys.stderr if foreseen.kinds else sys.stdout)
        if foreseen.kinds:
            return FAILED
        if args.preview:
            return 0
        if not args.stdin and ask(f"{_SURE}: ") != _YES:
            print("Er is niets bewaard.")
            return 0
        event = add_signal(app, actor, filled)
        print(f"Het signaal is opgenomen: {_page(app, event)}")
    return 0


def _answers(ask: Ask) -> dict[str, list[str]]:
    """By the name of the field; the text last, for it may be long."""
    answers = {name: [ask(f"{question}: ")] for name, question in _QUESTIONS.items()}
    answers["codes"] = [code.strip() for code in answers["codes"][0].split(",") if code.strip()]
    lines = list[str]()
    while line := ask(f"{_TEXT}: "):
        lines.append(line)
    return answers | {"text": ["\n".join(lines)]}


def _page(app: App, event: int) -> str:
    return f"{app.settings.link_base}/gebeurtenissen/{event}"


def _told(foreseen: Foreseen) -> list[str]:
    """What is refused, with the words marked; else which event it would join or open."""
    if foreseen.kinds:
        return [
            f"In uw signaal staat {' en '.join(foreseen.kinds)}. Er is niets bewaard. Haal weg wat tussen »« staat:",
            *(_shown(parts) for parts in foreseen.marked.values() if parts),
        ]
    if foreseen.event is None:
        return ["Geen persoonsgegevens gezien. Bij welke gebeurtenis het hoort, is nog niet te zeggen."]
    road = "Komt waarschijnlijk bij" if foreseen.joins else "Opent waarschijnlijk een nieuwe gebeurtenis"
    return [
        "Geen persoonsgegevens gezien. De machine kan er een missen: lees uw tekst zelf nog eens na.",
        f"{road}: [{level_words(foreseen.event)}] {foreseen.event.title}",
    ]


def _shown(marked: Marked) -> str:
    return "".join(f"»{part.words}« ({part.kind})" if part.kind else part.words for part in marked)
