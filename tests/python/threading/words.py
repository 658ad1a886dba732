import threading
class T(threading.Thread):
    def __init__(self): pass
def tell(*fs):
    for f in fs:
        try:
            print(f())
        except BaseException as error:
            print(type(error).__name__, error)
t = T()
tell(t.start, t.join, lambda: repr(t), lambda: t.name, lambda: t.daemon, lambda: t.ident, t.is_alive, lambda: setattr(t, "name", "x"), lambda: setattr(t, "daemon", True), lambda: t.native_id, t.run)
t = threading.Thread(target=print, args=("hi",), name=5)
print(t.name, t, t._target, t._args, t._kwargs); t.run()
tell(lambda: t._target, lambda: delattr(t, "name"), lambda: threading.Thread(5), lambda: threading.Thread(foo=1), lambda: threading.Thread(target=3).run(), t.join, t.run, lambda: setattr(t, "name", None), lambda: t.name)
go = threading.Event()
t = threading.Thread(target=go.wait, daemon=True); t.start()
tell(lambda: setattr(t, "daemon", False), lambda: t.join(-5), lambda: t.join(0.01), t.is_alive, t.start, lambda: t.daemon)
go.set(); t.join(); tell(t.is_alive, t.start)
print(str(t).split()[:2], t.ident is not None)
print(type(threading.main_thread()), str(threading.main_thread()).split()[:2], threading.main_thread().is_alive())
tell(lambda: threading.stack_size(), lambda: threading.stack_size(65536), lambda: threading.stack_size(0), lambda: threading.stack_size(100), lambda: threading.stack_size(-1))
class Named(threading.Thread):
    def run(self): print(self.name, threading.current_thread() is self)
n = Named(name="n", daemon=None); n.start(); n.join()
print(threading.Thread(target=tell).name.split("-")[0], threading.Thread(daemon=True).daemon)
def inherit(): print(threading.Thread().daemon, threading.current_thread().daemon)
t = threading.Thread(target=inherit, daemon=True); t.start(); t.join()
