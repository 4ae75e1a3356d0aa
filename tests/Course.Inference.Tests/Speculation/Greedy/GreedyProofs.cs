using Course.Inference.Quantization;
using Course.Inference.Tokenization;
using Xunit.Abstractions;

namespace Course.Inference.Tests.Speculation.Greedy;

/// <summary>The bundled pair behind the openings that come with the course.</summary>
public sealed class OpeningsProof(OpeningsProof.Models models, ITestOutputHelper output) : GreedyProof(models, output), IClassFixture<OpeningsProof.Models>
{
    [Theory]
    [MemberData(nameof(Ways))]
    [Trait("Speed", "Slow")]
    public void Behind_every_bundled_opening(string way) => Hold(way);

    public sealed class Models() : GreedyModels(Bundled.Target, Bundled.Draft, WeightFormat.Int4())
    {
        protected override int MaxTokens => 96;

        protected override IEnumerable<int[]> Openings(ITokenizer tokenizer) => Bundled.Openings.Select(opening => tokenizer.EncodePrompt(opening).ToArray());
    }
}

/// <summary>The bundled pair behind windows of the text that was held out of its training.</summary>
public sealed class HeldOutProof(HeldOutProof.Models models, ITestOutputHelper output) : GreedyProof(models, output), IClassFixture<HeldOutProof.Models>
{
    [SharedDataTheory]
    [MemberData(nameof(Ways))]
    [Trait("Speed", "Slow")]
    public void Behind_windows_of_the_held_out_text(string way) => Hold(way);

    public sealed class Models() : GreedyModels(Bundled.Target, Bundled.Draft, WeightFormat.Int4())
    {
        private const int Windows = 128, Window = 24;

        protected override int MaxTokens => 32;

        /// <summary>Spread over the whole text, each from the beginning of a paragraph.</summary>
        protected override IEnumerable<int[]> Openings(ITokenizer tokenizer)
        {
            if (SharedData.Folder is null)
                return [];
            var paragraphs = File.ReadAllText(SharedData.Path("data", "corpora", "tinystories_valid_sample.txt"))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(paragraph => paragraph.Length > 8 * Window).ToArray();
            return Enumerable.Range(0, Windows).Select(i => tokenizer.EncodePrompt(paragraphs[i * paragraphs.Length / Windows]).Take(Window).ToArray());
        }
    }
}

/// <summary>A model of 260K parameters that others trained, with its own first layers and its int8 copy as drafts: its shape has no groups for int4.</summary>
public sealed class SmallModelProof(SmallModelProof.Models models, ITestOutputHelper output) : GreedyProof(models, output), IClassFixture<SmallModelProof.Models>
{
    [SharedDataTheory]
    [MemberData(nameof(Ways))]
    [Trait("Speed", "Slow")]
    public void Behind_every_opening_and_from_nothing(string way) => Hold(way);

    /// <summary>Where the shared folder is absent the bundled draft stands in, and nothing is asked of it.</summary>
    public sealed class Models() : GreedyModels(SharedData.Folder is null ? Bundled.Draft : SharedData.Path("data", "models", "stories260K", "stories260K.bin"), draft: null, WeightFormat.Int8)
    {
        protected override int MaxTokens => 200;

        protected override IEnumerable<int[]> Openings(ITokenizer tokenizer) => Bundled.Openings.Append("").Select(opening => tokenizer.EncodePrompt(opening).ToArray());
    }
}
