"""The `options` of one row of channels.toml -> checked values; secrets come from the environment."""

import re
from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

from alerts.errors import ChannelConfigError

FROM_ENVIRONMENT = "env:"
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def is_loopback(host: str) -> bool:
    """Whether `host` is this machine itself, so that a conversation with it needs no encryption."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class Options:
    """What one channel asks of its row; everything wrong is named, with what is allowed."""

    def __init__(self, values: Mapping[str, object], environment: Mapping[str, str], *, file: str, row: str) -> None:
        """`row` is how errors name the row, such as `channel[adviseurs]`."""
        self._values, self._environment = values, environment
        self._file, self._row = file, row

    def wrong(self, name: str, advice: str) -> ChannelConfigError:
        """The error to raise about option `name`; `advice` is Dutch and names what is allowed."""
        return ChannelConfigError(self._file, f"{self._row}.options.{name}", advice)

    def only(self, *allowed: str) -> None:
        """Raises ChannelConfigError when the row has an option that is not in `allowed`."""
        for name in self._values:
            if name not in allowed:
                choice = ", ".join(allowed) if allowed else "geen enkele optie"
                raise self.wrong(name, f"Onbekende optie '{name}'. Toegestaan: {choice}.")

    def has(self, name: str) -> bool:
        """Whether the row gives this option."""
        return name in self._values

    def text(self, name: str, default: str | None = None) -> str:
        """A text that is not empty; `default` None means that the row must give it. `env:NAME` is looked up."""
        value = self._values.get(name, default)
        if value is None:
            raise self.wrong(name, f"De optie '{name}' ontbreekt. Vul '{name}' in bij de options van dit kanaal.")
        return self._resolved(name, value)

    def texts(self, name: str) -> tuple[str, ...]:
        """One text or more, in the order of the row."""
        values = self._values.get(name)
        if not isinstance(values, list) or not values:
            raise self.wrong(name, f'Geef bij \'{name}\' een lijst van één of meer teksten, zoals ["a", "b"].')
        return tuple(self._resolved(name, value) for value in values)

    def secret(self, name: str) -> str:
        """A value that may not stand in the table: the row gives `env:NAME`, the environment gives the value."""
        value = self._values.get(name)
        if not isinstance(value, str) or not value.startswith(FROM_ENVIRONMENT):
            raise self.wrong(
                name, f'Zet een geheim niet in de tabel. Schrijf {name} = "env:NAAM" en zet NAAM in de omgeving.'
            )
        return self._resolved(name, value)

    def address(self, name: str, value: str) -> str:
        """`value`, which option `name` gave, as a web address: https, or http to this machine itself.

        The address itself stays out of the error: it may be a secret.
        """
        try:
            parts = urlsplit(value)
            scheme, host, _ = parts.scheme, parts.hostname or "", parts.port
        except ValueError:
            raise self.wrong(name, f"De waarde van '{name}' is geen webadres. Begin met https://.") from None
        if not host or not (scheme == "https" or (scheme == "http" and is_loopback(host))):
            raise self.wrong(name, f"Het adres bij '{name}' is niet beveiligd. Gebruik een adres met https://.")
        return value

    def number(self, name: str, default: int) -> int:
        """A whole number above zero."""
        value = self._values.get(name, default)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise self.wrong(name, f"Geef bij '{name}' een heel getal groter dan nul, zonder aanhalingstekens.")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        """True or false."""
        value = self._values.get(name, default)
        if not isinstance(value, bool):
            raise self.wrong(name, f"Geef bij '{name}' true of false, zonder aanhalingstekens.")
        return value

    def _resolved(self, name: str, value: object) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(name, f"Geef bij '{name}' een tekst die niet leeg is, tussen aanhalingstekens.")
        if not value.startswith(FROM_ENVIRONMENT):
            return value.strip()
        variable = value.removeprefix(FROM_ENVIRONMENT)
        if not _VARIABLE.fullmatch(variable):
            raise self.wrong(name, 'Na "env:" hoort de naam van een omgevingsvariabele: letters, cijfers en _.')
        found = self._environment.get(variable, "").strip()
        if not found:
            raise self.wrong(
                name,
                f"De omgevingsvariabele {variable} ontbreekt of is leeg. "
                f"Vul {variable} in, of zet bij dit kanaal enabled = false.",
            )
        return found
