using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Speculation.Trees;

/// <summary>What became of a tree.</summary>
/// <param name="Path">The nodes that stand, from the root down; empty where none does.</param>
/// <param name="Next">The target's own token behind them.</param>
/// <param name="Judged">How many candidates were decided on.</param>
public readonly record struct TreeJudgement(IReadOnlyList<int> Path, int Next, int Judged);

/// <summary>Decides which path of a tree stands, and which token follows it.</summary>
public interface ITreeVerificationRule
{
    /// <param name="draft">Candidates, each drawn from its own law given its elder siblings.</param>
    /// <param name="target">p, [V], behind a node, or behind the text for <see cref="TokenTree.Root"/>. Asked only where it is needed, and not to be changed.</param>
    /// <param name="randomness">Answers every question of chance.</param>
    TreeJudgement Verify(DraftTree draft, Func<int, double[]> target, IRandomness randomness);
}
