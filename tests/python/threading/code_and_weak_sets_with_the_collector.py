# threads: weakref to sets, code sharing across threads with gc
import threading, gc, weakref, sys
errs = []
def run(f, n=4):
    def w():
        try: f()
        except BaseException as e: errs.append(repr(e))
    ts = [threading.Thread(target=w) for _ in range(n)]; [t.start() for t in ts]; [t.join() for t in ts]
stop = threading.Event()
shared = {}
def evals():
    for i in range(400):
        ns = {}
        exec(f"def f(a=({i}, 'x y {i}')):\n  def g(): yield a; yield [z + {i}.5 for z in (1, 2.5)]\n  return g", ns)
        shared[i % 10] = ns['f']
        g = shared[(i * 7) % 10] if (i * 7) % 10 in shared else ns['f']
        assert len(list(g()())) == 2
        c = g.__code__; assert c.co_consts is c.co_consts; c.co_varnames; c.replace(co_name='n')
        eval(f"{i} + {i}.25")
def collect():
    while not stop.is_set(): gc.collect(); gc.get_objects()
t = threading.Thread(target=collect); t.start()
run(evals)
codes = [compile("(1.5, 'ab c', [2.5])", 'x', 'eval') for _ in range(20)]
def tup():
    for c in codes:
        assert c.co_consts is c.co_consts and eval(c)[0] == 1.5
run(tup, 6)
base = [set(range(5)), frozenset(range(7))]
def weak():
    for i in range(2000):
        s = {i, i + 1}; r = weakref.ref(s); assert r() is s; q = weakref.ref(base[i % 2]); assert q() is base[i % 2]
        f = frozenset(s); wr = weakref.ref(f, lambda r: None); del f
        u = s | {3}; u &= s; assert u <= s | {3}; assert r() is s
        assert wr() is None
run(weak)
def swap():
    for i in range(300):
        def f(): return 1
        f.__code__ = eval(f"lambda: {i}.5").__code__
        assert f() == i + 0.5
run(swap)
stop.set(); t.join()
print(errs[:3], len(errs))
