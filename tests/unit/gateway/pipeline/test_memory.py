from collections.abc import Collection, Sequence
from dataclasses import replace

import pytest

from audit.errors import StoreUnavailable
from gateway.dialects.message import Kept, Request
from gateway.dialects.slot import Content
from gateway.errors import CheckUnavailable, UnknownState
from gateway.pipeline.memory import NO_MEMORY, Memories, Memory
from gateway.principal import Principal
from gateway.vault.sealing import KeyUnusable

ANN = Principal(key_id="k", tenant="acme", use_case="default")
EVE = Principal(key_id="k", tenant="rival", use_case="default")
FIRST = Memory("m", "one", "use_case:default", json_reply=True, tokens={"<PERSON_abcde>": "Ann"})
MISSING = UnknownState("Not found.")


class Shelf:
    """A store in memory; with a `fault` it fails as a database or a key does."""

    def __init__(self) -> None:
        self.things: dict[tuple[str, str], bytes] = {}
        self.about: dict[str, Collection[str]] = {}
        self.fault: Exception | None = None

    async def keep(
        self, tenant: str, names: Sequence[str], plain: bytes, about: Collection[str], expires_ms: int
    ) -> None:
        self._check()
        self.things |= {(tenant, name): plain for name in names}
        self.about |= dict.fromkeys(names, about)

    async def read(self, tenant: str, name: str) -> bytes | None:
        self._check()
        return self.things.get((tenant, name))

    async def delete(self, tenant: str, name: str) -> None:
        self._check()
        self.things.pop((tenant, name), None)

    def _check(self) -> None:
        if self.fault:
            raise self.fault


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def memories(shelf: Shelf) -> Memories:
    return Memories(shelf, 30)


def on(*names: str, model: str = "m") -> Request:
    kept = tuple(Kept(name, MISSING) for name in names)
    return Request(b"", {}, Content(()), model, stream=False, continues=kept)


async def test_what_was_kept_is_recalled_and_completes_the_call(memories: Memories, shelf: Shelf) -> None:
    await memories.keep(ANN, ["resp_1"], FIRST)
    assert await memories.recall(ANN, on("resp_1")) == FIRST
    filled = FIRST.fill(on("resp_1", model=""))
    assert (filled.model, filled.json_reply) == ("m", True)
    assert FIRST.fill(on("resp_1", model="other")).model == "other"
    assert await memories.recall(ANN, on()) == NO_MEMORY


async def test_the_first_state_decides_and_the_tokens_of_all_count(memories: Memories) -> None:
    await memories.keep(ANN, ["resp_1"], FIRST)
    await memories.keep(ANN, ["msg_2"], Memory("n", "two", "x", False, {"<PERSON_fghjk>": "Bob"}, {"call_1": "f"}))
    found = await memories.recall(ANN, on("resp_1", "msg_2"))
    assert (found.model, found.upstream) == ("m", "one")
    assert found.calls == {"call_1": "f"}
    assert found.known.surfaces == {"<PERSON_abcde>": "Ann", "<PERSON_fghjk>": "Bob"}


async def test_state_that_a_call_can_do_without_may_be_missing(memories: Memories) -> None:
    request = replace(on("resp_1"), continues=(Kept("cmp_1", None), Kept("resp_1", MISSING)))
    await memories.keep(ANN, ["resp_1"], FIRST)
    assert await memories.recall(ANN, request) == FIRST


async def test_another_tenant_finds_nothing(memories: Memories) -> None:
    await memories.keep(ANN, ["resp_1"], FIRST)
    with pytest.raises(UnknownState):
        await memories.recall(EVE, on("resp_1"))
    await memories.forget(EVE, on("resp_1"))
    assert await memories.recall(ANN, on("resp_1")) == FIRST
    await memories.forget(ANN, on("resp_1"))
    with pytest.raises(UnknownState):
        await memories.recall(ANN, on("resp_1"))


async def test_a_conversation_gathers_the_tokens_of_its_calls(memories: Memories) -> None:
    await memories.keep(ANN, ["conv_1"], FIRST)
    await memories.add(ANN, Kept("conv_1", MISSING, grows=True), Memory("n", "one", "x", tokens={"<A_fghjk>": "Bob"}))
    found = await memories.recall(ANN, on("conv_1"))
    assert (found.model, found.tokens) == ("m", {"<PERSON_abcde>": "Ann", "<A_fghjk>": "Bob"})


def test_results_of_earlier_calls_are_known_by_their_tool() -> None:
    memory = Memory("m", "one", calls={"call_1": "send_mail"})
    request = replace(on("resp_1"), tool_results=("unnamed", "look", "unnamed"), result_ids=("call_1", "call_2", ""))
    assert memory.fill(request).tool_results == ("send_mail", "look", "unnamed")


@pytest.mark.parametrize("fault", [StoreUnavailable("away"), KeyUnusable("gone")])
@pytest.mark.parametrize("work", ["recall", "keep", "forget"])
async def test_a_vault_that_can_not_be_used_lets_nothing_pass(
    memories: Memories, shelf: Shelf, work: str, fault: Exception
) -> None:
    await memories.keep(ANN, ["resp_1"], FIRST)
    shelf.fault = fault
    works = {
        "keep": lambda: memories.keep(ANN, ["resp_2"], FIRST),
        "forget": lambda: memories.forget(ANN, on("resp_1")),
        "recall": lambda: memories.recall(ANN, on("resp_1")),
    }
    with pytest.raises(CheckUnavailable) as raised:
        await works[work]()
    assert raised.value.code == "vault.unavailable"


async def test_it_says_whom_it_is_about_and_can_forget_them(memories: Memories, shelf: Shelf) -> None:
    memory = replace(FIRST, tokens={**FIRST.tokens, "<PERSON_fghjk>": "Bob"})
    await memories.keep(ANN, ["resp_1"], memory)
    assert set(shelf.about["resp_1"]) == {"Ann", "Bob"}
    assert memory.without(lambda value: value == "Bob") == FIRST
