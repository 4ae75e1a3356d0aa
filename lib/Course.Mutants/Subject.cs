using Course.Inference.Decoding;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Modeling;
using Course.Inference.Sampling;
using Course.Inference.Speculation;

namespace Course.Mutants;

/// <summary>
/// Speculative decoding as the checks see it: everything that can be wrong with it, and the library's own where nothing else is given.
/// A planted bug replaces one part; so does a candidate's answer.
/// </summary>
public sealed record Subject
{
    /// <summary>The library's.</summary>
    public static Subject Right { get; } = new();

    /// <summary>Acceptance, residual, bonus.</summary>
    public IVerificationRule Rule { get; init; } = new RecursiveRejection();

    /// <summary>The target as the decoder sees it, with its caches and its context.</summary>
    public Func<ILanguageModel, ILanguageModel> Target { get; init; } = model => model;

    /// <summary>Makes a drafter of a draft model.</summary>
    public Func<ILanguageModel, IDrafter> Drafter { get; init; } = model => new ModelDrafter(model);

    /// <summary>What trees add.</summary>
    public TreeParts Trees { get; init; } = new();

    /// <summary>
    /// Continues many prompts: target, draft and γ, and what reaches the batch of what was asked for. The new tokens of each come back.
    /// </summary>
    public Func<Subject, ILanguageModel, ILanguageModel, int, IReadOnlyList<SequenceRequest>, IReadOnlyList<int[]>> Batch { get; init; } = LibraryBatch;

    /// <summary>What reaches the decoder of what was asked for.</summary>
    public Func<IReadOnlyList<SequenceRequest>, IReadOnlyList<SequenceRequest>> Requests { get; init; } = requests => requests;

    /// <summary>What is said of a run.</summary>
    public Func<SpeculationTrace, RunFigures> Measure { get; init; } = RunFigures.Of;

    public SubjectDecoder Decoder(ILanguageModel target, ILanguageModel draft, int gamma) =>
        new(this, new(Target(target), Drafter(draft), new() { DraftLength = gamma }, rule: Rule));

    public SubjectDecoder TreeDecoder(ILanguageModel target, ILanguageModel draft, SiblingDraw draw, TreeShape shape) =>
        new(this, new(Target(target), Trees.Drafter(draft, draw), new() { Shape = shape }, rule: Trees.Rule));

    /// <summary>[B]: the new tokens of each request.</summary>
    public IReadOnlyList<int[]> DecodeBatch(ILanguageModel target, ILanguageModel draft, int gamma, IReadOnlyList<SequenceRequest> requests) =>
        Batch(this, target, draft, gamma, Requests(requests));

    private static int[][] LibraryBatch(Subject subject, ILanguageModel target, ILanguageModel draft, int gamma, IReadOnlyList<SequenceRequest> requests) =>
        [.. new SpeculativeDecoder(subject.Target(target), new ModelDrafter(draft), new() { DraftLength = gamma }, rule: subject.Rule)
            .Decode(requests).ToEnd().Rows.Select(row => row.Tokens.Select(token => token.Token).ToArray())];
}

/// <summary>A decoder of the library's parts and a subject's.</summary>
public sealed class SubjectDecoder(Subject subject, SpeculativeDecoder decoder) : IDecoder
{
    /// <inheritdoc cref="IDecoder.Decode"/>
    public SpeculativeRun Decode(IReadOnlyList<int> prompt, DecodingOptions options, IRandomness randomness, CancellationToken cancellation = default)
    {
        var request = subject.Requests([new(prompt, options, randomness)])[0];
        return decoder.Decode(request.Prompt, request.Options, request.Randomness, cancellation);
    }

    DecodingRun IDecoder.Decode(IReadOnlyList<int> prompt, DecodingOptions options, IRandomness randomness, CancellationToken cancellation) =>
        Decode(prompt, options, randomness, cancellation);
}
