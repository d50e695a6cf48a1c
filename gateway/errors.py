"""Everything that can go wrong with a call, as one tree.

AirlockError
├── BadRequest            the body is not what the dialect says it must be
│   └── BodyTooLarge      ... or longer than the operator allows
├── Unauthenticated       no key, an unknown key or a revoked key
├── UnknownModel          no upstream serves this model
├── UnknownState          no state of this tenant's by that id at a provider
├── UnknownPath           no such endpoint here
├── PolicyBlocked         policy decided; `code` is the decisive reason's code
├── CheckUnavailable      a check or the record could not be made, so the call may not pass
├── ProviderRefused       a provider's own no, where a library tells it to us and not the provider itself
├── RateLimited           a quota of the caller is used up
├── UpstreamFault
│   ├── UpstreamUnreachable   nothing answered
│   ├── UpstreamTimeout       it did not answer in time
│   └── UpstreamInvalid       it answered something that the dialect does not know
└── InternalFault         our mistake

Messages are written for the app's developer and never contain text of the prompt or the reply, nor a secret.
A dialect turns an error into its own envelope; the status and the vendor's error type come from the classes here.
"""

_PATIENCE_MS = 60_000


class AirlockError(Exception):
    """The root.

    `status` is HTTP's, `kind` the type that clients are told, unless their API has types of its own, `retry` whether an
    SDK may try again by itself, `blocks` whether the gateway itself said no (by policy, or since a check could not be
    made).
    """

    status = 500
    kind = "server_error"
    code = "internal_error"
    retry = False
    blocks = False

    def __init__(self, message: str, *, code: str | None = None, param: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.param = param
        if code is not None:
            self.code = code

    @property
    def advice(self) -> dict[str, str]:
        """The headers that tell an SDK whether, and when, to try again by itself."""
        return {} if self.retry else {"x-should-retry": "false"}


class BadRequest(AirlockError):
    """The request can't be understood; sending it again unchanged can't help."""

    status, kind, code = 400, "invalid_request_error", "invalid_request"


class BodyTooLarge(BadRequest):
    """The body is longer than `limits.body_bytes`."""

    status, code = 413, "body_too_large"


class Unauthenticated(AirlockError):
    """There is no valid key with this call."""

    status, kind, code = 401, "invalid_request_error", "invalid_api_key"


class UnknownModel(AirlockError):
    """No upstream is configured for this model."""

    status, kind, code = 404, "invalid_request_error", "model_not_found"


class UnknownState(AirlockError):
    """A provider keeps no state under this id that this tenant made through this gateway.

    `status` and `code` are those that the API has for it.
    """

    status, kind, code = 404, "invalid_request_error", "not_found"

    def __init__(self, message: str, *, status: int = 404, code: str | None = None, param: str | None = None) -> None:
        super().__init__(message, code=code, param=param)
        self.status = status


class UnknownPath(AirlockError):
    """There is no such endpoint."""

    status, kind, code = 404, "invalid_request_error", "unknown_url"


class PolicyBlocked(AirlockError):
    """Policy said no. The code is the reason's code, such as `secret.detected`."""

    status, kind, code = 403, "policy_violation", "policy.blocked"
    blocks = True


class CheckUnavailable(AirlockError):
    """The detectors, the policy engine or the record store could not do their part: fail closed."""

    status, kind, code = 503, "policy_violation", "policy.unavailable"
    blocks = True


class ProviderRefused(AirlockError):
    """What a provider answered with a status of its own, told again in the caller's dialect."""

    def __init__(self, message: str, *, status: int, code: str) -> None:
        super().__init__(message, code=code)
        self.status = status
        self.kind = "invalid_request_error" if status < 500 else "server_error"


class RateLimited(AirlockError):
    """A quota does not allow this call now. `code` names what is used up: `limit.tokens`, ...

    `wait_ms` is how long until it would, None if it never will. SDKs wait for up to a minute by themselves.
    """

    status, kind, code = 429, "rate_limit_error", "limit.requests"
    blocks = True

    def __init__(self, message: str, *, code: str, wait_ms: int | None) -> None:
        super().__init__(message, code=code)
        self.wait_ms = wait_ms
        self.retry = wait_ms is not None and wait_ms <= _PATIENCE_MS

    @property
    def advice(self) -> dict[str, str]:
        """See `AirlockError.advice`; `retry-after` counts seconds, rounded up."""
        advice = {"x-should-retry": "true" if self.retry else "false"}
        if self.wait_ms is not None:
            advice |= {"retry-after": str(-(-self.wait_ms // 1000)), "retry-after-ms": str(self.wait_ms)}
        return advice


class UpstreamFault(AirlockError):
    """The model's provider did not do its part."""

    status, kind, code = 502, "upstream_error", "upstream.failed"
    retry = True


class UpstreamUnreachable(UpstreamFault):
    """No connection, or it was closed before an answer came."""

    code = "upstream.unreachable"


class UpstreamTimeout(UpstreamFault):
    """No answer within the configured time."""

    status, code = 504, "upstream.timeout"


class UpstreamInvalid(UpstreamFault):
    """An answer that the dialect does not allow: it can't be screened, so it can't be passed on."""

    code = "upstream.invalid"
    retry = False


class InternalFault(AirlockError):
    """A mistake of ours; the record has its id, the log its place."""
