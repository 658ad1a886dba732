import sys
import time

sys.runs.append(__name__)
time.sleep(0.002)
from .child import value
