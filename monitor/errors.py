"""What can go wrong, named after what the caller can do.

MonitorError                    .advice: Dutch, what the user can do
├── ConfigError(file, key)      stop; a person edits a table
├── StoreError                  stop; a person looks at disk or database
├── CollectError(source)        this source only, this time
│   ├── Unreachable             try at the next turn
│   ├── Declined                401, 403, 429, robots: slow down
│   └── Changed                 the source no longer looks as described
├── InvalidInput(field)         the form is shown again, with the reason
├── NotFound(what, id)          404
├── NotAllowed(actor, act)      403
└── Conflict(what)              someone was first: show the page again
"""

from collections.abc import Mapping


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


class CollectError(MonitorError):
    """One source gave nothing usable this time; the other sources go on."""

    def __init__(self, source: str, reason: str, *, advice: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source, self.reason, self.advice = source, reason, advice


class Unreachable(CollectError):
    """No answer, or an answer of a server in trouble: try at the next turn.

    `retry_after` is the pause in seconds that the server asked for, None when it named none.
    """

    def __init__(self, source: str, reason: str, *, advice: str, retry_after: float | None = None) -> None:
        super().__init__(source, reason, advice=advice)
        self.retry_after = retry_after


class Declined(CollectError):
    """The publisher does not want this: 401, 402, 403, 429, robots.txt, another host, a private address.

    `retry_after` as in Unreachable.
    """

    def __init__(self, source: str, reason: str, *, advice: str, retry_after: float | None = None) -> None:
        super().__init__(source, reason, advice=advice)
        self.retry_after = retry_after


class Changed(CollectError):
    """The source answered, but no longer looks as sources.toml describes it."""


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
