# A name that no parameter has is answered with the closest one.
def function(first, /, second, *, keyword=1):
    return first


for call in (
    lambda: function(1, 2, keyward=3),
    lambda: function(1, secnd=2),
    lambda: function(1, 2, zzz=3),
    lambda: function(1, 2, firs=3),
    lambda: function(1, 2, first=3),
    lambda: function(1, 2, Keyword=3),
):
    try:
        call()
    except TypeError as error:
        print(error)
