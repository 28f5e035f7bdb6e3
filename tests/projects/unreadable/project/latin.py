# -*- coding: latin-1 -*-
import pandas as pd

rows = pd.read_csv("/home/ana/café.csv")
