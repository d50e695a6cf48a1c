"""Who is calling: what an API key stands for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Principal:
    """The caller behind a key. `key_id` is the key's public handle, never the secret."""

    key_id: str
    tenant: str
    use_case: str
    roles: tuple[str, ...] = ()
