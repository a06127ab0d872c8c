"""The public page is where the register of art. 30 points to (R45)."""

from selectolax.lexbor import LexborHTMLParser

from monitor.domain.activity import ACTIVITIES
from tests.monitor.web.desk import Desk


def test_every_processing_activity_stands_at_its_address_on_the_public_page(guest: Desk) -> None:
    page = LexborHTMLParser(guest.get("/privacy").text)

    there = [node.attributes["id"] for node in page.css("[id^=verwerking-]")]

    assert [f"/privacy#{id}" for id in there] == [activity.path for activity in ACTIVITIES.values()]
