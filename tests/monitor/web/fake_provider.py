"""An identity provider on loopback: OpenID Connect in the shapes of Entra ID and Keycloak; and it can cheat."""

import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import parse_qs, urlencode, urlsplit

from aiohttp import BasicAuth, web
from joserfc import jwt
from joserfc.jwk import RSAKey

from tests.fakes import FixedClock

CLIENT, SECRET = "torenwacht", "een geheim: van ons tweeën"
Claims = dict[str, object]


def entra(*roles: str) -> Claims:
    """App roles, as Entra ID gives them."""
    return {"preferred_username": "anna@gemeente.example", "roles": list(roles), "tid": "een huurder", "ver": "2.0"}


def keycloak(*roles: str) -> Claims:
    """Realm roles among those of Keycloak itself."""
    every = ["offline_access", "uma_authorization", *roles]
    return {"preferred_username": "anna", "realm_access": {"roles": every}, "azp": CLIENT}


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


@dataclass
class FakeProvider:
    """Gives whoever comes the account `person`; the other fields say how it cheats."""

    clock: FixedClock
    person: Claims = field(default_factory=lambda: keycloak("adviseur"))
    subject: str = "7c1f"
    address: str = ""
    issuer: str = ""
    """As the description names it; empty: its own address."""
    claims: Claims = field(default_factory=dict)
    """Instead of the right claims of a token; None takes one out."""
    forge: Callable[["FakeProvider", Claims], str] | None = None
    """Makes the token in place of an honest signature."""
    down: bool = False
    offers_end: bool = True
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, parameters={"kid": "eerste"}))
    asked: list[str] = field(default_factory=list)
    """The paths that were asked for."""
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def rotate(self) -> None:
        """Signs with another key from now on."""
        self.key = RSAKey.generate_key(2048, parameters={"kid": "tweede"})

    def visit(self, address: str) -> str:
        """What a browser does there: logs in, and is sent back; the path and query that it comes back with."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{self.address}/authorize?")
        assert (asked["response_type"], asked["client_id"]) == ("code", CLIENT)
        assert (asked["code_challenge_method"], asked["scope"]) == ("S256", "openid profile")
        code = f"code-{next(self._numbers)}"
        self._codes[code] = asked
        back = urlsplit(asked["redirect_uri"])
        return f"{back.path}?{urlencode({'code': code, 'state': asked['state']})}"

    def honest(self, claims: Claims) -> str:
        """A token with the signature of this provider."""
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)

    async def answer(self, request: web.Request) -> web.Response:
        """Description, keys and tokens."""
        self.asked.append(request.path)
        if self.down:
            return web.Response(status=503)
        match request.path:
            case "/.well-known/openid-configuration":
                return web.json_response(self._description())
            case "/keys":
                encryption = RSAKey.generate_key(2048, parameters={"kid": "slot", "use": "enc"})
                return web.json_response({"keys": [encryption.as_dict(private=False), self.key.as_dict(private=False)]})
            case "/token":
                return await self._token(request)
        return web.Response(status=404)

    def _description(self) -> Claims:
        told: Claims = {"issuer": self.issuer or self.address, "jwks_uri": f"{self.address}/keys"}
        told |= {f"{name}_endpoint": f"{self.address}/{name}" for name in ("authorize", "token")}
        told["authorization_endpoint"] = told.pop("authorize_endpoint")
        return told | ({"end_session_endpoint": f"{self.address}/logout"} if self.offers_end else {})

    async def _token(self, request: web.Request) -> web.Response:
        """Gives a token for a code, once, to the client that asked for it and can show its verifier."""
        form = {name: str(value) for name, value in (await request.post()).items()}
        asked = self._codes.pop(form["code"], None)
        shown = BasicAuth.decode(request.headers["Authorization"])
        known = f"{CLIENT}:een%20geheim%3A%20van%20ons%20twee%C3%ABn"
        challenge = _b64(hashlib.sha256(form["code_verifier"].encode()).digest())
        if (
            asked is None
            or f"{shown.login}:{shown.password}" != known
            or (challenge, form["redirect_uri"]) != (asked["code_challenge"], asked["redirect_uri"])
        ):
            return web.json_response({"error": "invalid_grant"}, status=400)
        now = int(self.clock().timestamp())
        claims: Claims = {"iss": self.address, "aud": CLIENT, "sub": self.subject, "nonce": asked["nonce"]}
        claims |= {"iat": now, "exp": now + 300, **self.person, **self.claims}
        claims = {name: value for name, value in claims.items() if value is not None}
        token = self.forge(self, claims) if self.forge else self.honest(claims)
        return web.json_response({"token_type": "Bearer", "access_token": "niet voor ons", "id_token": token})


def unsigned(_provider: FakeProvider, claims: Claims) -> str:
    """`alg: none`: a token that anybody can make."""
    return f"{_b64(json.dumps({'alg': 'none'}).encode())}.{_b64(json.dumps(claims).encode())}."


def signed_with_the_public_key(provider: FakeProvider, claims: Claims) -> str:
    """HS256 with what everybody can read, in the hope that it is taken for a secret."""
    parts = ({"alg": "HS256", "kid": provider.key.kid}, claims)
    signed = ".".join(_b64(json.dumps(part).encode()) for part in parts)
    return f"{signed}.{_b64(hmac.digest(provider.key.as_pem(private=False), signed.encode(), 'sha256'))}"


def signed_by_another(provider: FakeProvider, claims: Claims) -> str:
    """The key of somebody else under the name of the right one."""
    other = RSAKey.generate_key(2048, parameters={"kid": str(provider.key.kid)})
    return jwt.encode({"alg": "RS256", "kid": provider.key.kid}, claims, other)


def rubbish(_provider: FakeProvider, _claims: Claims) -> str:
    """No token at all."""
    return "niets.van.dit"


@asynccontextmanager
async def fake_provider(clock: FixedClock) -> AsyncIterator[FakeProvider]:
    """One provider, open."""
    provider = FakeProvider(clock)
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", provider.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        provider.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        yield provider
    finally:
        await runner.cleanup()
