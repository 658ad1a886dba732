"""What `os.path` does with text, `os.environ`, and objects that stand for paths."""

import errno
import os
import os.path

print(os.name, os.sep, os.linesep == "\n", os.path is __import__("posixpath"))
print(os.path.join("a", "/b", "c"), os.path.split("/x/y.z"), os.path.splitext("a/b.tar.gz"))
print(os.path.normpath("/a/./b/../c//d"), os.path.relpath("/a/b", "/a/c"), os.path.commonpath(["/a/b", "/a/c"]))
print(os.path.isabs("/a"), os.path.dirname("/a/b/"), os.path.commonprefix(["abc", "abd"]), os.path.abspath("/x/../y"))


class Place:
    def __init__(self, path):
        self.path = path

    def __fspath__(self):
        return self.path


print(os.fspath(Place("there")), os.path.join(Place("a"), "b"), os.fsencode(Place("é")), ascii(os.fsdecode(b"\xff\xc3\xa9")))
print(isinstance(Place("x"), os.PathLike), issubclass(str, os.PathLike))
try:
    os.fspath(Place(3))
except TypeError as error:
    print(error)
os.environ["RADDLE_TEST"] = "one"
print(os.environ["RADDLE_TEST"], os.getenv("RADDLE_TEST"), os.environb[b"RADDLE_TEST"], os.getenv("RADDLE_NONE", 3))
del os.environ["RADDLE_TEST"]
try:
    os.environ["RADDLE_TEST"]
except KeyError as error:
    print(error)
print(os.strerror(2), errno.ENOENT, errno.errorcode[13], errno.errorcode[11], errno.errorcode[95], errno.errorcode[35])
print(len(os.urandom(7)), os.cpu_count() > 0, os.getpid() != os.getppid(), os.uname().sysname)
print(os.stat_result(range(10)), os.terminal_size((80, 24)))
print(os.path.samefile("/", "/."), os.waitstatus_to_exitcode(256))
