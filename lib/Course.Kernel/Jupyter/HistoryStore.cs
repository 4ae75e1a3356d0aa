using System.Text.RegularExpressions;

namespace Course.Kernel.Jupyter;

/// <summary>One executed cell of this session.</summary>
/// <param name="Line">The execution count.</param>
/// <param name="Input">The code of the cell.</param>
/// <param name="Output">The text of the result; null if there was none.</param>
internal sealed record HistoryEntry(int Line, string Input, string? Output);

/// <summary>Answers history_request for this session. Earlier sessions are not stored.</summary>
internal sealed class HistoryStore
{
    /// <summary>The number of this session; 0 also means the current session.</summary>
    public const int Session = 1;

    private readonly List<HistoryEntry> entries = [];
    private readonly Lock gate = new();

    public void Add(HistoryEntry entry)
    {
        lock (gate)
            entries.Add(entry);
    }

    public IReadOnlyList<HistoryEntry> Tail(int n)
    {
        lock (gate)
            return [.. entries.TakeLast(Math.Max(0, n))];
    }

    /// <summary>Lines from <paramref name="start"/> up to, not including, <paramref name="stop"/>; null means to the end.</summary>
    public IReadOnlyList<HistoryEntry> Range(int session, int start, int? stop)
    {
        lock (gate)
            return session is 0 or Session ? [.. entries.Where(e => e.Line >= start && (stop is null || e.Line < stop))] : [];
    }

    /// <summary>Finds entries whose whole input matches a pattern.</summary>
    /// <param name="glob">The pattern, with <c>*</c> and <c>?</c>.</param>
    /// <param name="unique">Whether to return only the last of equal inputs.</param>
    /// <param name="n">The number of last matches to return; null means all.</param>
    public IReadOnlyList<HistoryEntry> Search(string glob, bool unique, int? n)
    {
        var pattern = new Regex(
            "^" + Regex.Escape(glob).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "$",
            RegexOptions.Singleline, TimeSpan.FromSeconds(1));
        lock (gate)
        {
            var found = entries.Where(e => pattern.IsMatch(e.Input));
            if (unique)
                found = found.Reverse().DistinctBy(e => e.Input).Reverse();
            return [.. n is { } last ? found.TakeLast(last) : found];
        }
    }
}
