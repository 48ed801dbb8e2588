"""The data folder: its modes, its lock, and folders that are refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from exam_app.core.errors import UserError
from exam_app.core.messages import sentence
from exam_app.store import place
from exam_app.store.place import Mount
from exam_app.store.store import Store, open_store

LOCAL = Mount("/", "ext4", "/dev/sda1")


def mode(path: Path) -> int:
    """The permission bits of a file or folder."""
    return path.stat().st_mode & 0o777


def refused(folder: Path, mounts: tuple[Mount, ...] = (LOCAL,)) -> str:
    """The code with which a folder is refused."""
    with pytest.raises(UserError) as caught:
        place.prepare(folder, mounts)
    assert sentence(caught.value)
    return caught.value.code


def test_a_new_folder_is_open_to_its_owner_alone(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        folder = place.prepare(tmp_path / "a" / "records", [LOCAL])
    finally:
        os.umask(old)
    assert mode(folder) == 0o700


def test_a_folder_that_others_could_read_is_closed_with_its_files(store: Store, data_key: bytes) -> None:
    store.close()
    store.folder.chmod(0o755)
    for file in store.folder.iterdir():
        file.chmod(0o644)
    with open_store(store.folder, data_key):
        assert mode(store.folder) == 0o700
        assert {mode(file) for file in store.folder.iterdir()} == {0o600}
        assert {file.name for file in store.folder.iterdir()} > {
            "store.db",
            "store.db-wal",
            "store.db-shm",
            "store.key",
        }


def test_the_mode_of_a_folder_with_other_peoples_files_is_not_changed(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "letter.txt").write_text("dear")
    assert refused(tmp_path) == "store_folder_shared"
    assert mode(tmp_path) == 0o755


def test_own_forms_that_were_there_before_the_first_start_are_no_others_files(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms.json").write_text("{}")
    assert place.prepare(tmp_path, (LOCAL,)) == tmp_path
    assert mode(tmp_path) == 0o700


def test_a_file_in_the_place_of_the_folder_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "records").write_text("a file")
    assert refused(tmp_path / "records") == "store_folder_unwritable"
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    assert refused(tmp_path / "circle") == "store_folder_unwritable"


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse.rclone", "ceph", "davfs"])
def test_a_network_folder_is_refused_and_nothing_is_made(tmp_path: Path, kind: str) -> None:
    share = Mount(str(tmp_path), kind, "server:/share")
    assert refused(tmp_path / "records", (LOCAL, share)) == "store_on_network"
    assert not list(tmp_path.iterdir())


def test_a_share_is_known_by_its_source_where_its_kind_says_nothing(tmp_path: Path) -> None:
    share = Mount(str(tmp_path), "fuse", "https://cloud.example/dav")
    assert refused(tmp_path / "records", (LOCAL, share)) == "store_on_network"


def test_a_link_to_a_network_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "share")
    share = Mount(str(tmp_path / "share"), "nfs4", "server:/share")
    assert refused(tmp_path / "link" / "records", (LOCAL, share)) == "store_on_network"
    assert not list((tmp_path / "share").iterdir())


def test_a_database_that_is_a_link_to_a_network_is_refused(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir(mode=0o700)
    (tmp_path / "records" / "store.db").symlink_to("/mnt/share/store.db")
    share = Mount("/mnt/share", "cifs", "//server/share")
    assert refused(tmp_path / "records", (LOCAL, share)) == "store_on_network"


def test_the_nearest_mount_decides_and_of_two_on_one_folder_the_last(tmp_path: Path) -> None:
    home = Mount(str(tmp_path), "nfs4", "server:/home")
    disk = Mount(str(tmp_path / "disk"), "ext4", "/dev/sdb1")
    assert not place.lies_on_network(tmp_path / "disk" / "records", [disk, home, LOCAL])
    assert place.lies_on_network(tmp_path / "diskette", [disk, home, LOCAL])
    assert place.lies_on_network(tmp_path / "disk", [disk, Mount(disk.point, "nfs", "server:/over")])


def test_the_mount_tables_of_linux_and_macos_are_read() -> None:
    linux = "/dev/sda1 / ext4 rw 0 0\nserver:/a\\040b /mnt/my\\040share nfs4 rw,vers=4.2 0 0\n"
    assert place.parse_proc_mounts(linux) == (LOCAL, Mount("/mnt/my share", "nfs4", "server:/a b"))
    macos = "/dev/disk1s1 on / (apfs, local)\n//me@server/my share on /Volumes/my share (smbfs, nodev, mounted by me)\n"
    read = place.parse_mount_command(macos)
    assert read == (Mount("/", "apfs", "/dev/disk1s1"), Mount("/Volumes/my share", "smbfs", "//me@server/my share"))
    assert [mount.remote for mount in read] == [False, True]


def test_a_second_opener_is_refused_until_the_first_has_closed(store: Store, data_key: bytes) -> None:
    with pytest.raises(UserError) as caught:
        open_store(store.folder, data_key)
    assert caught.value.code == "store_in_use"
    store.close()
    open_store(store.folder, data_key).close()


def test_another_process_is_refused_too(store: Store) -> None:
    code = (
        "import sys; from pathlib import Path; from exam_app.core.errors import UserError\n"
        "from exam_app.store.store import open_store\n"
        "try: open_store(Path(sys.argv[1]), bytes(32))\n"
        "except UserError as error: print(error.code)"
    )
    done = subprocess.run([sys.executable, "-c", code, str(store.folder)], capture_output=True, text=True, check=True)
    assert done.stdout == "store_in_use\n"


def test_a_first_start_is_told_from_a_lost_key_file_or_database(store: Store, tmp_path: Path) -> None:
    assert place.is_new(tmp_path)
    assert not place.is_new(store.folder)
    store.close()
    (store.folder / "store.key").unlink()
    assert not place.is_new(store.folder)


def test_a_file_is_published_under_a_free_name_only(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("old")
    place.write_private(tmp_path / "new", b"new")
    with pytest.raises(FileExistsError):
        place.publish(tmp_path / "new", tmp_path / "taken")
    assert (tmp_path / "taken").read_text() == "old"
