"""The files of a bundle: read from a folder or a `.tar.gz`, written as a `.tar.gz` that is the same for the same files.

Only what a bundle is made of is read. Paths are relative, with `/`.
"""

import gzip
import io
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

FILE_BYTES = 32 * 2**20
TOTAL_BYTES = 64 * 2**20
MODULE = "compiled/airlock.wasm"  # not `policy.wasm`, which an OPA server would try to run itself
MANIFEST = "compiled/manifest.json"
DATA = "data.json"

_SUFFIXES = {".rego", ".json"}


class BundleUnusable(Exception):
    """The bundle can't be read, is not whole or is out of date; the message says what and what to do."""


def read_files(bundle: Path) -> dict[str, bytes]:
    """Read a bundle's files by path.

    Raises:
        BundleUnusable: The folder or archive can't be read, or is too large.
    """
    files: dict[str, bytes] = {}
    total = 0
    try:
        for path, content in _folder(bundle) if bundle.is_dir() else _tar(bundle):
            total += len(content)
            if total > TOTAL_BYTES:
                raise BundleUnusable(f"{bundle} has more than {TOTAL_BYTES // 2**20} MiB of files")
            files[path] = content
    except OSError as exc:
        raise BundleUnusable(f"{bundle} can't be read: {exc.strerror or 'it is no .tar.gz'}") from exc
    except (tarfile.TarError, EOFError) as exc:
        raise BundleUnusable(f"{bundle} can't be read: it is no .tar.gz") from exc
    return files


def write_archive(files: Mapping[str, bytes], target: Path) -> None:
    """Write the files as a `.tar.gz`, without times and owners: equal files give equal bytes.

    Raises:
        BundleUnusable: The target can't be written.
    """
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", mtime=0) as zipped, tarfile.open(fileobj=zipped, mode="w") as tar:
        for path in sorted(files):
            info = tarfile.TarInfo(path)
            info.size = len(files[path])
            tar.addfile(info, io.BytesIO(files[path]))
    try:
        target.write_bytes(buffer.getvalue())
    except OSError as exc:
        raise BundleUnusable(f"{target} can't be written: {exc.strerror}") from exc


def _is_part(path: PurePosixPath) -> bool:
    return path.suffix in _SUFFIXES or path.name == ".manifest" or str(path) == MODULE


def _folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(folder.rglob("*")):
        path = PurePosixPath(file.relative_to(folder).as_posix())
        if _is_part(path) and file.is_file():
            if file.stat().st_size > FILE_BYTES:
                raise BundleUnusable(f"{file} is larger than {FILE_BYTES // 2**20} MiB")
            yield str(path), file.read_bytes()


def _tar(archive: Path) -> Iterator[tuple[str, bytes]]:
    # Members are only read into memory, so a path that leads elsewhere harms nothing.
    with tarfile.open(archive, mode="r:gz") as tar:
        for member in tar:
            path = PurePosixPath(member.name.lstrip("./") if not member.name.endswith(".manifest") else ".manifest")
            if not member.isfile() or not _is_part(path):
                continue
            if member.size > FILE_BYTES:
                raise BundleUnusable(f"{archive}: {path} is larger than {FILE_BYTES // 2**20} MiB")
            content = tar.extractfile(member)
            yield str(path), content.read() if content is not None else b""
