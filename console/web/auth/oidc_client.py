"""The organisation's own sign-in service, by OpenID Connect: the code flow with PKCE.

It says who somebody is and nothing else: what they may do here stands in our own register.
"""

import json
import threading
import time
from collections.abc import Mapping
from typing import Any, Final, NamedTuple
from urllib.parse import urlencode

import httpx
from authlib.common.security import generate_token
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from models.errors import KinbindError, SettingError
from storage.settings import PREFIX, Settings, is_safe_address

_SECONDS: Final = 5.0
"""How long the service may take for one answer; somebody waits before a page."""
_KEPT_SECONDS: Final = 600.0
_LEEWAY_SECONDS: Final = 60
_SIGNATURES: Final = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
"""Signatures with a key of the service's own; a shared secret or none at all proves nothing."""


class ServiceAwayError(KinbindError):
    """The sign-in service did not answer, or not as one answers."""


class ServiceRefusedError(KinbindError):
    """What came back from the sign-in service does not prove who somebody is."""


class SignInRedirect(NamedTuple):
    """What is remembered while somebody is at the service.

    Attributes:
        state: Comes back with the answer; binds it to this browser.
        nonce: Comes back inside the token; binds it to this try.
        verifier: Proves that who asked is who fetches.
    """

    state: str
    nonce: str
    verifier: str


