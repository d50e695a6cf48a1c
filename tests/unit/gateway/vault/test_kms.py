"""A key management service is a command: here a real one, in Python, that keeps the key to itself."""

import sys
from pathlib import Path

import pytest

from gateway.vault.kms import CommandMaster
from gateway.vault.sealing import KeyUnusable

SERVICE = """
import base64, json, sys
asked = json.load(sys.stdin)
context = json.dumps(asked["context"], sort_keys=True).encode()
data = base64.b64decode(asked["data"])
if asked["operation"] == "unwrap":
    data, told = data.split(b"|", 1)
    if told != context: sys.exit("that is another key: " + data.decode())
    data = data[::-1]
else:
    data = data[::-1] + b"|" + context
print(json.dumps({"data": base64.b64encode(data).decode()}))
"""


def master(folder: Path, script: str = SERVICE, timeout_s: float = 10) -> CommandMaster:
    (folder / "kms.py").write_text(script)
    return CommandMaster("cloud", [sys.executable, "kms.py"], folder, timeout_s)


def test_it_wraps_and_unwraps_for_the_same_use(tmp_path: Path) -> None:
    kms = master(tmp_path)
    wrapped = kms.wrap(b"a key", "acme", "s-1")
    assert wrapped != b"a key"
    assert kms.unwrap(wrapped, "acme", "s-1") == b"a key"
    assert kms.id == "kms-cloud"


@pytest.mark.parametrize(
    "script",
    ["raise SystemExit(3)", "print('no JSON')", "print('{\"data\": 7}')", "print('{}')", 'print(\'{"data": "?"}\')'],
)
def test_a_command_that_fails_is_named_and_not_quoted(tmp_path: Path, script: str) -> None:
    with pytest.raises(KeyUnusable, match=r"kms-cloud could not wrap a key \(\w+\)"):
        master(tmp_path, script).wrap(b"a key", "acme", "s-1")


def test_another_use_and_a_command_that_hangs_or_is_not_there_fail(tmp_path: Path) -> None:
    kms = master(tmp_path)
    wrapped = kms.wrap(b"a key", "acme", "s-1")
    with pytest.raises(KeyUnusable) as raised:
        kms.unwrap(wrapped, "rival", "s-1")
    assert "yek a" not in str(raised.value)
    with pytest.raises(KeyUnusable):
        master(tmp_path, "import time; time.sleep(30)", timeout_s=0.2).wrap(b"a key", "acme", "s-1")
    with pytest.raises(KeyUnusable):
        CommandMaster("cloud", ["./nowhere"], tmp_path).wrap(b"a key", "acme", "s-1")
