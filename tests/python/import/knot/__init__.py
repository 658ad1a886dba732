try:
    from .a import x
except ImportError as error:
    print(str(error).split(" (most")[0])
