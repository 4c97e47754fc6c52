"""The general models: what holds for vaults in general, fitted once over four vaults of different authors.

They rank in vaults that have too few links to learn from, and they are where training starts. Not for editing by hand:
`benchmarks/links_prior.py` prints them.
"""

from enrich.links.model import Model

RELATED_PRIOR = Model(
    weights=(
        -0.000237,  # text
        2.39,  # text share
        0.0419,  # title
        0.587,  # title coverage
        -0.00305,  # title in text
        -0.00318,  # title in title
        0.0306,  # text by length
        0.628,  # near text
        0.542,  # mentions
        0.00891,  # mention length
        0.932,  # long mention
        1.27,  # tag names
        3.28,  # named tags
        -0.067,  # title words
        -1.95,  # shared title
        3.91,  # text outs
        -3.81,  # text ins
        3.78,  # tag outs
        -0.353,  # tag ins
        2.81,  # date outs
        0.0633,  # date ins
        -1.32,  # folder outs
        0.376,  # title outs
        0.988,  # neighbours
        0.0739,  # tags
        0.0187,  # keywords
        0.235,  # keyword in title
        0.453,  # title in keywords
        0.139,  # times linked
        0.0761,  # links
        -0.186,  # words
        -1.13,  # tag pull
        1.99,  # folder pull
        0.945,  # trait pull
        0.651,  # affinity
        -0.0241,  # best affinity
        0.464,  # worst affinity
        -0.166,  # style
        -0.162,  # same case
        -0.0846,  # same folder
        -0.13,  # shared path
        -0.0758,  # days
        0.0745,  # near day
        -0.217,  # newer
        -0.0218,  # same day
        -0.152,  # same update
    ),
    intercept=-4.36,
)

MENTION_PRIOR = Model(
    weights=(
        0.213,  # shown for it
        0.0177,  # shown at all
        -0.441,  # holders
        0.202,  # link share
        -0.176,  # share of target
        0.189,  # terms
        0.552,  # characters
        -0.166,  # is title
        0.198,  # is alias
        1.65,  # same case
        0.939,  # has capital
        -0.803,  # targets
        0.0622,  # times
        -0.461,  # position
        -1.59,  # inside longer
        0.356,  # related
        1.73,  # related rank
        -0.158,  # times linked
        0.0587,  # words
        -0.0366,  # text words
        -0.0825,  # mentions in text
    ),
    intercept=-0.448,
)
