import threading
for f in (lambda: threading.local(1), lambda: threading.local(a=1)):
    try:
        f()
    except TypeError as error:
        print(error)
class Gone:
    def __init__(self, name): self.name = name
    def __del__(self): print("gone", self.name)
l = threading.local()
def use(): l.it = Gone("with its thread")
t = threading.Thread(target=use); t.start(); t.join(); print(hasattr(l, "it"))
l.it = Gone("with the local"); del l; print("deleted")
class My(threading.local):
    kind = "class attribute"
    __slots__ = ()
    def __init__(self, start, *, step=1): self.value = start; self.step = step
    @property
    def double(self): return self.value * 2
    def next(self): self.value += self.step; return self.value
m = My(1, step=5)
out = []
def work(): out.append((m.next(), m.next(), m.double, m.kind, m.__dict__))
ts = [threading.Thread(target=work) for _ in range(2)]
for t in ts: t.start()
for t in ts: t.join()
print(out, m.next(), m.__dict__)
for f in (lambda: setattr(m, "double", 1), lambda: setattr(m, "__dict__", {}), lambda: delattr(m, "nothing"), lambda: m.nothing, lambda: delattr(m, "value") or hasattr(m, "value")):
    try:
        print(f())
    except AttributeError as error:
        print(error)
class Fails(threading.local):
    def __init__(self): made.append(1); 1 / (2 - len(made))
made = []
f = Fails(); errors = []
def touch():
    for _ in range(2):
        try:
            f.x
        except Exception as error:
            errors.append(type(error).__name__)
t = threading.Thread(target=touch); t.start(); t.join(); print(errors, len(made))
