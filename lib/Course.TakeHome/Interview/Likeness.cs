namespace Course.TakeHome.Interview;

/// <summary>How far a name that was typed is from one that there is.</summary>
internal static class Likeness
{
    /// <summary>
    /// Letters that have to be put in, taken out or changed to make one of the other: Levenshtein's distance, row by row of its
    /// table.
    /// </summary>
    public static int Edits(string one, string other)
    {
        int[] row = [.. Enumerable.Range(0, other.Length + 1)];
        foreach (var letter in one)
        {
            var diagonal = row[0]++;
            for (var j = 0; j < other.Length; j++)
                (diagonal, row[j + 1]) = (row[j + 1], Math.Min(Math.Min(row[j + 1], row[j]) + 1, diagonal + (letter == other[j] ? 0 : 1)));
        }
        return row[^1];
    }
}
