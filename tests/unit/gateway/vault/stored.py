"""A vault in a real store, with master keys of the tests' own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from audit.vault import Vault
from audit.vault_erasure import VaultErasure
from audit.vault_keys import VaultKeys
from audit.vault_link import VaultLink
from gateway.vault.key_ring import KeyRing
from gateway.vault.masters import LocalMaster, Masters
from gateway.vault.strongbox import Strongbox
from gateway.vault.upkeep import Upkeep

FIRST = LocalMaster(b"the first secret of the tests, 32 bytes")
SECOND = LocalMaster(b"the second secret of the tests, 32 bytes")
HOUR = 3_600_000


class Opened:
    """All parts of a vault, as one process has them."""

    def __init__(self, link: VaultLink, masters: Masters) -> None:
        self.vault, self.keys = Vault(link), VaultKeys(link)
        self.ring = KeyRing(self.keys, masters)
        self.box = Strongbox(self.vault, self.ring)
        self.upkeep = Upkeep(self.vault, self.keys, masters, self.box, VaultErasure(link))


@asynccontextmanager
async def opened(url: str, *masters: LocalMaster) -> AsyncIterator[Opened]:
    """Open a vault whose current master is the first of these."""
    link = VaultLink(url)
    current, *former = masters or (FIRST,)
    try:
        yield Opened(link, Masters(current, former))
    finally:
        await link.close()
