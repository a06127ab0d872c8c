"""What someone may do to the audit trail and to its anchor file: the cases of test_trail.py."""

import json
from collections.abc import Callable
from datetime import timedelta

from tests.build import at
from tests.intruders import Intruder

Act = Callable[[Intruder], None]


def changes(column: str, value: object, row: int = 9) -> Act:
    """Writes another value in one column of one entry."""
    return lambda them: them.sql(f"UPDATE audit_entry SET {column} = :value WHERE id = {row}", value=value)


def takes_out(where: str) -> Act:
    """Deletes entries."""
    return lambda them: them.sql(f"DELETE FROM audit_entry WHERE {where}")


def does(*statements: str) -> Act:
    """Runs these statements."""
    return lambda them: them.sql(*statements)


def swaps(one: int, other: int) -> Act:
    """Lets two entries change places."""
    return does(
        f"UPDATE audit_entry SET id = -1 WHERE id = {one}",
        f"UPDATE audit_entry SET id = {one} WHERE id = {other}",
        f"UPDATE audit_entry SET id = {other} WHERE id = -1",
    )


COLUMNS = "at, who, role, act, what, purpose, reason, delete_after, before, hash"


def copies(row: int, to: int, who: str = "who") -> str:
    """Puts a copy of an entry elsewhere."""
    told = COLUMNS.replace("who", who)
    return f"INSERT INTO audit_entry (id, {COLUMNS}) SELECT {to}, {told} FROM audit_entry WHERE id = {row}"


def twice(who: str) -> Act:
    """Puts an entry beside another with the same id."""

    def act(them: Intruder) -> None:
        them.without_keys("audit_entry")
        them.sql(copies(9, 9, who))

    return act


def appends_sealed(them: Intruder) -> None:
    """A new entry that hangs on the last one as it should; only the anchor does not know it."""
    them.sql(copies(18, 19))
    them.reseal_entries(19)


def inserts_between(them: Intruder) -> None:
    """All later entries move up."""
    them.sql("UPDATE audit_entry SET id = -id - 1 WHERE id > 9", "UPDATE audit_entry SET id = -id WHERE id < 0")
    them.sql(copies(9, 10, "'ander'"))


def reverses_a_day(them: Intruder) -> None:
    """The last entry of a day comes first."""
    them.sql(
        "UPDATE audit_entry SET id = id - 19 WHERE id BETWEEN 8 AND 11", "UPDATE audit_entry SET id = -id WHERE id < 0"
    )


def resealed(*, heads: bool) -> Act:
    """Changes an entry and makes the hashes of all that follow anew, those of the anchors too or only their heads."""

    def act(them: Intruder) -> None:
        them.sql("UPDATE audit_entry SET who = 'ander' WHERE id = 9")
        them.reseal_entries(9)
        if heads:
            them.sql(
                "UPDATE anchor SET head = (SELECT hash FROM audit_entry WHERE id = anchor.last) WHERE purged_at IS NULL"
            )

    return act


def off_the_list(them: Intruder) -> None:
    """A purpose of one's own, with every hash made anew."""
    them.sql("UPDATE audit_entry SET purpose = 'nieuwsgierigheid' WHERE id = 9")
    them.reseal_entries(9)
    them.reseal_anchors()


def on_anchor(day: int, change: str) -> Act:
    """Changes the anchor of one day."""
    return does(f"UPDATE anchor SET {change} WHERE day = '2026-11-{day}'")


def purges(day: int, last: int) -> Act:
    """Deletes a day before its term is over, and marks its anchor as if it were."""
    return lambda them: them.sql(
        f"UPDATE anchor SET purged_at = {them.moment(at(21))} WHERE day = '2026-11-{day}'",
        f"DELETE FROM audit_entry WHERE id BETWEEN {last - 3} AND {last}",
    )


def puts_back_what_was_purged(them: Intruder) -> None:
    """An entry of a day that is gone."""
    them.sql(copies(4, 2))


