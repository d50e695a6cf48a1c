"""Secrets found and false alarms in made-up files: ours beside detect-secrets, neither of which verifies anything.

`python -m tests.bench.secrets` prints a table. detect-secrets must be installed by hand: `pip install detect-secrets`.
"""

import base64
import random
import socket
import string
import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path

from detectors.text.deadline import Deadline
from detectors.text.rule_choice import rule_of
from detectors.text.secrets.catalog import secret_recognizers

ROUNDS = 20
ALNUM = string.ascii_letters + string.digits
HEX = "0123456789abcdef"
URLSAFE = ALNUM + "-_"
BASE64 = ALNUM + "+/"

PICK = random.Random(5)


def of(alphabet: str, length: int) -> str:
    return "".join(PICK.choices(alphabet, k=length))


Make = Callable[[], str]

TOKENS: dict[str, Make] = {
    "AWS id": lambda: "AKIA" + of(string.ascii_uppercase + "234567", 16),
    "GitHub": lambda: "ghp_" + of(ALNUM, 36),
    "GitLab": lambda: "glpat-" + of(URLSAFE, 20),
    "Slack": lambda: "xoxb-" + of(string.digits, 12) + "-" + of(string.digits, 12) + "-" + of(ALNUM, 24),
    "Stripe": lambda: "sk_live_" + of(ALNUM, 24),
    "SendGrid": lambda: "SG." + of(URLSAFE, 22) + "." + of(URLSAFE, 43),
    "Mailchimp": lambda: of(HEX, 32) + "-us12",
    "npm": lambda: "npm_" + of(ALNUM, 36),
    "PyPI": lambda: "pypi-AgEIcHlwaS5vcmc" + of(URLSAFE, 70),
    "Square": lambda: "sq0csp-" + of(URLSAFE, 43),
    "Twilio": lambda: "SK" + of(HEX, 32),
    "Telegram": lambda: of("123456789", 10) + ":AA" + of(URLSAFE, 33),
    "OpenAI": lambda: "sk-" + of(ALNUM, 20) + "T3BlbkFJ" + of(ALNUM, 20),
    "Anthropic": lambda: "sk-ant-api03-" + of(URLSAFE, 93) + "AA",
    "Google": lambda: "AIza" + of(URLSAFE, 35),
    "DigitalOcean": lambda: "dop_v1_" + of(HEX, 64),
    "Databricks": lambda: "dapi" + of(HEX, 32),
    "Vault": lambda: "hvs." + of(URLSAFE, 90),
    "Terraform": lambda: of(ALNUM, 14) + ".atlasv1." + of(URLSAFE, 67),
    "Grafana": lambda: "glsa_" + of(ALNUM, 32) + "_" + of(HEX, 8),
    "Shopify": lambda: "shpat_" + of(HEX, 32),
    "Entra": lambda: of(ALNUM, 3) + "8Q~" + of(ALNUM + "_.~-", 34),
    "Hugging Face": lambda: "hf_" + of(string.ascii_letters, 34),
    "Groq": lambda: "gsk_" + of(ALNUM, 52),
}
PLACES = {
    "env": "DEBUG=1\nX_KEY={}\nREGION=eu\n", "yaml": "a:\n  x_key: {}\n  b: 2\n", "py": "x_key = '{}'\n",
    "json": '{{"name": "a", "xKey": "{}"}}\n', "tf": 'resource "a" "b" {{\n  x_key = "{}"\n}}\n',
    "log": "12:00 > GET /v1/a HTTP/1.1\n12:00 > X-Key: {}\n12:00 < 200\n",
}  # fmt: skip
NAMED: dict[str, Make] = {
    "env password": lambda: f"DB_PASSWORD={of(ALNUM, 14)}7a\n",
    "yaml password": lambda: f"db:\n  password: {of(ALNUM, 14)}7a\n",
    "py password": lambda: f'password = "{of(ALNUM + "!&-", 14)}7a"\n',
    "AWS secret key": lambda: f'aws_secret_access_key = "{of(BASE64, 40)}"\n',
    "Datadog key": lambda: f"DATADOG_API_KEY={of(HEX, 32)}\n",
    "database URL": lambda: f"DATABASE_URL=postgresql://app:{of(ALNUM, 12)}@db.internal:5432/x\n",
    "basic URL": lambda: f"git clone https://bot:{of(ALNUM, 16)}@git.example.com/a.git\n",
    "curl basic": lambda: "curl -H 'Authorization: Basic "
    + base64.b64encode(f"bot:{of(ALNUM, 12)}".encode()).decode() + "' https://x\n",
    "curl bearer": lambda: f"> Authorization: Bearer {of(ALNUM, 40)}\n",
    "curl -u": lambda: f"curl -u bot:{of(ALNUM, 12)} https://api.example.com\n",
    "netrc": lambda: f"machine api.example.com login bot password {of(ALNUM, 12)}\n",
    "a sentence": lambda: f"My password is {of(ALNUM, 9)}7a!x and I can't log in.\n",
    "private key": lambda: f"-----BEGIN PRIVATE {'KEY'}-----\n{of(BASE64, 64)}\n-----END PRIVATE {'KEY'}-----\n",
}  # fmt: skip
DECOYS: dict[str, Make] = {
    "UUID": lambda: f'id = "{uuid.UUID(int=PICK.getrandbits(128))}"\n',
    "git hash": lambda: f'commit = "{of(HEX, 40)}"\n',
    "SHA-256": lambda: f'"sha256": "{of(HEX, 64)}"\n',
    "lock file": lambda: f'"integrity": "sha512-{of(BASE64, 86)}=="\n',
    "picture": lambda: f'src = "data:image/png;base64,{of(BASE64, 400)}"\n',
    "colour": lambda: f'color = "#{of(HEX, 6)}"\n',
    "placeholder": lambda: 'password = "your-password-here"\napi_key: ${API_KEY}\n',
    "masked token": lambda: f'token = "ghp_{"x" * 36}"\n'.replace("ghp_", "dop_v1_"),
    "environment": lambda: 'password = os.environ["DB_PASSWORD"]\nsecret: SecretSource\n',
    "form": lambda: '<input type="password" name="password" id="pwd">\n',
    "public key": lambda: f"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5{of(BASE64, 48)} me@host\n",
    "file name": lambda: f'src = "/static/js/main.{of(HEX, 20)}.chunk.js"\n',
    "trace id": lambda: f"trace_id={of(HEX, 32)} span_id={of(HEX, 16)}\n",
    "URL without login": lambda: "postgresql://db.internal:5432/x https://example.com:8443/a@2x.png\n",
    "prose": lambda: "The secret: read the token's documentation, then choose a password.\n",
}
RULES = [rule_of(recognizer) for recognizer in secret_recognizers()]


