"""What the house cannot watch: the law as a test over kinds of sources."""

import re

from monitor.collect import KINDS

PEOPLE = re.compile(r"account|author|chat|follow|group|handle|member|person|profile|timeline|user", re.IGNORECASE)
"""R7: what a kind of source may not aim at."""


def test_no_kind_of_source_aims_at_a_person_an_account_or_a_group() -> None:
    assert [kind for kind in KINDS if PEOPLE.search(kind)] == []
    assert [(kind, name) for kind, row in KINDS.items() for name in row.options if PEOPLE.search(name)] == []
