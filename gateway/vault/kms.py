"""A master key that never leaves a key management service: a command of the operator's wraps and unwraps.

It gets one JSON object on standard input, `{"operation": "wrap" | "unwrap", "data": BASE64, "context": {"tenant": ...,
"key": ...}}`, and answers `{"data": BASE64}` on standard output with the exit code 0. It should hand `context` to its
service as additional authenticated data (AWS: encryption context), so that a key unwraps for its own tenant only.
"""

import base64
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import orjson

from gateway.vault.sealing import KeyUnusable

TIMEOUT_S: Final = 10.0
_MOST_BYTES: Final = 65_536


class CommandMaster:
    """Asks a command, once for each key and process: keys are remembered unwrapped."""

    def __init__(self, name: str, command: Sequence[str], folder: Path, timeout_s: float = TIMEOUT_S) -> None:
        self.id = f"kms-{name}"
        self._command = tuple(command)
        self._folder = folder
        self._timeout_s = timeout_s

    def wrap(self, key: bytes, tenant: str, key_id: str) -> bytes:
        """Have it wrapped. Raises `KeyUnusable`."""
        return self._ask("wrap", key, tenant, key_id)

    def unwrap(self, wrapped: bytes, tenant: str, key_id: str) -> bytes:
        """Have it unwrapped. Raises `KeyUnusable`."""
        return self._ask("unwrap", wrapped, tenant, key_id)

    def _ask(self, operation: str, data: bytes, tenant: str, key_id: str) -> bytes:
        asked = {
            "operation": operation,
            "data": base64.b64encode(data).decode(),
            "context": {"tenant": tenant, "key": key_id},
        }
        try:
            done = subprocess.run(  # noqa: S603 - the operator's own command, run without a shell
                self._command,
                input=orjson.dumps(asked),
                capture_output=True,
                timeout=self._timeout_s,
                cwd=self._folder,
                check=True,
            )
            answer = orjson.loads(done.stdout) if len(done.stdout) <= _MOST_BYTES else {}
            return base64.b64decode(answer["data"], validate=True)
        except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError) as exc:
            # Nothing that it printed is told: it may have printed the key.
            raise KeyUnusable(f"the command of {self.id} could not {operation} a key ({type(exc).__name__})") from exc
