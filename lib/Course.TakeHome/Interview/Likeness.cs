namespace Course.TakeHome.Interview;

/// <summary>The distance between a name that was typed and a name that exists.</summary>
internal static class Likeness
{
    /// <summary>
    /// The Levenshtein distance: the number of letters to insert, delete or change to turn one name into the other. Computed row by row.
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
