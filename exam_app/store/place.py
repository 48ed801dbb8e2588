"""The data folder: where it may lie, its file modes, its lock, and files that are either whole or not there.

Standard library only: the unlock dialog needs this module before its first paint.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from exam_app.core.errors import UserError

KEY_FILE = "store.key"
DATABASE_FILE = "store.db"
LOCK_FILE = "store.lock"
PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700
PRACTICE = "practice"
"""The folder in which practice keeps its own; nothing of a patient is in it."""
OURS = frozenset({"forms", "forms.json", PRACTICE})
"""What may lie in the folder before the first start: a clinic's own forms, what was compiled of them, and practice."""

# fmt: off
_NETWORK_KINDS = frozenset({
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "smb2", "sshfs", "9p", "afs", "afpfs", "ceph", "glusterfs", "lustre",
    "beegfs", "davfs", "webdav", "ncpfs", "coda",
})
_NETWORK_FUSE = frozenset({
    "sshfs", "rclone", "davfs", "davfs2", "glusterfs", "ceph", "s3fs", "gcsfuse", "curlftpfs", "gvfsd-fuse",
    "juicefs", "mfs", "smbnetfs",
})
# fmt: on
_WINDOWS_REMOTE_DRIVE = 4


@dataclass(frozen=True, slots=True)
class Mount:
    """One mounted file system: the folder it is mounted on, its kind (`ext4`, `nfs4`), and what is mounted."""

    point: str
    kind: str
    source: str

    @property
    def remote(self) -> bool:
        """Whether it lies on another computer, as far as its kind and its source tell."""
        family, _, name = self.kind.partition(".")
        if self.kind in _NETWORK_KINDS or (family == "fuse" and name in _NETWORK_FUSE):
            return True
        return self.source.startswith("//") or "://" in self.source


def parse_proc_mounts(text: str) -> tuple[Mount, ...]:
    """The mounts of Linux' /proc/mounts, in order; spaces and the like are written there as octal escapes."""
    mounts = []
    for line in text.splitlines():
        source, point, kind, *_ = (
            re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), part) for part in line.split(" ")
        )
        mounts.append(Mount(point, kind, source))
    return tuple(mounts)


def parse_mount_command(text: str) -> tuple[Mount, ...]:
    """The mounts that the command `mount` prints on macOS: `source on /point (kind, options)`."""
    lines = (re.fullmatch(r"(.*) on (/.*) \(([^,)]+).*\)", line) for line in text.splitlines())
    return tuple(Mount(line[2], line[3], line[1]) for line in lines if line is not None)


def system_mounts() -> tuple[Mount, ...]:
    """What is mounted on this computer now; empty on Windows, which is asked by path."""
    if sys.platform == "win32":
        return ()
    if sys.platform == "darwin":
        import subprocess

        done = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=True)
        return parse_mount_command(done.stdout)
    table = Path("/proc/self/mounts")
    return parse_proc_mounts(table.read_text("utf-8", "surrogateescape")) if table.exists() else ()


def lies_on_network(path: Path, mounts: Iterable[Mount]) -> bool:
    """Whether an absolute path lies on a network file system. The nearest mount point decides, the last of equals."""
    if sys.platform == "win32" and _windows_remote(path):
        return True
    nearest: Mount | None = None
    for mount in mounts:
        if path.is_relative_to(mount.point) and (nearest is None or len(mount.point) >= len(nearest.point)):
            nearest = mount
    return nearest is not None and nearest.remote


def _windows_remote(path: Path) -> bool:
    if sys.platform != "win32":
        return False
    import ctypes

    share = path.drive.startswith("\\\\")
    return share or ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == _WINDOWS_REMOTE_DRIVE


def prepare(folder: Path, mounts: Sequence[Mount] | None = None) -> Path:
    """Makes the data folder ready and returns it without symbolic links: local, and open to its owner alone.

    `mounts` stands in for the computer's own table. UserError `store_on_network`, `store_folder_shared` (a folder
    of others' files that others may read: its mode is not ours to change) or `store_folder_unwritable`.
    """
    folder = folder.absolute()
    if mounts is None:
        mounts = system_mounts()
    # The path as given goes first: to resolve a path on a network that does not answer would block.
    _refuse_network(folder, folder, mounts)
    try:
        real = folder.resolve()
        for path in (real, (real / KEY_FILE).resolve(), (real / DATABASE_FILE).resolve()):
            _refuse_network(path, folder, mounts)
        real.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        _make_private(real)
    except (OSError, RuntimeError) as error:  # RuntimeError: symbolic links in a circle
        raise UserError("store_folder_unwritable", folder=str(folder)) from error
    return real


def _refuse_network(path: Path, folder: Path, mounts: Sequence[Mount]) -> None:
    if lies_on_network(path, mounts):
        raise UserError("store_on_network", folder=str(folder))


def _make_private(folder: Path) -> None:
    if os.name == "nt":
        return
    if folder.stat().st_mode & 0o077:
        if is_new(folder) and any(path.name not in OURS for path in folder.iterdir()):
            raise UserError("store_folder_shared", folder=str(folder))
        folder.chmod(PRIVATE_FOLDER)
    for path in folder.glob("store.*"):
        if path.stat().st_mode & 0o077:
            path.chmod(PRIVATE_FILE)


def is_new(folder: Path) -> bool:
    """Whether the folder holds neither keys nor a database nor a rest of one: this is a first start."""
    return not any((folder / name).exists() for name in (KEY_FILE, DATABASE_FILE, f"{DATABASE_FILE}-wal"))


def write_private(path: Path, content: bytes) -> None:
    """Writes a file with mode 0600 and waits until it is on the disk; a rest of an interrupted write is replaced."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def publish(new: Path, path: Path) -> None:
    """Gives a finished file its name in the same folder, in one step, without ever overwriting.

    FileExistsError if the name is taken; OSError on a file system without hard links, which has no file modes either.
    """
    if os.name == "nt":
        new.rename(path)
    else:
        path.hardlink_to(new)
        new.unlink()
        sync_folder(path.parent)


def replace(new: Path, path: Path) -> None:
    """Puts a finished file in the place of another in the same folder, in one step."""
    new.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Waits until the names in a folder are on the disk; Windows has no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Lock:
    """Holds a data folder for this process. The system lets go of it when the process ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        """Takes the lock, or raises UserError `store_in_use` at once if another window or process holds it.

        `store_folder_unwritable` where the lock's file cannot be made.
        """
        try:
            self._descriptor = os.open(folder / LOCK_FILE, os.O_RDWR | os.O_CREAT, PRIVATE_FILE)
        except OSError as error:
            raise UserError("store_folder_unwritable", folder=str(folder)) from error
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(self._descriptor, msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                # flock and not lockf: lockf would let the same process in twice.
                fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._descriptor)
            raise UserError("store_in_use") from error

    def release(self) -> None:
        """Lets go of the folder. The file stays: removing it would let two processes lock two files of one name."""
        os.close(self._descriptor)
