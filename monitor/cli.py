"""The commands of Torenwacht; prints Dutch. Exit code 0 done, 1 failed, 2 wrong configuration or use."""

import argparse
import asyncio
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from alerts import AlertError
from classifiers import ClassifierError
from monitor import __version__
from monitor.commands import command
from monitor.config import settings_from
from monitor.errors import ConfigError, MonitorError
from monitor.log import set_up

FAILED, WRONG = 1, 2

_DECISIONS = {
    "approve": ("keur een bron goed", "de laatste dag; zonder opgave tot de volgende beoordeling"),
    "second": ("keur een bron met een hoog risico als tweede goed", "de laatste dag, hoogstens 90 dagen vooruit"),
    "review": ("leg vast dat een bron opnieuw beoordeeld is", "de dag van de volgende beoordeling"),
    "withdraw": ("trek de goedkeuring van een bron in", ""),
    "pause": ("laat een bron even met rust", ""),
    "resume": ("hervat een bron", ""),
}
"""What a person may decide about a source: what it does, and what its `--until` means."""


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    top = argparse.ArgumentParser(prog="torenwacht", description="Torenwacht volgt gebeurtenissen in open bronnen.")
    top.add_argument("--version", action="version", version=f"torenwacht {__version__}")
    acts = top.add_subparsers(dest="command", required=True, metavar="OPDRACHT")

    acts.add_parser("serve", help="de dienst: dienstregeling, verzamelaars, wachtrij en pagina")
    acts.add_parser("worker", help="alleen de wachtrij; zo vaak als gewenst naast serve (PostgreSQL)")

    demo = acts.add_parser("demo", help="het hele werk op meegeleverde voorbeeldbronnen, zonder internet")
    demo.add_argument("--once", action="store_true", help="één ronde, daarna stoppen met een samenvatting")
    demo.add_argument("--out", type=Path, metavar="MAP", help="schrijf summary.json, alerts.jsonl en de briefing hier")

    check = acts.add_parser(
        "check", help="controleer bronnen, indicatoren, kanalen en verzendregels, en zeg wat er ontbreekt"
    )
    check.add_argument("--strict", action="store_true", help="ook fout als een bron nog niet mag starten")

    _add_poll(acts.add_parser("poll", help="bevraag bronnen nu"))

    brief = acts.add_parser("brief", help="maak de weekbriefing")
    brief.add_argument("--week", metavar="JJJJ-Www", help="een ISO-week, zoals 2026-W48; standaard deze week")
    brief.add_argument("--confidential", action="store_true", help="de vertrouwelijke editie")
    brief.add_argument("--out", type=Path, default=Path(), metavar="MAP", help="map voor briefing.html en briefing.pdf")

    register = acts.add_parser("register", help="maak de stukken voor registers, DPIA en publiek uit de instellingen")
    register.add_argument("--out", type=Path, required=True, metavar="MAP", help="map voor de bestanden")

    analyse = acts.add_parser("analyse", help="lees JSON-regels van standaardinvoer en schrijf wat de lezer erin ziet")
    analyse.add_argument("file", nargs="?", type=Path, help="een bestand in plaats van standaardinvoer")

    evaluate = acts.add_parser("evaluate", help="meet de lezer aan een gelabelde set")
    evaluate.add_argument("gold", type=Path, metavar="GOUD")
    evaluate.add_argument("--json", action="store_true", help="de cijfers als JSON")

    corrected = acts.add_parser("corrections", help="wat mensen verbeterden, als gelabelde berichten om na te kijken")
    corrected.add_argument("--out", type=Path, required=True, metavar="BESTAND", help="JSON-regels, één per bericht")

    _add_signal(acts.add_parser("signal", help="een signaal van de politieliaison"))
    _add_sources(acts.add_parser("sources", help="keur bronnen goed, probeer ze, en wissel lijsten van feeds uit"))
    _add_oversight(acts)
    _add_rules(acts.add_parser("rules", help="wat de verzendregels doen"))
    acts.add_parser("purge", help="verwijder wat zijn bewaartermijn voorbij is, en toon het bewijs")
    proof = acts.add_parser("deletions", help="het bewijs van wat er verwijderd is, en of het nog heel is")
    proof.add_argument("--last", type=int, default=7, metavar="AANTAL", help="van zoveel rondes; standaard 7")
    _add_hold(acts.add_parser("hold", help="houd vast wat anders weg zou gaan (bewaarplicht)"))
    backup = acts.add_parser("backup", help="een kopie van de ingebouwde database, terwijl de dienst draait")
    backup.add_argument("--out", type=Path, required=True, metavar="BESTAND", help="een nieuw bestand")

    _add_records(acts.add_parser("records", help="goedgekeurde briefings voor het archief"))
    _add_rights(acts)

    _add_user(acts.add_parser("user", help="beheer wie mag inloggen"))
    _add_subscriptions(acts.add_parser("subscriptions", help="abonnementen van agenda's, nieuwslezers en kaarten"))
    return top


