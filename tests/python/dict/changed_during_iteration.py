d = {i: i for i in range(4)}
try:
    for k in d: d[k + 10] = 1
except RuntimeError as error:
    print(error)
d = {1: 1, 2: 2}
try:
    for k in d:
        del d[k]
        d[k + 5] = 1
except RuntimeError as error:
    print(error)
d = {1: 1, 2: 2}
for k in d: d[k] += 1
print(d)
for k in list(d): del d[k]
print(d)
e = {"x": 1}; e["self"] = e
print(e, [e] == [e])
it = iter({1: 1, 2: 2}.items()); print(next(it), it.__length_hint__(), list(it), list(it))
try:
    for x in e.values(): e[len(e)] = 0
except RuntimeError as error:
    print(error)
f = {"a": 1}; print(f == {"a": 1.0}, f != {"a": 2}, f == {"a": 1, "b": 2}, {} == {}, {1: [1]} == {1: [1]})
