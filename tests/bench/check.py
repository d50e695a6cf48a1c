"""Before anything is timed: every server answers rightly, and Airlock does what it is said to do."""

import http.client

import orjson

from tests.bench import answer
from tests.bench.fault import BenchError
from tests.bench.prompts import PERSONAL_VALUES, PROMPTS, Prompt
from tests.bench.receipts import detectors_of
from tests.bench.server import HOST, Reply, Server, ask

RECEIPT = "x-airlock-receipt"


def check_answer(server: Server, prompt: Prompt) -> Reply:
    """Post one prompt and compare the answer with what the mock provider said.

    Raises:
        BenchError: No answer, a status other than 200 or another content.
    """
    try:
        reply = ask(server, prompt)
    except (OSError, http.client.HTTPException) as exc:
        raise BenchError(f"{server.name} gave no answer to the {prompt.name} prompt ({type(exc).__name__}).") from exc
    if reply.status != http.HTTPStatus.OK:
        raise BenchError(f"{server.name} answered the {prompt.name} prompt with status {reply.status}.")
    if not _equal(server, prompt, reply.body):
        raise BenchError(f"{server.name} answered the {prompt.name} prompt with something else than the provider said.")
    return reply


def _equal(server: Server, prompt: Prompt, body: bytes) -> bool:
    asked = orjson.dumps(prompt.text)[1:-1]
    expected = answer.stream(asked) if prompt.stream else answer.plain(asked)
    try:
        if server.exact and not prompt.stream:
            return bool(orjson.loads(body) == orjson.loads(expected))
        return answer.said(body) == answer.said(expected)
    except (ValueError, KeyError, IndexError, TypeError):
        return False


def check_guards(server: Server, upstream_port: int) -> dict[str, str]:
    """Prove that what Airlock is said to do is on: by what reached the provider, by the receipt, by who looked.

    Gives the versions of its detectors by their names.

    Raises:
        BenchError: Personal data reached the provider, it was not restored, the answer has no receipt, or the record
            names other detectors than the server is said to have.
    """
    reply = check_answer(server, PROMPTS["personal"])
    record = reply.headers.get(RECEIPT)
    if not record:
        raise BenchError(f"{server.name} gave no {RECEIPT}: its ledger is not on.")
    seen = last_seen(upstream_port)
    if any(value.encode() in seen for value in PERSONAL_VALUES):
        raise BenchError(f"{server.name} let personal data reach the provider: its patterns or its policy are not on.")
    found = detectors_of(server, record)
    if found.keys() != server.detectors:
        wanted, looked = (", ".join(sorted(names)) or "nobody" for names in (server.detectors, found))
        raise BenchError(f"{server.name} should have {wanted} look at a prompt; by its record {looked} did.")
    return found


def last_seen(upstream_port: int) -> bytes:
    """Give the body of the latest request that reached the mock provider."""
    connection = http.client.HTTPConnection(HOST, upstream_port, timeout=5)
    try:
        connection.request("GET", "/last")
        return connection.getresponse().read()
    finally:
        connection.close()
