using System.CommandLine;
using Course.Cli.Generating;
using Course.Inference.Decoding;
using Course.Inference.Sampling;

namespace Course.Cli.Verbs;

/// <summary>`course generate`: a model continues a prompt, and its text streams to the terminal.</summary>
internal static class GenerateVerb
{
    private static readonly DecodingOptions Defaults = new();

    private static readonly Option<string?> Model = new("--model") { Description = "A checkpoint folder, a GGUF file, or a llama2.c file with its tokenizer beside it; the bundled target by default." };
    private static readonly Option<string?> Prompt = new("--prompt") { Description = "What to continue; without any, the model begins by itself." };
    private static readonly Option<string?> PromptFile = new("--prompt-file") { Description = "Read the prompt from a file, or from - (standard input): UTF-8, one line end at its end left out." };
    private static readonly Option<int> MaxTokens = new("--max-tokens") { Description = "The most tokens to write.", DefaultValueFactory = _ => Defaults.MaxTokens };
    private static readonly Option<double> Temperature = new("--temperature") { Description = "0 is greedy, below 1 sharper, above 1 flatter.", DefaultValueFactory = _ => Defaults.Sampling.Temperature };
    private static readonly Option<int?> TopK = new("--top-k") { Description = "Draw from the K most probable tokens; from all by default." };
    private static readonly Option<double> TopP = new("--top-p") { Description = "Draw from the most probable tokens that together reach P.", DefaultValueFactory = _ => Defaults.Sampling.TopP };
    private static readonly Option<double> MinP = new("--min-p") { Description = "Draw from tokens at least M times as probable as the best.", DefaultValueFactory = _ => Defaults.Sampling.MinP };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "The same seed writes the same text.", DefaultValueFactory = _ => 1 };
    private static readonly Option<string?> Device = new("--device") { Description = "auto, cpu, cuda or cuda:N." };
    private static readonly Option<PrecisionKind> Precision = new("--precision") { Description = "What the weights are kept in; fewer bits are fewer bytes to read." };
    private static readonly Option<BackendKind> Backend = new("--backend") { Description = "Who computes: the fused kernels (CPU) or libtorch; auto takes the kernels where they run." };
    private static readonly Option<DecoderKind> Decoder = new("--decoder") { Description = "How to compute it; what is written is the same.", DefaultValueFactory = _ => DecoderKind.Cached };
    private static readonly Option<string?> Speculate = new("--speculate") { Description = $"Who guesses ahead: {Drafting.Choices}. What is written follows the same law." };
    private static readonly Option<string?> Gamma = new("--gamma") { Description = "How many tokens to guess at a time, or auto: chosen from times measured at the start, and so not the same with every run." };
    private static readonly Option<string?> Tree = new("--tree") { Description = "Guess several tokens at a place: candidates by depth, like 4-2-1. All are verified in one call." };
    private static readonly Option<bool> Origins = new("--origins") { Description = "When done, print the tokens in the colours of how they came: accepted, resampled, bonus; and what was rejected." };
    private static readonly Option<string[]> Stop = new("--stop") { Description = "A text to end at; may be given several times." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print tokens, text, timings and cost as JSON when done, instead of streaming." };

    public static Command Build()
    {
        var command = new Command("generate", "Continue a prompt with a model.")
        {
            Model, Prompt, PromptFile, MaxTokens, Temperature, TopK, TopP, MinP, Seed, Device, Precision, Backend, Decoder, Speculate, Gamma, Tree, Origins, Stop, Json,
        };
        // Not on the thread that parses: it must stay free to hear Ctrl+C.
        command.SetAction((parsed, cancel) => Task.Run(() => Generation.Run(Request(parsed), Console.Out, cancel), CancellationToken.None));
        return command;
    }

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
        Backend = parsed.GetValue(Backend),
        Decoder = parsed.GetValue(Decoder),
        StopTexts = parsed.GetValue(Stop) ?? [],
        Json = parsed.GetValue(Json),
        Speculate = parsed.GetValue(Speculate),
        Gamma = parsed.GetValue(Gamma),
        Tree = parsed.GetValue(Tree),
        Origins = parsed.GetValue(Origins),
    };
}
