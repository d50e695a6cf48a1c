"""Open what a trial needs: detectors, policy and keys of a configuration, or what is shipped."""

import os
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Final

import orjson

from detectors.catalog import user_cache_dir
from detectors.documents.reader import DocumentReader
from detectors.pictures.reader import PictureReader
from gateway.checks import bundle_of, engine_of, suite_of
from gateway.detector_settings import Detectors
from gateway.pipeline.documents import Documents
from gateway.pipeline.first_door import FirstDoor
from gateway.pipeline.inspect import Inspector
from gateway.pipeline.judging import Judge
from gateway.pipeline.masking import Pseudonyms
from gateway.pipeline.pictures import Pictures
from gateway.pipeline.tools import ToolStages
from gateway.secret_source import SettingsError
from gateway.settings import MASTER_BYTES, Limits, Policy, Settings, load, named
from gateway.trial.trials import Source, Trials

KEY_FILE: Final = "try.key"
_SHIPPED: Final = "There is no configuration here, so these are the shipped detectors and policies."
_OTHER_KEY: Final = "The secret of the configuration can't be read here, so pseudonyms differ from the gateway's."


def read_source(config: Path | None) -> Source:
    """Read the configuration as `airlock serve` does; where there is none, take what is shipped.

    Raises:
        SettingsError: The file that was named is missing, or a field is wrong.
    """
    file = named(config)
    if file is None:
        return Source(None, notes=(_SHIPPED,), body_bytes=Limits().body_bytes)
    settings = load(file)
    return Source(settings, str(file), body_bytes=settings.limits.body_bytes)


@asynccontextmanager
async def opened(source: Source, tenant: str) -> AsyncIterator[Trials]:
    """Open detectors and policy.

    Raises:
        SettingsError: A file that the settings name can't be used.
        BundleUnusable, ModuleUnusable: The policies can't.
    """
    settings = source.settings
    policy, cache = (settings.policy, settings.cache) if settings else (Policy(), None)
    detectors = settings.detectors if settings else Detectors()
    secret, notes = _secret(settings)
    bundle = bundle_of(policy)
    async with AsyncExitStack() as stack:
        engine = engine_of(policy, bundle, cache)
        stack.push_async_callback(engine.close)
        suite = suite_of(detectors, cache)
        stack.callback(suite.close)
        seen = PictureReader(detectors.patience)
        stack.callback(seen.close)
        reader = DocumentReader(detectors.patience, pictures=seen)
        stack.callback(reader.close)
        inspector = Inspector(suite, engine)
        tools, pictures = ToolStages(inspector), Pictures(seen)
        door = FirstDoor(inspector, tools, Pseudonyms(secret), pictures)
        told = Source(settings, source.file, (*source.notes, *notes), source.body_bytes)
        judge = Judge(inspector, tools)
        yield Trials(told, engine, Documents(reader), pictures, door, judge, use_cases_in(bundle.data, tenant))


def use_cases_in(data: bytes, tenant: str) -> tuple[str, ...]:
    """Give the use cases that a tenant may call for, as far as the data is laid out like the shipped one's."""
    told = orjson.loads(data)
    known = told.get("use_cases") if isinstance(told, dict) else None
    tenants = told.get("tenants") if isinstance(told, dict) else None
    if not (isinstance(known, dict) and isinstance(tenants, dict)):
        return ()
    allowed = tenants.get(tenant, {}).get("use_cases", [])
    return tuple(sorted(name for name in known if {"*", name} & set(allowed)))


def _secret(settings: Settings | None) -> tuple[bytes, tuple[str, ...]]:
    """Give the secret that pseudonyms come from: the gateway's, or else one of this user's own."""
    if settings is None:
        return own_key(user_cache_dir()), ()
    try:
        return settings.master_secret(), ()
    except SettingsError:
        return own_key(settings.cache or user_cache_dir()), (_OTHER_KEY,)


def own_key(folder: Path | None) -> bytes:
    """Give a key that is made once and kept for this user, so that a reply may hold pseudonyms of an earlier run.

    It is new each time where it can't be kept. Nobody else must know it: values could be guessed from pseudonyms.
    """
    made = secrets.token_bytes(MASTER_BYTES)
    if folder is None:
        return made
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(folder / KEY_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(made)
    except FileExistsError:
        kept = (folder / KEY_FILE).read_bytes()
        return kept if len(kept) == MASTER_BYTES else made
    except OSError:
        return made
    return made
