"""What is believed of a service's answer: names that may enter a decision and a record, and nothing else."""

import re
from collections.abc import Sequence
from typing import Final

from detectors.serving.wire import ScreenReply, WireError, decode_reply

_VERSION: Final = re.compile(r"[!-~]{1,200}")
_LABEL: Final = re.compile(r"[a-z][a-z0-9_]{0,63}|[A-Z][A-Z0-9_]{0,63}")
_WORD: Final = re.compile(r"[a-z][a-z_.]{0,31}")


def believed(raw: bytes, texts: Sequence[str]) -> ScreenReply:
    """Read the answer about these texts.

    Raises:
        WireError: it is none; or a label is neither in lower case (a judgement) nor in upper case (a value), or its
            version or a reason is none. A name could carry a text away, into a log or a record.
    """
    reply = decode_reply(raw, texts)
    if not _VERSION.fullmatch(reply.version):
        raise WireError("`version` must be a short name")
    if not all(map(_LABEL.fullmatch, reply.labels)):
        raise WireError("`labels` must be names, all in lower case or all in upper case")
    if not all(reading.unread is None or _WORD.fullmatch(reading.unread) for reading in reply.readings):
        raise WireError("`unread` must be a word")
    return reply