def ours(text: str, _kind: str) -> bool:
    return any(rule.find(text, range(len(rule.gates)), Deadline(60)) for rule in RULES)


def theirs(text: str, kind: str) -> bool:
    """Ask detect-secrets, all its plugins on and all its filters but verification."""
    from detect_secrets.core.scan import scan_file
    from detect_secrets.settings import default_settings, get_settings

    with tempfile.TemporaryDirectory() as folder, default_settings():
        get_settings().disable_filters("detect_secrets.filters.common.is_ignored_due_to_verification_policies")
        file = Path(folder) / f"sample.{kind}"
        file.write_text(text)
        return any(True for _ in scan_file(str(file)))


def refuse(*_: object) -> None:
    raise OSError("nothing is verified over the network here")


def rates(find: Callable[[str, str], bool]) -> dict[str, dict[str, float]]:
    """Give the share of samples in which something is found, by kind, from the same samples for all."""
    PICK.seed(5)
    planted = {name: [(place.format(make()), kind) for kind, place in PLACES.items() for _ in range(ROUNDS // 5)]
               for name, make in TOKENS.items()}  # fmt: skip
    named = {name: [(make(), "txt") for _ in range(ROUNDS)] for name, make in NAMED.items()}
    decoys = {name: [(make(), "txt") for _ in range(ROUNDS)] for name, make in DECOYS.items()}
    return {
        title: {name: sum(find(*one) for one in many) / len(many) for name, many in samples.items()}
        for title, samples in {"tokens": planted, "named": named, "decoys": decoys}.items()
    }


def main() -> None:
    socket.socket.connect = refuse
    mine, other = rates(ours), rates(theirs)
    for title, kinds in mine.items():
        print(f"{title:24}{'ours':>8}{'detect-secrets':>16}")
        for name, rate in kinds.items():
            print(f"  {name:22}{rate:8.2f}{other[title][name]:16.2f}")
        mean = [sum(one[title].values()) / len(kinds) for one in (mine, other)]
        print(f"  {'all':22}{mean[0]:8.2f}{mean[1]:16.2f}")


if __name__ == "__main__":
    main()
