using Course.Inference.Sampling;

namespace Course.Inference.Decoding;

/// <summary>What is to be continued: a prompt with its own way to draw and to stop.</summary>
/// <param name="Prompt">At least one token and at most the model's context.</param>
/// <param name="Options">How to draw and when to stop.</param>
/// <param name="Randomness">
/// This sequence's alone, so that what it draws does not depend on its neighbours: see <see cref="SeededRandomness.ForRequest"/>.
/// </param>
public sealed record SequenceRequest(IReadOnlyList<int> Prompt, DecodingOptions Options, IRandomness Randomness);
