"""From the configuration to who may use how much, and where it is counted."""

from gateway.limits.claim import Store
from gateway.limits.memory import MemoryStore
from gateway.limits.quotas import Quotas
from gateway.pipeline.admission import Admission
from gateway.pipeline.prices import OwnPrice, Prices, Rates
from gateway.pipeline.refusals import Refusals
from gateway.secret_source import SettingsError
from gateway.settings import Settings


def store_of(settings: Settings) -> Store:
    """Give the counters, inside the running event loop.

    Raises:
        SettingsError: The address of Redis can't be read, or its driver is not installed.
    """
    redis = settings.redis
    if redis is None:
        return MemoryStore()
    try:
        from gateway.limits.replicas import RedisStore
    except ImportError as exc:
        raise SettingsError("redis: the driver is missing: pip install 'airlock-gateway[redis]'") from exc
    return RedisStore(redis.address(), timeout_s=redis.timeout_ms / 1000, lease_s=redis.lease_s, prefix=redis.prefix)


def prices_of(settings: Settings) -> Prices:
    """Give the operator's own prices, before those that everybody knows."""
    return Prices(
        OwnPrice(own.models, own.upstreams, Rates(own.input, own.output, own.cache_read, own.cache_write))
        for own in settings.prices
    )


def admission_of(settings: Settings, store: Store, prices: Prices, refusals: Refusals) -> Admission:
    """Give what holds calls to the configured quotas."""
    quotas = Quotas(quota.rule() for quota in settings.quotas)
    return Admission(quotas, store, prices, refusals, settings.limits.output_tokens, fails_open(settings))


def fails_open(settings: Settings) -> bool:
    """Tell whether calls pass while nobody can count them."""
    return settings.redis is not None and settings.redis.when_away == "allow"
