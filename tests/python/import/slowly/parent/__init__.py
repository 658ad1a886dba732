import sys, time
sys.runs.append(__name__)
time.sleep(0.05)
from .child import value
