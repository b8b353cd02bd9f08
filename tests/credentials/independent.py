"""Verifiers that are not ours: they see what the public addresses answer, and nothing else."""

import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from joserfc import jws
from joserfc.jwk import KeySet

NODE = Path(sys.executable).with_name("node")
SCRIPT = Path(__file__).with_name("verify.mjs")


def fetched(client, url: str) -> dict:
    """Return the JSON behind a public address that a credential names."""
    assert url.startswith(settings.PUBLIC_URL)
    answer = client.get(urlsplit(url).path)
    assert answer.status_code == 200, url
    return json.loads(answer.content)


def verify(client, credential: dict) -> dict:
    """Verify proof, key, issuer and status with the libraries of ``verify.mjs``."""
    addresses = [credential["issuer"]["id"], credential["credentialStatus"]["statusListCredential"]]
    documents = {url: fetched(client, url) for url in addresses}
    asked = json.dumps({"credential": credential, "documents": documents})
    done = subprocess.run(
        [NODE, SCRIPT], input=asked, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def read_token(client, token: str, agency: str = "north") -> dict:
    """Verify a token under the published keys and return what it says.

    Raises what ``joserfc`` raises where the signature does not fit.
    """
    keys = client.get(f"/public/{agency}/credentials/issuer/jwks.json").json()
    checked = jws.deserialize_compact(token, KeySet.import_key_set(keys), algorithms=["EdDSA"])
    assert checked.headers()["typ"] == "vc+jwt"
    return json.loads(checked.payload)
