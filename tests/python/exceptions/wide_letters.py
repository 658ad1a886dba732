# Carets stand below what they mean, whatever the letters in front of it are wide.
é = "ü" * 3; 日本 = (lambda x: x / 0)(é and 1) if é else None
