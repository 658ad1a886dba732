# Dates from text.
import time

for text, format in (
    ("2024-02-29 10:11:12", "%Y-%m-%d %H:%M:%S"),
    ("Sat Jun 06 16:26:11 1998", "%a %b %d %H:%M:%S %Y"),
    ("Sat Jun  6 16:26:11 1998", "%c"),
    ("12/31/99", "%x"),
    ("1:5 PM", "%I:%M %p"),
    ("2024 060", "%Y %j"),
    ("2024 10 1", "%Y %U %w"),
    ("2024 10 1", "%Y %W %w"),
    ("Monday", "%A"),
    ("jan", "%b"),
    ("+0130", "%z"),
    ("99", "%y"),
    ("05", "%y"),
    ("5 %", "%M %%"),
    ("1.5", "%S.%f"),
    ("a  b", "a b"),
    ("x", "%Y"),
    ("2024x", "%Y"),
    ("2023 2 30", "%Y %m %d"),
    ("2024", "%Q"),
    ("2024", "%"),
    ("ab", "a b"),
    (1, "%Y"),
):
    try:
        print(repr(text), time.strptime(text, format)[:])
    except (ValueError, TypeError) as error:
        print(repr(text), type(error).__name__, error)
print(time.strptime("Sat Jun 06 16:26:11 1998").tm_yday, type(time.strptime("1 2", "%m %Y"[:2] + " %M")).__name__)
