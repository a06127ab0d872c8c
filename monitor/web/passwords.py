"""A name and a password -> the user they belong to; and the hash that is all that is kept of a password."""

import secrets
import threading
from functools import cache

from pwdlib import PasswordHash

from monitor.app import App
from monitor.domain import MACHINE, Role, User
from monitor.errors import InvalidInput
from monitor.store import people
from monitor.web.limits import TryLimit
from monitor.work.staff import name_problem, save_user

SHORTEST = 12
_WRONG = "De naam en het wachtwoord horen niet bij elkaar. Probeer het opnieuw."
# Argon2 takes 64 MiB a time: two at once are enough.
_SLOTS = threading.BoundedSemaphore(2)


@cache
def _argon2id() -> PasswordHash:
    return PasswordHash.recommended()


@cache
def _hash_of_nobody() -> str:
    """The hash of a password that nobody has."""
    return _argon2id().hash(secrets.token_urlsafe())


def hashed(password: str) -> str:
    """What may be kept of a password."""
    with _SLOTS:
        return _argon2id().hash(password)


def password_problem(password: str, again: str, name: str = "") -> str | None:
    """Why this password will not do, in Dutch; None when it will."""
    if len(password) < SHORTEST:
        return f"Kies een wachtwoord van ten minste {SHORTEST} tekens."
    if name and name in password.lower():
        return "Kies een wachtwoord zonder uw naam erin."
    return None if password == again else "De twee wachtwoorden zijn niet gelijk. Typ ze opnieuw."


class Passwords:
    """Lets in by name and password, with a limit to how often one may try."""

    def __init__(self, app: App) -> None:
        self._app, self._limit = app, TryLimit(app.clock)

    def user(self, name: str, password: str, *, address: str) -> User:
        """Who this is. Raises TooManyTries, or InvalidInput when name and password do not match."""
        self._limit.hit(f"address:{address}", f"name:{name}")
        with self._app.store.read() as session:
            user = people.user(session, name)
        # Someone unknown costs the same work, so that time does not tell which names exist.
        known = (user.password_hash if user and user.active and not user.subject else "") or _hash_of_nobody()
        with _SLOTS:
            good = _argon2id().verify(password, known)
        if not good or user is None or not user.active:
            raise InvalidInput({"naam": _WRONG})
        return user


def create_user(app: App, name: str, role: Role, password: str) -> User:
    """For the command line: adds someone, or gives them a new role and password. Raises InvalidInput."""
    named, chosen = name_problem(name), password_problem(password, password, name)
    problems = {field: problem for field, problem in (("naam", named), ("wachtwoord", chosen)) if problem}
    if problems:
        raise InvalidInput(problems)
    return save_user(app, MACHINE, name, role, password_hash=hashed(password))
