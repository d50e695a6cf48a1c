"""What HTTP clients and their kin send to say who they are: in `curl`, logs, `.netrc`."""

from typing import Final

from detectors.text.gates import Gate
from detectors.text.secrets.checks import basic_login, looks_random
from detectors.text.secrets.kind import Form, Kind

_AT = r"[\"']?\s?[:=,]\s{0,2}[\"']?"
_NAMES = (
    r"(?:x-[a-z-]{0,24}(?:key|token|secret)|api-?key|private-token|job-token|deploy-token|access-token|auth-token"
    r"|apikey|ocp-apim-subscription-key)"
)

HEADERS: Final = (
    Kind(
        "SECRET_BASIC_AUTHORIZATION",
        "name and password in an `Authorization` header",
        (
            Form(
                rf"(?i:authorization){_AT}(?i:basic)\s{{1,2}}\K[A-Za-z0-9+/]{{6,512}}={{0,2}}",
                gate=Gate(r"basic\s{1,2}[a-z0-9+/]{6}"),
            ),
        ),
        basic_login,
    ),
    Kind(
        "SECRET_AUTHORIZATION",
        "token in an HTTP header, or login for `curl` or in `.netrc`",
        (
            Form(
                rf"(?i:authorization){_AT}(?i:bearer|token|apikey|bot|key)\s{{1,2}}\K[A-Za-z0-9._~+/-]{{16,4096}}={{0,2}}",
                gate=Gate("authorization"),
            ),
            Form(
                rf"(?<![A-Za-z0-9-])(?i:{_NAMES})[\"']?:\s{{0,2}}[\"']?\K[A-Za-z0-9._~+/=-]{{16,1024}}(?![A-Za-z0-9])",
                gate=Gate(r"(?:key|token|secret)[\"']?:\s{0,2}[\"']?[A-Za-z0-9._~+/=-]{16}"),
            ),
            Form(
                r"(?<!\S)(?:-u|--user|--proxy-user)[ =][\"']?[A-Za-z0-9._@+-]{1,64}:\K[^\s\"'@/]{6,256}(?=[\"'\s]|$)",
                gate=Gate(r"-(?:u|-user|-proxy-user)[ =][^\s:]{1,65}:", caseless=False),
            ),
            Form(
                r"\bmachine\s{1,4}\S{1,253}\s{1,8}login\s{1,4}\S{1,256}\s{1,8}password\s{1,4}\K\S{4,256}",
                gate=Gate(r"machine\s", caseless=False),
            ),
        ),
        looks_random,
    ),
)
