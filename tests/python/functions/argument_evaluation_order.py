def t(x):
    print(x, end=" ")
    return x
def f(*a, **k): return a, k
print(f(t(1), *[t(2), t(3)], t(4), x=t(5), **{"y": t(6)}, z=t(7)))
print([t(1), t(2)][t(0)], {t("k"): t("v")}, (t(1) < t(2) < t(3)))
d = {}
d[t("key")] = t("value")
x = y = t("shared")
a, d[t("i")] = t(1), t(2)
print(d, t(1) if t(False) else t(2), t(0) or t(5), t(0) and t(1))
print(t(3) > t(2) > t(5) > t(9))
print(t(2) ** t(3) ** t(0), -t(1) + t(2) * t(3))
