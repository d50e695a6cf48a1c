"""Where SDKs put the key, and what stands behind it."""

import pytest

from gateway.auth import Authenticator
from gateway.errors import Unauthenticated
from gateway.principal import Principal

ANN = Principal("k1", "acme", "support", ("app",))


class OneKey:
    """A directory that knows one key."""

    async def lookup(self, secret: str) -> Principal | None:
        return ANN if secret == "ak_good" else None


PLACES = {
    "bearer": (b"authorization", b"Bearer ak_good"),
    "bearer in lower case": (b"authorization", b"bearer  ak_good "),
    "anthropic's header": (b"x-api-key", b"ak_good"),
    "google's header": (b"x-goog-api-key", b"ak_good"),
    "azure's header": (b"api-key", b"ak_good"),
}


@pytest.mark.parametrize("header", PLACES.values(), ids=PLACES)
async def test_the_key_is_found_wherever_an_sdk_puts_it(header: tuple[bytes, bytes]) -> None:
    assert await Authenticator(OneKey()).principal([(b"host", b"x"), header]) == ANN


@pytest.mark.parametrize("headers", [[], [(b"authorization", b"")], [(b"authorization", b"Basic YTpi")]])
async def test_no_key_is_told(headers: list[tuple[bytes, bytes]]) -> None:
    with pytest.raises(Unauthenticated) as caught:
        await Authenticator(OneKey()).principal(headers)
    assert caught.value.code == "missing_api_key"


async def test_an_unknown_key_is_refused_without_being_repeated() -> None:
    with pytest.raises(Unauthenticated) as caught:
        await Authenticator(OneKey()).principal([(b"authorization", b"Bearer ak_wrong")])
    assert "ak_wrong" not in caught.value.message


async def test_a_key_may_come_beside_the_headers_and_goes_behind_theirs() -> None:
    auth = Authenticator(OneKey())
    assert await auth.principal([], "ak_good") == ANN
    assert await auth.principal([(b"x-goog-api-key", b"ak_good")], "ak_wrong") == ANN
    with pytest.raises(Unauthenticated):
        await auth.principal([(b"x-goog-api-key", b"ak_wrong")], "ak_good")