class OidcClient:
    """One provider, and what this console is to it."""

    def __init__(self, settings: Settings) -> None:
        """Take the settings; nothing is asked of the service yet.

        Raises:
            SettingError: The client's name is missing, or its secret cannot be read.
        """
        if not settings.oidc_issuer or not settings.oidc_client_id:
            msg = f"{PREFIX}OIDC_ISSUER and {PREFIX}OIDC_CLIENT_ID belong together"
            raise SettingError(msg)
        self.issuer = settings.oidc_issuer
        self._client_id = settings.oidc_client_id
        self._secret = settings.oidc_secret
        self._claim = settings.oidc_claim
        self._lock = threading.Lock()
        self._metadata: dict[str, Any] = {}
        self._keys: KeySet | None = None
        self._fetched = 0.0

    @classmethod
    def of(cls, settings: Settings) -> "OidcClient | None":
        """The service of these settings; None where there is none."""
        if settings.oidc_issuer is None and settings.oidc_client_id is None:
            return None
        return cls(settings)

    def depart(self, back: str) -> tuple[str, SignInRedirect]:
        """Where to send the browser, and what to remember until it is back.

        Args:
            back: Where the service sends it.

        Raises:
            ServiceAwayError: The service does not answer.
        """
        departure = SignInRedirect(*(generate_token(48) for _ in SignInRedirect._fields))
        address = prepare_grant_uri(
            self._place("authorization_endpoint"),
            client_id=self._client_id,
            response_type="code",
            redirect_uri=back,
            scope="openid" if self._claim == "sub" else "openid profile email",
            state=departure.state,
            nonce=departure.nonce,
            code_challenge=create_s256_code_challenge(departure.verifier),
            code_challenge_method="S256",
        )
        return str(address), departure

    def identify(self, code: str, back: str, departure: SignInRedirect) -> str:
        """What the service calls the person who came back with this code.

        Raises:
            ServiceAwayError: The service does not answer.
            ServiceRefusedError: The code is not good, or the token not for us, now, and this try.
        """
        answer = self._redeem(code, back, departure.verifier)
        token, access = answer.get("id_token"), answer.get("access_token")
        if not isinstance(token, str):
            raise ServiceRefusedError("There was no token.")
        try:
            signed = self._verified(token)
            claims = CodeIDToken(
                signed.claims,
                signed.header,
                options={"iss": {"values": [self.issuer]}, "aud": {"value": self._client_id}},
                params={
                    "nonce": departure.nonce,
                    "client_id": self._client_id,
                    "access_token": access,
                },
            )
            claims.validate(leeway=_LEEWAY_SECONDS)
        except (JoseError, ValueError, TypeError) as error:
            # Its words could quote the token.
            msg = f"The token is not good: {type(error).__name__}"
            raise ServiceRefusedError(msg) from None
        return self._identity(claims)

    def farewell(self, back: str) -> str | None:
        """Where one also signs out of the service; None where it has no such place."""
        place = self._described().get("end_session_endpoint")
        if not isinstance(place, str) or not is_safe_address(place):
            return None
        query = urlencode({"client_id": self._client_id, "post_logout_redirect_uri": back})
        return f"{place}{'&' if '?' in place else '?'}{query}"

    def check(self) -> str:
        """Ask the service who it is, and say so.

        Raises:
            ServiceAwayError: It does not answer, or not as one answers.
        """
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            self._place(name)
        return f"{self.issuer} answers, {len(self._fetch_keys().keys)} keys"

    def _identity(self, claims: Mapping[str, Any]) -> str:
        value = claims.get(self._claim)
        if self._claim == "email" and claims.get("email_verified") is not True:
            raise ServiceRefusedError("The service has not verified the e-mail address.")
        if not isinstance(value, str) or not value:
            raise ServiceRefusedError("The token does not say who this is.")
        return value

    def _redeem(self, code: str, back: str, verifier: str) -> dict[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": verifier,
        }
        methods = self._described().get("token_endpoint_auth_methods_supported")
        basic = not isinstance(methods, list) or "client_secret_basic" in methods
        auth = None
        if self._secret and basic:
            auth = httpx.BasicAuth(self._client_id, self._secret)
        else:
            form |= {"client_id": self._client_id}
            form |= {"client_secret": self._secret} if self._secret else {}
        answer = self._asked("POST", self._place("token_endpoint"), data=form, auth=auth)
        if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise ServiceAwayError("The sign-in service failed.")
        if answer.is_error:
            raise ServiceRefusedError("The sign-in service did not take the code.")
        return _object(answer)

    def _verified(self, token: str) -> jwt.Token:
        offered = self._described().get("id_token_signing_alg_values_supported", ["RS256"])
        registry = JWSRegistry(
            algorithms=sorted(_SIGNATURES & set(offered)), strict_check_header=False
        )
        try:
            return jwt.decode(token, self._keys or self._fetch_keys(), registry=registry)
        except InvalidKeyIdError:
            # The service has changed its keys since we asked for them.
            return jwt.decode(token, self._fetch_keys(), registry=registry)

    def _fetch_keys(self) -> KeySet:
        answer = self._asked("GET", self._place("jwks_uri"))
        try:
            self._keys = KeySet.import_key_set(_object(answer.raise_for_status()))  # type: ignore[arg-type]  # checked there
        except (httpx.HTTPStatusError, JoseError, ValueError, TypeError, KeyError):
            raise ServiceAwayError("The sign-in service does not show its keys.") from None
        return self._keys

    def _place(self, name: str) -> str:
        place = self._described().get(name)
        if not isinstance(place, str) or not is_safe_address(place):
            msg = f"The sign-in service names no safe {name}."
            raise ServiceAwayError(msg)
        return place

    def _described(self) -> dict[str, Any]:
        """What the service says of itself, asked again every ten minutes."""
        with self._lock:
            if self._metadata and time.monotonic() - self._fetched < _KEPT_SECONDS:
                return self._metadata
        place = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
        answer = self._asked("GET", place)
        if answer.is_error:
            raise ServiceAwayError("The sign-in service does not describe itself.")
        described = _object(answer)
        if described.get("issuer") != self.issuer:
            raise ServiceAwayError("The sign-in service gives itself another name.")
        with self._lock:
            self._metadata, self._fetched = described, time.monotonic()
        return described

    def _asked(self, method: str, address: str, **more: Any) -> httpx.Response:  # noqa: ANN401
        try:
            return httpx.request(method, address, timeout=_SECONDS, **more)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            msg = f"The sign-in service does not answer: {type(error).__name__}"
            raise ServiceAwayError(msg) from None


def _object(answer: httpx.Response) -> dict[str, Any]:
    try:
        given = answer.json()
    except (json.JSONDecodeError, UnicodeDecodeError):
        given = None
    if not isinstance(given, dict):
        raise ServiceAwayError("The sign-in service does not answer as one does.")
    return given
