using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Course.Cli.Generating;
using Course.Inference;
using Course.Inference.Decoding;
using Course.Inference.Sampling;

namespace Course.Cli.Verbs;

/// <summary>`course generate`: lets a model continue a prompt, and streams the text to the terminal.</summary>
internal static class GenerateVerb
{
    private const int MostTokens = 1_000_000, LongestDraft = 1000;

    /// <summary>The sampling of the lessons and the model cards: at temperature 1, a small model's stories become incoherent.</summary>
    private const double DefaultTemperature = 0.7, DefaultTopP = 0.95;

    private static readonly DecodingOptions Defaults = new();

    private static readonly Option<string?> Model = Options.Path("--model",
        "A checkpoint folder, a GGUF file, or a llama2.c file with its tokenizer beside it; the bundled target by default.");
    private static readonly Option<string?> Prompt = new("--prompt")
    {
        Description = "The text to continue; without one, the model begins by itself.",
    };
    private static readonly Option<string?> PromptFile = Options.Path("--prompt-file",
        "Read the prompt from a file, or from - (standard input), as UTF-8; one line end at its end is removed.");
    private static readonly Option<int> MaxTokens = Options.Whole(
        "--max-tokens", "The maximum number of tokens to generate.", Defaults.MaxTokens, 1, MostTokens);
    private static readonly Option<double> Temperature = Options.Number(
        "--temperature", "0 is greedy, below 1 sharper, above 1 flatter.", DefaultTemperature, "0 (greedy) or a positive number",
        value => value >= 0);
    private static readonly Option<int?> TopK = Options.Whole(
        "--top-k", "Draw from the K most probable tokens; from all by default.", 1, int.MaxValue);
    private static readonly Option<double> TopP = Options.Number(
        "--top-p", "Draw from the most probable tokens that together reach P; 1 for all.", DefaultTopP, "a number above 0 and at most 1",
        value => value is > 0 and <= 1);
    private static readonly Option<double> MinP = Options.Number(
        "--min-p", "Draw from tokens at least M times as probable as the best.", Defaults.Sampling.MinP, "a number from 0 to 1",
        value => value is >= 0 and <= 1);
    private static readonly Option<ulong> Seed = Options.Whole(
        "--seed", "The same seed yields the same text.", 1ul, ulong.MinValue, ulong.MaxValue);
    private static readonly Option<string?> Device = Options.Device();
    private static readonly Option<PrecisionKind> Precision = Options.Word(
        "--precision", "The format of the weights; fewer bits are fewer bytes to read.", PrecisionKind.Float32);
    private static readonly Option<Backend> BackendName = Options.Word(
        "--backend", "The implementation: the fused kernels (CPU) or libtorch; auto uses the kernels where they run.", Backend.Auto);
    private static readonly Option<DecoderKind> Decoder = Options.Word(
        "--decoder", "How to decode; the text is the same.", DecoderKind.Cached);
    private static readonly Option<string?> Speculate = Options.Named(
        new Option<string?>("--speculate")
        {
            Description = $"Decode speculatively with a drafter: {Drafters.Choices}. The distribution of the text does not change.",
        }, Drafters.Choices);
    private static readonly Option<string?> Gamma = new("--gamma")
    {
        Description = "Number of tokens to draft per step, or auto: chosen from times measured at the start, so it varies between runs.",
        CustomParser = DraftLength,
    };
    private static readonly Option<string?> Tree = Options.Named(
        new Option<string?>("--tree")
        {
            Description = "Draft a tree with this number of candidates by depth, like 4-2-1. All are verified in one call.",
        }, "candidates by depth, like 4-2-1");
    private static readonly Option<bool> Origins = new("--origins")
    {
        Description = "At the end, print the tokens by origin (accepted, resampled, bonus) and the " +
            "rejected ones, in colours or with marks.",
    };
    private static readonly Option<string[]> Stop = Options.Named(
        new Option<string[]>("--stop") { Description = "A text at which to stop; may be given several times." }, "a text at which to stop");
    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print tokens, text, timings and cost as JSON at the end, instead of streaming the text.",
    };

    public static Command Build()
    {
        var command = new Command("generate", "Continue a prompt with a model.")
        {
            Model, Prompt, PromptFile, MaxTokens, Temperature, TopK, TopP, MinP, Seed, Device, Precision, BackendName, Decoder, Speculate,
            Gamma, Tree, Origins, Stop, Json,
        };
        // Not on the thread that parses, which must stay free to handle Ctrl+C.
        command.SetAction((parsed, cancel) => Task.Run(() => Generation.Run(Request(parsed), Console.Out, cancel), CancellationToken.None));
        return command;
    }

    private static string? DraftLength(ArgumentResult result) => result.Tokens[^1].Value is "auto" ? "auto"
        : Wanted.Whole(result, 0, LongestDraft, otherwise: "auto").ToString(CultureInfo.InvariantCulture);

    private static GenerationRequest Request(ParseResult parsed) => new()
    {
        Model = parsed.GetValue(Model),
        Prompt = PromptSource.Read(parsed.GetValue(Prompt), parsed.GetValue(PromptFile)),
        Options = new()
        {
            MaxTokens = parsed.GetValue(MaxTokens),
            Sampling = new SamplingOptions
            {
                Temperature = parsed.GetValue(Temperature),
                TopK = parsed.GetValue(TopK) ?? Defaults.Sampling.TopK,
                TopP = parsed.GetValue(TopP),
                MinP = parsed.GetValue(MinP),
            },
        },
        Seed = parsed.GetValue(Seed),
        Device = parsed.GetValue(Device),
        Precision = parsed.GetValue(Precision),
        Backend = parsed.GetValue(BackendName),
        Decoder = parsed.GetValue(Decoder),
        StopTexts = parsed.GetValue(Stop) ?? [],
        Json = parsed.GetValue(Json),
        ToTerminal = !Console.IsOutputRedirected,
        Speculate = parsed.GetValue(Speculate),
        Gamma = parsed.GetValue(Gamma),
        Tree = parsed.GetValue(Tree),
        Origins = parsed.GetValue(Origins),
    };
}
