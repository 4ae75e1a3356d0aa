namespace Course.Inference.Decoding;

/// <summary>Why a run ended.</summary>
public enum StopReason
{
    /// <summary>The model emitted a stop token; it is the last token of the run.</summary>
    EndToken,

    /// <summary>As many tokens as were asked for.</summary>
    TokenLimit,

    /// <summary>The model cannot attend over one token more.</summary>
    ContextFull,

    /// <summary>The text reached a stop text.</summary>
    StopText,

    /// <summary>The caller cancelled; what was emitted until then stands.</summary>
    Cancelled,
}
