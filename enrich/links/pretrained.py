"""The general models: what holds for vaults in general, fitted once over vaults of different authors.

They rank in vaults that have too few links to learn from, and they are where training starts. Not for editing by hand:
`benchmarks/links_pretrained.py` prints them.
"""

from enrich.links.model import Model

PRETRAINED_RELATED = Model(
    weights=(
        -0.00222,  # text
        2.07,  # text share
        0.0284,  # title
        0.912,  # title coverage
        0.00489,  # title in text
        -0.0167,  # title in title
        0.0046,  # text by length
        0.384,  # near text
        0.239,  # mentions
        0.209,  # mention length
        -0.111,  # long mention
        1.97,  # tag names
        2.8,  # named tags
        -0.081,  # title words
        -1.31,  # shared title
        3.5,  # text outs
        -2.95,  # text ins
        2.71,  # tag outs
        0.147,  # tag ins
        3.16,  # date outs
        1.53,  # date ins
        0.344,  # folder outs
        0.379,  # title outs
        0.788,  # neighbours
        0.0544,  # tags
        0.0208,  # keywords
        0.042,  # keyword in title
        0.262,  # title in keywords
        0.012,  # times linked
        -0.268,  # links
        -0.259,  # words
        -1.21,  # tag pull
        1.72,  # folder pull
        1.79,  # trait pull
        0.544,  # affinity
        0.0866,  # best affinity
        0.433,  # worst affinity
        -0.441,  # style
        0.0431,  # same case
        0.00165,  # same folder
        0.265,  # shared path
        -0.0518,  # days
        0.0416,  # near day
        -0.164,  # newer
        0.196,  # same day
        -0.0136,  # same update
        1.44,  # rarest word
        0.534,  # rarest words
        0.0124,  # rare words
    ),
    intercept=-5.74,
)
"""As `python -m benchmarks.links_pretrained` prints it."""

PRETRAINED_MENTIONS = Model(
    weights=(
        0.23,  # shown for it
        -0.505,  # shown at all
        -0.308,  # holders
        0.124,  # link share
        -0.663,  # share of target
        0.141,  # terms
        0.655,  # characters
        -0.544,  # is title
        -0.209,  # is alias
        1.96,  # same case
        1.24,  # has capital
        -1.93,  # targets
        -0.14,  # times
        -0.29,  # position
        -3.04,  # inside longer
        0.582,  # related
        0.254,  # related rank
        0.358,  # times linked
        0.106,  # words
        -0.312,  # text words
        0.263,  # mentions in text
    ),
    intercept=1.11,
)
"""As `python -m benchmarks.links_pretrained` prints it."""
