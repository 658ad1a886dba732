import sys
import time

sys.runs.append(__name__)
early = "half done"
time.sleep(0.002)
if sys.failures:
    sys.failures -= 1
    raise ValueError("not yet")
late = "done"
