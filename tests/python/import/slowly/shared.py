import sys, time
sys.runs.append(__name__)
early = 1
time.sleep(0.05)
late = 2
