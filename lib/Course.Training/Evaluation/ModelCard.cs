using System.Globalization;
using System.Text;
using Course.Inference.Families.Llama;
using Course.Training.Corpora;
using Course.Training.Pairs;
using Course.Training.Runs;

namespace Course.Training.Evaluation;

/// <summary>Writes a model's <c>README.md</c> from recorded and measured data only.</summary>
public sealed class ModelCard(
    string folder, PairFolder pair, LlamaConfiguration shape, TrainingRecord training, PairReport report, IReadOnlyList<Sample> samples)
{
    private readonly StringBuilder text = new();

    private bool IsDraft => folder == pair.Draft;

    public string Write()
    {
        Line($"# {(IsDraft ? "Draft" : "Target")} of the bundled pair");
        Line();
        Line(IsDraft
            ? "A small Llama-style model that drafts tokens for the [target](../target/README.md) beside it. It learnt from the " +
                "target's own probabilities, so that the target accepts its draft tokens often."
            : "A Llama-style model that writes short stories for children. The course speeds up its decoding without changing its " +
                "distribution; the [draft](../draft/README.md) beside it drafts tokens for it.");
        Line("Written by `course train card` from `training.json`, `../pair.json` and the weights.");
        Shape();
        Data();
        Training();
        Quality();
        Agreement();
        Samples();
        Reproducing();
        return text.ToString();
    }

    private void Shape()
    {
        Heading("Shape");
        Line($"{LlamaLayout.ParameterCount(shape):N0} parameters: V={shape.VocabularySize}, D={shape.Width}, L={shape.Layers}, " +
            $"H={shape.QueryHeads}, Hkv={shape.KeyValueHeads}, d={shape.HeadWidth}, SwiGLU width {shape.HiddenWidth}, " +
            $"context {shape.ContextLength}, {(shape.TiedEmbeddings ? "tied" : "separate")} embeddings. " +
            "Byte-level BPE; `<|endoftext|>` (id 0) precedes every document and so also ends it.");
        Line();
        Line($"`model.safetensors`, bfloat16, sha256 `{(IsDraft ? report.DraftSha256 : report.TargetSha256)}`.");
    }

    private void Data()
    {
        Heading("Data and licence");
        foreach (var source in training.Sources)
            Line($"- `{source}`: {Licence(source)}");
        Line();
        Line($"{training.StoryTokens:N0} tokens of stories and {training.BookTokens:N0} of books, front matter and headings stripped, " +
            "typographic quotes and dashes in ASCII, one line per paragraph. " +
            $"Held out from tokenizer and model: `{training.HeldOutSource}`" +
            (training.HeldOutSource == Corpus.TinyStoriesHeldOutFile ? ", the head of TinyStories' validation split." : "."));
        Line();
        Line("CDLA-Sharing-1.0 places no restriction on results of computation, such as these weights; " +
            "they come under this repository's own terms. " +
            "The model knows a few thousand words of English and nothing of the world: it is for measuring, not for use.");
    }

    private static string Licence(string source) => source switch
    {
        _ when source.StartsWith("tinystories_", StringComparison.Ordinal) => "from TinyStories (Eldan and Li 2023), CDLA-Sharing-1.0",
        _ when source.StartsWith("pd_", StringComparison.Ordinal) => "a book from Project Gutenberg, in the public domain",
        _ => "not part of the bundled corpus; ask its owner",
    };

    private void Training()
    {
        var recipe = training.Recipe;
        Heading("Training");
        Line($"{training.Steps:N0} steps of {recipe.Rows} × {recipe.Window} tokens " +
            $"({training.TrainedTokens / 1e6:F1} M tokens, {training.Minutes:F0} minutes); " +
            $"the weights are those of step {training.KeptStep:N0}, " +
            $"{(training.KeptStep == training.Steps ? "the last" : "which had the least held-out loss")}. " +
            (IsDraft ? "Objective: the target's distribution at every position (soft cross-entropy). " : "Objective: the next token. ") +
            Rates(recipe.Optimizer) +
            $", decay {recipe.Optimizer.Decay}, warm-up {recipe.Optimizer.WarmUp} steps, plateau, linear descent over the last " +
            $"{recipe.Optimizer.DescentShare:P0}; " +
            $"dropout {recipe.Dropout}, {recipe.StoryShare:P0} of the windows from stories, seed {recipe.Seed}.");
        if (training.BeganWith is { } smaller)
            Line(
                $"It began with the weights of a model with {smaller}. Where it is larger, it was grown " +
                "so that at first it computed the same.");
        if (training.Command.Contains('\n', StringComparison.Ordinal))
            Line("Several commands made it, one after the other: rates and shares are those of the last one below.");
        if (training.Remark is { } remark)
            Line(remark);
        Line();
        Line($"![Loss over the run]({PairFolder.ChartName})");
    }

    private static string Rates(OptimizerRecipe optimizer) => optimizer.Muon
        ? $"Muon {optimizer.MuonRate:0.#####} for the layers' matrices, AdamW {optimizer.AdamRate:0.#####} for the rest"
        : $"AdamW {optimizer.AdamRate:0.#####}";

    private void Quality()
    {
        var loss = training.HeldOut;
        Heading("Held-out loss");
        Line($"{loss.NatsPerToken:F4} nats per token, **{training.BitsPerByte:F4} bits per byte** of UTF-8 text ({loss.Tokens:N0} " +
            $"tokens, {training.HeldOutBytes:N0} bytes, windows of {training.Recipe.Window}), as stored. " +
            $"On {training.Rounding.Tokens:N0} of these tokens: float32 {training.Rounding.Float32:F4}, bfloat16 " +
            $"{training.Rounding.BFloat16:F4}, float16 {training.Rounding.Float16:F4}.");
    }

    private void Agreement()
    {
        Heading("The pair");
        Line($"α = **{report.Sampling.Alpha:F3}** ± {report.Sampling.StandardError:F3} at temperature 1 ({report.Sampling.Prompts} " +
            $"prompts, {report.Sampling.Tokens:N0} positions); " +
            $"greedy agreement **{report.Greedy.Alpha:F3}** ± {report.Greedy.StandardError:F3} " +
            $"({report.Greedy.Tokens:N0} positions). {report.Method}");
        Line();
        Line("| S cached | draft / target FLOPs | draft / target bytes |");
        Line("|---|---|---|");
        foreach (var cost in report.Cost)
            Line($"| {cost.Cached} | {cost.Flops:F4} | {cost.Bytes:F4} |");
    }

    private void Samples()
    {
        Heading("Samples");
        foreach (var sample in samples)
        {
            Line($"Prompt in bold; temperature {sample.Temperature}, top-p {sample.TopP}, seed {sample.Seed}:");
            Line();
            Line("> **" + sample.Prompt + "**" + sample.Continuation.TrimEnd().ReplaceLineEndings("\n>\n> "));
            Line();
        }
    }

    private void Reproducing()
    {
        text.Length--; // one blank line, not two
        Heading("Reproducing");
        Line("```");
        foreach (var command in training.Command.Split('\n'))
            Line($"dotnet run -c Release --project lib/Course.Cli -- {command}");
        Line("```");
        Line(
            "`--resume` continues an interrupted run; `course train evaluate` measures the pair again, " +
            "and `course train card` writes this page.");
    }

    private void Heading(string title)
    {
        Line();
        Line("## " + title);
        Line();
    }

    private void Line(FormattableString? line = null) => text.Append(line?.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private void Line(string line) => text.Append(line).Append('\n');
}
