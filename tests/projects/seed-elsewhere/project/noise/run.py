"""Train a small network on the signal."""

import torch

from noise.data import draw_signal
from noise.seeds import seed_everything


def main():
    seed_everything(5)
    signal = torch.tensor(draw_signal(400))
    net = torch.nn.Linear(1, 1)
    optimiser = torch.optim.SGD(net.parameters(), lr=0.01)
    for value in signal:
        optimiser.zero_grad()
        loss = (net(value.reshape(1).float()) - value).square().sum()
        loss.backward()
        optimiser.step()


if __name__ == "__main__":
    main()
