"""A clean call, for tests to start from."""

from detectors.finding import Coverage, DetectorReport, Screening, Status
from gateway.policy.document import PolicyInput, RequestFacts, Stage
from gateway.principal import Principal

REPORT = DetectorReport("pii", "1", Status.OK)
CLEAN = PolicyInput(
    stage=Stage.REQUEST,
    time_ms=1_790_000_000_000,
    subject=Principal("k1", "default", "default", ("developer",)),
    request=RequestFacts("openai.chat", "gpt-4.1", tokens_estimated=12),
    screening=Screening((), Coverage((REPORT,))),
    places={"s0": "system.text", "s1": "user.text", "s2": "user.text"},
)
