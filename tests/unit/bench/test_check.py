"""The check must catch what would make numbers worthless: these servers each get one thing wrong."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import orjson
import pytest

from tests.bench import answer, receipts
from tests.bench.check import RECEIPT, check_answer, check_guards
from tests.bench.fault import BenchError
from tests.bench.prompts import PERSONAL_VALUES, PROMPTS
from tests.bench.server import HOST, Server

PATTERNS = frozenset({"patterns"})
BOTH = frozenset({"patterns", "encoder"})
Behaviour = Callable[[bytes], tuple[int, dict[str, str], bytes]]


def receipt_of(reports: dict[str, str]) -> bytes:
    """A receipt whose record tells these detectors and how they fared."""
    told = [{"detector": name, "version": f"{name}-1", "status": status} for name, status in reports.items()]
    document = orjson.dumps({"coverage": {"reports": told}}).decode()
    return orjson.dumps({"v": 1, "record": {"id": "r1", "body": {"policy": {"input": document}}}})


@contextmanager
def serving(
    behaviour: Behaviour,
    last: bytes = b"",
    *,
    exact: bool = True,
    detectors: frozenset[str] = PATTERNS,
    receipt: bytes = receipt_of({"patterns": "ok"}),
    pending: int = 0,
) -> Iterator[Server]:
    """A server with this behaviour on POST; a GET gives `last`, as the mock provider does, or the record's receipt.

    The receipt is there after so many vain attempts to get it.
    """
    vain = iter(range(pending))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.reply(*behaviour(self.rfile.read(int(self.headers["content-length"]))))

        def do_GET(self) -> None:
            if not self.path.startswith("/airlock/receipts/"):
                self.reply(200, {}, last)
            elif self.path.endswith("/r1") and next(vain, None) is None:
                self.reply(200, {}, receipt)
            else:
                self.reply(404, {}, b"{}")

        def reply(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in {**headers, "content-length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None: ...

    with ThreadingHTTPServer((HOST, 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield Server("airlock", listening.server_address[1], "", exact=exact, detectors=detectors)
        finally:
            listening.shutdown()
            thread.join()


def right(body: bytes) -> tuple[int, dict[str, str], bytes]:
    asked = orjson.loads(body)["messages"][0]["content"]
    return 200, {RECEIPT: "r1"}, answer.plain(orjson.dumps(asked)[1:-1])


def other_id(body: bytes) -> tuple[int, dict[str, str], bytes]:
    return 200, {}, right(body)[2].replace(b"chatcmpl-bench", b"chatcmpl-mine")


def test_a_right_answer_passes():
    with serving(right) as server:
        assert check_answer(server, PROMPTS["plain"]).status == 200
        assert check_answer(server, PROMPTS["fresh"]).status == 200


@pytest.mark.parametrize(
    ("behaviour", "says"),
    [
        (lambda body: (503, {}, right(body)[2]), "status 503"),
        (lambda body: (200, {}, right(body)[2].replace(b"Hamlet", b"Othello")), "something else"),
        (lambda body: (200, {}, b"not json"), "something else"),
        (lambda body: (200, {}, b'{"choices":[]}'), "something else"),
        (other_id, "something else"),
    ],
    ids=["status", "content", "not json", "no choice", "another id"],
)
def test_a_wrong_answer_is_a_fault(behaviour: Behaviour, says: str):
    with serving(behaviour) as server, pytest.raises(BenchError, match=says):
        check_answer(server, PROMPTS["plain"])


def test_a_gateway_that_writes_its_own_envelope_is_judged_by_what_was_said():
    with serving(other_id, exact=False) as server:
        assert check_answer(server, PROMPTS["plain"]).status == 200


def test_no_answer_is_a_fault():
    with serving(right) as server:
        pass
    with pytest.raises(BenchError, match="no answer"):
        check_answer(server, PROMPTS["plain"])


def test_guards_that_are_on_pass():
    with serving(right, last=b"Please write to <EMAIL_ADDRESS_k3f9q>", pending=2) as server:
        assert check_guards(server, server.port) == {"patterns": "patterns-1"}


@pytest.mark.parametrize(
    ("wanted", "reports", "says"),
    [
        (BOTH, {"patterns": "ok"}, "encoder, patterns look at a prompt; by its record patterns did"),
        (BOTH, {"patterns": "ok", "encoder": "unavailable"}, "by its record patterns did"),
        (BOTH, {}, "by its record nobody did"),
        (PATTERNS, {"patterns": "ok", "encoder": "ok"}, "by its record encoder, patterns did"),
    ],
    ids=["encoder off", "encoder unavailable", "nobody", "encoder on where it should be off"],
)
def test_other_detectors_than_said_are_a_fault(wanted: frozenset[str], reports: dict[str, str], says: str):
    with (
        serving(right, detectors=wanted, receipt=receipt_of(reports)) as server,
        pytest.raises(BenchError, match=says),
    ):
        check_guards(server, server.port)


@pytest.mark.parametrize("receipt", [b"", b"{}", b'{"record":{"body":{"policy":null}}}'])
def test_a_record_that_does_not_tell_is_a_fault(receipt: bytes):
    with serving(right, receipt=receipt) as server, pytest.raises(BenchError, match="does not say"):
        check_guards(server, server.port)


def test_a_receipt_that_does_not_come_is_a_fault(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(receipts, "_PLACED_S", 0.2)
    with serving(right, pending=1_000) as server, pytest.raises(BenchError, match="no receipt but status 404"):
        check_guards(server, server.port)


@pytest.mark.parametrize("value", PERSONAL_VALUES)
def test_personal_data_at_the_provider_is_a_fault(value: str):
    with serving(right, last=value.encode()) as server, pytest.raises(BenchError, match="personal data"):
        check_guards(server, server.port)


def test_an_answer_without_a_receipt_is_a_fault():
    with serving(lambda body: (200, {}, right(body)[2])) as server, pytest.raises(BenchError, match="ledger"):
        check_guards(server, server.port)


def test_a_pseudonym_that_was_not_restored_is_a_fault():
    def masked(body: bytes) -> tuple[int, dict[str, str], bytes]:
        return 200, {RECEIPT: "r1"}, right(body)[2].replace(PERSONAL_VALUES[0].encode(), b"<EMAIL_ADDRESS_k3f9q>")

    with serving(masked) as server, pytest.raises(BenchError, match="something else"):
        check_guards(server, server.port)
