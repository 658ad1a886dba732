class Pair[T, U = str]:
    pass


class Late[T, *Ts = *tuple[int, bool]]:
    pass


print(Pair[int], Pair[int, bool], Pair[int].__args__, Pair[int].__parameters__)


class Derived(Pair[float]):
    pass


print(Derived.__orig_bases__, Pair[int] == Pair[int, str])
for wrong in ("Pair[1, 2, 3]", "Pair[()]"):
    try:
        print(eval(wrong))
    except TypeError as error:
        print(error)
