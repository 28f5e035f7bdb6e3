import pandas
print "rows:", len(pandas.read_csv("/home/ana/a.csv"))
