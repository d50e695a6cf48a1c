"""What this processor can do with eight-bit numbers."""

import platform
from pathlib import Path
from typing import Final

_X86: Final = frozenset({"x86_64", "amd64"})
_VNNI: Final = frozenset({"avx512_vnni", "avx_vnni"})
_FLAGS: Final = Path("/proc/cpuinfo")


def sums_overflow(machine: str | None = None, flags_file: Path = _FLAGS) -> bool:
    """Whether sums of products of eight-bit numbers overflow: on x86-64 without VNNI they are kept in 16 bits.

    Where that can't be told it counts as true: the way around is slower, and exact on every processor.
    """
    if (machine or platform.machine()).lower() not in _X86:
        return False
    try:
        lines = flags_file.read_text().splitlines()
    except OSError:
        return True
    return not any(_VNNI & set(line.split()) for line in lines if line.startswith("flags"))
