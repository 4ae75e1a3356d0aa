namespace Course.Inference.Decoding;

/// <summary>
/// Lets text through until it contains one of some texts. What could be the beginning of one is held back until it is known whether it is,
/// so nothing of a stop text is ever handed out.
/// </summary>
internal sealed class StopTexts(IReadOnlyList<string> stops)
{
    private string held = "";

    /// <summary>Whether a stop text has come; from then on there is no more text.</summary>
    public bool Reached { get; private set; }

    /// <summary>What may be handed out now.</summary>
    public string Append(string piece)
    {
        if (stops.Count == 0 || Reached)
            return Reached ? "" : piece;
        held += piece;
        var first = stops.Select(stop => held.IndexOf(stop, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(-1).Min();
        Reached = first >= 0;
        return Release(Reached ? first : held.Length - LongestBeginning());
    }

    /// <summary>What was held back, when no more comes to decide about it.</summary>
    public string Complete() => Reached ? "" : Release(held.Length);

    private string Release(int length)
    {
        var released = held[..length];
        held = held[length..];
        return released;
    }

    /// <summary>How much of the end of what is held could be the beginning of a stop text.</summary>
    private int LongestBeginning() => Enumerable.Range(0, held.Length)
        .Where(at => stops.Any(stop => stop.StartsWith(held[at..], StringComparison.Ordinal)))
        .Select(at => held.Length - at).FirstOrDefault();
}
