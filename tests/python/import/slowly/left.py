import sys, time
sys.runs.append(__name__)
first = "left begins"
time.sleep(0.02)
from . import right
last = "left ends"
