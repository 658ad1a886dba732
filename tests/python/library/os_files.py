"""Files and folders through `os` and `os.path`."""

import os
import stat

base = os.path.abspath(f"os-files-{os.getpid()}")
os.mkdir(base)
here = os.getcwd()
os.chdir(base)
print(os.path.basename(os.getcwd()) == os.path.basename(base))
with open("one", "w") as file:
    file.write("twelve bytes")
known = os.stat("one")
print(known.st_size, known[6], stat.S_ISREG(known.st_mode), stat.filemode(os.stat(".").st_mode)[0])
print(known.st_mtime_ns // 10**9 == int(known.st_mtime) == known[8], len(known))
os.rename("one", "two")
os.symlink("two", "three")
print(os.readlink("three"), os.path.islink("three"), os.path.exists("one"), os.path.lexists("three"))
os.makedirs("a/b/c", exist_ok=True)
os.makedirs(b"a/b", exist_ok=True)
print(sorted(os.listdir()), sorted(os.listdir(b".")))
with os.scandir(".") as entries:
    for entry in sorted(entries, key=lambda entry: entry.name):
        print(entry.name, entry.path, entry.is_dir(), entry.is_file(), entry.is_symlink())
for folder, folders, files in os.walk("."):
    print(folder, sorted(folders), sorted(files))
for attempt in (
    lambda: os.stat("nothing"),
    lambda: os.mkdir("a"),
    lambda: os.rmdir("a"),
    lambda: os.rename("nothing", "else"),
    lambda: os.listdir("two"),
    lambda: os.stat(1.5),
    lambda: os.listdir(1.5),
    lambda: os.unlink(None),
    lambda: os.fspath(3),
    lambda: os.stat("a\0b"),
    lambda: os.close(999),
):
    try:
        attempt()
    except Exception as error:
        print(type(error).__name__, error)
number = os.open("four", os.O_CREAT | os.O_RDWR, 0o600)
print(os.write(number, b"hello"), os.lseek(number, 1, os.SEEK_SET), os.read(number, 3), os.fstat(number).st_size)
os.ftruncate(number, 2)
os.close(number)
print(os.path.getsize("four"), os.access("four", os.R_OK), os.access("five", os.F_OK))
reader, writer = os.pipe()
os.write(writer, b"through")
os.close(writer)
print(os.read(reader, 100), os.read(reader, 100))
os.close(reader)
os.utime("four", (1, 2.5))
print(os.stat("four").st_mtime, os.stat("four").st_atime_ns)
for name in ("two", "three", "four"):
    os.remove(name)
os.removedirs("a/b/c")
os.chdir(here)
print(os.path.exists(base))
