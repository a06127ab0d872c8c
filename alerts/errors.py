"""What can go wrong on the way to people, named after what the sender can do."""

LONGEST_WAIT = 21_600.0
"""Seconds that a channel can make us wait, whatever it asks: six hours, as long as the longest pause of the queue."""


class AlertError(Exception):
    """A message could not be sent."""

    advice: str = "Controleer alerts/channels.toml met 'torenwacht check'."
    """One Dutch sentence: what the operator can do."""


class TryLater(AlertError):
    """The channel does not answer or asks for patience: try again after `after` seconds, None for the usual pause.

    What a channel asks is taken for no more than LONGEST_WAIT: an absurd answer must not keep an alert from people.
    """

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.reason, self.after = reason, None if after is None else min(LONGEST_WAIT, after)


class Refused(AlertError):
    """The channel will never take this message: stop, and tell the maintainer."""

    def __init__(self, reason: str, advice: str) -> None:
        super().__init__(reason)
        self.reason, self.advice = reason, advice


class ChannelConfigError(AlertError):
    """A row of channels.toml is wrong."""

    def __init__(self, file: str, key: str, advice: str) -> None:
        super().__init__(f"{file}: {key}")
        self.file, self.key, self.advice = file, key, advice
