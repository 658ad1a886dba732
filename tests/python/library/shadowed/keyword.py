value = "in a package of its own"
