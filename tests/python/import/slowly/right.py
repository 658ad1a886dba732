import sys, time
sys.runs.append(__name__)
first = "right begins"
time.sleep(0.02)
from . import left
last = "right ends"
