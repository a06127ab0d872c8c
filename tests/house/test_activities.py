"""Every table belongs to a processing activity, so that the register of art. 30 forgets none (R45)."""

import re

from monitor.domain import Purpose
from monitor.domain.activity import ACTIVITIES
from monitor.domain.term import TERMS

HOW = "name the table at the activity that it serves, in ACTIVITIES of monitor/domain/activity.py"


def test_every_table_serves_a_processing_activity_and_no_activity_names_another() -> None:
    named = {table for activity in ACTIVITIES.values() for table in activity.tables}

    assert named == set(TERMS), HOW


def test_every_purpose_of_the_closed_list_has_a_processing_activity() -> None:
    assert {activity.purpose for activity in ACTIVITIES.values()} == set(Purpose), HOW


def test_every_activity_has_an_address_that_stays() -> None:
    addresses = [activity.uri("https://torenwacht.example/") for activity in ACTIVITIES.values()]

    assert addresses[0] == "https://torenwacht.example/privacy#verwerking-openbare-orde"
    assert all(re.fullmatch(r"https://torenwacht\.example/privacy#verwerking-[a-z-]+", one) for one in addresses)
    assert len(set(addresses)) == len(addresses)
