namespace Course.TakeHome.Contracts;

/// <summary>
/// Decoders that a suite is run on. None of them speculates: their mistakes show in what they emit, which is all that a test may look at,
/// and so they do not give speculation away.
/// </summary>
internal static class VisibleDecoders
{
    public static IReadOnlyList<(string Name, ISpeculativeDecoder Decoder)> Right { get; } =
    [
        ("one that samples the target alone", new Sampler()),
        ("one that draws more random numbers than it needs", new Sampler { Before = randomness => randomness.Accept(0.5) }),
        ("one that feeds the whole text again for every token", new Sampler { View = text => [.. text] }),
    ];

    /// <summary>Decoders that emit too many or too few tokens.</summary>
    public static IReadOnlyList<ISpeculativeDecoder> Lengths { get; } =
    [
        new Sampler
        {
            Wanted = request => request.MaxTokens + (request.MaxTokens % (request.DraftLength + 1) == 1 ? request.DraftLength : 0)
        },
        new Sampler { Wanted = request => request.MaxTokens - (request.MaxTokens % (request.DraftLength + 1) == 0 ? 1 : 0) },
        new Sampler { Wanted = request => request.MaxTokens + 1 },
    ];

    /// <summary>Decoders that ignore, overlook or drop the stop token.</summary>
    public static IReadOnlyList<ISpeculativeDecoder> Stops { get; } =
    [
        new Sampler { Stops = (_, _) => false },
        new Sampler { Stops = (count, request) => count % (request.DraftLength + 1) == 0 },
        new Sampler { KeepsStop = false },
    ];

    /// <summary>Decoders that sample from another distribution than the target's.</summary>
    public static IReadOnlyList<ISpeculativeDecoder> Distributions { get; } =
    [
        new Sampler { UsesDraft = (_, _) => true },
        new Sampler { Shape = distribution => Normalized([.. distribution.Select(share => share * share)]) },
        new Sampler { Shape = p => [.. p.Select(share => share == p.Max() ? 1.0 / p.Count(other => other == p.Max()) : 0)] },
    ];

    /// <summary>Decoders whose first token is right and whose later tokens are not.</summary>
    public static IReadOnlyList<ISpeculativeDecoder> Later { get; } =
    [
        new Sampler { UsesDraft = (count, _) => count == 1 },
        new Sampler { View = text => text.Count > 2 ? [.. text.Take(text.Count - 2), text[^1]] : [.. text] },
        new Sampler { UsesDraft = (count, request) => count % (request.DraftLength + 1) == request.DraftLength },
    ];

    /// <summary>Decoders that take their random numbers from a generator of their own.</summary>
    public static IReadOnlyList<ISpeculativeDecoder> Chance { get; } =
    [
        new Sampler { Own = _ => new SeededRandomness(42) },
        new Sampler { Own = count => new SeededRandomness(count) },
    ];

    private static double[] Normalized(double[] weights) => [.. weights.Select(weight => weight / weights.Sum())];

    private sealed class Sampler : ISpeculativeDecoder
    {
        public Action<IRandomness>? Before { get; init; }

        public Func<DecodingRequest, int> Wanted { get; init; } = request => request.MaxTokens;

        public Func<int, DecodingRequest, bool> Stops { get; init; } = (_, _) => true;

        public bool KeepsStop { get; init; } = true;

        public Func<int, DecodingRequest, bool> UsesDraft { get; init; } = (_, _) => false;

        public Func<double[], double[]> Shape { get; init; } = distribution => distribution;

        public Func<IReadOnlyList<int>, int[]> View { get; init; } = text => [.. text];

        public Func<int, IRandomness>? Own { get; init; }

        public IReadOnlyList<int> Decode(
            ILanguageModel target, ILanguageModel draft, IReadOnlyList<int> prompt, DecodingRequest request, IRandomness randomness)
        {
            var text = prompt.ToList();
            while (text.Count - prompt.Count is var count && count < Wanted(request))
            {
                Before?.Invoke(randomness);
                var model = UsesDraft(count, request) ? draft : target;
                var distribution = Shape(request.Distribution(model.Forward(View(text), model.CreateCache())[^1]));
                var token = (Own?.Invoke(count) ?? randomness).Draw(distribution);
                if (token == request.StopToken && !KeepsStop)
                    break;
                text.Add(token);
                if (token == request.StopToken && Stops(count + 1, request))
                    break;
            }
            return text[prompt.Count..];
        }
    }
}
