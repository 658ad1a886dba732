"""Bodies in lists of floats that attract each other."""


def advance(bodies, pairs, dt, steps):
    for _ in range(steps):
        for (a, va, ma), (b, vb, mb) in pairs:
            dx = a[0] - b[0]
            dy = a[1] - b[1]
            dz = a[2] - b[2]
            force = dt * ((dx * dx + dy * dy + dz * dz) ** -1.5)
            fb = mb * force
            fa = ma * force
            va[0] -= dx * fb
            va[1] -= dy * fb
            va[2] -= dz * fb
            vb[0] += dx * fa
            vb[1] += dy * fa
            vb[2] += dz * fa
        for r, v, _ in bodies:
            r[0] += dt * v[0]
            r[1] += dt * v[1]
            r[2] += dt * v[2]


def main():
    bodies = [
        ([0.0, 0.0, 0.0], [0.0, 0.0, 0.0], 39.5),
        ([4.8, -1.2, -0.1], [0.6, 2.8, -0.02], 0.04),
        ([8.3, 4.1, -0.4], [-1.0, 1.8, 0.008], 0.01),
        ([12.9, -15.1, -0.2], [1.1, 0.9, -0.01], 0.002),
        ([15.4, -25.9, 0.2], [1.0, 0.6, -0.03], 0.002),
    ]
    pairs = [(a, b) for i, a in enumerate(bodies) for b in bodies[i + 1:]]
    advance(bodies, pairs, 0.01, 30000)
    return [round(x, 6) for x in bodies[0][0]]


print(main())
