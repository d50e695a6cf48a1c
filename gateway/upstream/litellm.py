"""The long tail of providers, through the LiteLLM library: an optional extra, imported here and nowhere else.

The library is given a call's known members and the operator's options, and nothing else: no callbacks, no retries, no
logging, no proxy of its own. It translates between the app's dialect and the provider's; both doors read what it gives
in the app's dialect, as from any other upstream.
"""

import asyncio
import logging
import os
import warnings
from collections.abc import Mapping
from operator import attrgetter
from typing import Any, Final

from gateway.dialects.library import LibraryCall, library_call
from gateway.errors import ProviderRefused, UpstreamFault, UpstreamInvalid, UpstreamTimeout
from gateway.secret_source import SettingsError
from gateway.upstream.library_answer import StreamAnswer, WholeAnswer, as_json
from gateway.upstream.ports import Dispatch
from gateway.upstream.target import Candidate

_log = logging.getLogger(__name__)

KIND: Final = "litellm"
_INSTALL: Final = "install it with `pip install 'airlock-gateway[providers]'`"
_OFFLINE: Final = {
    "LITELLM_MODE": "PRODUCTION",  # otherwise it reads a .env file
    **{f"LITELLM_LOCAL_{what}": "True" for what in ("MODEL_COST_MAP", "ANTHROPIC_BETA_HEADERS", "BLOG_POSTS")},
}
"""What keeps the library from calling home when it is imported."""
_LOGGERS: Final = ("LiteLLM", "LiteLLM Proxy", "LiteLLM Router")
_QUIET: Final[Mapping[str, Any]] = {
    "suppress_debug_info": True,
    "turn_off_message_logging": True,
    "redact_messages_in_exceptions": True,
    "disable_streaming_logging": True,
    "use_litellm_proxy": False,
    "user_url_validation": True,  # what it fetches for a provider, such as an image, is not on this machine's network
    "num_retries": 0,
}
_OWN: Final[Mapping[str, Any]] = {"num_retries": 0, "max_retries": 0, "no-log": True}
_ADVICE: Final = frozenset({"retry-after", "retry-after-ms", "x-should-retry"})
_GRACE_S: Final = 5
"""How much later than ours the library's own time-out comes, which can't tell a slow start from a silence."""
_WORDS: Final = frozenset({400, 413, 422})
"""Statuses about the request, whose words help the app's developer."""
_LONGEST_WORDS: Final = 1_000
_SHORTEST_SECRET: Final = 6
_CODES: Final[Mapping[str, str]] = {
    "ContextWindowExceededError": "context_length_exceeded",
    "ContentPolicyViolationError": "content_policy_violation",
    "NotFoundError": "model_not_found",
    "RateLimitError": "rate_limit_exceeded",
    "UnsupportedParamsError": "unsupported_parameter",
}


