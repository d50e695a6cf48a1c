"""Passwords and keys that only the name tells to which they are given: in code, settings, commands and sentences."""

from typing import Final

import regex

from detectors.text.gates import Gate
from detectors.text.scans import Mark
from detectors.text.secrets.checks import looks_random, mixes_three, not_filler
from detectors.text.secrets.kind import ASSIGNED, Form, Kind

_NAME = (
    r"(?i:pass(?:word|wd|phrase|code)|pwd|secret(?:[_-]?key)?|(?:api|access|private|auth|encryption|signing|master)[_-]?key"
    r"|token)"
)
_BEFORE_SIGN = rf"{_NAME}[\"']?\]?\s{{0,4}}"
_QUOTED = r"[:=][>=]?\s{0,4}[bru]?[\"'`]"
_SIGN = Mark(regex.compile(f"{_QUOTED}(?<={_BEFORE_SIGN}{_QUOTED})"), 24, 260)
"""Where a value in quotes begins: before it a name of 14 letters and 6 marks at most, then the value."""

_VARIABLE = r"[A-Z0-9_]{0,40}(?:PASSWORD|PASSWD|PWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY)(?:_[A-Z0-9]{1,20})?"
_VARIABLE_GATE = Gate(
    r"(?:PASSWORD|PASSWD|PWD|SECRET|TOKEN|API_?KEY|ACCESS_?KEY)[A-Z0-9_]{0,21}\s?=\s?[^\s]{8}", caseless=False
)
_ASKED = r"(?:api[_-]?key|access[_-]?token|auth[_-]?token|client[_-]?secret|password|secret|token)"
_PARAGRAPH = r"(?:[ \t]{1,8}[A-Za-z0-9_.-]{1,253}:[ \t]{1,4}[^\s]{4,8192}(?:\n|\Z)){1,64}"

ASSIGNMENTS: Final = (
    Kind(
        "SECRET_ASSIGNMENT",
        "value assigned to a password, key or token",
        (
            Form(
                rf"{_BEFORE_SIGN}(?:=>|:=|[:=])\s{{0,4}}[bru]?[\"'`]\K[^\s\"'`]{{8,256}}(?=[\"'`])",
                ASSIGNED,
                mark=_SIGN,
            ),
            Form(rf"^\s{{0,8}}(?:export\s{{1,4}})?{_VARIABLE}\s?=\s?\K[^\s\"'`;,]{{8,256}}$", ASSIGNED, _VARIABLE_GATE),
            # Beside others in a line, what has brackets is code: `TOKEN=get_token(session1) and ...`.
            Form(
                rf"(?:^|(?<=[\s;])){_VARIABLE}\s?=\s?\K[^\s\"'`;,()\[\]{{}}<>]{{8,256}}(?=\s|;|$)",
                ASSIGNED,
                _VARIABLE_GATE,
            ),
            Form(
                r"(?i)\b(?:password|pwd)=\K[^\s\"';&]{8,256}(?=;)",
                ASSIGNED,
                Gate("(?:password|pwd)="),
            ),
            Form(
                rf"^[ \t-]{{0,40}}[A-Za-z0-9_.-]{{0,40}}?{_NAME}[\"']?[ \t]{{0,4}}[:=][ \t]{{1,4}}\K"
                r"(?![^\s0-9]{0,256}(?:\s|$))[^\s\"'`,;{}\[\]()<>$|&*!@#%/~.][^\s\"'`,;()<>\[\]]{7,255}[ \t]{0,4}$",
                ASSIGNED,
                Gate(r"(?:pass(?:word|wd|phrase|code)|pwd|secret|key|token)[\"']?[ \t]{0,4}[:=][ \t]{1,4}[^\s\"'(]{8}"),
            ),
            Form(
                rf"(?i:[?&]{_ASKED})=\K[^\s\"'`&#<>]{{12,512}}",
                ASSIGNED,
                Gate(r"[?&](?:api|access|auth|client|password|secret|token)[a-z_-]{0,8}=[^\s]{12}"),
            ),
            Form(
                r"(?i:identified\s{1,4}by|password)\s{1,4}'\K[^\s']{8,256}(?=')",
                ASSIGNED,
                Gate(r"(?:by|password)\s{1,4}'"),
            ),
            Form(
                r"(?<!\S)(?i:--?(?:password|passwd|pass|token|secret|api-?key|access-?token))[ =][\"']?"
                r"\K[^\s\"'`]{8,512}",
                ASSIGNED,
                Gate(r"-(?:pass(?:word|wd)?|token|secret|api-?key|access-?token)[ =]"),
            ),
            Form(
                r"<(?i:password|passwd|secret|token|api-?key)>\s{0,4}\K[^\s<>]{8,256}(?=\s{0,4}</)",
                ASSIGNED,
                Gate("<(?:pass|secret|token|api)"),
            ),
        ),
        looks_random,
    ),
    Kind(
        "SECRET_PASSWORD",
        "password told in a sentence, of three kinds of characters",
        (
            Form(
                r"(?i:password|passphrase|passcode|passwort)(?i:\s(?:is|was|ist)(?:\snow)?:?|:)\s{1,2}[\"'`]?\K"
                r"[^\s\"'`<>]{8,64}(?<![.,;:!?)])",
                ASSIGNED,
                Gate(r"(?:password|passphrase|passcode|passwort)(?:\s(?:is|was|ist)|:\s)"),
            ),
        ),
        mixes_three,
    ),
    Kind(
        "SECRET_KUBERNETES",
        "data of a Kubernetes Secret",
        (
            Form(
                r"^kind: Secret[ \t]{0,4}\n(?:[^\n]{1,400}\n){0,40}?(?:stringData|data):[ \t]{0,4}\n"
                rf"\K{_PARAGRAPH}",
                gate=Gate("^kind: Secret", caseless=False),
            ),
            Form(
                rf"^data:[ \t]{{0,4}}\n\K{_PARAGRAPH}(?=kind: Secret[ \t]{{0,4}}$)",
                gate=Gate("^kind: Secret", caseless=False),
            ),
        ),
        not_filler,
    ),
)
