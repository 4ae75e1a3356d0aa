using Course.Inference.Charts;
using Course.Inference.Decoding.Drafts;
using Course.Inference.Sampling;
using Course.Inference.Speculation;
using Course.Inference.Tokenization;

namespace Course.Inference.Tests.Charts;

public sealed class SpeculativeTextTests
{
    private static readonly SamplingOptions Greedy = SamplingOptions.Greedy;

    // Both count 1, 2, 3 … ; the draft slips where it is told to.
    private static TableModel Counting(params (int After, int Says)[] slips) => new(8, 32, sequence =>
    {
        var next = slips.Where(slip => slip.After == sequence[^1]).Select(slip => slip.Says).DefaultIfEmpty(Math.Min(7, sequence[^1] + 1))
            .First();
        return [.. Enumerable.Range(0, 8).Select(token => token == next ? 1f : 0f)];
    });

    private static SpeculativeText Text(params (int After, int Says)[] slips)
    {
        var decoder = new SpeculativeDecoder(Counting(), new ModelDrafter(Counting(slips)), new() { DraftLength = 2 });
        var run = decoder.Decode([0], new() { MaxTokens = 6, Sampling = Greedy }, new SeededRandomness(1));
        Assert.Equal(6, run.Count());
        return new(run, new Digits());
    }

    [Fact]
    public void Plain_text_marks_the_targets_own_tokens_and_the_rejected_draft_token() =>
        Assert.Equal("12‹3›‹4›[5]5‹6›", Text((3, 5)).ToString());

    [Fact]
    public void Html_distinguishes_draft_tokens_corrections_and_bonuses_by_more_than_colour()
    {
        var html = Text((3, 5)).ToHtml();

        Assert.Contains("solid #009e73\">1</span>", html, StringComparison.Ordinal);
        Assert.Contains("dotted #0072b2\">3</span>", html, StringComparison.Ordinal);
        Assert.Contains("double #d55e00\">4</span><s", html, StringComparison.Ordinal);
        Assert.Contains(">5</s>", html, StringComparison.Ordinal);
    }

    // Where the draft is torn between two tokens a tree brings both; of the first place's, the target lets the second stand.
    [Fact]
    public void In_a_tree_the_rejected_candidates_come_after_the_accepted_one()
    {
        var torn = new TableModel(8, 32,
            sequence => [.. Enumerable.Range(0, 8).Select(token => token == 5 ? 2f : token == Math.Min(7, sequence[^1] + 1) ? 1f : 0f)]);
        var decoder = new SpeculativeDecoder(Counting(), new ModelDrafter(torn), new() { Shape = TreeShape.Of(2) });
        var run = decoder.Decode([0], new() { MaxTokens = 4, Sampling = Greedy }, new SeededRandomness(1));
        Assert.Equal(4, run.Count());

        Assert.Equal("1[5]‹2›3[5]‹4›", new SpeculativeText(run, new Digits()).ToString());
    }

    private sealed class Digits : ITokenizer
    {
        public string Source => "digits";

        public int VocabularySize => 8;

        public int? BeginToken => null;

        public bool AddsLeadingSpace => false;

        public IReadOnlyList<int> EndTokens => [];

        public IReadOnlyList<int> Encode(string text) => [.. text.Select(digit => digit - '0')];

        public IReadOnlyList<int> EncodePrompt(string text) => Encode(text);

        public ReadOnlySpan<byte> Bytes(int token) => "01234567"u8.Slice(token, 1);

        public string Decode(IEnumerable<int> tokens) => string.Concat(tokens);

        public string Name(int token) => $"{token}";
    }
}
