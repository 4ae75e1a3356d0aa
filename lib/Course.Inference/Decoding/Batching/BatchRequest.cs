using Course.Inference.Sampling;

namespace Course.Inference.Decoding.Batching;

/// <summary>One row of a batch: its own prompt, its own way to draw and to stop.</summary>
/// <param name="Prompt">At least one token and at most the model's context.</param>
/// <param name="Options">How to draw and when to stop.</param>
/// <param name="Randomness">This row's alone, so that what it draws does not depend on its neighbours: see <see cref="SeededRandomness.ForRequest"/>.</param>
public sealed record BatchRequest(IReadOnlyList<int> Prompt, DecodingOptions Options, IRandomness Randomness);

/// <summary>A token that a row of the batch emitted.</summary>
/// <param name="Row">Of the requests, in their order; not of the cache, where rows move up.</param>
/// <param name="Token">What it emitted.</param>
public readonly record struct BatchToken(int Row, DecodedToken Token);

/// <summary>One model call of a batch.</summary>
/// <param name="Rows">How many rows were still in it.</param>
/// <param name="NewTokens">Σ T_r: chunks of prompts, and one token of every row that is past its prompt.</param>
/// <param name="Emitted">Tokens that came of it.</param>
/// <param name="Duration">Of the call and of drawing.</param>
public readonly record struct BatchStep(int Rows, int NewTokens, int Emitted, TimeSpan Duration);
