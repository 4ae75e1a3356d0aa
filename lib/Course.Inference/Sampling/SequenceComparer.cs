namespace Course.Inference.Sampling;

/// <summary>Two sequences of tokens are equal when their tokens are.</summary>
internal sealed class SequenceComparer : IEqualityComparer<IReadOnlyList<int>>
{
    public static SequenceComparer Instance { get; } = new();

    public bool Equals(IReadOnlyList<int>? x, IReadOnlyList<int>? y) =>
        ReferenceEquals(x, y) || x is not null && y is not null && x.SequenceEqual(y);

    public int GetHashCode(IReadOnlyList<int> sequence)
    {
        var hash = new HashCode();
        foreach (var token in sequence)
            hash.Add(token);
        return hash.ToHashCode();
    }
}
