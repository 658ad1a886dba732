import ring.first
print(ring.first.value, ring.second.seen, ring.second.late())
import sys
print(sorted(n for n in sys.modules if n.startswith("ring")))
import knot