def _add_user(user: argparse.ArgumentParser) -> None:
    """Everything behind `user`."""
    user_acts = user.add_subparsers(dest="user_command", required=True, metavar="OPDRACHT")
    invited = user_acts.add_parser("invite", help="maak een link waarmee iemand zelf een wachtwoord kiest")
    add = user_acts.add_parser("add", help="voeg iemand toe; het wachtwoord wordt gevraagd")
    changed = user_acts.add_parser("role", help="geef iemand een andere rol")
    for act in (invited, add, changed):
        act.add_argument("name", metavar="NAAM")
        act.add_argument("role", metavar="ROL")
    for name, told in (
        ("block", "neem iemand de toegang af, meteen"),
        ("unblock", "geef iemand de toegang terug"),
        ("logout", "log iemand overal uit"),
    ):
        user_acts.add_parser(name, help=told).add_argument("name", metavar="NAAM")
    linked = user_acts.add_parser("slack", help="laat iemand vanuit Slack werken, met de rol van hier")
    linked.add_argument("name", metavar="NAAM")
    linked.add_argument("id", nargs="?", metavar="NUMMER", help="het nummer in Slack, zoals U0123ABCD; zonder: eraf")
    away = user_acts.add_parser("away", help="iemand is er niet; zeg wie vervangt")
    away.add_argument("name", metavar="NAAM")
    away.add_argument("deputy", metavar="VERVANGER", help="iemand met dezelfde rol, die er al die dagen is")
    away.add_argument("--from", dest="first", required=True, metavar="JJJJ-MM-DD", help="de eerste dag")
    away.add_argument("--to", dest="last", required=True, metavar="JJJJ-MM-DD", help="de laatste dag")
    user_acts.add_parser("back", help="iemand is er weer").add_argument("name", metavar="NAAM")
    user_acts.add_parser("list", help="wie mag inloggen, en wie er niet is")


def _add_poll(poll: argparse.ArgumentParser) -> None:
    """Everything behind `poll`."""
    poll.add_argument("source", nargs="*", metavar="BRON")
    poll.add_argument("--all", action="store_true", help="alle bronnen die mogen starten")
    poll.add_argument("--once", action="store_true", help="één ronde (dit is altijd zo; voor de leesbaarheid)")
    poll.add_argument("--json", action="store_true", help="de samenvatting als JSON")


def _add_rules(rules: argparse.ArgumentParser) -> None:
    """Everything behind `rules`."""
    rules_acts = rules.add_subparsers(dest="rules_command", required=True, metavar="OPDRACHT")
    tried = rules_acts.add_parser("try", help="wat zou er verzonden zijn? Verstuurt en bewaart niets")
    tried.add_argument("--since", default="30d", metavar="DAGEN", help="hoe ver terug, zoals 30d (standaard)")
    tried.add_argument("--rules", type=Path, metavar="BESTAND", help="deze verzendregels in plaats van die van nu")


def _add_signal(signal: argparse.ArgumentParser) -> None:
    """No word of a signal is an option, for the same reason as in `rights`."""
    signal_acts = signal.add_subparsers(dest="signal_command", required=True, metavar="OPDRACHT")
    add = signal_acts.add_parser("add", help="voeg een signaal toe; alles wat erin komt, wordt gevraagd")
    add.add_argument("--as", dest="actor", required=True, metavar="NAAM", help="de politieliaison")
    add.add_argument("--stdin", action="store_true", help="lees de antwoorden van standaardinvoer, elk op een regel")
    add.add_argument("--preview", action="store_true", help="zeg alleen wat ervan zou worden; bewaart niets")


