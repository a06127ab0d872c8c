"""enclosure_of(app, message): the file that a message names, made when it is sent; kept nowhere."""

from alerts import Enclosure, Message
from monitor.app import App
from monitor.domain import MACHINE, Briefing, Purpose
from monitor.errors import NotFound
from monitor.log import log
from monitor.render import with_approval
from monitor.render.pdf import PdfUnavailable, to_pdf
from monitor.store import briefings
from monitor.work.looks import take_out
from monitor.work.records import is_as_approved


def enclosure_of(app: App, message: Message) -> Enclosure | None:
    """The PDF of the edition that the message names; None when it may not go along, or cannot.

    That it left is written in the trail, at every attempt. Takes about a second.
    """
    found = edition_of(app, message)
    if found is None:
        return None
    try:
        pdf = to_pdf(with_approval(found.html, by=found.approved_by, at=found.approved_at))
    except PdfUnavailable:
        log.warning("no PDF goes along: Pango is missing", briefing=found.id)
        return None
    take_out(app, MACHINE, "briefing_exported", what=f"briefing:{found.id}", purpose=Purpose.BRIEFING)
    return Enclosure(f"{found.file_name}.pdf", "application/pdf", pdf)


def edition_of(app: App, message: Message) -> Briefing | None:
    """The edition that the message names; None when it may not go along.

    It may once a person approved it (R35), while it is as it was approved (R41), and a confidential edition with a
    confidential message only (R31).
    """
    id = int(message.encloses.removeprefix("briefing:"))
    try:
        with app.store.read() as session:
            found = briefings.get(session, id)
            sound = is_as_approved(session, found)
    except NotFound:
        return None  # its time was over before the channel could take it
    if not found.approved_by or (found.confidential and not message.confidential):
        log.error("briefing may not go along", briefing=id)
        return None
    if not sound:
        log.error("briefing is not what was approved", briefing=id)
        return None
    return found