class LibraryClient:
    """Asks providers through the library. Make it with `start`, close it at the end."""

    def __init__(self, library: Any) -> None:
        self._library = library
        self._ending: set[asyncio.Task[None]] = set()

    @classmethod
    async def start(cls) -> "LibraryClient":
        """Import the library in a thread, since that takes seconds.

        Raises:
            SettingsError: It is not installed.
        """
        return cls(await asyncio.to_thread(_load))

    async def close(self) -> None:
        """Wait until streams that were left early have ended; close the library's connections."""
        await asyncio.gather(*self._ending)
        await self._library.close_litellm_async_clients()
        self._library.in_memory_llm_clients_cache.flush_cache()

    async def send(self, candidate: Candidate, dispatch: Dispatch) -> WholeAnswer | StreamAnswer:
        """See `gateway.upstream.ports.Client.send`.

        Raises:
            BadRequest: The call can't be made through a library: its endpoint, a parameter or a tool.
        """
        call = library_call(dispatch.dialect.name)
        arguments = call.arguments(dispatch.outbound.body) | self._operators(candidate)
        name = call.stream if dispatch.stream else call.whole
        patience = candidate.target.timeouts
        try:
            async with asyncio.timeout(patience.first_byte_s):
                told = await attrgetter(name)(self._library)(**arguments)
        except TimeoutError as exc:
            raise UpstreamTimeout("The upstream did not answer in time.") from exc
        except Exception as exc:  # noqa: BLE001 - the library raises whatever its hundred providers make it raise
            return self._refused(exc, candidate, dispatch)
        return self._answer(told, call, patience.idle_s)

    def _answer(self, told: Any, call: LibraryCall, idle_s: float) -> WholeAnswer | StreamAnswer:
        if hasattr(told, "__aiter__"):
            return StreamAnswer(aiter(told), call, idle_s, self._leave)
        return WholeAnswer(200, as_json(told))

    def _operators(self, candidate: Candidate) -> dict[str, Any]:
        """Give the arguments that are the operator's: they go over all that came with the call."""
        target = candidate.target
        base = {"api_base": target.base_url} if target.base_url else {}
        timeout = max(target.timeouts.first_byte_s, target.timeouts.idle_s) + _GRACE_S
        return {**_OWN, **base, **target.options, "model": candidate.model, "timeout": timeout}

    def _refused(self, exc: Exception, candidate: Candidate, dispatch: Dispatch) -> WholeAnswer:
        """Turn the library's error into the provider's, in the app's dialect, or into ours."""
        kinds = self._library.exceptions
        if isinstance(exc, kinds.Timeout):
            raise UpstreamTimeout("The upstream did not answer in time.") from exc
        status = getattr(exc, "status_code", None)
        if isinstance(exc, kinds.APIConnectionError) or not isinstance(status, int):
            # No connection, or whatever went wrong inside. The words may be the prompt's, so the log has the type only.
            _log.error("the library of providers failed with %s", type(exc).__name__)
            raise UpstreamFault("The upstream could not be asked.") from exc
        if not 400 <= status < 600:
            raise UpstreamInvalid("The upstream's answer could not be understood.") from exc
        code = _CODES.get(type(exc).__name__, f"status_{status}")
        words = _words(exc, candidate) if status in _WORDS else f"The provider answered with the status {status}."
        error = ProviderRefused(words, status=status, code=code)
        return WholeAnswer(status, dispatch.dialect.api.error_body(error), _advice(exc))

    def _leave(self, stream: Any) -> None:
        """End a stream in the background: whoever leaves it may be cancelled and can't wait."""
        task = asyncio.get_running_loop().create_task(_ended(stream))
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)


def _load() -> Any:
    os.environ.update(_OFFLINE)
    # A warning about a value that has the wrong type quotes it, and so may quote a prompt.
    warnings.filterwarnings("ignore", module=r"(litellm|pydantic)\b")
    try:
        import litellm
        import litellm.google_genai
        import litellm.proxy.pass_through_endpoints.streaming_handler  # else a first stream waits seconds for it
    except ImportError as exc:
        raise SettingsError(f"an upstream of kind {KIND} needs a library that is not here; {_INSTALL}") from exc
    for name, value in _QUIET.items():
        setattr(litellm, name, value)
    for name in _LOGGERS:
        logging.getLogger(name).disabled = True
    return litellm


async def _ended(stream: Any) -> None:
    close = getattr(stream, "aclose", None)
    if close is not None:
        try:
            await close()
        except Exception as exc:  # noqa: BLE001 - nobody is left who could be told
            _log.warning("a stream could not be ended: %s", type(exc).__name__)


def _words(exc: Exception, candidate: Candidate) -> str:
    """Give the provider's words without the operator's: an address or a credential that it repeats."""
    words = str(getattr(exc, "message", exc))
    target = candidate.target
    texts = (str(value) for value in (target.base_url, *target.options.values()))
    for own in sorted((text for text in texts if len(text) >= _SHORTEST_SECRET), key=len, reverse=True):
        words = words.replace(own, "[REDACTED]")
    return words[:_LONGEST_WORDS]


def _advice(exc: Exception) -> dict[str, str]:
    headers = getattr(exc, "litellm_response_headers", None) or {}
    return {name.lower(): str(value) for name, value in headers.items() if name.lower() in _ADVICE}
