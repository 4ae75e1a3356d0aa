namespace Course.Inference.Speculation;

/// <summary>Chooses γ, round by round. Whatever it chooses, the law is the target's, as long as it goes by what is past and not by what the draft will draw.</summary>
public interface IDraftLength
{
    /// <summary>γ of the next round, at least 0.</summary>
    /// <param name="rows">B: how many sequences share the round.</param>
    int Next(int rows);

    /// <summary>What came of a row's draft: see <see cref="SpeculationTrace.Judged"/>.</summary>
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
