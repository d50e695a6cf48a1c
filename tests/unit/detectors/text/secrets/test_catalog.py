"""Samples are put together from pieces, so that no scanner takes this file for a leak. None of them ever worked."""

import base64
import json
import random
import string

import pytest

from detectors.text.deadline import Deadline
from detectors.text.rule_choice import rule_of
from detectors.text.secrets.catalog import secret_recognizers

ALNUM = string.ascii_letters + string.digits
RULES = [rule_of(recognizer) for recognizer in secret_recognizers()]


def noise(length: int, alphabet: str = ALNUM) -> str:
    return "".join(random.Random(length).choices(alphabet, k=length))


def segment(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


def find(text: str) -> set[tuple[str, str]]:
    deadline = Deadline(30)
    return {
        (rule.label, text[hit.start : hit.end])
        for rule in RULES
        for hit in rule.find(text, range(len(rule.gates)), deadline)
    }


JWT = f"{segment({'alg': 'HS256', 'typ': 'JWT'})}.{segment({'sub': '1234567890'})}.{noise(43)}"
PEM = f"-----BEGIN RSA PRIVATE {'KEY'}-----\n" + "\n".join([noise(64)] * 3) + f"\n-----END RSA PRIVATE {'KEY'}-----"
DSN = "postgresql+psycopg://app:s3cr3t-Pa55@db.internal:5432/orders"
DISCORD = base64.b64encode(b"123456789012345678").decode() + "." + noise(6) + "." + noise(38)
AGE = "AGE-SECRET-KEY-1" + "GQ9778VQXMMJVE8SK7J6VT8UJ4HDQAJUVSFCWCM02D8GEWQ72PVQ2Y5J33"
"""The identity that age's own tests publish."""

TRUE = [
    ("SECRET_AWS_ACCESS_KEY_ID", "AKIA" + "IOSFODNN7EXAMPLE", "key {}"),
    ("SECRET_AWS_ACCESS_KEY_ID", "ASIA" + noise(16, string.ascii_uppercase + "234567"), "temporary: {}, valid"),
    ("SECRET_AWS_SECRET_KEY", noise(40), "aws_secret_access_key = {}"),
    ("SECRET_AWS_SECRET_KEY", noise(40, ALNUM + "/+"), '"SecretAccessKey": "{}"'),
    ("SECRET_GITHUB_TOKEN", "gh" + "p_" + noise(36), "use {} to push"),
    ("SECRET_GITHUB_TOKEN", "github" + "_pat_" + noise(22) + "_" + noise(59), "{}"),
    ("SECRET_GITLAB_TOKEN", "gl" + "pat-" + noise(20), "PRIVATE-TOKEN: {}"),
    ("SECRET_SLACK_TOKEN", "xo" + "xb-123456789012-123456789012-" + noise(24), "bot {}"),
    ("SECRET_SLACK_TOKEN", "https://hooks.slack" + ".com/services/T00000000/B00000000/" + noise(24), "post to {}"),
    ("SECRET_STRIPE_KEY", "sk" + "_live_" + noise(24), "stripe {}"),
    ("SECRET_STRIPE_KEY", "rk" + "_test_" + noise(24), "stripe {}"),
    ("SECRET_OPENAI_KEY", "sk" + "-proj-" + noise(64), "OpenAI({})"),
    ("SECRET_OPENAI_KEY", "sk" + "-" + noise(48), "key: {}."),
    ("SECRET_ANTHROPIC_KEY", "sk" + "-ant-api03-" + noise(93) + "AA", "key: {}."),
    ("SECRET_GOOGLE_KEY", "AI" + "za" + noise(35), "?key={}&x=1"),
    ("SECRET_AZURE_KEY", noise(86) + "==", "AccountName=x;AccountKey={};EndpointSuffix=core"),
    ("SECRET_HUGGINGFACE_TOKEN", "h" + "f_" + noise(34, string.ascii_letters), "login {}"),
    ("SECRET_NPM_TOKEN", "np" + "m_" + noise(36), "//registry/:_authToken={}"),
    ("SECRET_PYPI_TOKEN", "py" + "pi-AgEIcHlwaS5vcmc" + noise(60), "{}"),
    ("SECRET_SENDGRID_KEY", "S" + "G." + noise(22) + "." + noise(43), "{}"),
    ("SECRET_PRIVATE_KEY", PEM, "here:\n{}\nthanks"),
    ("SECRET_JWT", JWT, "Bearer {}"),
    ("SECRET_CONNECTION_STRING", DSN, "connect to {} now"),
    ("SECRET_CONNECTION_STRING", "mongodb+srv://root:hunter22@cluster0.example.net/db?w=1", "{}"),
    ("SECRET_BASIC_AUTH_URL", "https://deploy:hunter22@git.example.com/x.git", "clone {}"),
    ("SECRET_ASSIGNMENT", "tr0ub4dor&3", 'password = "{}"'),
    ("SECRET_ASSIGNMENT", "x9!kP2_qq", "'api_key': '{}',"),
    ("SECRET_ASSIGNMENT", "Zx81-qwe-99", "export DB_PASSWORD={}"),
    ("SECRET_ASSIGNMENT", "f8Kd93jx02", "Server=db;User Id=sa;Password={};"),
    ("SECRET_ASSIGNMENT", "Qm7-tulip.91", "database:\n  password: {}\n  port: 5432\n"),
    ("SECRET_ASSIGNMENT", "Qm7-tulip.91", "PGPASSWORD={} psql -h db"),
    ("SECRET_ASSIGNMENT", "Qm7-tulip.91", "CREATE USER app IDENTIFIED BY '{}';"),
    ("SECRET_ASSIGNMENT", "Qm7-tulip.91", "deploy --password {} --force"),
    ("SECRET_ASSIGNMENT", "Qm7-tulip.91", "<password>{}</password>"),
    ("SECRET_ASSIGNMENT", "a8f3k2m9x7q1", "GET /v1/items?api_key={}&page=2"),
    ("SECRET_PASSWORD", "Qm7-tulip.91", "hi, my password is {}, why can't I log in?"),
    ("SECRET_DATADOG_KEY", noise(32, "0123456789abcdef"), "DATADOG_API_KEY={}"),
    ("SECRET_DATADOG_KEY", noise(32, "0123456789abcdef"), "my datadog api key is {}"),
    ("SECRET_HEROKU_KEY", "123e4567-e89b-12d3-a456-426614174000", 'heroku_api_key = "{}"'),
    ("SECRET_OKTA_TOKEN", "00" + noise(40), "okta.token: {}"),
    ("SECRET_BASIC_AUTHORIZATION", "ZGVwbG95Omh1bnRlcjIyIQ==", 'curl -H "Authorization: Basic {}" https://x'),
    ("SECRET_AUTHORIZATION", noise(40), "> Authorization: Bearer {}\r\n> Accept: */*"),
    ("SECRET_AUTHORIZATION", noise(32), "curl -H 'x-goog-api-key: {}' https://x"),
    ("SECRET_AUTHORIZATION", "hunter22!", "curl -u deploy:{} https://x"),
    ("SECRET_AUTHORIZATION", "hunter22!", "machine api.example.com login deploy password {}"),
    ("SECRET_REGISTRY_LOGIN", noise(44), "//npm.example.com/:_authToken={}\n"),
    ("SECRET_REGISTRY_LOGIN", "ZGVwbG95Omh1bnRlcjIyIQ==", '{{"auths": {{"ghcr.io": {{"auth": "{}"}}}}}}'),
    ("SECRET_TELEGRAM_TOKEN", "123456789:AA" + noise(33), "https://api.telegram.org/bot{}/getMe"),
    (
        "SECRET_TWILIO_KEY",
        noise(32, "0123456789abcdef"),
        "curl -u AC" + noise(32, "0123456789abcdef") + ":{} https://x",
    ),
    ("SECRET_AZURE_SAS", noise(43) + "%3D", "https://x.blob.core.windows.net/c/f?sv=2024-11-04&sig={}"),
    ("SECRET_AZURE_CLIENT_SECRET", "abc8" + "Q~" + noise(34), "AZURE_CLIENT_SECRET: {}"),
    ("SECRET_DISCORD_TOKEN", DISCORD, "bot.run('{}')"),
    ("SECRET_AGE_KEY", AGE, "# public key: age1\n{}\n"),
    ("SECRET_BITCOIN_KEY", "5HueCGU8rMjxEXxiPuD5BDku4" + "MkFqeZyd4dZ1jvhTVqvbTLvyTJ", "import {}"),
    ("SECRET_PRIVATE_KEY", noise(43), '{{"kty": "EC", "crv": "P-256", "x": "abc", "d": "{}"}}'),
    ("SECRET_PRIVATE_KEY", noise(42) + "A=", "[Interface]\nPrivateKey = {}\n"),
    ("SECRET_KUBERNETES", "  password: czNjcjN0LVBhNTU=\n", "kind: Secret\ntype: Opaque\ndata:\n{}"),
    ("SECRET_KUBERNETES", "  password: czNjcjN0LVBhNTU=\n", "apiVersion: v1\ndata:\n{}kind: Secret\nmetadata:\n"),
]


@pytest.mark.parametrize(
    ("label", "secret", "around"), TRUE, ids=[f"{label}-{n}" for n, (label, *_) in enumerate(TRUE)]
)
def test_a_secret_is_found_and_nothing_but_the_secret(label, secret, around):
    assert (label, secret) in find(around.format(secret))


NEAR_MISSES = {
    "an access key id one too short": "AKIA" + noise(15, string.ascii_uppercase),
    "an access key id inside a word": "XAKIA" + noise(16, string.ascii_uppercase),
    "a git hash": "commit 9fceb02d0ae598e95dc970b74767f19372d61af8",
    "a SHA-256": "sha256: " + noise(64, "0123456789abcdef"),
    "a UUID": "id 123e4567-e89b-12d3-a456-426614174000",
    "a GitHub prefix alone": "tokens that start with gh" + "p_ are personal",
    "a Stripe publishable key, which is public": "pk" + "_live_" + noise(24),
    "a public key": "-----BEGIN PUBLIC KEY-----\n" + noise(64) + "\n-----END PUBLIC KEY-----",
    "a certificate": "-----BEGIN CERTIFICATE-----\n" + noise(64) + "\n-----END CERTIFICATE-----",
    "a header that is no JSON": "eyJub3QganNvbiBhdCBhbGw." + noise(20) + "." + noise(20),
    "dotted names": "eyes.are.not.tokens and key.value.store.names",
    "a connection string without a password": "postgresql://app@db.internal:5432/orders",
    "a connection string with a variable": "postgresql://app:${DB_PASSWORD}@db/orders",
    "the example everybody copies": "postgres://user:password@localhost:5432/db",
    "a URL with a port": "see https://example.com:8443/path@2x.png",
    "a password that is a placeholder": 'password = "your-password-here"',
    "a password read from the environment": 'password = "os.environ[PW1]"',
    "a password of one class": 'password = "aaaaaaaaaaaa"',
    "a password field in a form": '<input type="password" name="password">',
    "talk about passwords": "My password is too short, the secret: use a longer one.",
    "a token count": "TOKENS=4096 and max_tokens: 2048",
    "talk about keys": "The api key: see the page about tokens. A password is something that you keep.",
    "a password that the user must choose": "Password: at-least-eight-characters please",
    "a masked token": "export DO_TOKEN=do" + "p_v1_" + "x" * 64,
    "a form's label in YAML": "properties:\n  password:\n    type: string\n  token: string\n",
    "an integrity hash": '"integrity": "sha512-' + noise(86, ALNUM + "+/") + '=="',
    "a colour": "a { color: #ffcc00ff; background: #123456 }",
    "a picture in base64": "data:image/png;base64," + noise(400, ALNUM + "+/"),
    "a schema's header": "X-Api-Key: string\nAuthorization: Bearer <token>",
    "a login with a variable": "curl -u $USER:$PASSWORD https://x",
    "an age recipient": "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",
    "an age key with a typing error": AGE[:-1] + "2",
    "a hyphenated word": "a sk" + "-learn-based-approach-to-clustering",
}


@pytest.mark.parametrize("text", NEAR_MISSES.values(), ids=NEAR_MISSES.keys())
def test_what_only_looks_like_a_secret_is_left_alone(text):
    assert find(text) == set()


def test_a_private_key_that_was_cut_off_is_still_found():
    cut = PEM[: len(PEM) // 2]
    assert ("SECRET_PRIVATE_KEY", cut) in find(cut)


def test_labels_say_that_they_are_secrets_and_are_told_once():
    labels = [rule.label for rule in RULES]
    assert all(label.startswith("SECRET_") for label in labels)
    assert len(labels) == len(set(labels))
