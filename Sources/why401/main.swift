print("why401")
