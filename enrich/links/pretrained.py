"""The general models: what holds for vaults in general, fitted once over vaults of different authors.

They rank in vaults that have too few links to learn from, and they are where training starts. Not for editing by hand:
`benchmarks/links_pretrained.py` prints them.
"""

from enrich.links.model import Model

PRETRAINED_RELATED = Model(
    weights=(
        -0.0018,  # text
        2.71,  # text share
        0.0359,  # title
        0.928,  # title coverage
        0.00812,  # title in text
        -0.0223,  # title in title
        0.0419,  # text by length
        0.524,  # near text
        0.26,  # mentions
        0.249,  # mention length
        -0.0743,  # long mention
        1.93,  # tag names
        2.8,  # named tags
        -0.0798,  # title words
        -1.97,  # shared title
        3.87,  # text outs
        -2.66,  # text ins
        2.72,  # tag outs
        0.344,  # tag ins
        3.0,  # date outs
        1.91,  # date ins
        0.0144,  # folder outs
        0.437,  # title outs
        0.719,  # neighbours
        0.0613,  # tags
        0.00289,  # keywords
        0.181,  # keyword in title
        0.275,  # title in keywords
        -0.002,  # times linked
        -0.304,  # links
        -0.0727,  # words
        -1.48,  # tag pull
        2.06,  # folder pull
        1.84,  # trait pull
        0.599,  # affinity
        0.0895,  # best affinity
        0.472,  # worst affinity
        -0.398,  # style
        0.0221,  # same case
        -0.0566,  # same folder
        0.337,  # shared path
        -0.0556,  # days
        -0.00637,  # near day
        -0.154,  # newer
        0.156,  # same day
        -0.13,  # same update
    ),
    intercept=-5.24,
)
"""As `python -m benchmarks.links_pretrained` prints it."""

PRETRAINED_MENTIONS = Model(
    weights=(
        0.236,  # shown for it
        -0.505,  # shown at all
        -0.396,  # holders
        0.15,  # link share
        -0.787,  # share of target
        0.114,  # terms
        0.623,  # characters
        -0.521,  # is title
        -0.182,  # is alias
        1.97,  # same case
        1.25,  # has capital
        -1.95,  # targets
        -0.186,  # times
        -0.339,  # position
        -3.05,  # inside longer
        0.557,  # related
        0.42,  # related rank
        0.374,  # times linked
        0.0671,  # words
        -0.318,  # text words
        0.305,  # mentions in text
    ),
    intercept=1.69,
)
"""As `python -m benchmarks.links_pretrained` prints it."""
