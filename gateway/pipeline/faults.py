"""Our own mistakes: told without words that could be the prompt's."""

import logging

from gateway.errors import InternalFault

_log = logging.getLogger(__name__)


def internal(call_id: str, exc: Exception) -> InternalFault:
    """Log a foreign error by type and place, since its message may quote the prompt; give what the client is told."""
    _log.error("call %s failed: %s at %s", call_id, type(exc).__name__, _place(exc))
    return InternalFault("The gateway failed on this call; its log has the place.")


def _place(exc: BaseException) -> str:
    tb = exc.__traceback__
    while tb and tb.tb_next:
        tb = tb.tb_next
    return f"{tb.tb_frame.f_code.co_filename}:{tb.tb_lineno}" if tb else "unknown"
