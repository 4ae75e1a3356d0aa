using Course.Inference.Sampling;

namespace Course.Inference.Decoding.Drafts;

/// <summary>What became of a draft.</summary>
/// <param name="Path">The nodes that were accepted, from the root down; none where nothing was.</param>
/// <param name="Next">The target's own token after them: in place of those that were rejected, or after all of them.</param>
/// <param name="Judged">How many candidates were decided on.</param>
public readonly record struct DraftVerdict(IReadOnlyList<int> Path, int Next, int Judged)
{
    /// <summary>How many draft tokens were accepted.</summary>
    public int Accepted => Path.Count;
}

/// <summary>Decides which path of a draft is accepted, and which token follows it.</summary>
public interface IVerificationRule
{
    /// <param name="draft">Candidates, each drawn from its own distribution given its elder siblings; empty in plain decoding.</param>
    /// <param name="target">
    /// [1 + nodes] of [V]: p after the text, and after node i at i + 1. Each is computed when it is first asked for; they are not to be
    /// changed, and hold until the next verification.
    /// </param>
    /// <param name="randomness">Answers every question of chance.</param>
    DraftVerdict Verify(DraftTree draft, IReadOnlyList<double[]> target, IRandomness randomness);
}
