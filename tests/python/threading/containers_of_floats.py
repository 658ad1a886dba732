"""Operators write their result into a float that nobody else has: never into one that a container holds."""

import threading
shared = [1.5] * 8
d = {}
s = set()
errors = []
def work(k):
    try:
        for i in range(3000):
            x = shared[i & 7]
            y = x + 1.0
            y += 0.5
            shared[i & 7] = y - 1.5
            if shared[(i + 1) & 7] != 1.5: errors.append((k, i))
            d[i & 63] = y
            z = d.get((i * 7) & 63)
            if z is not None and z != 3.0: errors.append(('d', z))
            s.add(i & 31)
            if i % 5 == 0: s.discard(i & 15)
            if i % 97 == 0:
                l = shared[:]
                if any(v != 1.5 for v in l): errors.append(('l', l))
    except Exception as e:
        errors.append(e)
t = [threading.Thread(target=work, args=(k,)) for k in range(4)]
for a in t: a.start()
for a in t: a.join()
print(len(errors), errors[:3], len(d), sorted(s)[-1])
