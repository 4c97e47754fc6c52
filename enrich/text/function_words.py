"""Function words: the small words of a language, by hand; each stands here once.

The frequent words of a hundred languages, which tell a language and what a text is *not* about, are jusText's
(`enrich.text.stop_words`); those lists hold words such as `people` and `year`, which two sentences may well share.
"""

NEVER_A_TERM = frozenset(
    """
    a about after all also an and any are as at be because been but by can could did do does for from had has
    have he her his how i if in into is it its itself just like may more most my no nor not now of off on one
    only or other our out over own she should so some such than that the their them then there these they this
    those through to too up was we were what when where which while who why will with would you your
""".split()
)
"""English words that no search asks for; further ones (`make`, `via`) are names of notes in some vault."""
FUNCTION_WORDS = NEVER_A_TERM | frozenset(
    """
    him hers theirs us me whom whose here onto within again against although am among aren't before being below
    between both cannot doing don't down during each either even ever every few further having make made many
    might much must neither once others per rather same shall since still though thus under until upon use used
    using very via whether yet isn't wasn't weren't doesn't didn't won't can't it's that's however additionally
    overall therefore furthermore moreover two get gets got
    der die das den dem des ein eine einer eines einem einen und oder aber nicht mit von zu im auf für ist sind
    war waren wird werden hat haben bei aus nach über um als auch es er sie wir sich
    và của là có cho với các những một được trong trên từ tại khi đã đang sẽ này đó để không ra vào theo về như
    的 了 在 是 和 与 及 也 就 都 而 其 对 将 为 于 以 从 到 这 那 个 有 被 把 让 の に は を が と で も た し
""".split()
)
"""Words that say nothing by themselves: English, German, Vietnamese, Chinese and Japanese."""