def an_anchor_too_many(them: Intruder) -> None:
    """For a day on which nobody did anything."""
    them.sql(
        "INSERT INTO anchor SELECT '2026-11-20', last, count, head, kept_until, before, hash, purged_at, delete_after "
        "FROM anchor WHERE day = '2026-11-19'"
    )


CASES: dict[str, tuple[Act, int]] = {
    "who": (changes("who", "ander"), 9),
    "who, by one space": (changes("who", "redactie "), 9),
    "role": (changes("role", "redacteur"), 9),
    "act": (changes("act", "searched"), 9),
    "what": (changes("what", "event:1"), 9),
    "purpose": (changes("purpose", "toezicht"), 9),
    "reason": (changes("reason", ""), 9),
    "at, by a second": (changes("at", at(18, 9, 1) + timedelta(seconds=1)), 9),
    "delete_after": (changes("delete_after", at(30)), 9),
    "before": (changes("before", "0" * 64), 9),
    "hash": (changes("hash", "0" * 64), 9),
    "id": (changes("id", 100), 9),
    "words moved from one column into the next": (
        does("UPDATE audit_entry SET act = 'event_view', what = 'ed' || what WHERE id = 9"), 9,
    ),
    "the last entry changed": (changes("who", "ander", 18), 18),
    "the first entry changed": (changes("who", "ander", 4), 4),
    "the first taken out": (takes_out("id = 4"), 4),
    "several at the start taken out": (takes_out("id < 10"), 4),
    "one in the middle taken out": (takes_out("id = 9"), 9),
    "the last of a day taken out": (takes_out("id = 11"), 11),
    "the last taken out": (takes_out("id = 18"), 18),
    "the whole of today taken out": (takes_out("id > 15"), 16),
    "a whole day taken out": (takes_out("id BETWEEN 8 AND 11"), 8),
    "everything taken out": (takes_out("id > 0"), 4),
    "every second one taken out": (takes_out("id % 2 = 0"), 4),
    "a day taken out with its anchor": (
        does("DELETE FROM audit_entry WHERE id BETWEEN 8 AND 11", "DELETE FROM anchor WHERE day = '2026-11-18'"), 12,
    ),
    "two swapped": (swaps(9, 10), 9),
    "two swapped of different days": (swaps(9, 13), 9),
    "the people of two swapped": (
        does(
            "UPDATE audit_entry SET who = 'redactie' WHERE id = 8",
            "UPDATE audit_entry SET who = 'advies' WHERE id = 9",
        ), 8,
    ),
    "a day in reverse": (reverses_a_day, 8),
    "one put in at the end": (does(copies(18, 19)), 19),
    "one put in at the end, sealed": (appends_sealed, 19),
    "one put in between": (inserts_between, 10),
    "one put back that was purged": (puts_back_what_was_purged, 2),
    "an id twice": (twice("who"), 9),
    "an id twice with another person": (twice("'ander'"), 9),
    "all hashes from a changed entry on made anew": (resealed(heads=False), 11),
    "the same, and the heads of the anchors": (resealed(heads=True), 8),
    "a purpose that is not on the list": (off_the_list, 9),
    "an anchor's count": (on_anchor(18, "count = 3"), 9),
    "an anchor's last": (on_anchor(18, "last = 10"), 7),
    "an anchor's head": (on_anchor(18, "head = 'x'"), 8),
    "an anchor's term": (
        lambda them: them.sql("UPDATE anchor SET kept_until = :at WHERE day = '2026-11-18'", at=at(20)), 8,
    ),
    "an anchor's day": (on_anchor(19, "day = '2026-11-20'"), 12),
    "an anchor's hash": (on_anchor(18, "hash = 'x'"), 8),
    "an anchor's link": (on_anchor(18, "before = 'x'"), 8),
    "an anchor taken out": (does("DELETE FROM anchor WHERE day = '2026-11-18'"), 12),
    "the newest anchor taken out": (does("DELETE FROM anchor WHERE day = '2026-11-22'"), 16),
    "the oldest anchor taken out": (does("DELETE FROM anchor WHERE day = '2026-11-16'"), 4),
    "all anchors taken out": (does("DELETE FROM anchor"), 1),
    "an anchor too many": (an_anchor_too_many, 12),
    "a purge denied": (on_anchor(16, "purged_at = NULL"), 1),
    "a day purged before its term": (purges(17, 7), 4),
    "a day purged out of turn": (purges(18, 11), 8),
    "a day marked as purged that is there": (
        lambda them: them.sql(f"UPDATE anchor SET purged_at = {them.moment(at(21))} WHERE day = '2026-11-17'"), 4,
    ),
}  # fmt: skip
"""What someone does with the database in hand -> the entry at which it is found, by the database alone."""


