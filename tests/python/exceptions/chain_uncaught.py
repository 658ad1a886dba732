def load(name):
    try:
        return {}[name]
    except KeyError as error:
        raise RuntimeError(f"cannot load {name}") from error

def main():
    try:
        load("settings")
    except RuntimeError:
        raise ValueError("giving up")

main()
