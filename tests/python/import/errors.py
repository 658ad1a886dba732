import sys
for text in ("import no_such_thing", "import shapes.missing", "from shapes import nothing", "from shapes.square import nope", "from . import x", "import math.nothing", "from math import zzz", "import shapes.square.deep", "from ..up import x", "from no_such_thing import y"):
    try:
        exec(text)
    except ImportError as error:
        print(type(error).__name__, str(error).split(" (")[0], error.name)
print("shapes.missing" in sys.modules)
import broken_package
