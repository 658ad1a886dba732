print("broken begins")
raise ValueError("while importing")
