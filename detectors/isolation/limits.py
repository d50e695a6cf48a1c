"""Hard limits of the process that they are set in: a small file can ask for any amount of work and room."""


def limit(memory: int, seconds: int) -> None:
    """Allow this process so many bytes of address space and seconds of the processor, and no core file."""
    try:
        import resource
    except ImportError:  # no such limits on this system: the time-out of the one who waits is left
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
