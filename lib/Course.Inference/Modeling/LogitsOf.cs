namespace Course.Inference.Modeling;

/// <summary>Which tokens of a call are to be answered. The output head is a large part of a small model, and a prompt needs it once.</summary>
public enum LogitsOf
{
    /// <summary>All of them: what verification and perplexity need.</summary>
    EveryToken,

    /// <summary>Each row's last: what decides its next token.</summary>
    LastToken,

    /// <summary>None: the call only fills the cache, as a chunk in the middle of a prompt does.</summary>
    NoToken,
}
