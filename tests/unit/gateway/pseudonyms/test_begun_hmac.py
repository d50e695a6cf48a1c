import hmac

from hypothesis import given
from hypothesis import strategies as st

from gateway.pseudonyms.begun_hmac import BegunHmac


@given(st.binary(max_size=200), st.binary(max_size=200), st.binary(max_size=200))
def test_it_is_the_hmac_of_the_standard_library(key: bytes, beginning: bytes, rest: bytes) -> None:
    begun = BegunHmac(key, beginning)
    assert begun.digest(rest) == hmac.digest(key, beginning + rest, "sha256")
    assert begun.digest(b"") == hmac.digest(key, beginning, "sha256")
