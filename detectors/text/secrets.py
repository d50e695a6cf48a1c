r"""Secrets: keys, tokens and passwords, as Presidio recognisers of ours, searched in the same pass as personal data.

A pattern that names its vendor scores 0.9, a shape that others could share less, a secret with a proof of its own 1.0.
`\K` in a pattern starts the hit there: of `password = "..."` only the value is the secret.
"""

from collections.abc import Callable

import regex
from presidio_analyzer import Pattern, PatternRecognizer

from detectors.text.secret_checks import github_checksum, jwt_header, looks_random, url_password

VERSION = "2"
"""Changes with any pattern or check here."""

Check = Callable[[str], bool | None]

NAMED = 0.9
LIKELY = 0.7
ASSIGNED = 0.6

_FLAGS = regex.MULTILINE | regex.DOTALL
_START = r"(?<![A-Za-z0-9_-])"
_END = r"(?![A-Za-z0-9_-])"
_SCHEMES = (
    r"(?:postgres(?:ql)?|mysql|mariadb|mssql|sqlserver|oracle|mongodb|rediss?|amqps?|clickhouse|cockroachdb|nats|ldaps?"
    r"|smtps?)"
)
_CREDENTIALS = r"[^\s:/?#@\"'<>]{0,64}:[^\s/?#@\"'<>]{3,256}@[A-Za-z0-9\[][^\s\"'<>)]{1,512}"
_NAME = r"(?i:pass(?:word|wd|phrase)|pwd|secret(?:[_-]?key)?|(?:api|access|private)[_-]?key|token)"
_VARIABLE = r"[A-Z0-9_]{0,40}(?:PASSWORD|PASSWD|PWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY)(?:_[A-Z0-9]{1,20})?"
_BASE64URL = "[A-Za-z0-9_-]"
_GITLAB = r"gl(?:pat|dt|rt|rtr|cbt|ptt|ft|soat|agent|imt)-"
_PEM_END = r"-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
_PEM = r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----"


class SecretRecognizer(PatternRecognizer):
    """One kind of secret. `check` may prove (True, scores 1.0) or disprove (False, dropped) a hit."""

    def __init__(self, label: str, patterns: dict[str, float], check: Check | None = None) -> None:
        named = [Pattern(label.lower(), expression, score) for expression, score in patterns.items()]
        super().__init__(label, patterns=named, name=label, global_regex_flags=_FLAGS, version=VERSION)
        self._check = check

    def validate_result(self, pattern_text: str) -> bool | None:
        """Give the check's verdict on a hit."""
        return self._check(pattern_text) if self._check else None


def secret_recognizers() -> list[PatternRecognizer]:
    """Make the recognisers of all kinds of secrets. Every label starts with `SECRET_`."""
    return [*_cloud(), *_developer(), *_model_providers(), *_shapes()]


def _cloud() -> list[PatternRecognizer]:
    return [
        SecretRecognizer("SECRET_AWS_ACCESS_KEY_ID", {rf"{_START}(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{{16}}{_END}": NAMED}),
        SecretRecognizer(
            "SECRET_AWS_SECRET_KEY",
            {
                r"(?i:aws|secret|s3)[^\n]{0,40}?(?i:key)[^\nA-Za-z0-9/+]{1,10}\K"
                r"(?<![A-Za-z0-9/+])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])": NAMED
            },
            looks_random,
        ),
        SecretRecognizer(
            "SECRET_GOOGLE_KEY",
            {
                rf"{_START}AIza[A-Za-z0-9_-]{{35}}{_END}": NAMED,
                rf"{_START}GOCSPX-[A-Za-z0-9_-]{{28}}{_END}": NAMED,
                rf"{_START}ya29\.[A-Za-z0-9_-]{{30,2048}}": NAMED,
            },
        ),
        SecretRecognizer(
            "SECRET_AZURE_KEY",
            {r"\b(?:AccountKey|SharedAccessKey)=\K[A-Za-z0-9+/]{43,86}={0,2}(?![A-Za-z0-9+/=])": NAMED},
        ),
    ]


