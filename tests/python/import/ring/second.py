print("second starts")
from . import first
seen = hasattr(first, "value")
def late(): return first.value
print("second ends")
