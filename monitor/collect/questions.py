"""What a source asks for, seen by the reader that finds personal data: no question is about a person (R8)."""

import re
from collections.abc import Iterator

from yarl import URL

from classifiers import Reader, Voice
from monitor.domain import Source
from monitor.errors import ConfigError

_ASKED = ("creator", "organisation", "terms", "tags")
"""Options whose values go out as search words."""


def questions(source: Source) -> Iterator[tuple[str, str]]:
    """Every word or phrase that is asked for, with the key that holds it: search words, and parts of the address."""
    url = URL(source.url)
    for part in (*url.path.split("/"), *url.query.values()):
        # The dashes of an address stand for spaces, but those of a number or a date stay: they show what it is.
        yield "url", part if re.search(r"\d", part) else re.sub(r"[-_+]+", " ", part)
    for key in _ASKED:
        value = source.options.get(key, ())
        for word in (value,) if isinstance(value, str) else value if isinstance(value, list) else ():
            yield f"options.{key}", str(word)


def no_person_asked_for(file: str, source: Source, reader: Reader) -> None:
    """Raises ConfigError when a question of the source holds personal data."""
    for key, words in questions(source):
        # As in posts, where names stand without capitals.
        findings = reader.redact("", words, voice=Voice.SOCIAL).findings
        found = {finding.kind.placeholder for finding in findings}
        if found:
            advice = (
                f"'{key}' bevat een persoonsgegeven: {', '.join(sorted(found))}. "
                "Zoek nooit naar personen, alleen naar verschijnselen."
            )
            raise ConfigError(file, f"source '{source.id}'.{key}", advice=advice)
