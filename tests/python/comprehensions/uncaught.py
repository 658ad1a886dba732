rows = [[1, 2], [3, 0], [5, 6]]

def ratio(row):
    return row[0] / row[1]

print(ratio(rows[0]))
print([ratio(row)
       for row in rows])
