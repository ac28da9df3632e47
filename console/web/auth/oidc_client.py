"""The organisation's own sign-in service: authlib's OpenID Connect client, held to our rules.

It says who somebody is and nothing else: what they may do here stands in our own register.
"""

import asyncio
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth, StarletteOAuth2App
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from models.errors import KinbindError, SettingError
from storage.setting_values import is_safe_address
from storage.settings import PREFIX, Settings

_TIMEOUT_SECONDS: Final = 5.0
"""For each answer of the service; somebody waits before a page."""
_METADATA_SECONDS: Final = 600.0
_LEEWAY_SECONDS: Final = 60
"""By which the service's clock and this one may differ."""
_SIGNATURES: Final = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
"""Signatures with a key of the service's own; a shared secret or none at all proves nothing."""
_ENDPOINTS: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")


class ServiceUnavailableError(KinbindError):
    """The sign-in service did not answer, or its answer does not follow the protocol."""


class ServiceRefusedError(KinbindError):
    """The answer of the sign-in service does not prove who somebody is."""


class SignInRedirect(NamedTuple):
    """What is remembered while somebody is at the service.

    Attributes:
        state: Comes back with the answer; binds it to this browser.
        nonce: Comes back inside the token; binds it to this attempt.
        code_verifier: Proves that who asked is who fetches (PKCE).
    """

    state: str
    nonce: str
    code_verifier: str


class OidcClient:
    """One provider, and what this console is to it. Methods block: call them in a thread."""

    def __init__(self, settings: Settings) -> None:
        """Take the settings; nothing is asked of the service yet.

        Raises:
            SettingError: The client's name is missing, or its secret cannot be read.
        """
        if not settings.oidc_issuer or not settings.oidc_client_id:
            names = f"{PREFIX}OIDC_ISSUER, {PREFIX}OIDC_CLIENT_ID"
            msg = f"{names} 须同时设置，请补上缺少的一项。Set both of {names}, or neither."
            raise SettingError(msg)
        self.issuer = settings.oidc_issuer
        self._claim = settings.oidc_claim
        self._registered: dict[str, object] = {
            "client_id": settings.oidc_client_id,
            "client_secret": settings.oidc_secret or None,
            "server_metadata_url": f"{self.issuer.rstrip('/')}/.well-known/openid-configuration",
            "client_kwargs": {
                "scope": "openid" if self._claim == "sub" else "openid profile email",
                "code_challenge_method": "S256",
                "timeout": _TIMEOUT_SECONDS,
            },
        }
        self._prepared: tuple[StarletteOAuth2App, float] | None = None

    @classmethod
    def of(cls, settings: Settings) -> "OidcClient | None":
        """The service of these settings; None where there is none."""
        if settings.oidc_issuer is None and settings.oidc_client_id is None:
            return None
        return cls(settings)

    def begin(self, back: str) -> tuple[str, SignInRedirect]:
        """Where to send the browser, and what to remember until it is back.

        Args:
            back: Where the service sends it.

        Raises:
            ServiceUnavailableError: The service does not answer.
        """
        with _our_errors():
            begun = asyncio.run(self._client().create_authorization_url(back))
        return begun["url"], SignInRedirect(*(begun[name] for name in SignInRedirect._fields))

    def identify(self, code: str, back: str, redirect: SignInRedirect) -> str:
        """What the service calls the person who came back with this code.

        Raises:
            ServiceUnavailableError: The service does not answer.
            ServiceRefusedError: The code is not good, or the token not for us, now, and this
                attempt.
        """
        with _our_errors():
            client = self._client()
            claims = asyncio.run(self._redeem(client, code, back, redirect))
        if self._claim == "email" and claims.get("email_verified") is not True:
            raise ServiceRefusedError(
                "登录服务未核实该邮箱。The service has not verified the e-mail address."
            )
        identity = claims.get(self._claim)
        if not isinstance(identity, str) or not identity:
            raise ServiceRefusedError("登录令牌未说明是谁。The token does not say who this is.")
        return identity

    def end_session_url(self, back: str) -> str | None:
        """Where one also signs out of the service; None where it has no such address.

        Raises:
            ServiceUnavailableError: The service does not answer.
        """
        with _our_errors():
            client = self._client()
            if not is_safe_address(str(client.server_metadata.get("end_session_endpoint"))):
                return None
            leaving = client.create_logout_url(back, client_id=client.client_id)
            return str(asyncio.run(leaving)["url"])

    def check(self) -> str:
        """Ask the service for its description and its keys, and say so.

        Raises:
            ServiceUnavailableError: It does not answer, or not as the protocol wants.
        """
        with _our_errors():
            keys = KeySet.import_key_set(asyncio.run(self._client().fetch_jwk_set(force=True)))
        return f"{self.issuer} 应答正常 answers, {len(keys.keys)} 个密钥 keys"

    async def _redeem(
        self, client: StarletteOAuth2App, code: str, back: str, redirect: SignInRedirect
    ) -> Mapping[str, object]:
        """The claims of the token that the code stands for, each of them checked."""
        token = await client.fetch_access_token(
            redirect_uri=back, code=code, code_verifier=redirect.code_verifier
        )
        claims: Mapping[str, object] | None = await client.parse_id_token(
            token,
            nonce=redirect.nonce,
            claims_options={"iss": {"values": [self.issuer]}, "aud": {"value": client.client_id}},
            leeway=_LEEWAY_SECONDS,
        )
        if claims is None:
            raise ServiceRefusedError(
                "登录服务未给出身份令牌。The service gave no token that says who this is."
            )
        return claims

    def _client(self) -> StarletteOAuth2App:
        """The client with a description that was checked; it is asked for every ten minutes."""
        if self._prepared and time.monotonic() - self._prepared[1] < _METADATA_SECONDS:
            return self._prepared[0]
        client = OAuth().register("organisation", **self._registered)
        try:
            described = asyncio.run(client.load_server_metadata())
        except (ValueError, TypeError):
            raise ServiceUnavailableError(
                "登录服务未公布其配置。The sign-in service does not describe itself."
            ) from None
        client.server_metadata = _checked(described, self.issuer)
        methods = described.get("token_endpoint_auth_methods_supported")
        if client.client_secret and methods and "client_secret_basic" not in methods:
            client.client_kwargs["token_endpoint_auth_method"] = "client_secret_post"  # noqa: S105
        self._prepared = client, time.monotonic()
        return client


