"""The application, as `serve run detectors.serving.ray.app:build config=detectors.yaml` or a `RayService` has it."""

from typing import Any, Final

from ray import serve
from ray.serve import Application

from detectors.serving.ray.asking import ROOM_S
from detectors.serving.ray.homes import names_of
from detectors.serving.ray.ingress import Ingress
from detectors.serving.ray.readers import Readers
from detectors.serving.ray.settings import AppSettings

READERS: Final = "readers"
INGRESS: Final = "ingress"

HEALTH_PERIOD_S: Final = 5.0
HEALTH_TIMEOUT_S: Final = 15.0

SURGE_PERCENT: Final = 25
"""So many more replicas than usual, at least one, while an application is renewed: old ones go when new ones read."""

INGRESS_ONGOING: Final = 512
INGRESS_TARGET: Final = 128
"""An ingress waits for most of its calls' time."""


def build(settings: AppSettings) -> Application:
    """Build the application, for Ray to run.

    Raises:
        ServingError: the configuration can't be used.
    """
    configuration = settings.read()
    names = names_of(configuration, reads_pictures=False)
    image_names = names_of(configuration, reads_pictures=True)
    readers = serve.deployment(Readers).options(
        name=READERS,
        ray_actor_options={"num_cpus": settings.cpus, "num_gpus": settings.cards(configuration)},
        max_ongoing_requests=settings.max_ongoing_requests,
        max_queued_requests=settings.max_queued_requests,
        logging_config={"enable_access_log": False},  # the ingress writes a line for each call
        autoscaling_config=_scaling(
            settings, settings.min_replicas, settings.max_replicas, settings.target_ongoing_requests
        ),
        **_steady(settings),
    )
    ingress = serve.deployment(Ingress).options(
        name=INGRESS,
        ray_actor_options={"num_cpus": settings.ingress_cpus},
        max_ongoing_requests=INGRESS_ONGOING,
        max_queued_requests=INGRESS_ONGOING,
        backpressure_config={"status_code": 429, "retry_after_s": ROOM_S},
        autoscaling_config=_scaling(settings, settings.min_ingresses, settings.max_ingresses, INGRESS_TARGET),
        **_steady(settings),
    )
    held = readers.bind(configuration, settings.batch_tokens, settings.queue_tokens, settings.drain_s)
    return ingress.bind(held, names, image_names, settings.keys_file)


def _scaling(settings: AppSettings, least: int, most: int, target: float) -> dict[str, Any]:
    return {
        "min_replicas": least,
        "max_replicas": most,
        "target_ongoing_requests": target,
        "upscale_delay_s": settings.upscale_delay_s,
        "downscale_delay_s": settings.downscale_delay_s,
    }


def _steady(settings: AppSettings) -> dict[str, Any]:
    return {
        "health_check_period_s": HEALTH_PERIOD_S,
        "health_check_timeout_s": HEALTH_TIMEOUT_S,
        "graceful_shutdown_timeout_s": settings.drain_s,
        "max_surge_percent": SURGE_PERCENT,
    }
