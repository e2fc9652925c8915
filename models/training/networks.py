"""The two networks. Both return probabilities [N, L] and a heat map [N, L, h, w], all in 0..1."""

import torch
from torch import nn


def block(inputs, outputs, stride=1, dilation=1, size=3):
    padding = dilation * (size // 2)
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, size, stride, padding, dilation, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


class Located(nn.Module):
    """Features, a map of each label from them, and a verdict from the maps and the whole picture.

    The heat map is what the verdict rests on: each label's map is pooled (its peak and its mean)
    and joined with the mean of all features in one linear layer.
    """

    def __init__(self, features, width, labels):
        super().__init__()
        self.features = features
        self.maps = nn.Conv2d(width, labels, 1)
        self.verdict = nn.Linear(labels * 2 + width, labels)
        self.dropout = nn.Dropout(0.1)
        # Disease is rare: a map that begins dark learns at once, one that begins grey unlearns first.
        nn.init.constant_(self.maps.bias, -3.0)

    def forward(self, image):
        logits, maps = self.logits(image)
        return torch.sigmoid(logits), torch.sigmoid(maps)

    def logits(self, image):
        features = self.features(image)
        maps = self.maps(features)
        peak = maps.amax((2, 3))
        share = torch.sigmoid(maps).mean((2, 3)) * 10
        whole = self.dropout(features.mean((2, 3)))
        return self.verdict(torch.cat([peak, share, whole], 1)), maps


def phantom_network(labels=4):
    """256 x 256 in, 32 x 32 map."""
    features = nn.Sequential(
        block(1, 24, 4, size=7),
        block(24, 40, 2),
        block(40, 40),
        block(40, 40, dilation=2),
        block(40, 40, dilation=4),
        block(40, 40),
    )
    return Located(features, 40, labels)


def mnist_network(labels=1):
    """28 x 28 in, 14 x 14 map."""
    features = nn.Sequential(
        block(1, 16),
        block(16, 32, 2),
        block(32, 48),
        block(48, 48, dilation=2),
        block(48, 48),
    )
    return Located(features, 48, labels)
