def first[T](items: list[T]) -> T: return items[0]
class Box[T, *Ts, **P]:
    def get[U](self, x: U) -> U: return x
print(first([3]), first.__type_params__, Box.__type_params__, Box().get(5), Box.get.__type_params__)
T = first.__type_params__[0]
print(T.__name__, T.__bound__, T.__constraints__, repr(T), type(T).__name__)
def bound[T: int, S: (str, bytes), D = int](x): pass
print([(t.__name__, t.__bound__, t.__constraints__) for t in bound.__type_params__], bound.__type_params__[2].__default__)
try:
    T
    print(T.__infer_variance__)
    U
except NameError as error:
    print(error)
