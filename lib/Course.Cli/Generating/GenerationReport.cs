using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Course.Inference.Decoding;
using Course.Inference.Measurement;
using Course.Inference.Modeling;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using Course.Inference.Tokenization;

namespace Course.Cli.Generating;

/// <summary>A token of the report.</summary>
/// <param name="Id">The token's id.</param>
/// <param name="Text">The token's text; U+FFFD for a part of a character.</param>
/// <param name="Probability">The probability with which it was drawn; null in the prompt.</param>
/// <param name="Seconds">Seconds from the beginning of the run to the token; null in the prompt.</param>
internal sealed record ReportedToken(int Id, string Text, double? Probability = null, double? Seconds = null);

/// <summary>The times of a run, in seconds.</summary>
/// <param name="FirstToken">Time to the first token: prefill and one step; null without tokens.</param>
/// <param name="MedianInterval">The median time from one token to the next; null with fewer than two tokens.</param>
/// <param name="Total">Time to the last token; null without tokens.</param>
internal sealed record ReportedSeconds(double? FirstToken, double? MedianInterval, double? Total);

/// <summary>The sampling options of the run.</summary>
/// <param name="Temperature">0 for greedy.</param>
/// <param name="TopK">Null for all tokens; the JSON then has an explicit null.</param>
/// <param name="TopP">1 for all tokens.</param>
/// <param name="MinP">0 for all tokens.</param>
internal sealed record ReportedSampling(
    double Temperature, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? TopK, double TopP, double MinP)
{
    public static ReportedSampling Of(SamplingOptions options) =>
        new(options.Temperature, options.TopK < int.MaxValue ? options.TopK : null, options.TopP, options.MinP);
}

/// <summary>The output of `course generate --json`: everything needed to repeat the run, its result, and its cost.</summary>
internal sealed record GenerationReport(
    string Model, string Device, PrecisionKind Precision, DecoderKind Decoder, ulong Seed, ReportedSampling Sampling,
    string Prompt, IReadOnlyList<ReportedToken> PromptTokens, string Text, IReadOnlyList<ReportedToken> Tokens,
    StopReason? Stopped, ReportedSeconds Seconds, ModelUsage Usage, SpeculationTrace? Speculation)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // for a terminal, not for a web page
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static GenerationReport Of(
        GenerationRequest request, string path, string device, GenerationRun run, ITokenizer tokenizer) => new(
        path, device, request.Precision, request.Decoder, request.Seed, ReportedSampling.Of(request.Options.Sampling),
        request.Prompt, [.. run.Decoding.Prompt.Select(id => new ReportedToken(id, tokenizer.Name(id)))],
        run.Text,
        [
            .. run.Decoding.Tokens.Select(
                token => new ReportedToken(token.Token, tokenizer.Name(token.Token), token.Probability, token.At.TotalSeconds))
        ],
        run.Decoding.Stopped, SecondsOf(run.Decoding), run.Decoding.Usage, (run.Decoding as SpeculativeRun)?.Trace);

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    private static ReportedSeconds SecondsOf(DecodingRun run) => new(
        run.TimeToFirstToken?.TotalSeconds,
        run.Intervals.Count > 0 ? new Samples(run.Intervals.Select(interval => interval.TotalSeconds)).Median : null,
        run.Tokens.Count > 0 ? run.Tokens[^1].At.TotalSeconds : null);
}
