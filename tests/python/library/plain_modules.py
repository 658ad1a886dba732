# Modules of the library that are written in Python alone.
import bisect
import copy
import enum
import heapq
import keyword
import operator
from datetime import date, datetime, timedelta

print(keyword.iskeyword("yield"), keyword.iskeyword("raddle"), len(keyword.kwlist) > 30)
print(operator.add(2, 3), operator.itemgetter(1, 0)("ab"), operator.attrgetter("real")(5))
heap = [5, 1, 4, 2, 3]
heapq.heapify(heap)
print([heapq.heappop(heap) for _ in range(5)], heapq.nlargest(2, [3, 9, 4]))
row = [1, 3, 5]
bisect.insort(row, 4)
print(row, bisect.bisect_left(row, 3), bisect.bisect_right(row, 3))


class Colour(enum.Enum):
    RED = 1
    GREEN = 2


class Rights(enum.Flag):
    READ = enum.auto()
    WRITE = enum.auto()


print(Colour.RED, repr(Colour.GREEN), Colour(2), Colour["RED"].value, list(Colour))
print(Rights.READ | Rights.WRITE, Rights.READ in Rights.READ | Rights.WRITE, Rights(3).name)
try:
    Colour(7)
except ValueError as error:
    print(error)
deep = {"a": [1, {2}]}
other = copy.deepcopy(deep)
other["a"][1].add(3)
print(deep, other, copy.copy(deep)["a"] is deep["a"])
print(date(2026, 2, 28) + timedelta(days=2), datetime(2026, 1, 2, 3, 4).isoformat())
