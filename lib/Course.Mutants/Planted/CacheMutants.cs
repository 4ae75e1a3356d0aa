namespace Course.Mutants.Planted;

/// <summary>Caches that hold too much, too little or something else. Some change the text; the sly ones only the speed.</summary>
internal static class CacheMutants
{
    public static IReadOnlyList<Mutant> All { get; } =
    [
        new("target-keeps-a-rejected-token", Area.Cache,
            "The target's cache keeps one rejected token.",
            "Text derails after the first rejection.",
            "The rejected position is \"filled\" by its replacement, so it seems to count.",
            subject => subject.WithTargetCache(held => new OtherRewind(held, (count, _) => count - 1, again: false))),
        new("target-trim-is-a-no-op", Area.Cache,
            "The target's cache does not rewind at all.",
            "Loops and repeated words, on some cache types only.",
            "Not every cache can be trimmed, and the call returns without a word.",
            subject => subject.WithTargetCache(held => new OtherRewind(held, (_, _) => 0, again: false))),
        new("target-rewinds-one-too-many", Area.Cache,
            "The target forgets one token more than was rejected.",
            "Text right; one token is computed twice a round.",
            "Rejected plus the replacement, which was never fed.",
            subject => subject.WithTargetCache(held => new OtherRewind(held, (count, length) => Math.Min(length, count + 1), again: true))),
        new("target-reset", Area.Cache,
            "The target's cache is emptied instead of rewound.",
            "Text right, and slower with every token: each round is a prefill.",
            "A fresh cache is always a right cache.",
            subject => subject.WithTargetCache(held => new OtherRewind(held, (_, length) => length, again: true))),
        new("draft-trim-is-a-no-op", Area.Cache,
            "The draft's cache keeps what was rejected.",
            "Text right; acceptance collapses after the first rejection.",
            "The target is rewound, and the output is right, so who looks at the draft?",
            subject => subject.WithDraftCache(held => new OtherRewind(held, (_, _) => 0, again: false))),
        new("draft-misses-the-bonus", Area.Cache,
            "After a draft that stood whole, the draft is fed the bonus but not its own last token.",
            "Text right; acceptance falls, the more the better the draft is.",
            "One token per step is what a draft gets, except just then.",
            subject => subject.WithDraftCache(held => new LastOfTwo(held))),
        new("draft-one-behind", Area.Cache,
            "The draft is rewound by one too many and then goes on with the newest token.",
            "Text right; the draft lacks a token for ever and acceptance collapses.",
            "Rejected plus one, again.",
            subject => subject.WithDraftCache(held => new OtherRewind(held, (count, length) => Math.Min(length, count + 1), again: false))),
        new("draft-reset", Area.Cache,
            "The draft's cache is emptied after every round.",
            "Text right; drafting slows down as the text grows.",
            "A fresh cache is always a right cache.",
            subject => subject.WithDraftCache(held => new OtherRewind(held, (_, length) => length, again: true))),
    ];
}
