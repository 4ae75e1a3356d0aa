using System.Collections;
using Course.Inference.Modeling;

namespace Course.Inference.Decoding.Batching;

/// <summary>A token that a sequence of the batch emitted.</summary>
/// <param name="Row">Of the requests, in their order; not of the cache, where rows move up.</param>
/// <param name="Token">What it emitted.</param>
public readonly record struct BatchToken(int Row, DecodedToken Token);

/// <summary>
/// The continuations of many prompts: enumerate it, once, to get the tokens as they come; afterwards every sequence knows why it ended
/// and how long its tokens took, and the batch what it did.
/// </summary>
public sealed class BatchRun : IEnumerable<BatchToken>
{
    private readonly DecodingLoop loop;
    private readonly CancellationToken cancellation;
    private readonly Sequence[] rows;
    private readonly List<DecodingStep> steps = [];
    private bool begun;

    /// <param name="loop">Whose sequences these will be; disposed of with the run.</param>
    /// <param name="requests">What is continued.</param>
    /// <param name="contextLength">Of the model.</param>
    /// <param name="cancellation">Ends the run before its next step.</param>
    internal BatchRun(DecodingLoop loop, IReadOnlyList<SequenceRequest> requests, int contextLength, CancellationToken cancellation)
    {
        (this.loop, this.cancellation) = (loop, cancellation);
        if (requests.Count == 0)
            throw new CourseException("The batch is empty. Give it at least one prompt.");
        rows = [.. requests.Select((request, row) => new Sequence(request, contextLength, $"The prompt of row {row}"))];
    }

    /// <summary>Every prompt and what was emitted after it, in the order of the requests.</summary>
    public IReadOnlyList<Sequence> Rows => rows;

    /// <summary>The steps so far.</summary>
    public IReadOnlyList<DecodingStep> Steps => steps;

    /// <summary>What the model was asked for so far: calls, tokens fed, operations and bytes.</summary>
    public ModelUsage Usage => loop.Usage;

    /// <summary>What a draft's model was asked for so far.</summary>
    public ModelUsage DraftUsage => loop.DraftUsage;

    /// <summary>Of all steps together; the time that the reader of the tokens took is not in it.</summary>
    public TimeSpan Duration => steps.Aggregate(TimeSpan.Zero, (sum, step) => sum + step.Time);

    /// <summary>Emitted tokens of all rows per second; 0 before there are any.</summary>
    public double TokensPerSecond => Duration > TimeSpan.Zero ? steps.Sum(step => step.Emitted) / Duration.TotalSeconds : 0;

    public IEnumerator<BatchToken> GetEnumerator()
    {
        if (begun)
            throw new InvalidOperationException($"A run happens once. Read {nameof(Rows)} for what it emitted, or call the decoder for another run.");
        begun = true;
        return Run().GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Enumerates the run, for those who want its rows and its account and not its tokens as they come.</summary>
    /// <returns>Itself.</returns>
    public BatchRun ToEnd()
    {
        foreach (var _ in this)
        {
        }
        return this;
    }

    private IEnumerable<BatchToken> Run()
    {
        using var ends = loop;
        foreach (var row in rows)
            loop.Add(row);
        while (loop.Sequences.Count > 0)
        {
            if (!loop.TryStep(cancellation, out var step))
            {
                loop.CancelAll();
                yield break;
            }
            steps.Add(step);
            foreach (var part in step.Sequences)
            {
                var row = Array.IndexOf(rows, part.Sequence);
                for (var i = part.Sequence.Tokens.Count - part.Emitted; i < part.Sequence.Tokens.Count; i++)
                    yield return new(row, part.Sequence.Tokens[i]);
            }
        }
    }
}
