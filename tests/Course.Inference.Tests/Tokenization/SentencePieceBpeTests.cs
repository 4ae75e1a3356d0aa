using Course.Inference.Tokenization;

namespace Course.Inference.Tests.Tokenization;

public class SentencePieceBpeTests
{
    private static Tokenizer Of(params (string Text, float Score, SentencePieceKind Kind)[] more)
    {
        var bytes = Enumerable.Range(0, 256).Select(value => new SentencePiece($"<0x{value:X2}>", 0, SentencePieceKind.Byte));
        var pieces = more.Select(piece => new SentencePiece(piece.Text, piece.Score, piece.Kind));
        return new Tokenizer(SentencePieceBpe.Describe("x", [.. bytes, .. pieces], addsSpace: false));
    }

    private static Tokenizer Normal(params (string Text, float Score)[] more) =>
        Of([.. more.Select(piece => (piece.Text, piece.Score, SentencePieceKind.Normal))]);

    private static string Pieces(Tokenizer tokenizer, string text) => string.Join('|', tokenizer.Encode(text).Select(tokenizer.Name));

    /// <summary>The rule, applied naively: merge the neighbours that form the piece with the best score, the leftmost of equals.</summary>
    private static string[] Naive(Dictionary<string, float> scores, string text)
    {
        var parts = text.Select(letter => letter.ToString()).ToList();
        while (true)
        {
            var best = Enumerable.Range(0, parts.Count - 1).Where(i => scores.ContainsKey(parts[i] + parts[i + 1]))
                .OrderByDescending(i => scores[parts[i] + parts[i + 1]]).ThenBy(i => i).Cast<int?>().FirstOrDefault();
            if (best is not { } at)
                return [.. parts];
            parts[at] += parts[at + 1];
            parts.RemoveAt(at + 1);
        }
    }

    [Fact]
    public void Merges_are_those_of_the_rule_on_random_vocabularies_with_many_equal_scores()
    {
        var random = new Random(11);
        for (var trial = 0; trial < 300; trial++)
        {
            var scores = new Dictionary<string, float> { ["a"] = -9, ["b"] = -9, ["="] = -9 };
            for (var i = random.Next(1, 12); i > 0; i--)
            {
                var (left, right) = (scores.Keys.ElementAt(random.Next(scores.Count)), scores.Keys.ElementAt(random.Next(scores.Count)));
                scores.TryAdd(left + right, -random.Next(3));
            }

            var tokenizer = Normal([.. scores.Select(pair => (pair.Key, pair.Value))]);
            var text = new string([.. Enumerable.Range(0, random.Next(1, 25)).Select(_ => "ab="[random.Next(3)])]);
            Assert.Equal(string.Join('|', Naive(scores, text)), Pieces(tokenizer, text));
        }
    }

    [Theory]
    [InlineData("ooo", "oo|o")]
    [InlineData("ooooo", "oo|oo|o")]
    public void Of_equal_scores_the_leftmost_merges_first(string text, string expected) =>
        Assert.Equal(expected, Pieces(Normal(("o", -1), ("oo", 0)), text));

    [Fact]
    public void An_unused_piece_leads_to_longer_ones_and_falls_apart_where_it_does_not()
    {
        const SentencePieceKind normal = SentencePieceKind.Normal;
        var tokenizer = Of(
            ("a", -9, normal), ("b", -9, normal), ("c", -9, normal), ("ab", -1, SentencePieceKind.Unused), ("abc", -2, normal));
        Assert.Equal("abc|a|b|a", Pieces(tokenizer, "abcaba"));
    }

    [Fact]
    public void Characters_without_a_piece_become_their_bytes()
    {
        var tokenizer = Normal(("a", 0));
        Assert.Equal([256, 0xF0, 0x9F, 0x98, 0x80, 256], tokenizer.Encode("a😀a"));
        Assert.Equal("a😀a", tokenizer.Decode(tokenizer.Encode("a😀a")));
    }

    [Fact]
    public void A_long_run_takes_no_longer_than_it_must() =>
        Assert.Equal(100_000, Normal(("=", -1), ("==", 0)).Encode(new string('=', 200_000)).Count);
}
