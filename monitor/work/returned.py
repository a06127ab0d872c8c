"""bring_back(app, listed): what was called off and goes on as before says again what it said at first."""

from collections.abc import Sequence

from monitor.app import App
from monitor.domain import RawItem
from monitor.rules.normalise import normalise
from monitor.store import events, items
from monitor.work.reassess import reassess


def bring_back(app: App, listed: Sequence[RawItem]) -> None:
    """Lets an earlier version of an entry count as the newest again, when the source lists it again as it was.

    Its fingerprint is known, so it does not come in anew. Only for what tells its day or state as data: prose is not
    taken back word for word. An entry that stands in the list twice, in two versions, has no newest one.
    """
    now = app.clock()
    versions: dict[str, dict[str, RawItem]] = {}
    for raw in listed:
        if raw.told.period is not None or raw.told.cancelled:
            item = normalise(raw, now=now)
            versions.setdefault(item.entry, {})[item.fingerprint] = raw
    single = {entry: next(iter(found.items())) for entry, found in versions.items() if len(found) == 1}
    with app.store.read() as session:
        newest = items.newest_of(session, single.keys())
    for entry, (fingerprint, raw) in single.items():
        if newest.get(entry, fingerprint) == fingerprint:
            continue
        with app.store.begin(lane="events") as session:
            report = items.bring_back(session, fingerprint, now, published=raw.published or now)
            event = events.event_of_entry(session, entry)
            if report is not None and event is not None:
                reassess(app, session, event, cause=report)
