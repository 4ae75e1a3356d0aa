namespace Course.TakeHome.Contracts;

/// <summary>
/// Decoders that a suite is held to. None of them speculates: what is wrong with them shows in what they emit, which is all that a test may
/// ask, and nobody learns from them how it is done.
/// </summary>
internal static class VisibleDecoders
{
    public static IReadOnlyList<(string Name, ISpeculativeDecoder Decoder)> Right { get; } =
    [
        ("one that asks the target alone", new Sampler()),
        ("one that asks chance more often than it needs", new Sampler { Before = randomness => randomness.Accept(0.5) }),
        ("one that feeds the whole text again for every token", new Sampler { View = text => [.. text] }),
    ];

    /// <summary>Too many, too few.</summary>
    public static IReadOnlyList<ISpeculativeDecoder> Lengths { get; } =
    [
        new Sampler
        {
            Wanted = request => request.MaxTokens + (request.MaxTokens % (request.DraftLength + 1) == 1 ? request.DraftLength : 0)
        },
        new Sampler { Wanted = request => request.MaxTokens - (request.MaxTokens % (request.DraftLength + 1) == 0 ? 1 : 0) },
        new Sampler { Wanted = request => request.MaxTokens + 1 },
    ];

    public static IReadOnlyList<ISpeculativeDecoder> Stops { get; } =
    [
        new Sampler { Stops = (_, _) => false },
        new Sampler { Stops = (count, request) => count % (request.DraftLength + 1) == 0 },
        new Sampler { KeepsStop = false },
    ];

    /// <summary>Somebody else's distribution.</summary>
    public static IReadOnlyList<ISpeculativeDecoder> Laws { get; } =
    [
        new Sampler { UsesDraft = (_, _) => true },
        new Sampler { Shape = law => Normalised([.. law.Select(share => share * share)]) },
        new Sampler { Shape = law => [.. law.Select(share => share == law.Max() ? 1.0 / law.Count(other => other == law.Max()) : 0)] },
    ];

    /// <summary>The first token is right, and later ones are not.</summary>
    public static IReadOnlyList<ISpeculativeDecoder> Later { get; } =
    [
        new Sampler { UsesDraft = (count, _) => count == 1 },
        new Sampler { View = text => text.Count > 2 ? [.. text.Take(text.Count - 2), text[^1]] : [.. text] },
        new Sampler { UsesDraft = (count, request) => count % (request.DraftLength + 1) == request.DraftLength },
    ];

    /// <summary>Chance of its own.</summary>
    public static IReadOnlyList<ISpeculativeDecoder> Chance { get; } =
    [
        new Sampler { Own = _ => new SeededRandomness(42) },
        new Sampler { Own = count => new SeededRandomness(count) },
    ];

    private static double[] Normalised(double[] weights) => [.. weights.Select(weight => weight / weights.Sum())];

    private sealed class Sampler : ISpeculativeDecoder
    {
        public Action<IRandomness>? Before { get; init; }

        public Func<DecodingRequest, int> Wanted { get; init; } = request => request.MaxTokens;

        public Func<int, DecodingRequest, bool> Stops { get; init; } = (_, _) => true;

        public bool KeepsStop { get; init; } = true;

        public Func<int, DecodingRequest, bool> UsesDraft { get; init; } = (_, _) => false;

        public Func<double[], double[]> Shape { get; init; } = law => law;

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
                var law = Shape(request.Distribution(model.Forward(View(text), model.CreateCache())[^1]));
                var token = (Own?.Invoke(count) ?? randomness).Draw(law);
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
