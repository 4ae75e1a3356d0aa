namespace Course.Inference.Decoding.Drafts;

/// <summary>
/// Chooses γ, step by step. Whatever it chooses, the distribution is the target's, as long as it goes by what is past and not by what the
/// draft will draw.
/// </summary>
public interface IDraftLength
{
    /// <summary>γ of the next step, at least 0.</summary>
    /// <param name="rows">B: how many sequences share the step.</param>
    int Next(int rows);

    /// <summary>What became of a sequence's draft: how many of its tokens the rule decided on, and how many it accepted.</summary>
    void Observe(int judged, int accepted);
}

/// <summary>Always the same γ.</summary>
public sealed class FixedDraftLength(int length) : IDraftLength
{
    public int Next(int rows) => length;

    public void Observe(int judged, int accepted)
    {
    }
}
