"""subscriptions: which keys of programs work, and the end of one, by hand. The operator stands outside the roles."""

import argparse

from monitor.app import open_app
from monitor.config import Settings
from monitor.domain import MACHINE, Subscription
from monitor.errors import NotFound
from monitor.render.dutch import day, moment, number
from monitor.work.subscriptions import standing, withdraw_subscription


async def subscriptions(settings: Settings, args: argparse.Namespace) -> int:
    """Lists the keys that work or rest, or withdraws one; a key itself is known to nobody but who made it."""
    async with open_app(settings, works=False) as app:
        if args.subscriptions_command == "list":
            for found, rests in standing(app):
                print(_line(found, rests))
        else:
            id = next((found.id for found, _ in standing(app) if found.mark == args.mark), None)
            if id is None:
                raise NotFound("abonnement", args.mark)
            withdraw_subscription(app, MACHINE, id)
            print(f"Abonnement {args.mark} werkt niet meer.")
    return 0


def _line(found: Subscription, rests: str) -> str:
    used = "nog nooit opgehaald"
    if found.used_at:
        used = f"{number(found.reads)} keer opgehaald, het laatst {moment(found.used_at, year=True)}"
    return (
        f"{found.mark}: {found.audience.label}, van {found.owner}, gemaakt {moment(found.created_at, year=True)}, "
        f"{f'rust: {rests}' if rests else f'werkt tot {day(found.expires_at, year=True)}'}, {used}"
    )
