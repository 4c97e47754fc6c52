"""The general models: what holds for vaults in general, fitted once over vaults of different authors.

They rank in vaults that have too few links to learn from, and they are where training starts. Not for editing by hand:
`benchmarks/links_pretrained.py` prints them.
"""

from enrich.links.model import Model

PRETRAINED_RELATED = Model(
    weights=(
        0.000556,  # text
        2.47,  # text share
        0.0479,  # title
        0.731,  # title coverage
        0.0181,  # title in text
        -0.0204,  # title in title
        0.0216,  # text by length
        0.596,  # near text
        0.176,  # mentions
        0.161,  # mention length
        0.454,  # long mention
        1.93,  # tag names
        2.18,  # named tags
        -0.0573,  # title words
        -2.26,  # shared title
        3.67,  # text outs
        -2.74,  # text ins
        3.2,  # tag outs
        -0.139,  # tag ins
        5.28,  # date outs
        2.18,  # date ins
        0.756,  # folder outs
        0.736,  # title outs
        0.414,  # neighbours
        0.0992,  # tags
        0.00294,  # keywords
        0.345,  # keyword in title
        0.182,  # title in keywords
        0.0264,  # times linked
        -0.266,  # links
        -0.159,  # words
        -0.896,  # tag pull
        1.6,  # folder pull
        1.38,  # trait pull
        0.881,  # affinity
        -0.0328,  # best affinity
        0.465,  # worst affinity
        -0.15,  # style
        -0.151,  # same case
        0.0381,  # same folder
        0.147,  # shared path
        -0.0459,  # days
        -0.051,  # near day
        -0.238,  # newer
        0.0948,  # same day
        -0.0629,  # same update
    ),
    intercept=-4.86,
)
"""As `python -m benchmarks.links_pretrained` prints it."""

PRETRAINED_MENTIONS = Model(
    weights=(
        0.253,  # shown for it
        -0.252,  # shown at all
        -0.528,  # holders
        0.254,  # link share
        -0.553,  # share of target
        0.291,  # terms
        0.562,  # characters
        -0.26,  # is title
        0.464,  # is alias
        1.77,  # same case
        1.22,  # has capital
        -1.64,  # targets
        0.0601,  # times
        0.0489,  # position
        -2.29,  # inside longer
        0.276,  # related
        -2.81,  # related rank
        0.354,  # times linked
        0.169,  # words
        -0.438,  # text words
        -0.0264,  # mentions in text
    ),
    intercept=2.42,
)
"""As `python -m benchmarks.links_pretrained` prints it."""
