"""What can go wrong, named after what the caller can do.

MonitorError                    .advice: Dutch, what the user can do
├── ConfigError(file, key)      stop; a person edits a table
├── StoreError                  stop; a person looks at disk or database
├── CollectError(source)        this source only, this time
│   ├── Unreachable             try at the next turn
│   ├── Halted                  the kill switch is on: nothing is wrong with the source
│   ├── Declined                401, 403, 429: slow down
│   │   ├── RobotsDenied        robots.txt says no
│   │   └── Paywalled           402, or a login
│   └── Changed                 the source no longer looks as described
│       ├── NotAFeed            it cannot be read as its kind at all
│       ├── SelectorMissing     the list, the titles or the dates are elsewhere
│       └── Gone                404, 410
├── PersonalDataLeft(kind)       the store's door: the item is dropped, with that reason
├── InvalidInput(field)         the form is shown again, with the reason
├── NotFound(what, id)          404
├── NotAllowed(actor, act)      403
├── Conflict(what)              someone was first: show the page again
└── Lapsed(advice)              410: a link or a way in that is no longer good; ask for another
"""

from collections.abc import Mapping
from typing import ClassVar

HARD, SOFT, TEMPORARY = 1.0, 0.5, 0.25
"""How heavily a failed poll counts: it needs a person, it may pass, or the server itself says when to come back."""


class MonitorError(Exception):
    """Something went wrong that a person can act on."""

    advice: str = "Kijk in het logboek voor de oorzaak."
    """Dutch: what is wrong and what the user can do, in one or two sentences."""


class ConfigError(MonitorError):
    """A table or a setting is wrong; the program stops with exit code 2."""

    def __init__(self, file: str, key: str, *, advice: str) -> None:
        super().__init__(f"{file}: {key}")
        self.file, self.key, self.advice = file, key, advice


class StoreError(MonitorError):
    """The database or its disk does not take or give data; nothing of the act was kept."""

    def __init__(self, reason: str, *, advice: str) -> None:
        super().__init__(reason)
        self.advice = advice


class PersonalDataLeft(MonitorError):
    """What was to be kept still holds personal data of this kind; nothing of it was kept (R13).

    Carries the Dutch word for the kind, never what was found.
    """

    advice = "Hierin staan nog persoonsgegevens. Er is niets bewaard. Haal ze eruit en probeer het opnieuw."

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class CollectError(MonitorError):
    """One source gave nothing usable this time; the other sources go on.

    Made in a process of its own too (monitor/collect/cell.py), so it survives pickling.
    """

    usual_weight: ClassVar[float] = HARD

    def __init__(
        self,
        source: str,
        reason: str,
        *,
        advice: str,
        retry_after: float | None = None,
        weight: float | None = None,
    ) -> None:
        """`reason` is English, one line, without text of an item; `advice` Dutch.

        `retry_after` is the pause in seconds that the server asked for, None when it named none. `weight` says how
        heavily it counts that the source fails: hard 1, soft 0.5, temporary 0.25; None is what is usual for the error.
        """
        super().__init__(f"{source}: {reason}")
        self.source, self.reason, self.advice, self.retry_after = source, reason, advice, retry_after
        self.weight = self.usual_weight if weight is None else weight

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (type(self), self.args, self.__dict__)


def _again(kind: type[CollectError], args: tuple[object, ...], values: Mapping[str, object]) -> CollectError:
    """The error as it was in the process that it comes from."""
    error = kind.__new__(kind, *args)
    error.__dict__.update(values)
    return error


class Halted(CollectError):
    """Collecting was stopped (R47); no request left, or one on its way was broken off. Says nothing of the source."""

    usual_weight = 0.0


class Unreachable(CollectError):
    """No answer, or an answer of a server in trouble: try at the next turn."""

    usual_weight = SOFT


class Declined(CollectError):
    """The publisher does not want this: 401, 403, 429, another host, a private address."""


class RobotsDenied(Declined):
    """robots.txt forbids the address, or cannot be read, which means the same (RFC 9309)."""


class Paywalled(Declined):
    """The publisher asks for a subscription or a login; we have none and will have none (R3)."""


class Changed(CollectError):
    """The source answered, but no longer looks as sources.toml describes it."""


class NotAFeed(Changed):
    """What it gives cannot be read as its kind at all: a web page for a feed, rubbish, a broken calendar."""


class SelectorMissing(Changed):
    """It can be read, but the list, or all titles or dates, are no longer where the row says."""


class Gone(Changed):
    """404 or 410: there is nothing at this address any more."""

    def __init__(
        self, source: str, reason: str, *, advice: str, retry_after: float | None = None, weight: float | None = None,
        for_good: bool = False,
    ) -> None:  # fmt: skip
        """`for_good`: the server says that it was removed on purpose (410), not only that it is not there."""
        super().__init__(source, reason, advice=advice, retry_after=retry_after, weight=weight)
        self.for_good = for_good


class InvalidInput(MonitorError):
    """A person filled in something that cannot be taken; nothing was kept."""

    def __init__(self, problems: Mapping[str, str], suggested: Mapping[str, str] | None = None) -> None:
        """`problems`: field of the form -> Dutch sentence. `suggested`: field -> what may stand there instead."""
        super().__init__(", ".join(sorted(problems)))
        self.problems, self.suggested = dict(problems), dict(suggested or {})
        self.advice = " ".join(self.problems.values())


class NotFound(MonitorError):
    """What was asked for is not there, or no longer."""

    def __init__(self, what: str, id: int | str) -> None:
        super().__init__(f"{what} {id}")
        self.advice = f"Wij kunnen {what} {id} niet vinden. Mogelijk is de bewaartermijn voorbij."


class NotAllowed(MonitorError):
    """This person's role does not allow this act."""

    def __init__(self, actor: str, act: str) -> None:
        super().__init__(f"{actor}: {act}")
        self.advice = f"Uw rol mag dit niet: {act}. Vraag de beheerder als dit niet klopt."


class Conflict(MonitorError):
    """Someone was first; the page is shown again."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.advice = f"{what}. Bekijk de nieuwe stand en probeer het opnieuw."


class Lapsed(MonitorError):
    """What this person came with does not let them in, or no longer."""

    def __init__(self, advice: str) -> None:
        super().__init__("no longer good")
        self.advice = advice
