using Course.Inference.Decoding.Drafts;
using Course.Inference.Modeling;

namespace Course.Inference.Decoding;

/// <summary>A sequence in the loop, and its part in the step that is being made.</summary>
internal sealed class ActiveSequence(Sequence sequence)
{
    private readonly TargetDistributions target = new(new(sequence.Options.Sampling));

    public Sequence Sequence => sequence;

    /// <summary>Tokens of its text that it brings.</summary>
    public int Tokens { get; set; }

    /// <summary>The shape that its draft may have.</summary>
    public TreeShape Shape { get; set; } = TreeShape.Empty;

    /// <summary>The tokens proposed.</summary>
    public DraftTree Draft { get; set; } = DraftTree.Empty;

    /// <summary>What the rule made of them; null where its text has not all been fed.</summary>
    public DraftVerdict? Verdict { get; set; }

    /// <summary>Adds it to the call: what comes next of its text, and its draft.</summary>
    public void Feed(RaggedCall call, int cached) => call.AddRow(
        sequence.Text.Slice(cached, Tokens), Draft.Tokens, Draft.IsChain ? null : Draft.Tree.Behind(Tokens), Ends(cached) ? 1 + Draft.Count : 0);

    /// <summary>Whether all of its text is fed, so that the model's answers say how it goes on.</summary>
    public bool Ends(int cached) => Tokens > 0 && cached + Tokens == sequence.Length;

    public void Verify(IVerificationRule rule, Logits logits, int row) =>
        Verdict = logits.LengthOf(row) == 0 ? null : rule.Verify(Draft, target.Begin(logits, row, 1 + Draft.Count), sequence.Randomness);

    /// <summary>
    /// The accepted tokens and the model's own, until it ends; each with the probability that the model gives it, which is what it was
    /// drawn with, however it came.
    /// </summary>
    public SequenceStep Emit()
    {
        var before = sequence.Tokens.Count;
        var verdict = Verdict ?? new DraftVerdict([], Next: 0, Judged: 0);
        var (path, at) = (verdict.Path, sequence.Elapsed);
        for (var i = 0; Verdict is not null && i <= path.Count && sequence.Stopped is null; i++)
        {
            var p = target[i == 0 ? 0 : path[i - 1] + 1];
            var token = i < path.Count ? Draft.Tokens[path[i]] : verdict.Next;
            sequence.Append(new(token, p[token]), at, left: path.Count - i);
        }
        return new(
            sequence, Tokens, Shape.Count, Draft.Count == 0 ? [] : [.. Draft.Tokens], Draft.IsChain ? null : [.. Draft.Parents],
            path, verdict.Judged, sequence.Tokens.Count - before);
    }
}