def _add_sources(sources: argparse.ArgumentParser) -> None:
    """Everything behind `sources`."""
    sources_acts = sources.add_subparsers(dest="sources_command", required=True, metavar="OPDRACHT")
    test = sources_acts.add_parser("test", help="wat een bron zou geven, zonder persoonsgegevens; bewaart niets")
    test.add_argument("what", metavar="BRON|ADRES")
    test.add_argument("--kind", default="", metavar="SOORT", help="van een adres; anders geraden")
    test.add_argument("--voice", default="nieuws", metavar="STEM", help="wie er spreekt; nieuws zonder opgave")
    listed = sources_acts.add_parser("import", help="feeds uit een OPML-lijst als voorstellen voor sources.toml")
    listed.add_argument("file", type=Path, metavar="OPML")
    given = sources_acts.add_parser("export", help="de feeds uit sources.toml als OPML")
    given.add_argument("--public", action="store_true", help="de openbare lijst van bronnen die nu lopen, als CSV")
    given.add_argument("--out", type=Path, metavar="BESTAND", help="in dit bestand; anders op het scherm")
    sources_acts.add_parser("list", help="hoe elke bron ervoor staat, wat er ontbreekt, en wie wat besloot")
    for name, (does, until) in _DECISIONS.items():
        act = sources_acts.add_parser(name, help=does)
        act.add_argument("source", metavar="BRON")
        act.add_argument("--as", dest="actor", required=True, metavar="NAAM", help="wie dit besluit: een gebruiker")
        act.add_argument("--reason", required=True, metavar="TEKST", help="waarom, zonder persoonsgegevens")
        if until:
            act.add_argument("--until", metavar="JJJJ-MM-DD", help=until)


