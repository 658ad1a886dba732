import sys, threading
def f():
    fr = sys._getframe()
    a = fr.f_lineno
    b = fr.f_lineno
    return a, b, fr.f_lineno, fr
x = f()
print(x[:3], x[3].f_lineno)
def loop():
    fr = sys._getframe()
    out = []
    for i in range(2):
        out.append(fr.f_lineno)
        if i:
            out.append(fr.f_lineno
              )
    return out
print(loop())
def g():
    fr = sys._getframe()
    yield fr.f_lineno
    yield fr.f_lineno
    yield fr
it = g()
print(next(it), next(it))
fr = next(it)
print(fr.f_lineno, it.gi_frame.f_lineno, it.gi_frame is fr)
def caller():
    return callee()
def callee():
    return (sys._getframe(1).f_lineno, sys._getframe(1).f_code.co_name, sys._getframe(0).f_lineno)
print(caller())
# another thread's frame
box = []
go = threading.Event(); done = threading.Event()
def other():
    box.append(sys._getframe())
    go.set(); done.wait()
t = threading.Thread(target=other); t.start(); go.wait()
print(box[0].f_lineno, box[0].f_code.co_name, box[0].f_locals)
done.set(); t.join()
print(box[0].f_lineno)
