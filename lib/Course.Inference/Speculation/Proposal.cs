using System.Numerics;
using System.Runtime.InteropServices;

namespace Course.Inference.Speculation;

/// <summary>What a decoder asks of a draft before it spends a call of the target on it: a drafter may be anybody's code.</summary>
internal static class Proposal
{
    /// <summary>Room for probabilities that were computed in single precision and normalised.</summary>
    private const double Tolerance = 1e-6;

    /// <exception cref="CourseException">Too many tokens, one outside the vocabulary, one that its own law excludes, or a law that is none.</exception>
    public static void Require(IReadOnlyList<DraftToken> draft, int asked, int vocabularySize)
    {
        if (draft.Count > asked)
            throw new CourseException($"The drafter proposes {draft.Count} tokens where at most {asked} were asked for.");
        for (var i = 0; i < draft.Count; i++)
        {
            var (token, law) = draft[i];
            if ((uint)token >= (uint)vocabularySize)
                throw new CourseException($"Draft token {i} is {token}, which is not in the target's vocabulary of {vocabularySize} tokens. The drafter must use the target's tokenizer.");
            RequireLaw(law, $"of draft token {i}", vocabularySize);
            if (law[token] == 0)
                throw new CourseException(
                    $"Draft token {i} is {token}, to which the drafter's own distribution gives 0. It must hand over the distribution that the token was drawn from.");
        }
    }

    /// <param name="law">[V]</param>
    /// <param name="what">Whose.</param>
    /// <param name="vocabularySize">V.</param>
    public static void RequireLaw(double[]? law, string what, int vocabularySize)
    {
        if (law?.Length != vocabularySize)
            throw new CourseException($"The distribution {what} has {law?.Length ?? 0} probabilities; expected one for each of the {vocabularySize} tokens.");
        var (least, sum) = LeastAndSum(law);
        // Written so that NaN, which compares false with everything, is refused.
        if (!(least >= 0 && Math.Abs(sum - 1) <= Tolerance))
            throw new CourseException(
                $"The distribution {what} is none: its least value is {least:R} and its sum {sum:R}; expected no negative value and a sum of one within {Tolerance:R}.");
    }

    private static (double Least, double Sum) LeastAndSum(ReadOnlySpan<double> law)
    {
        Vector<double> least = new(double.PositiveInfinity), sum = Vector<double>.Zero;
        var blocks = MemoryMarshal.Cast<double, Vector<double>>(law);
        foreach (var block in blocks)
            (least, sum) = (Vector.Min(least, block), sum + block);
        var (smallest, total) = (double.PositiveInfinity, Vector.Sum(sum));
        for (var lane = 0; lane < Vector<double>.Count; lane++)
            smallest = Math.Min(smallest, least[lane]);
        foreach (var value in law[(blocks.Length * Vector<double>.Count)..])
            (smallest, total) = (Math.Min(smallest, value), total + value);
        return (smallest, total);
    }
}
