# _random.Random: the sequences that CPython gives for the same seed.
from _random import Random

r = Random(42)
print([r.random() for _ in range(3)], r.getrandbits(1), r.getrandbits(32), r.getrandbits(100), r.getrandbits(0))
for seed in [0, 1, -1, 2**32, 2**70 + 5, True]:
    r.seed(seed)
    print(seed, r.random(), r.getrandbits(16))
state = r.getstate()
print(len(state), state[-1], type(state))
first = [r.random() for _ in range(700)]
r.setstate(state)
print(first == [r.random() for _ in range(700)], sum(first) > 0)
r.seed('text') if False else r.seed(hash(5.5))
a, b = Random(), Random()
print(a.random() != b.random(), 0 <= a.random() < 1)
r.seed()
for bad in ['r.getrandbits(-1)', "r.getrandbits('a')", 'r.setstate(5)', 'r.setstate((1, 2))', 'Random(1, 2)', 'r.seed(1, 2)', 'r.setstate((1,) * 624 + (625,))', 'r.seed([])']:
    try:
        print(bad, eval(bad))
    except Exception as e:
        print(bad, '->', type(e).__name__, e)


class Sub(Random):
    def __init__(self, x):
        super().__init__(x)


print(Sub(7).random() == Random(7).random())
