"""Private keys in the forms that tools write, and tokens that are signed with one."""

from typing import Final

from detectors.text.gates import Gate
from detectors.text.secrets.checks import age_key, bitcoin_key, jwt_header
from detectors.text.secrets.kind import BASE64, LIKELY, URLSAFE, Form, Kind, token

_PEM_END = r"-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
_PEM = r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----"
_PEM_GATE = Gate("PRIVATE KEY", caseless=False)
_PUTTY = r"PuTTY-User-Key-File-[123]: [\s\S]{0,4096}?Private-Lines: \d{1,4}\s{1,2}"

PRIVATE_KEYS: Final = (
    Kind(
        "SECRET_PRIVATE_KEY",
        "private key: PEM, PGP or PuTTY, whole or cut off; JWK, XML, WireGuard",
        (
            Form(rf"{_PEM}(?:(?!-----)[\s\S]|-----(?!END |BEGIN )){{16,16384}}{_PEM_END}", 1.0, _PEM_GATE),
            Form(rf"{_PEM}[\sA-Za-z0-9+/=\\]{{32,16384}}", 1.0, _PEM_GATE),
            Form(rf"{_PUTTY}\K[A-Za-z0-9+/=\s]{{32,8192}}", 1.0, Gate("PuTTY-User-Key-File-", caseless=False)),
            Form(
                rf'"kty"\s?:\s?"(?:RSA|EC|OKP)"[^{{}}]{{0,4096}}?"d"\s?:\s?"\K{URLSAFE}{{40,1400}}(?=")',
                1.0,
                Gate('"kty"', caseless=False),
            ),
            Form(rf'"d"\s?:\s?"\K{URLSAFE}{{40,1400}}(?="[^{{}}]{{0,4096}}"kty")', 1.0, Gate('"kty"', caseless=False)),
            Form(r"<D>\s{0,4}\K[A-Za-z0-9+/\s]{64,1400}={0,2}(?=\s{0,4}</D>)", 1.0, Gate("</D>", caseless=False)),
            Form(
                rf"\b(?:PrivateKey|PresharedKey)\s?=\s?\K{BASE64}{{42}}[AEIMQUYcgkosw048]=",
                1.0,
                Gate("PrivateKey|PresharedKey", caseless=False),
            ),
        ),
    ),
    Kind(
        "SECRET_AGE_KEY",
        "age secret key (Bech32)",
        (token("AGE-SECRET-KEY-1", "[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}"),),
        age_key,
    ),
    Kind(
        "SECRET_BITCOIN_KEY",
        "Bitcoin private key (Base58Check)",
        (
            token("xprv[1-9A-HJ-NP-Za-km-z]{8}", "[1-9A-HJ-NP-Za-km-z]{99,100}"),
            token("[5KL][1-9A-HJ-NP-Za-km-z]{50,51}", "", gate="[5KL][1-9A-HJ-NP-Za-km-z]{50}"),
        ),
        bitcoin_key,
    ),
    Kind(
        "SECRET_JWT",
        "JSON web token (header names an algorithm)",
        (
            token(
                "ey",
                rf"{URLSAFE}{{10,4096}}\.{URLSAFE}{{0,8192}}(?:\.{URLSAFE}{{10,8192}}){{1,3}}",
                "",
                score=LIKELY,
                gate=rf"ey{URLSAFE}{{10}}",
            ),
        ),
        jwt_header,
    ),
)
