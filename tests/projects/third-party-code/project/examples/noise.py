import numpy as np

values = np.random.normal(size=9)
np.savetxt("/home/ana/noise.txt", values)
