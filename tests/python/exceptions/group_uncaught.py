def work(n):
    if n % 2:
        raise ValueError(f"odd {n}")
    raise TypeError(f"even {n}")

def collect():
    errors = []
    for n in range(2):
        try:
            work(n)
        except Exception as error:
            errors.append(error)
    errors[0].add_note("a note")
    raise ExceptionGroup("work failed", errors)

collect()
