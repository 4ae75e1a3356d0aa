namespace Course.TakeHome.Runner.Protocol;

/// <summary>What may be asked.</summary>
public enum Verb : byte
{
    /// <summary>A new answer to an exercise: its id → a handle.</summary>
    New,

    /// <summary>Of "filter".</summary>
    Admits,
    Starts,
    Drops,

    /// <summary>Of "rejection".</summary>
    Distribution,
    Settle,

    /// <summary>Of "loop"; and of a decoder that a candidate's test is held to.</summary>
    Decode,

    /// <summary>Of "rewind".</summary>
    NewCache,
    AfterRound,
    CacheLength,
    Append,
    Read,
    Rewind,

    /// <summary>Of "speedup".</summary>
    Acceptance,
    TokensPerRound,
    Speedup,
    BestDraftLength,

    /// <summary>Of "pressure".</summary>
    CallSeconds,
    BatchSpeedup,
    Crossover,
    Chart,

    /// <summary>Of "tests".</summary>
    Tests,
    RunTest,

    /// <summary>Asked while an answer is at work: about models, options and chance that were lent to it.</summary>
    Lent,

    /// <summary>The price of a verification, V(M)/V(1).</summary>
    VerificationCost,
}
