"""The spectral norm of a matrix: functions of floats in lists."""


def element(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(v):
    n = len(v)
    return [sum([element(i, j) * v[j] for j in range(n)]) for i in range(n)]


def times_transposed(v):
    n = len(v)
    return [sum([element(j, i) * v[j] for j in range(n)]) for i in range(n)]


def main(n=160):
    u = [1.0] * n
    for _ in range(10):
        v = times_transposed(times(u))
        u = times_transposed(times(v))
    up = sum(a * b for a, b in zip(u, v))
    return round((up / sum(x * x for x in v)) ** 0.5, 9)


print(main())
