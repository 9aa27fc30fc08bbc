"""Times pyirsdk reading columns of an .ibt: FILE REPEATS COLUMN... Prints one line of JSON."""

import json
import sys
import time

import irsdk

file, repeats, *columns = sys.argv[1:]
times, total, rows = [], 0.0, 0
for _ in range(int(repeats)):
    began = time.perf_counter()
    ibt = irsdk.IBT()
    ibt.open(file)
    data = [ibt.get_all(column) for column in columns]
    ibt.close()
    times.append((time.perf_counter() - began) * 1e3)
    rows = len(data[0])
    total = sum(sum(column) for column in data)
print(json.dumps({"rows": rows, "ms": times, "sum": total}))
