value = "beside the program"
