type Int = int
type Pair[T] = tuple[T, T]
type Lazy = undefined_yet
print(Int, Int.__value__, Int.__name__, Pair.__type_params__, Pair[int], Pair.__value__, type(Int).__name__)
try:
    Lazy.__value__
except NameError as error:
    print(error)
undefined_yet = 5
print(Lazy.__value__)
type = 3
print(type)
type Tree = list[Tree]
print(Tree.__value__)
