using Course.Inference.Sampling;

namespace Course.Inference.Decoding;

/// <summary>Continues a sequence of tokens with a model. All decoders emit the same law; they differ in what it costs.</summary>
public interface IDecoder
{
    /// <summary>A run over the prompt. Nothing is computed before the run is enumerated; then each token is handed out as it comes.</summary>
    /// <param name="prompt">At least one token and at most the model's context.</param>
    /// <param name="options">How to draw and when to stop.</param>
    /// <param name="randomness">Answers every question of chance; greedy decoding asks it only what is certain.</param>
    /// <param name="cancellation">Ends the run before its next model call, without an exception.</param>
    /// <exception cref="CourseException">The prompt is empty or longer than the context, or an option is out of its range.</exception>
    DecodingRun Decode(IReadOnlyList<int> prompt, DecodingOptions options, IRandomness randomness, CancellationToken cancellation = default);
}
