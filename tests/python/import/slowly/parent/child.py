import sys
sys.runs.append(__name__)
value = "a child"
