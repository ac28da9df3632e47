"""An OpenID provider as a process of its own: `python provider.py`, prints where it listens.

The provider is the package's; around it stand what it does not check itself (the client's secret,
PKCE) and what no honest one does: `PUT /faults` makes its next tokens wrong, as they are told.
"""

import base64
import hashlib
import json
import sys
import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import flask
import oidc_provider_mock
from joserfc import jwt
from joserfc.jwk import RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET = "kinbind", "shared with the service"
PEOPLE = {
    "u-1001": {"email": "lin@example.org", "email_verified": True},
    "u-1002": {"email": "wang@example.org", "email_verified": False},
    "u-9999": {"email": "nobody@example.org", "email_verified": True},
}
FAULTS: dict[str, Any] = {}
CHALLENGES: dict[str, str] = {}
OTHER_KEY = RSAKey.generate_key(2048)

app = oidc_provider_mock.app(
    require_nonce=True,
    user_claims=[oidc_provider_mock.User(sub=sub, claims=claims) for sub, claims in PEOPLE.items()],
)


@app.put("/faults")
def be_wrong():
    """Take the faults of the next answers: claims, key, alg, metadata, down."""
    FAULTS.clear()
    FAULTS.update(flask.request.get_json())
    return ""


@app.before_request
def check():
    """Refuse clients and codes that cannot prove themselves."""
    path = flask.request.path
    if FAULTS.get("down") and path != "/faults":
        return "down", 503
    if path == "/oauth2/authorize" and flask.request.args.get("code_challenge_method") != "S256":
        return "PKCE is asked for", 400
    if path == "/oauth2/token":
        given = flask.request.authorization
        if given is None or (given.username, given.password) != (CLIENT, SECRET):
            return {"error": "invalid_client"}, 401
        verifier = flask.request.form["code_verifier"].encode()
        digest = base64.urlsafe_b64encode(hashlib.sha256(verifier).digest()).rstrip(b"=")
        if CHALLENGES.get(flask.request.form["code"]) != digest.decode():
            return {"error": "invalid_grant"}, 400
    return None


@app.after_request
def alter(response):
    """Remember what a code is bound to; put the faults in."""
    path = flask.request.path
    if path == "/oauth2/authorize" and "location" in response.headers:
        answer = parse_qs(urlsplit(response.headers["location"]).query)
        for code in answer.get("code", ()):
            CHALLENGES[code] = flask.request.args["code_challenge"]
    if path.endswith("/openid-configuration") and "metadata" in FAULTS:
        response.set_data(json.dumps(response.get_json() | FAULTS["metadata"]))
    if path == "/oauth2/token" and response.status_code == 200 and FAULTS:
        body = response.get_json()
        body["id_token"] = signed_again(body["id_token"])
        response.set_data(json.dumps(body))
    return response


def signed_again(token):
    """The token with other claims, key or algorithm."""
    head, body, _ = token.split(".")
    header, claims = (json.loads(base64.urlsafe_b64decode(part + "==")) for part in (head, body))
    claims |= FAULTS.get("claims", {})
    if "ages" in FAULTS:
        claims |= {"exp": int(time.time()) - FAULTS["ages"], "iat": int(time.time()) - 7200}
    for gone in FAULTS.get("without", ()):
        claims.pop(gone, None)
    if FAULTS.get("alg") == "none":
        parts = ({"alg": "none"}, claims)
        plain = (base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=") for p in parts)
        return b".".join((*plain, b"")).decode()
    key = flask.g.oidc_provider_mock_storage.jwk.as_dict(is_private=True)
    own = RSAKey.import_key(key)
    return jwt.encode(header, claims, OTHER_KEY if FAULTS.get("key") == "other" else own)


if __name__ == "__main__":
    server = make_server("localhost", 0, app, threaded=True)
    sys.stdout.write(f"http://localhost:{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()
