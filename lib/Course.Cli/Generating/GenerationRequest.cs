using Course.Inference;
using Course.Inference.Decoding;
using Course.Inference.Modeling;

namespace Course.Cli.Generating;

/// <summary>The decoders, by their names on the command line.</summary>
internal enum DecoderKind
{
    Naive,
    Cached,
}

/// <summary>The parsed options of `course generate`.</summary>
internal sealed record GenerationRequest
{
    /// <summary>A checkpoint folder, a GGUF file or a llama2.c file; null for the bundled target.</summary>
    public string? Model { get; init; }

    public string Prompt { get; init; } = "";

    public DecodingOptions Options { get; init; } = new();

    public ulong Seed { get; init; }

    /// <summary>The device; null for that of the environment variable, or the best one.</summary>
    public string? Device { get; init; }

    public PrecisionKind Precision { get; init; }

    public Backend Backend { get; init; }

    public DecoderKind Decoder { get; init; } = DecoderKind.Cached;

    public IReadOnlyList<string> StopTexts { get; init; } = [];

    public bool Json { get; init; }

    /// <summary>
    /// Whether the output goes to a terminal. Then the prompt is printed before the text, and speed and cost after it; a file or a
    /// pipe gets only the text.
    /// </summary>
    public bool ToTerminal { get; init; }

    /// <summary>The drafter, one of <see cref="Drafters.Choices"/>; null to decode without speculation.</summary>
    public string? Speculate { get; init; }

    /// <summary>γ: a number or auto; null for the library's default.</summary>
    public string? Gamma { get; init; }

    /// <summary>The shape of the draft tree as candidates by depth, "4-2-1"; null for a chain.</summary>
    public string? Tree { get; init; }

    /// <summary>Whether to print the tokens at the end, coloured by their origin, instead of streaming them.</summary>
    public bool Origins { get; init; }

    public IDecoder MakeDecoder(ILanguageModel model) => Decoder switch
    {
        DecoderKind.Naive => new NaiveDecoder(model),
        _ => new CachedDecoder(model),
    };
}
