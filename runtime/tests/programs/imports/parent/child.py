import sys
import time

sys.runs.append(__name__)
time.sleep(0.001)
value = "a child"
