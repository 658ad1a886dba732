"""Permutations: the longest run of prefix reversals."""


def fannkuch(n):
    p = list(range(n))
    q = [0] * n
    s = list(range(n))
    sign, most, total = 1, 0, 0
    while True:
        if p[0] != 0:
            for i in range(1, n):
                q[i] = p[i]
            flips, first = 1, p[0]
            while True:
                then = q[first]
                if then == 0:
                    break
                q[first] = first
                if first >= 3:
                    i, j = 1, first - 1
                    while i < j:
                        q[i], q[j] = q[j], q[i]
                        i += 1
                        j -= 1
                first = then
                flips += 1
            total += sign * flips
            most = max(most, flips)
        if sign == 1:
            p[0], p[1] = p[1], p[0]
            sign = -1
        else:
            p[1], p[2] = p[2], p[1]
            sign = 1
            for i in range(2, n):
                if s[i] != 0:
                    s[i] -= 1
                    break
                if i == n - 1:
                    return total, most
                s[i] = i
                p.insert(i + 1, p.pop(0))


print(fannkuch(9))
