"""bring_back(app, listed): what was called off and goes on as before says again what it said at first."""

from collections.abc import Sequence

from monitor.app import App
from monitor.domain import PlainItem
from monitor.store import events, items
from monitor.work.reassess import reassess


def bring_back(app: App, listed: Sequence[PlainItem]) -> None:
    """Lets an earlier version of an entry count as the newest again, when the source lists it again as it was.

    Its fingerprint is known, so it does not come in anew. An entry that stands in the list twice, in two versions, has
    no newest one.
    """
    versions: dict[str, dict[str, PlainItem]] = {}
    for item in listed:
        versions.setdefault(item.entry, {})[item.fingerprint] = item
    single = {entry: next(iter(found.values())) for entry, found in versions.items() if len(found) == 1}
    with app.store.read() as session:
        newest = items.newest_of(session, single.keys())
        other = [item for entry, item in single.items() if newest.get(entry, item.fingerprint) != item.fingerprint]
        kept = items.kept_as(session, [item.fingerprint for item in other])
    for item in other:
        if item.fingerprint not in kept:
            continue
        with app.store.begin(lane="events") as session:
            report = items.bring_back(session, item.fingerprint, app.clock(), published=item.published)
            event = events.event_of_entry(session, item.entry)
            if report is not None and event is not None:
                reassess(app, session, event, cause=report)
