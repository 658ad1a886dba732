import gc, weakref
class Node: pass
gc.disable(); print(gc.isenabled()); gc.enable(); print(gc.isenabled())
a, b = Node(), Node(); a.b, b.a = b, a
ra = weakref.ref(a)
del a, b
print(ra() is not None, gc.collect() > 0, ra())
print(gc.garbage, len(gc.get_threshold()), gc.is_tracked([]), gc.is_tracked(5), gc.is_tracked("a"), gc.is_tracked(Node()), len(gc.get_count()))
x = [1]; y = [x]
print(any(r is y for r in gc.get_referrers(x)), any(r is x for r in gc.get_referents(y)), gc.get_referents(5), any(o is y for o in gc.get_objects()))
print(gc.is_finalized(x), gc.get_debug())
try:
    gc.collect(5)
except ValueError as error:
    print(error)
gc.freeze(); print(gc.get_freeze_count() > 0); gc.unfreeze(); print(gc.get_freeze_count())
