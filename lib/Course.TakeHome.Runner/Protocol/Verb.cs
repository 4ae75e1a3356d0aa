namespace Course.TakeHome.Runner.Protocol;

/// <summary>The questions of the protocol.</summary>
public enum Verb : byte
{
    /// <summary>Creates an answer: the exercise's id → a handle.</summary>
    New,

    /// <summary>Exercise "filter", and the next two.</summary>
    Admits,
    Starts,
    Drops,

    /// <summary>Exercise "rejection", and the next one.</summary>
    Distribution,
    Settle,

    /// <summary>Exercise "loop"; also asks for a text of a decoder that a candidate's test is run on.</summary>
    Decode,

    /// <summary>Exercise "rewind", and the next five.</summary>
    NewCache,
    AfterRound,
    CacheLength,
    Append,
    Read,
    Rewind,

    /// <summary>Exercise "speedup", and the next three.</summary>
    Acceptance,
    TokensPerRound,
    Speedup,
    BestDraftLength,

    /// <summary>Exercise "pressure", and the next three.</summary>
    CallSeconds,
    BatchSpeedup,
    Crossover,
    Chart,

    /// <summary>Exercise "tests", and the next one.</summary>
    Tests,
    RunTest,

    /// <summary>Asked while an answer runs: uses a model, the sampling options or the randomness that were lent to it.</summary>
    Lent,

    /// <summary>Asked while an answer runs: the cost of a verification, V(M)/V(1).</summary>
    VerificationCost,
}
