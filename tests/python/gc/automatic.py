import gc
seen = []
gc.callbacks.append(lambda phase, info: seen.append((phase, dict(info))))
print(gc.get_threshold(), gc.isenabled())
class Node:
    pass
def cycles(n):
    for _ in range(n):
        node = Node()
        node.me = node
gc.collect()
print(seen[-2][0], seen[-1][0], seen[-1][1]['generation'], sorted(seen[-1][1]))
del seen[:]
gc.set_threshold(100, 0, 0)
print(gc.get_threshold())
cycles(5000)
print(len(seen) > 4, sorted({phase for phase, _ in seen}), {info['generation'] for _, info in seen} <= {0,1,2}, sum(info['collected'] for phase, info in seen if phase == 'stop') > 2000)
del seen[:]
gc.disable()
cycles(5000)
print(len(seen), gc.isenabled(), gc.collect() >= 4000)
gc.enable()
gc.set_threshold(0)
print(gc.get_threshold())
del seen[:]
cycles(5000)
print(len(seen))
print([sorted(stat) for stat in gc.get_stats()] , all(v >= 0 for stat in gc.get_stats() for v in stat.values()))
gc.callbacks.clear()
before = gc.get_stats()[2]['collections']
gc.collect(); gc.collect()
print(gc.get_stats()[2]['collections'] - before)
gc.set_debug(gc.DEBUG_SAVEALL)
print(gc.get_debug())
node = Node(); node.me = node; del node
gc.collect()
print([type(o).__name__ for o in gc.garbage if type(o) is Node])
gc.set_debug(0)
gc.garbage.clear()
gc.set_threshold(2000, 10)
print(gc.get_threshold(), gc.get_count()[1:] == tuple(gc.get_count()[1:]))
def bad(phase, info): raise ValueError(phase)
for wrong in (lambda: gc.set_threshold("a"), lambda: gc.set_debug("x"), lambda: gc.collect(-1), lambda: gc.set_threshold()):
    try: wrong()
    except Exception as e: print(type(e).__name__)
