using Course.TakeHome.Contracts;

namespace Course.TakeHome.Runner.Protocol;

/// <summary>A model of the other side.</summary>
/// <param name="owner">Everything that is borrowed in the same call.</param>
/// <param name="index">The model's index on the other side.</param>
/// <param name="vocabulary">V.</param>
/// <param name="memory">The logits that it has returned so far; null if its logits may change from call to call.</param>
internal sealed class BorrowedModel(Borrowed owner, int index, int vocabulary, ModelMemory? memory) : ILanguageModel
{
    public int VocabularySize => vocabulary;

    public ICache CreateCache() => new BorrowedCache(owner, owner.NewCache(index));

    public IReadOnlyList<float[]> Forward(IReadOnlyList<int> tokens, ICache cache)
    {
        var held = cache as BorrowedCache;
        if (held is null || held.Owner != owner)
            throw new CourseException(
                $"Forward was called with a {cache?.GetType().Name ?? "null"} that this model did not create. Get the cache from "
                + "CreateCache, in the same call.");
        int[] fed = [.. tokens];
        lock (owner.Gate)
        {
            IReadOnlyList<float[]> rows = Known(held, fed) is { } known ? Told(held, fed, known) : Asked(held, fed);
            held.Feed(fed);
            return rows;
        }
    }

    private List<float[]>? Known(BorrowedCache held, int[] fed)
    {
        if (memory is null || fed.Length == 0 || fed.Any(token => token < 0 || token >= vocabulary))
            return null;
        List<float[]> rows = [];
        var text = held.Text;
        foreach (var token in fed)
        {
            text += (char)token;
            if (memory.After(text) is not { } row)
                return null;
            rows.Add(row);
        }
        return rows;
    }

    private List<float[]> Told(BorrowedCache held, int[] fed, List<float[]> known)
    {
        owner.Tell(LentVerb.Forward, told => told.Int(index).Int(held.Index).Ints(fed));
        return known;
    }

    private float[][] Asked(BorrowedCache held, int[] fed)
    {
        var answer = owner.Ask(LentVerb.AskForward, question => question.Int(index).Int(held.Index).Ints(fed));
        var rows = answer.List(() => answer.Floats(vocabulary), sizeof(int), fed.Length);
        answer.End();
        if (rows.Length != fed.Length || rows.Any(row => row.Length != vocabulary))
            throw new CourseException(
                $"A model was fed {fed.Length} tokens and returned [{rows.Length}][{(rows.Length > 0 ? rows[0].Length : 0)}] logits; its "
                + $"vocabulary has {vocabulary} tokens.");
        var text = held.Text;
        for (var i = 0; memory is not null && i < fed.Length; i++)
            memory.Keep(text += (char)fed[i], rows[i]);
        return rows;
    }
}

/// <summary>A cache of the other side. Its tokens are known here, too.</summary>
internal sealed class BorrowedCache(Borrowed owner, int index) : ICache
{
    public Borrowed Owner => owner;

    public int Index => index;

    /// <summary>The tokens in the cache, one character each.</summary>
    public string Text { get; private set; } = "";

    public int Length => Text.Length;

    public void Feed(int[] tokens) => Text += string.Concat(tokens.Select(token => (char)token));

    public void Rewind(int count)
    {
        if (count < 0 || count > Length)
            throw new CourseException($"Rewind({count}) of a cache that holds {Length} tokens.");
        owner.Tell(LentVerb.Rewind, told => told.Int(index).Int(count));
        Text = Text[..^count];
    }
}
