"""OpenID Connect: a browser comes back from the identity provider -> who it is, and which roles it was given.

Authorization code with PKCE (RFC 7636). Everything that ties an answer to one browser is derived from the one secret in
its cookie, so that state, nonce and verifier cannot be mixed up or guessed, and none of them is kept.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote, urlencode, urlsplit

import aiohttp
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from monitor.clock import Clock
from monitor.config import Settings
from monitor.domain import Role
from monitor.errors import ConfigError, MonitorError

CALLBACK = "/inloggen/dienst/terug"
ALGORITHMS = ("RS256", "PS256", "ES256")
"""Signatures with a key that only the provider has: `none` and HS256 are never among them."""
LEEWAY = 60
"""Seconds that the clocks of two machines may differ."""
KNOWN_FOR = timedelta(hours=1)
"""How long we go by what the provider told of itself."""
KEYS_AT_MOST_EVERY = timedelta(minutes=1)
"""A token with an unknown key makes us ask for the keys again, but not more often than this."""
_TIMEOUT = aiohttp.ClientTimeout(total=10)

_DOWN = "De aanmelddienst geeft geen antwoord. Probeer het over een paar minuten opnieuw."
_ODD = "De aanmelddienst gaf een antwoord dat wij niet vertrouwen. Probeer het opnieuw, of meld het aan de beheerder."
STRAY = "Het aanmelden duurde te lang, of begon in een ander venster. Begin opnieuw."
_REFUSED = "De aanmelddienst liet u niet binnen. Probeer het opnieuw, of vraag uw beheerder."
_NO_ROLE = "Uw account heeft geen rol in Torenwacht. Vraag uw beheerder om een rol."
_MANY_ROLES = "Uw account heeft meer dan één rol in Torenwacht. Dat kan niet. Vraag uw beheerder welke rol u houdt."


class SignInFailed(MonitorError):
    """The identity provider, or what came back from it, lets nobody in."""

    def __init__(self, reason: str, *, advice: str) -> None:
        """`reason` is English, a constant for the log; `advice` Dutch."""
        super().__init__(reason)
        self.reason, self.advice = reason, advice


@dataclass(frozen=True, slots=True)
class Person:
    """Whom the provider vouches for."""

    subject: str
    """SHA-256 of issuer and subject: the same person always, another person never."""
    called: str
    """The name they have there; it proposes a login name and proves nothing."""
    role: Role


@dataclass(frozen=True, slots=True)
class _Description:
    """What the provider tells of itself."""

    authorize: str
    token: str
    keys: str
    end: str
    """Where somebody logs out there; empty when it offers no such thing."""


def _derived(secret: str, what: str) -> str:
    found = hmac.digest(secret.encode(), what.encode(), "sha256")
    return base64.urlsafe_b64encode(found).rstrip(b"=").decode()


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _role_table(settings: Settings) -> Mapping[str, Role]:
    pairs = settings.oidc_roles or {role.value: role.value for role in Role}
    for ours in pairs.values():
        if ours not in list(Role):
            advice = f"De rol '{ours}' bestaat niet. Kies uit: {', '.join(Role)}."
            raise ConfigError("omgeving", "TORENWACHT_OIDC_ROLES", advice=advice)
    return {theirs: Role(ours) for theirs, ours in pairs.items()}


def _words(value: object) -> set[str]:
    return {word for word in value if isinstance(word, str)} if isinstance(value, list) else set()


def _roles_in(claims: Mapping[str, object]) -> set[str]:
    """App roles as Entra ID gives them, and realm roles as Keycloak does."""
    realm = claims.get("realm_access")
    return _words(claims.get("roles")) | (_words(realm.get("roles")) if isinstance(realm, dict) else set())


def _may_sign(key: object) -> bool:
    """A public key for signatures; Keycloak lists one for encryption beside it."""
    return isinstance(key, dict) and key.get("kty") in ("RSA", "EC") and key.get("use") != "enc"


class Provider:
    """The identity provider of the settings."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        """Raises ConfigError for a role that does not exist."""
        self._settings, self._clock = settings, clock
        self._roles = _role_table(settings)
        self._described: tuple[_Description, datetime] | None = None
        self._keys: tuple[KeySet, datetime] | None = None

    @property
    def _back(self) -> str:
        return self._settings.link_base + CALLBACK

    async def address(self, secret: str) -> str:
        """Where the browser that holds `secret` goes to log in. Raises SignInFailed."""
        asked = {
            "response_type": "code",
            "client_id": self._settings.oidc_client_id,
            "redirect_uri": self._back,
            "scope": "openid profile",
            "state": _derived(secret, "state"),
            "nonce": _derived(secret, "nonce"),
            "code_challenge": _challenge(_derived(secret, "verifier")),
            "code_challenge_method": "S256",
        }
        return _with((await self._description()).authorize, asked)

    async def goodbye(self) -> str | None:
        """Where somebody logs out at the provider too; None when it offers no such thing, or does not answer."""
        try:
            end = (await self._description()).end
        except SignInFailed:
            return None
        asked = {
            "client_id": self._settings.oidc_client_id,
            "post_logout_redirect_uri": self._settings.link_base + "/uitgelogd",
        }
        return _with(end, asked) if end else None

    async def person(self, secret: str, came: Mapping[str, str]) -> Person:
        """Who the browser that holds `secret` came back as, with `came` in the address. Raises SignInFailed."""
        if not hmac.compare_digest(came.get("state", "").encode(), _derived(secret, "state").encode()):
            raise SignInFailed("state does not belong to this browser", advice=STRAY)
        if came.get("iss", self._settings.oidc_issuer) != self._settings.oidc_issuer:
            raise SignInFailed("answer names another issuer", advice=_ODD)
        if not came.get("code"):
            raise SignInFailed("provider refused", advice=_REFUSED)
        token = await self._redeem(came["code"], _derived(secret, "verifier"))
        claims = await self._checked(token, _derived(secret, "nonce"))
        subject = hashlib.sha256(f"{self._settings.oidc_issuer}\x1f{claims['sub']}".encode()).hexdigest()
        called = claims.get("preferred_username")
        return Person(subject, called if isinstance(called, str) else "", self._role(claims))

    def _role(self, claims: Mapping[str, object]) -> Role:
        found = {self._roles[name] for name in _roles_in(claims) if name in self._roles}
        if len(found) != 1:
            # Two roles together may do what neither may alone: an administrator would read content (R29).
            raise SignInFailed(f"{len(found)} roles", advice=_MANY_ROLES if found else _NO_ROLE)
        return found.pop()

    async def _redeem(self, code: str, verifier: str) -> str:
        """The ID token that the provider gives for a code, once."""
        known = f"{quote(self._settings.oidc_client_id, safe='')}:{quote(self._settings.oidc_client_secret, safe='')}"
        answer = await self._ask(
            "POST",
            (await self._description()).token,
            headers={"Authorization": "Basic " + base64.b64encode(known.encode()).decode()},
            data={
                "grant_type": "authorization_code", "code": code, "redirect_uri": self._back,
                "code_verifier": verifier,
            },
        )  # fmt: skip
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise SignInFailed("no ID token", advice=_ODD)
        return token

    async def _checked(self, token: str, nonce: str) -> Mapping[str, object]:
        """The claims of an ID token that this provider made, now, for us, for this browser."""
        try:
            found = jwt.decode(token, await self._key_set(), algorithms=list(ALGORITHMS))
        except InvalidKeyIdError:
            found = await self._with_new_keys(token)
        except (JoseError, ValueError) as error:
            raise SignInFailed(f"signature: {type(error).__name__}", advice=_ODD) from error
        us = self._settings.oidc_client_id
        rules = jwt.JWTClaimsRegistry(
            now=int(self._clock().timestamp()),
            leeway=LEEWAY,
            iss={"essential": True, "value": self._settings.oidc_issuer},
            aud={"essential": True, "value": us},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            rules.validate(found.claims)
        except JoseError as error:
            raise SignInFailed(f"claim: {type(error).__name__}", advice=_ODD) from error
        if found.claims.get("azp", us) != us:
            raise SignInFailed("token was made for another client", advice=_ODD)
        return found.claims

    async def _with_new_keys(self, token: str) -> jwt.Token:
        """The token by the keys of this moment: the provider may have changed them since we asked."""
        try:
            return jwt.decode(token, await self._key_set(again=True), algorithms=list(ALGORITHMS))
        except (JoseError, ValueError) as error:
            raise SignInFailed(f"signature: {type(error).__name__}", advice=_ODD) from error

    async def _key_set(self, *, again: bool = False) -> KeySet:
        now = self._clock()
        if self._keys is not None:
            keys, asked_at = self._keys
            if now < asked_at + (KEYS_AT_MOST_EVERY if again else KNOWN_FOR):
                return keys
        answer = await self._ask("GET", (await self._description()).keys)
        listed = answer.get("keys")
        usable = [key for key in listed if _may_sign(key)] if isinstance(listed, list) else []
        try:
            keys = KeySet.import_key_set({"keys": usable})
        except (JoseError, ValueError) as error:
            raise SignInFailed("keys cannot be read", advice=_ODD) from error
        self._keys = keys, now
        return keys

    async def _description(self) -> _Description:
        now = self._clock()
        if self._described is not None and now < self._described[1] + KNOWN_FOR:
            return self._described[0]
        issuer = self._settings.oidc_issuer
        told = await self._ask("GET", issuer.rstrip("/") + "/.well-known/openid-configuration")
        if told.get("issuer") != issuer:
            raise SignInFailed("provider names itself otherwise than the settings do", advice=_ODD)
        found = _Description(
            authorize=self._endpoint(told, "authorization_endpoint"),
            token=self._endpoint(told, "token_endpoint"),
            keys=self._endpoint(told, "jwks_uri"),
            end=self._endpoint(told, "end_session_endpoint") if "end_session_endpoint" in told else "",
        )
        self._described = found, now
        return found

    def _endpoint(self, told: Mapping[str, object], name: str) -> str:
        """An address that the provider names, as safe as its own."""
        address = told.get(name)
        if not isinstance(address, str) or urlsplit(address).scheme != urlsplit(self._settings.oidc_issuer).scheme:
            raise SignInFailed(f"no usable {name}", advice=_ODD)
        return address

    async def _ask(
        self, method: str, address: str, *, headers: Mapping[str, str] | None = None,
        data: Mapping[str, str] | None = None,
    ) -> Mapping[str, object]:  # fmt: skip
        """A JSON object; follows no redirect, which would carry our secret elsewhere."""
        try:
            async with (
                aiohttp.ClientSession(timeout=_TIMEOUT, cookie_jar=aiohttp.DummyCookieJar()) as http,
                http.request(method, address, headers=headers, data=data, allow_redirects=False) as answer,
            ):
                status, body = answer.status, await answer.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise SignInFailed("provider does not answer", advice=_DOWN) from error
        if status >= 500:  # noqa: PLR2004  # HTTP: trouble at their side
            raise SignInFailed(f"provider answers {status}", advice=_DOWN)
        if status != 200:  # noqa: PLR2004  # HTTP: OK
            raise SignInFailed(f"provider answers {status}", advice=_REFUSED)
        try:
            found = json.loads(body)
        except ValueError as error:
            raise SignInFailed("answer is no JSON", advice=_ODD) from error
        if not isinstance(found, dict):
            raise SignInFailed("answer is no object", advice=_ODD)
        return found


def _with(address: str, asked: Mapping[str, str]) -> str:
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(asked)}"
