using Course.Inference.Decoding;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Modeling;
using Course.Inference.Sampling;

namespace Course.Mutants.Planted;

/// <summary>Fills the position after the common length in a sequence that accepted more.</summary>
internal delegate int Surplus(DraftTree draft, IReadOnlyList<double[]> target, int length, IRandomness randomness);

/// <summary>
/// Batched speculation in which all sequences go on by one length, the smallest that was accepted, as systems do whose caches have one
/// length.
/// Without caches, so that nothing but that is wrong with it.
/// </summary>
internal sealed class Lockstep(SequenceRequest request)
{
    private readonly List<int> text = [.. request.Prompt];
    private readonly SamplingPipeline pipeline = new(request.Options.Sampling);
    private DraftTree draft = DraftTree.Empty;
    private double[][] target = []; // [1 + γ] of [V]
    private DraftVerdict verdict;

    private int[] New => [.. text.Skip(request.Prompt.Count)];

    private int Emitted => text.Count - request.Prompt.Count;

    private bool Ended => Emitted == request.Options.MaxTokens || (Emitted > 0 && request.Options.StopTokens.Contains(text[^1]));

    public static IReadOnlyList<int[]> Decode(ILanguageModel target, ILanguageModel draft, int gamma, IReadOnlyList<SequenceRequest> requests, Surplus surplus)
    {
        Lockstep[] all = [.. requests.Select(request => new Lockstep(request))];
        while (all.Where(one => !one.Ended).ToArray() is { Length: > 0 } open)
        {
            foreach (var one in open)
                one.Propose(draft, gamma);
            foreach (var one in open)
                one.Verify(target);
            var length = open.Min(one => one.verdict.Accepted);
            foreach (var one in open)
                one.Emit(length, surplus);
        }
        return [.. all.Select(one => one.New)];
    }

    private double[] After(ILanguageModel model, IEnumerable<int> more) =>
        pipeline.Distribution(model.Forward(TokenBatch.Of([.. text, .. more]), wanted: LogitsOf.LastToken).Last());

    private void Propose(ILanguageModel model, int gamma)
    {
        var tokens = new List<DraftToken>();
        while (tokens.Count < Math.Min(gamma, request.Options.MaxTokens - Emitted - 1))
        {
            var q = After(model, tokens.Select(token => token.Token));
            tokens.Add(new(request.Randomness.Draw(q), q));
        }
        draft = DraftTree.Chain(tokens);
    }

    private void Verify(ILanguageModel model)
    {
        target = [.. Enumerable.Range(0, draft.Count + 1).Select(count => After(model, draft.Tokens.Take(count)))];
        verdict = new RecursiveRejection().Verify(draft, target, request.Randomness);
    }

    private void Emit(int length, Surplus surplus)
    {
        int[] tokens = [.. draft.Tokens.Take(length), verdict.Accepted == length ? verdict.Next : surplus(draft, target, length, request.Randomness)];
        for (var i = 0; i < tokens.Length && !Ended; i++)
            text.Add(tokens[i]);
    }
}