def rewrites_everything(them: Intruder) -> None:
    """Changes one entry and makes every hash anew, of entries and anchors."""
    them.sql("UPDATE audit_entry SET who = 'ander' WHERE id = 9")
    them.reseal_entries(4)
    them.reseal_anchors()


def cuts_off_the_end(them: Intruder) -> None:
    """The last two days go, with their anchors."""
    them.sql("DELETE FROM audit_entry WHERE id > 11", "DELETE FROM anchor WHERE day > '2026-11-18'")


def purges_early_and_reseals(them: Intruder) -> None:
    """A day goes before its term, and every anchor says that its term was over."""
    them.sql(
        "DELETE FROM audit_entry WHERE id BETWEEN 4 AND 7",
        f"UPDATE anchor SET purged_at = {them.moment(at(21))}, kept_until = {them.moment(at(20))} "
        "WHERE day = '2026-11-17'",
    )
    them.reseal_anchors()


def begins_anew(them: Intruder) -> None:
    """Nothing is left, as if nobody ever did anything."""
    them.sql("DELETE FROM audit_entry", "DELETE FROM anchor")


def renames_everyone(them: Intruder) -> None:
    """The entries of one person become another's, all hashes made anew."""
    them.sql("UPDATE audit_entry SET who = 'ander' WHERE who = 'advies'")
    them.reseal_entries(4)
    them.reseal_anchors()


REWRITES: dict[str, tuple[Act, int]] = {
    "everything made anew after one change": (rewrites_everything, 8),
    "everyone renamed": (renames_everyone, 4),
    "the end cut off with its anchors": (cuts_off_the_end, 12),
    "a day purged before its term, and resealed": (purges_early_and_reseals, 4),
    "everything gone": (begins_anew, 4),
}
"""What cannot be seen in the database, for it was all made anew -> the entry at which the file tells it."""


def edited(line: int, **values: object) -> Callable[[list[str]], list[str]]:
    """Changes values in one line of the file."""
    return lambda lines: [
        json.dumps(json.loads(told) | values) if number == line else told for number, told in enumerate(lines)
    ]


FILES: dict[str, Callable[[list[str]], list[str]]] = {
    "a count": edited(2, count=3),
    "a head": edited(2, head="0" * 64),
    "a hash": edited(2, hash="0" * 64),
    "a day": edited(3, day="2026-11-20"),
    "a term": edited(2, kept_until="2026-11-20T00:00:00+00:00"),
    "a line taken out": lambda lines: lines[:2] + lines[3:],
    "the first lines taken out": lambda lines: lines[2:],
    "the last line taken out": lambda lines: lines[:-1],
    "two lines swapped": lambda lines: [lines[0], lines[2], lines[1], lines[3]],
    "a line twice": lambda lines: [*lines[:2], lines[1], *lines[2:]],
    "a line spoilt": lambda lines: [lines[0], lines[1][:40], *lines[2:]],
    "a line that is no anchor": lambda lines: [*lines, '"hallo"'],
    "an empty line": lambda lines: [*lines, ""],
    "all lines taken out": lambda _lines: [],
}
"""What someone does to the anchor file, who cannot reach the database."""
