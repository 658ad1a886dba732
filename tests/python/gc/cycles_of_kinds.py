import gc, weakref
gc.disable()
class T: pass
def through(make):
    t = T(); w = weakref.ref(t)
    make(t)
    del t
    alive = w() is not None
    gc.collect()
    return alive, w() is None
def by_list(t): t.x = [t]
def by_dict(t): t.x = {"k": t}
def by_tuple(t): t.x = (t, 1)
def by_closure(t): t.x = lambda: t
def by_method(t): t.x = t.__init__
def by_generator(t):
    def g():
        yield t
    t.x = g(); next(t.x)
def by_frame(t):
    try:
        raise ValueError
    except ValueError as error:
        t.x = error
def by_set(t): t.x = {t}
def by_class(t): t.x = type("C", (), {"attribute": t})
def no_cycle(t): t.x = [1]
for make in (by_list, by_dict, by_tuple, by_closure, by_method, by_generator, by_frame, by_set, by_class, no_cycle):
    print(make.__name__, *through(make))