def _checked(described: Mapping[str, Any], issuer: str) -> dict[str, Any]:
    """What we use of a service's description; the rest cannot reach authlib's client.

    Raises:
        ServiceUnavailableError: It is another's, or names an address that anybody could listen to.
    """
    if described.get("issuer") != issuer:
        raise ServiceUnavailableError(
            "登录服务自称与设置不符。"
            "The sign-in service gives itself another name than its setting."
        )
    for name in _ENDPOINTS:
        if not is_safe_address(str(described.get(name))):
            msg = f"登录服务未给出安全的 {name}。The sign-in service names no safe {name}."
            raise ServiceUnavailableError(msg)
    offered = described.get("id_token_signing_alg_values_supported") or ["RS256"]
    kept = ("issuer", *_ENDPOINTS, "end_session_endpoint", "_loaded_at")
    return {name: described[name] for name in kept if name in described} | {
        "id_token_signing_alg_values_supported": sorted(_SIGNATURES.intersection(offered))
    }


@contextmanager
def _our_errors() -> Iterator[None]:
    """Turn the libraries' errors into ours; their words could quote a token."""
    try:
        yield
    except (httpx2.HTTPError, httpx2.InvalidURL, json.JSONDecodeError, UnicodeError) as error:
        kind = type(error).__name__
        msg = (
            f"登录服务应答异常（{kind}）。The sign-in service does not answer as it should: {kind}"
        )
        raise ServiceUnavailableError(msg) from None
    except (AuthlibBaseError, JoseError, ValueError, TypeError, KeyError) as error:
        kind = type(error).__name__
        msg = f"登录服务的应答无效（{kind}）。The answer of the sign-in service is not good: {kind}"
        raise ServiceRefusedError(msg) from None
