def bad():
    yield 1
    raise StopIteration("inside")
g = bad()
print(next(g))
try:
    next(g)
except RuntimeError as error:
    print(error, repr(error.__cause__))
def take():
    yield next(iter([]))
try:
    list(take())
except RuntimeError as error:
    print(error)
def running():
    yield next(me)
me = running()
try:
    next(me)
except ValueError as error:
    print(error)
print(next(me, "finished"))
