print("first starts")
from . import second
value = "first value"
print("first ends")
