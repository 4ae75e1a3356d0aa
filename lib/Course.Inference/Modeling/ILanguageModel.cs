namespace Course.Inference.Modeling;

/// <summary>
/// A language model as decoders see it: new tokens and what came before them in, logits out, and the exact price of the call. Decoders know
/// nothing else: no layers, no devices.
/// </summary>
public interface ILanguageModel
{
    /// <summary>V: how many tokens the vocabulary has.</summary>
    int VocabularySize { get; }

    /// <summary>The largest S + T that the model can attend over.</summary>
    int ContextLength { get; }

    /// <summary>An empty cache of this model's shape for <paramref name="rows"/> sequences (B).</summary>
    /// <param name="rows">B.</param>
    /// <param name="options">How it stores what it holds; contiguously and in the model's own type by default.</param>
    /// <exception cref="CourseException">There are no rows, an option is out of its range, or this model has no such cache.</exception>
    IKeyValueCache CreateCache(int rows = 1, CacheOptions? options = null);

    /// <summary>
    /// B rows of T_r tokens → V logits for each of them: those of the token that follows it.
    /// With a cache, row r's tokens follow the S_r that it holds, and are appended to it; without one, they are all there is.
    /// No row's answer depends on another's tokens. A row without tokens takes no part, and its cache stays as it is.
    /// </summary>
    /// <param name="tokens">Rows may be of different lengths, and some may be empty.</param>
    /// <param name="cache">One that this model made, of as many rows.</param>
    /// <param name="wanted">Which tokens are answered; only these logits are computed. <see cref="Logits.LayoutOf"/> says where they lie.</param>
    /// <exception cref="CourseException">
    /// A token is not in the vocabulary, a row's S_r + T_r exceeds the context, or the cache is another model's, of other rows, or full.
    /// Then the cache holds what it held.
    /// </exception>
    Logits Forward(TokenBatch tokens, IKeyValueCache? cache = null, LogitsOf wanted = default);

    /// <summary>What a <see cref="Forward"/> of this shape costs, from the configuration alone.</summary>
    ForwardCost Cost(ForwardShape shape);
}

public static class LanguageModelExtensions
{
    /// <summary>What a forward of B rows of T new tokens after S cached ones costs, all tokens answered.</summary>
    public static ForwardCost Cost(this ILanguageModel model, int rows, int newTokens, int cached) =>
        model.Cost(ForwardShape.Uniform(rows, newTokens, cached));
}
