namespace Course.Inference.Tests.Caching;

/// <summary>
/// What a paged cache must be, in objects: a row is a list of tokens and a list of pages, and a page is shared if two rows have the same one.
/// It counts pages one after the other as they are needed, where the cache reckons beforehand.
/// </summary>
internal sealed class PagedTwin(int rows, int blocks, int blockTokens, int capacity)
{
    private sealed class Page;

    private readonly List<List<Page>> pages = [.. Enumerable.Range(0, rows).Select(_ => new List<Page>())];

    /// <summary>[B] of S_r tokens; a token is a number that stands for its vectors.</summary>
    public List<List<int>> Tokens { get; } = [.. Enumerable.Range(0, rows).Select(_ => new List<int>())];

    /// <summary>Of the pool.</summary>
    public int Blocks { get; set; } = blocks;

    public int Used => Used_(pages);

    public int PagesOf(int row) => pages[row].Count;

    /// <summary>False, and nothing has happened, where there is no room.</summary>
    public bool Append(IReadOnlyList<int[]> added)
    {
        List<List<Page>> after = [.. pages.Select(row => row.ToList())];
        for (var row = 0; row < added.Count; row++)
        {
            if (Tokens[row].Count + added[row].Length > capacity)
                return false;
            for (var t = 0; t < added[row].Length; t++)
                Write(after, row, Tokens[row].Count + t);
        }
        if (Used_(after) > Blocks)
            return false;
        for (var row = 0; row < added.Count; row++)
        {
            pages[row] = after[row];
            Tokens[row].AddRange(added[row]);
        }
        return true;
    }

    public void Rewind(int row, int count)
    {
        Tokens[row].RemoveRange(Tokens[row].Count - count, count);
        var kept = (Tokens[row].Count + blockTokens - 1) / blockTokens;
        pages[row].RemoveRange(kept, pages[row].Count - kept);
    }

    /// <summary>False, and nothing has happened, where there is no room for the row's own copies of what it must write.</summary>
    public bool Keep(int row, int length, int[] further)
    {
        List<List<Page>> after = [.. pages.Select(pagesOfRow => pagesOfRow.ToList())];
        for (var i = 0; i < further.Length; i++)
        {
            var page = (length + i) / blockTokens;
            if (further[i] != length + i && after.Count(other => other.Contains(after[row][page])) > 1)
                after[row][page] = new();
        }
        if (Used_(after) > Blocks)
            return false;
        int[] kept = [.. further.Select(place => Tokens[row][place])];
        pages[row] = after[row];
        Rewind(row, Tokens[row].Count - length - kept.Length);
        Tokens[row] = [.. Tokens[row][..length], .. kept];
        return true;
    }

    public void Remove(int row)
    {
        Tokens.RemoveAt(row);
        pages.RemoveAt(row);
    }

    public void Add()
    {
        Tokens.Add([]);
        pages.Add([]);
    }

    public void Fork(int row, int tokens)
    {
        Tokens.Add(Tokens[row][..tokens]);
        pages.Add(pages[row][..((tokens + blockTokens - 1) / blockTokens)]);
    }

    private void Write(List<List<Page>> after, int row, int position)
    {
        if (position / blockTokens == after[row].Count)
            after[row].Add(new());
        else if (after.Count(other => other.Contains(after[row][^1])) > 1)
            after[row][^1] = new();
    }

    private static int Used_(IEnumerable<List<Page>> rows) => rows.SelectMany(row => row).Distinct().Count();
}
