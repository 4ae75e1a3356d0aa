namespace Course.Inference.Tokenization;

/// <summary>Merges the characters of a text. Symbols are stretches of the text, in a doubly linked list.</summary>
internal sealed class SentencePieceMerging
{
    private const int None = -1;

    private readonly string text;
    private readonly IReadOnlyList<SentencePiece> pieces;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> ids;
    private readonly List<Symbol> symbols = [];

    // The pair with the best score first, the leftmost of equals.
    private readonly PriorityQueue<Pair, (float Score, int Left)> agenda = new(Comparer<(float Score, int Left)>.Create(
        (one, other) => one.Score != other.Score ? other.Score.CompareTo(one.Score) : one.Left.CompareTo(other.Left)));

    // Where to split an unused piece that was merged: the length of its left half.
    private readonly Dictionary<string, int> halves = new(StringComparer.Ordinal);

    /// <param name="text">Well-formed Unicode, with spaces as <see cref="SentencePiece.Space"/>.</param>
    /// <param name="pieces">All pieces, by id.</param>
    /// <param name="ids">The ids of the pieces that merging may yield, by text.</param>
    public SentencePieceMerging(string text, IReadOnlyList<SentencePiece> pieces, Dictionary<string, int> ids)
    {
        (this.text, this.pieces, this.ids) = (text, pieces, ids.GetAlternateLookup<ReadOnlySpan<char>>());
        for (int at = 0, size; at < text.Length; at += size)
        {
            size = char.IsHighSurrogate(text[at]) ? 2 : 1;
            symbols.Add(new(at, size, symbols.Count - 1, symbols.Count + 1));
        }
        for (var right = 1; right < symbols.Count; right++)
            Offer(right - 1, right);
        while (agenda.TryDequeue(out var pair, out _))
            if (IsStill(pair))
                Join(pair);
    }

    /// <summary>The symbols after all merges, from left to right.</summary>
    public IEnumerable<string> Symbols() =>
        symbols.Where(symbol => symbol.Length > 0).SelectMany(symbol => Parts(text.Substring(symbol.Start, symbol.Length)));

    private IEnumerable<string> Parts(string symbol) =>
        ids.TryGetValue(symbol, out var id) && pieces[id].Kind == SentencePieceKind.Unused && halves.TryGetValue(symbol, out var left)
            ? [.. Parts(symbol[..left]), .. Parts(symbol[left..])]
            : [symbol];

    /// <summary>Whether both symbols are as they were when the pair was found.</summary>
    private bool IsStill(Pair pair) =>
        symbols[pair.Left].Length > 0 && symbols[pair.Right].Length > 0
            && symbols[pair.Left].Length + symbols[pair.Right].Length == pair.Length;

    private void Join(Pair pair)
    {
        var (left, right) = (symbols[pair.Left], symbols[pair.Right]);
        symbols[pair.Left] = left with { Length = pair.Length, Next = right.Next };
        symbols[pair.Right] = right with { Length = 0 };
        if (right.Next < symbols.Count)
            symbols[right.Next] = symbols[right.Next] with { Previous = pair.Left };
        Offer(left.Previous, pair.Left);
        Offer(pair.Left, right.Next);
    }

    private void Offer(int left, int right)
    {
        if (left == None || right == symbols.Count)
            return;
        var length = symbols[left].Length + symbols[right].Length;
        var made = text.AsSpan(symbols[left].Start, length);
        if (!ids.TryGetValue(made, out var id))
            return;
        agenda.Enqueue(new(left, right, length), (pieces[id].Score, left));
        if (pieces[id].Kind == SentencePieceKind.Unused)
            halves[made.ToString()] = symbols[left].Length;
    }

    private readonly record struct Symbol(int Start, int Length, int Previous, int Next);

    private readonly record struct Pair(int Left, int Right, int Length);
}
