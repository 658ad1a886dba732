"""Floats that operators write in place, and what is bound elsewhere stays as it is."""

x = 1.5; y = x; y += 1.0; print(x, y, 0.1+0.2+0.3, 2*1.5, 1.5*2, 3/1.5)
l = [1.5, 2.5]; s = sum(l) + l[0]; print(l, s); t = (l[0] + 1.0) + l[1]; print(l, t)
def f(a): a += 1.0; return a
print(f(1.0 + 0.5), f(l[0]), l, float('nan') == float('nan'), 1.0 < 2.0, float('nan') != 1.0)
