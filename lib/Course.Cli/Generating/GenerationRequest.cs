using Course.Inference;
using Course.Inference.Decoding;
using Course.Inference.Modeling;

namespace Course.Cli.Generating;

/// <summary>The decoders by the names that the command line has for them.</summary>
internal enum DecoderKind
{
    Naive,
    Cached,
}

/// <summary>What `course generate` was asked for.</summary>
internal sealed record GenerationRequest
{
    /// <summary>A checkpoint folder or a llama2.c file; null for the bundled target.</summary>
    public string? Model { get; init; }

    public string Prompt { get; init; } = "";

    public DecodingOptions Options { get; init; } = new();

    public ulong Seed { get; init; }

    /// <summary>Null for what the environment says, or the best there is.</summary>
    public string? Device { get; init; }

    public PrecisionKind Precision { get; init; }

    public Backend Backend { get; init; }

    public DecoderKind Decoder { get; init; } = DecoderKind.Cached;

    public IReadOnlyList<string> StopTexts { get; init; } = [];

    public bool Json { get; init; }

    /// <summary>
    /// Whether a person reads along: then the prompt comes before the text, and what it took behind it. A file or a
    /// pipe gets the text alone.
    /// </summary>
    public bool ToTerminal { get; init; }

    /// <summary>Who drafts: see <see cref="Drafting.Choices"/>; null for nobody.</summary>
    public string? Speculate { get; init; }

    /// <summary>γ: a number or auto; null for the library's default.</summary>
    public string? Gamma { get; init; }

    /// <summary>How guesses branch, as candidates by depth: "4-2-1"; null for a chain.</summary>
    public string? Tree { get; init; }

    /// <summary>Whether to print the tokens in the colours of how they came instead of streaming.</summary>
    public bool Origins { get; init; }

    public IDecoder MakeDecoder(ILanguageModel model) => Decoder switch
    {
        DecoderKind.Naive => new NaiveDecoder(model),
        _ => new CachedDecoder(model),
    };
}
