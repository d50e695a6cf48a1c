"""All kinds of secrets. Every label starts with `SECRET_`."""

from typing import Final

from presidio_analyzer import PatternRecognizer

from detectors.text.secrets.assignments import ASSIGNMENTS
from detectors.text.secrets.cloud import CLOUD
from detectors.text.secrets.code_hosts import CODE_HOSTS
from detectors.text.secrets.databases import DATABASES
from detectors.text.secrets.developer import DEVELOPER
from detectors.text.secrets.headers import HEADERS
from detectors.text.secrets.kind import Kind, recognizer_of
from detectors.text.secrets.messaging import MESSAGING
from detectors.text.secrets.model_providers import MODEL_PROVIDERS
from detectors.text.secrets.operations import OPERATIONS
from detectors.text.secrets.payment import PAYMENT
from detectors.text.secrets.private_keys import PRIVATE_KEYS

KINDS: Final[tuple[Kind, ...]] = (
    *CLOUD, *CODE_HOSTS, *DEVELOPER, *OPERATIONS, *MODEL_PROVIDERS, *PAYMENT, *MESSAGING, *DATABASES, *PRIVATE_KEYS,
    *HEADERS, *ASSIGNMENTS,
)  # fmt: skip


def secret_recognizers() -> list[PatternRecognizer]:
    """Make the recognisers of all kinds."""
    return [recognizer_of(kind) for kind in KINDS]