def _developer() -> list[PatternRecognizer]:
    return [
        SecretRecognizer(
            "SECRET_GITHUB_TOKEN",
            {
                rf"{_START}gh[pousr]_[A-Za-z0-9]{{36}}{_END}": NAMED,
                rf"{_START}github_pat_[A-Za-z0-9]{{22}}_[A-Za-z0-9]{{59}}{_END}": NAMED,
            },
            github_checksum,
        ),
        SecretRecognizer("SECRET_NPM_TOKEN", {rf"{_START}npm_[A-Za-z0-9]{{36}}{_END}": NAMED}, github_checksum),
        SecretRecognizer("SECRET_PYPI_TOKEN", {rf"{_START}pypi-AgE[A-Za-z0-9_-]{{50,1024}}": NAMED}),
        SecretRecognizer(
            "SECRET_GITLAB_TOKEN",
            {rf"{_START}{_GITLAB}[A-Za-z0-9_.-]{{20,300}}": NAMED},
        ),
        SecretRecognizer(
            "SECRET_SLACK_TOKEN",
            {
                rf"{_START}xox[abeoprs](?:\.xox[bp])?-[A-Za-z0-9-]{{10,250}}": NAMED,
                rf"{_START}xapp-\d-[A-Za-z0-9-]{{20,250}}": NAMED,
                r"https://hooks\.slack\.com/(?:services|workflows)/[A-Za-z0-9/+_-]{20,120}": NAMED,
            },
        ),
        SecretRecognizer(
            "SECRET_STRIPE_KEY",
            {
                rf"{_START}[sr]k_(?:live|test)_[A-Za-z0-9]{{16,247}}{_END}": NAMED,
                rf"{_START}whsec_[A-Za-z0-9+/]{{24,128}}": NAMED,
            },
        ),
        SecretRecognizer(
            "SECRET_SENDGRID_KEY", {rf"{_START}SG\.[A-Za-z0-9_-]{{22}}\.[A-Za-z0-9_-]{{43}}{_END}": NAMED}
        ),
    ]


def _model_providers() -> list[PatternRecognizer]:
    return [
        SecretRecognizer(
            "SECRET_OPENAI_KEY",
            {
                rf"{_START}sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{{20,256}}{_END}": NAMED,
                rf"{_START}sk-[A-Za-z0-9]{{32,64}}{_END}": LIKELY,
            },
        ),
        SecretRecognizer(
            "SECRET_ANTHROPIC_KEY", {rf"{_START}sk-ant-[a-z]{{2,8}}\d{{2}}-[A-Za-z0-9_-]{{20,256}}{_END}": NAMED}
        ),
        SecretRecognizer("SECRET_HUGGINGFACE_TOKEN", {rf"{_START}hf_[A-Za-z0-9]{{34,40}}{_END}": NAMED}),
    ]


def _shapes() -> list[PatternRecognizer]:
    return [
        SecretRecognizer(
            "SECRET_PRIVATE_KEY",
            {
                rf"{_PEM}(?:(?!-----)[\s\S]|-----(?!END |BEGIN )){{16,16384}}{_PEM_END}": 1.0,
                rf"{_PEM}[\sA-Za-z0-9+/=\\]{{32,16384}}": 1.0,
            },
        ),
        SecretRecognizer(
            "SECRET_JWT",
            {rf"{_START}ey{_BASE64URL}{{10,4096}}\.{_BASE64URL}{{0,8192}}(?:\.{_BASE64URL}{{10,8192}}){{1,3}}": LIKELY},
            jwt_header,
        ),
        SecretRecognizer(
            "SECRET_CONNECTION_STRING",
            {rf"\b{_SCHEMES}(?:\+[a-z0-9]{{1,20}})?://{_CREDENTIALS}": NAMED},
            url_password,
        ),
        SecretRecognizer(
            "SECRET_BASIC_AUTH_URL", {rf"\b(?:https?|ftps?|ssh|git)://{_CREDENTIALS}": NAMED}, url_password
        ),
        SecretRecognizer(
            "SECRET_ASSIGNMENT",
            {
                rf"{_NAME}[\"']?\s{{0,4}}(?:=>|:=|[:=])\s{{0,4}}[bru]?[\"'`]\K[^\s\"'`]{{8,256}}(?=[\"'`])": ASSIGNED,
                rf"^\s{{0,8}}(?:export\s{{1,4}})?{_VARIABLE}\s?=\s?\K[^\s\"'`;,]{{8,256}}$": ASSIGNED,
                r"(?i)\b(?:password|pwd)=\K[^\s\"';&]{8,256}(?=;)": ASSIGNED,
            },
            looks_random,
        ),
    ]