def _add_oversight(acts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """What the house accounts for, to those who oversee it and to everyone."""
    audit = acts.add_parser("audit", help="het logboek van wie wat bekeek of wijzigde")
    audit_acts = audit.add_subparsers(dest="audit_command", required=True, metavar="OPDRACHT")
    verify = audit_acts.add_parser("verify", help="is er iets gewijzigd, weggehaald of erbij gezet?")
    verify.add_argument("--anchors", type=Path, metavar="BESTAND", help="dit ankerbestand; anders dat van de dienst")
    audit_acts.add_parser("anchor", help="schrijf voorbije dagen nu in het ankerbestand; anders gebeurt dat elke nacht")

    logbook = acts.add_parser("logboek", help="het logboek van verwerkingen: elke stap, zonder inhoud of namen")
    logbook_acts = logbook.add_subparsers(dest="logboek_command", required=True, metavar="OPDRACHT")
    export = logbook_acts.add_parser("export", help="de regels van deze dagen, als OTLP/JSON")
    export.add_argument("--from", dest="first", required=True, metavar="JJJJ-MM-DD", help="de eerste dag")
    export.add_argument("--to", dest="last", required=True, metavar="JJJJ-MM-DD", help="de laatste dag")
    export.add_argument("--out", type=Path, required=True, metavar="BESTAND", help="JSON-regels, één per stap")
    logbook_acts.add_parser("check", help="is elke regel een volledige verwerking, en hoeveel zijn er per activiteit?")

    counters = acts.add_parser("counters", help="de cijfers van een maand, zoals op de openbare pagina")
    counters.add_argument("--month", metavar="JJJJ-MM", help="zoals 2026-11; standaard deze maand")
    counters.add_argument("--json", action="store_true", help="de cijfers als JSON")


def _add_records(kept: argparse.ArgumentParser) -> None:
    kept_acts = kept.add_subparsers(dest="records_command", required=True, metavar="OPDRACHT")
    kept_acts.add_parser("verify", help="of elke goedgekeurde briefing nog is zoals zij werd goedgekeurd")
    taken = kept_acts.add_parser("export", help="elke goedgekeurde briefing met haar metagegevens")
    taken.add_argument(
        "--out", type=Path, required=True, metavar="MAP", help="een map; wordt gemaakt als zij er niet is"
    )


def _add_rights(acts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """What is sought is no option: the command line stands in the history of the shell and in the list of processes."""
    rights = acts.add_parser("rights", help="verzoeken van mensen over gegevens die hen betreffen (AVG)")
    rights_acts = rights.add_subparsers(dest="rights_command", required=True, metavar="OPDRACHT")
    found = {
        name: rights_acts.add_parser(name, help=meaning)
        for name, meaning in (
            ("access", "inzage: zoek een tekst overal, en schrijf het antwoord"),
            ("rectify", "verbeteren: zet een merk of de juiste tekst in de plaats"),
            ("erase", "verwijderen: haal de tekst overal weg, en laat haar voortaan weg"),
            ("restrict", "beperken: bewaar berichten, maar gebruik ze niet"),
            ("object", "bezwaar: verwijder berichten, en laat nieuwe niet binnen"),
            ("blocks", "welke blokkades er zijn, met alleen hun nummer"),
        )
    }
    for name, act in found.items():
        act.add_argument("--as", dest="officer", required=True, metavar="INLOGNAAM", help="de privacyfunctionaris")
        act.add_argument("--case", required=name != "blocks", default="", metavar="ZAAK", help="zoals AVG-2026-014")
        if name != "blocks":
            act.add_argument(
                "--stdin", action="store_true", help="lees de tekst van standaardinvoer, niet van een vraag"
            )
    for name in ("erase", "restrict", "object"):
        found[name].add_argument("--until", metavar="JJJJ-MM-DD", help="tot deze dag; anders zolang het beleid zegt")
    found["access"].add_argument("--out", type=Path, metavar="MAP", help="antwoord en vindplaatsen als bestanden")
    found["rectify"].add_argument("--correct", action="store_true", help="vraag na de tekst om de juiste tekst")
    found["erase"].add_argument("--whole", action="store_true", help="het hele bericht, niet alleen de tekst")
    found["restrict"].add_argument("--lift", action="store_true", help="hef de beperking op")
    found["blocks"].add_argument("--lift", type=int, metavar="NUMMER", help="hef deze blokkade op")


def _add_subscriptions(subscriptions: argparse.ArgumentParser) -> None:
    subscription_acts = subscriptions.add_subparsers(dest="subscriptions_command", required=True, metavar="OPDRACHT")
    subscription_acts.add_parser("list", help="welke werken, van wie, en hoe vaak ze zijn opgehaald")
    withdrawn = subscription_acts.add_parser("withdraw", help="trek een abonnement in, meteen")
    withdrawn.add_argument("mark", metavar="KENMERK", help="zoals het in de lijst staat")


def _add_hold(hold: argparse.ArgumentParser) -> None:
    hold_acts = hold.add_subparsers(dest="hold_command", required=True, metavar="OPDRACHT")
    add = hold_acts.add_parser("add", help="houd één gebeurtenis, één bron of een periode vast")
    add.add_argument("--event", type=int, metavar="NUMMER", help="deze gebeurtenis, met haar berichten")
    add.add_argument("--source", metavar="BRON", help="alles van deze bron")
    add.add_argument("--from", dest="starts", metavar="JJJJ-MM-DD", help="het begin van een periode")
    add.add_argument("--to", dest="ends", metavar="JJJJ-MM-DD", help="de dag waarop die periode voorbij is")
    add.add_argument("--police", action="store_true", help="ook politiesignalen, langer dan waarvoor zij zijn gegeven")
    add.add_argument("--until", required=True, metavar="JJJJ-MM-DD", help="tot deze dag, hoogstens een jaar")
    add.add_argument("--reason", required=True, metavar="TEKST", help="waarom, zonder persoonsgegevens")
    end = hold_acts.add_parser("end", help="hef een bewaarplicht op")
    end.add_argument("id", type=int, metavar="NUMMER")
    for act in (add, end):
        act.add_argument("--as", dest="actor", required=True, metavar="NAAM", help="de privacyfunctionaris")
    hold_acts.add_parser("list", help="alle bewaarplichten, ook die voorbij zijn")


def main(argv: Sequence[str] | None = None, environment: Mapping[str, str] | None = None) -> int:
    """Runs one command; every fault that a person can act on ends as one Dutch sentence on standard error.

    `environment` takes the place of that of the process.
    """
    args = parser().parse_args(argv)
    try:
        settings = settings_from(environment)
        set_up(settings.log_level, secrets=settings.secrets)
        return asyncio.run(command(args.command)(settings, args))
    except ConfigError as error:
        print(f"Fout in {error.file}, {error.key}: {error.advice}", file=sys.stderr)
        return WRONG
    except (ClassifierError, AlertError) as error:
        print(f"Fout: {error}. {error.advice}", file=sys.stderr)
        return WRONG
    except MonitorError as error:
        print(f"Het is niet gelukt: {error.advice}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("Gestopt.", file=sys.stderr)
        return FAILED


if __name__ == "__main__":
    sys.exit(main())
