import sys
def quit_with(text):
    try:
        sys.exit(text)
    finally:
        print("cleanup")
quit_with("a message for standard error")
