"""From the configuration to what checks calls: the detectors, and the policy engine.

Without a configuration, `Detectors()` and `Policy()` give the shipped ones.
"""

from pathlib import Path

from detectors.catalog import default_suite, user_cache_dir
from detectors.errors import ListsUnusable, RecognizersUnusable, WeightsUnusable
from detectors.suite import Limits, Suite
from gateway.detector_settings import Detectors
from gateway.policy.bundle import Bundle, load
from gateway.policy.engine import Engine
from gateway.policy.opa import OpaEngine
from gateway.policy.wasm import WasmEngine
from gateway.secret_source import SettingsError
from gateway.settings import Policy


def suite_of(chosen: Detectors, cache: Path | None) -> Suite:
    """Make the detectors; what is compiled for them is kept in `cache`, by default the user's cache folder.

    Raises:
        SettingsError: A file or a secret that the settings name can't be used.
    """
    try:
        return default_suite(
            cache,
            Limits().slower(chosen.patience),
            by_meaning=chosen.by_meaning(),
            recognizers=chosen.recognizers,
            lists=chosen.lists,
            phone_regions=chosen.phone_regions,
        )
    except ListsUnusable as exc:
        raise SettingsError(f"detectors.lists: {exc}") from exc
    except RecognizersUnusable as exc:
        raise SettingsError(f"detectors.recognizers: {exc}") from exc
    except WeightsUnusable as exc:
        raise SettingsError(f"detectors: {exc}; with `encoder: off` texts are searched for patterns only") from exc


def bundle_of(policy: Policy) -> Bundle:
    """Load the policies and their data. Raises `BundleUnusable`."""
    return load(policy.bundle, policy.data)


def engine_of(policy: Policy, bundle: Bundle, cache: Path | None) -> Engine:
    """Make the engine that decides with this bundle; `cache` is as in `suite_of`. Raises `ModuleUnusable`."""
    if policy.engine == "opa":
        return OpaEngine(policy.opa.url, timeout_s=policy.opa.timeout_ms / 1000, expected=bundle.digest)
    return WasmEngine(bundle, cache=cache or user_cache_dir())
