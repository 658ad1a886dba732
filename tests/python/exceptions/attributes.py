def show(f, *names):
    try:
        f()
    except BaseException as error:
        print(type(error).__name__, error.args, {n: getattr(error, n) for n in names})
show(lambda: undefined_name, "name")
show(lambda: (3).missing, "name", "obj")
show(lambda: __import__("no_such_module_here"), "name", "path")
show(lambda: b"\xff".decode(), "encoding", "object", "start", "end", "reason")
show(lambda: "é".encode("ascii"), "encoding", "object", "start", "end", "reason")
def stop(): raise StopIteration(5)
show(stop, "value")
def leave(): raise SystemExit("bye")
show(leave, "code")
show(lambda: compile("x = = 1", "file", "exec"), "lineno", "offset", "end_lineno", "end_offset", "text", "filename", "msg")
def os_error(): raise OSError(2, "no file", "name.txt")
show(os_error, "errno", "strerror", "filename")
print(OSError(2, "x").__class__.__name__, str(OSError(2, "text", "f")), repr(OSError(13, "denied")))
