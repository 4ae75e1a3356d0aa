namespace Course.TakeHome.Contracts;

/// <summary>A function from new tokens and a cache to logits. What it is made of is nobody's business here.</summary>
public interface ILanguageModel
{
    /// <summary>V.</summary>
    int VocabularySize { get; }

    /// <summary>An empty cache of this model's.</summary>
    ICache CreateCache();

    /// <summary>
    /// Feeds T new tokens behind those that the cache holds, and appends them to it. The logits at index t answer what follows token t.
    /// </summary>
    /// <param name="tokens">[T], at least one.</param>
    /// <param name="cache">One of this model's.</param>
    /// <returns>[T][V]</returns>
    IReadOnlyList<float[]> Forward(IReadOnlyList<int> tokens, ICache cache);
}

/// <summary>What a model remembers of the tokens that it was fed.</summary>
public interface ICache
{
    /// <summary>S.</summary>
    int Length { get; }

    /// <summary>Forgets the last tokens.</summary>
    /// <param name="count">From 0 to <see cref="Length"/>.</param>
    void Rewind(int count);
}
