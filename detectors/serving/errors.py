"""What can be wrong with models and their configuration before they run, and why a reader turns texts away.

ServingError
├── ConfigurationUnusable   `detectors.yaml`: not there, not YAML, or a member is wrong
└── ModelUnusable           files of a model are missing, unsafe, or not what the configuration says
QueueFull                   too much waits
"""


class ServingError(Exception):
    """Each message is a sentence for the person who runs the service; it names files and members, never text."""


class ConfigurationUnusable(ServingError):
    """The configuration can't be used as it stands."""


class ModelUnusable(ServingError):
    """A model can't be loaded, and why."""


class QueueFull(Exception):
    """Too much waits. `retry_after` is in how many seconds there may be room."""

    def __init__(self, retry_after: float) -> None:
        super().__init__("too much waits")
        self.retry_after = retry_after
