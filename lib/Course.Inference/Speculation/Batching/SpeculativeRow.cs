using Course.Inference.Decoding;
using Course.Inference.Decoding.Batching;
using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Inference.Speculation.Batching;

/// <summary>A row on its way through a speculating batch.</summary>
internal sealed class SpeculativeRow(int index, BatchRequest request, int contextLength)
{
    private readonly TargetLaws laws = new(new(request.Options.Validated().Sampling));
    private readonly StopRule stops = new(request.Options.Validated(), contextLength);

    public DecodingOptions Options => request.Options;

    public IRandomness Randomness => request.Randomness;

    public Continuation Continuation { get; } =
        new(request.Prompt, new(request.Options.Validated(), contextLength), contextLength, $"The prompt of row {index}");

    public int[] Unseen(int cached) => Continuation.Sequence[cached..].ToArray();

    /// <summary>What it brings to a verification: what the cache has not seen, and the draft.</summary>
    public int[] Feed(int cached, IReadOnlyList<DraftToken> draft) => [.. Unseen(cached), .. draft.Select(token => token.Token)];

    /// <summary>No more than could all be emitted with the target's own token behind them.</summary>
    public DraftRequest Ask(int most)
    {
        var tokens = Continuation.Sequence.ToArray();
        return new(tokens, Math.Max(0, Math.Min(most, stops.Left(Continuation.Tokens.Count, tokens.Length) - 1)));
    }

    public BatchVerdict Verify(IVerificationRule rule, IReadOnlyList<DraftToken> draft, Logits logits, int at)
    {
        laws.Begin(logits, at, draft.Count + 1);
        return new(draft, laws, rule.Verify(draft, laws, Randomness), Randomness);
    }

    /// <summary>The tokens that stand and the target's own, until the row ends.</summary>
    public IEnumerable<BatchToken> Emit(IReadOnlyList<DraftToken> draft, Judgement verdict, TimeSpan at)
    {
        int[] block = [.. draft.Take(verdict.Accepted).Select(token => token.Token), verdict.Next];
        for (var i = 0; i < block.Length && Continuation.Stopped is null; i++)
            yield return new(index, Continuation.Append(new(block[i], laws[i][block[i]]), at, left: block.Length - 1 - i));
    }
}
