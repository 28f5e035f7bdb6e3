import pandas as pd

rows = pd.read_csv("/home/ana/crlf.csv")
