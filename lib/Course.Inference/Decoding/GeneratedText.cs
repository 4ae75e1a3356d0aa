using Course.Inference.Tokenization;

namespace Course.Inference.Decoding;

/// <summary>Emitted tokens as text, in whole characters and without stop texts.</summary>
/// <param name="tokenizer">Whose tokens they are.</param>
/// <param name="prompt">What they follow.</param>
/// <param name="silent">Tokens that have no text: those that end the text.</param>
/// <param name="stopTexts">None of them is handed out, nor what follows it.</param>
internal sealed class GeneratedText(ITokenizer tokenizer, IReadOnlyList<int> prompt, IReadOnlySet<int> silent, IReadOnlyList<string> stopTexts)
{
    private readonly TextStream stream = new(tokenizer, continues: prompt.Any(token => !tokenizer.Bytes(token).IsEmpty));
    private readonly StopTexts stops = new(stopTexts);

    /// <summary>Whether a stop text has come.</summary>
    public bool Reached => stops.Reached;

    /// <summary>What may be handed out after one token more.</summary>
    public string Append(int token) => silent.Contains(token) ? "" : stops.Append(stream.Append(token));

    /// <summary>What was held back, when no more tokens come.</summary>
    public string Complete() => stops.Append(stream.Complete()) + stops.Complete();
}

/// <summary>Ends a sequence with the token that completes a stop text.</summary>
internal sealed class StopTextRule(IStopRule rule, GeneratedText text) : IStopRule
{
    public StopReason? After(int token, int emitted, int length, int left)
    {
        text.Append(token);
        return text.Reached ? StopReason.StopText : rule.After(token, emitted, length, left);
    }

    public int Left(int emitted, int length) => rule.Left(emitted, length);
}
