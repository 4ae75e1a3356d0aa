namespace Course.TakeHome.Contracts;

/// <summary>A cache whose content is the tokens that it has seen.</summary>
public sealed class TokenCache : ICache
{
    private readonly List<int> tokens = [];

    public IReadOnlyList<int> Tokens => tokens;

    public int Length => tokens.Count;

    internal void Add(int token) => tokens.Add(token);

    public void Rewind(int count)
    {
        if (count < 0 || count > tokens.Count)
            throw new CourseException($"Rewind({count}) of a cache that holds {tokens.Count} tokens.");
        tokens.RemoveRange(tokens.Count - count, count);
    }
}
