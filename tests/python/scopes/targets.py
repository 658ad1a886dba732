a = b = [1]
a.append(2)
print(b, a is b)
a, b = b, a
x, *y, z = range(5)
(p, q), [r, *s] = (1, 2), "abc"
print(x, y, z, p, q, r, s)
*m, = "ab"
i = 0
i, data = 1, [10, 20, 30]
i, data[i] = 2, "changed"
print(m, i, data)
for k, (u, *v) in enumerate([(1, 2, 3), "xy"]): print(k, u, v)
class O: pass
o = O()
o.a, o.b = 1, [o]
for o.c in range(3): pass
print(o.a, o.c)
n = 5
n //= 2; n **= 3; n <<= 2; n |= 1; n ^= 3; n %= 10; n -= 1; n >>= 1
print(n)
for make in (lambda: exec("a, b = 1"), lambda: exec("a, b, c = 1, 2"), lambda: exec("*a, b, c = [1]"), lambda: exec("a, b = None")):
    try:
        make()
    except (TypeError, ValueError) as error:
        print(error)
