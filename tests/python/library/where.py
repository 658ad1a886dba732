# Where modules of the library come from, and what a name that is not there says.
import sys

import heapq
from shadowed import keyword

print(heapq.__name__, heapq.__package__ == "", heapq.__spec__.name, heapq is sys.modules["heapq"])
print(heapq.__file__.endswith("heapq.py"), heapq.__spec__.origin == heapq.__file__, heapq.__spec__.has_location)
print(heapq.nlargest.__module__, heapq.nlargest.__code__.co_filename == heapq.__file__)
try:
    import heapq.nothing
except ModuleNotFoundError as error:
    print(error, error.name)
try:
    from keyword import nothing
except ImportError as error:
    print(str(error).partition(" (")[0], error.name)
try:
    import no_such_module_here
except ModuleNotFoundError as error:
    print(error)
print(keyword.__name__, keyword.value)
import colorsys  # The folder beside this file comes before the library.

print(colorsys.value)
