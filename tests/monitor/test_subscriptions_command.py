"""`torenwacht subscriptions`: which keys work, and the end of one."""

from datetime import timedelta
from pathlib import Path

import pytest

from monitor.cli import main
from monitor.clock import now
from monitor.domain import GOOD_FOR, Audience, Role, Subscription, User, id_of
from monitor.render.dutch import day, moment
from monitor.store import open_store, people, subscriptions

KEY = "een-sleutel"


@pytest.fixture
def subscription(sqlite_url: str) -> Subscription:
    """One of anna, that a calendar came for an hour ago."""
    made = now() - timedelta(days=1)
    with open_store(sqlite_url) as store, store.begin() as session:
        people.add_user(session, User(name="anna", role=Role.ADVISOR, password_hash="", created_at=made))
        kept = Subscription(
            id=id_of(KEY), owner="anna", audience=Audience.FOOTBALL, created_at=made, expires_at=made + GOOD_FOR,
            used_at=made + timedelta(hours=23), reads=1200,
        )  # fmt: skip
        return subscriptions.add(session, kept)


def test_the_operator_sees_whose_keys_work_and_withdraws_one(
    subscription: Subscription, sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    house, mark = {"TORENWACHT_DATA": str(tmp_path)}, id_of(KEY)[:12]
    made, used = subscription.created_at, subscription.created_at + timedelta(hours=23)

    assert main(["subscriptions", "list"], house) == 0
    assert capsys.readouterr().out == (
        f"{mark}: Voetbal, van anna, gemaakt {moment(made, year=True)}, werkt tot {day(made + GOOD_FOR, year=True)}, "
        f"1.200 keer opgehaald, het laatst {moment(used, year=True)}\n"
    )

    assert main(["subscriptions", "withdraw", mark], house) == 0
    assert capsys.readouterr().out == f"Abonnement {mark} werkt niet meer.\n"
    with open_store(sqlite_url) as store, store.read() as session:
        assert subscriptions.standing(session, now()) == []
        [entry] = people.trail(session)
        assert (entry.who, entry.act, entry.what) == (
            "machine",
            "subscription_withdrawn",
            f"subscription:{mark}:anna",
        )


@pytest.mark.parametrize(
    ("change", "rests"),
    [
        ({"active": False}, "de eigenaar is geblokkeerd"),
        ({"role": Role.PROJECT}, "de rol van de eigenaar mag dit niet lezen"),
    ],
)
def test_the_operator_sees_which_keys_rest_and_why(
    *,
    subscription: Subscription,
    sqlite_url: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    change: dict[str, object],
    rests: str,
) -> None:
    with open_store(sqlite_url) as store, store.begin() as session:
        owner = people.user(session, "anna")
        assert owner is not None
        owner.sqlmodel_update(change)
        session.add(owner)

    assert main(["subscriptions", "list"], {"TORENWACHT_DATA": str(tmp_path)}) == 0

    used = subscription.created_at + timedelta(hours=23)
    assert capsys.readouterr().out.endswith(
        f", rust: {rests}, 1.200 keer opgehaald, het laatst {moment(used, year=True)}\n"
    )


def test_a_mark_that_names_nothing_says_so(sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["subscriptions", "withdraw", "onbekend"], {"TORENWACHT_DATA": str(tmp_path)}) == 1
    assert "Wij kunnen abonnement onbekend niet vinden." in capsys.readouterr().err
