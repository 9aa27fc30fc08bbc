"""Opens a lap file with DuckDB and with pandas, and prints what each sees as one JSON document."""

import json
import sys

import duckdb
import pandas

path = sys.argv[1]
connection = duckdb.connect()


def rows(query):
    return connection.execute(query, [path]).fetchall()


frame = pandas.read_parquet(path)
metadata = {key.decode(): value.decode() for key, value, *_ in rows("select key, value from parquet_kv_metadata(?)")}
print(
    json.dumps(
        {
            "facts": json.loads(metadata["racing-coach.lap"]),
            "formatVersion": metadata["racing-coach.format-version"],
            "codecs": sorted(set(row[0] for row in rows("select compression from parquet_metadata(?)"))),
            "encodings": sorted(set(row[0] for row in rows("select encodings from parquet_metadata(?)"))),
            "duckdb": {
                "rows": rows("select count(*) from read_parquet(?)")[0][0],
                "columns": [row[0] for row in rows("describe select * from read_parquet(?)")],
                "types": {row[0]: row[1] for row in rows("describe select * from read_parquet(?)")},
                "firstRow": rows('select min("row") from read_parquet(?)')[0][0],
                "lapDistanceSum": rows("select sum(lapDistanceM) from read_parquet(?)")[0][0],
            },
            "pandas": {
                "rows": len(frame),
                "columns": list(frame.columns),
                "firstRow": int(frame["row"].min()),
                "lapDistanceSum": float(frame["lapDistanceM"].astype("float64").sum()),
                "gears": sorted(int(gear) for gear in frame["gear"].unique()),
            },
        }
    )
)
