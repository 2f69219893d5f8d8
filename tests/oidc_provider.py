"""A small OpenID Connect provider of our own: `python oidc_provider.py PORT`, until it is ended.

It signs real tokens, checks PKCE and hands out each code once. `/behave?…` says what its next
token claims; an empty one makes it honest again.
"""

import base64
import hashlib
import json
import secrets
import sys
import time
from urllib.parse import urlencode

import flask
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET = "partnerlens", "shared with nobody else"
HONEST = {
    "sub": "subject-1",
    "email": "ann@partner.example",
    "email_verified": True,
    "name": "Ann",
}


def provider(issuer):
    """Return the provider as a web app."""
    web = flask.Flask("provider")
    key, foreign = (RSAKey.generate_key(2048, parameters={"kid": k}) for k in ("a", "a"))
    codes, claims = {}, {}

    @web.get("/.well-known/openid-configuration")
    def discovery():
        return {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/jwks",
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    @web.get("/jwks")
    def jwks():
        return KeySet([key]).as_dict(private=False)

    @web.get("/behave")
    def behave():
        claims.clear()
        claims.update(json.loads(flask.request.args.get("claims", "{}")))
        return "OK"

    @web.get("/authorize")
    def authorize():
        asked = flask.request.args
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"]
        code = secrets.token_urlsafe()
        codes[code] = asked.to_dict()
        answer = urlencode({"code": code, "state": asked["state"]})
        return flask.redirect(f"{asked['redirect_uri']}?{answer}")

    @web.post("/token")
    def token():
        form = flask.request.form
        basic = flask.request.authorization
        asked = codes.pop(form["code"], None)
        if asked is None or not basic or (basic.username, basic.password) != (CLIENT, SECRET):
            return {"error": "invalid_grant"}, 400
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return {"error": "invalid_grant"}, 400
        now = int(time.time())
        said = {"iss": issuer, "aud": CLIENT, "iat": now, "exp": now + 300} | HONEST
        said |= {"nonce": asked["nonce"]} | claims
        signer = foreign if said.pop("foreign_key", False) else key
        header = {"alg": "RS256", "kid": "a"}
        said = {name: value for name, value in said.items() if value is not None}
        signed = jwt.encode(header, said, signer, algorithms=["RS256"])
        return {"access_token": "x", "token_type": "Bearer", "id_token": signed}

    return web


if __name__ == "__main__":
    port = int(sys.argv[1])
    make_server("127.0.0.1", port, provider(f"http://127.0.0.1:{port}")).serve_forever()
