using System.Text;
using Course.Inference.Checkpoints;
using Course.Inference.Tests.Checkpoints.HuggingFace;
using Course.Inference.Tokenization;

namespace Course.Inference.Tests.Tokenization;

public sealed class TextStreamTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ITokenizer tokenizer;

    public TextStreamTests() => tokenizer = TokenizerFile.Load(TinyBpe.Json().Write(folder));

    public void Dispose() => folder.Dispose();

    /// <summary>In the tiny vocabulary the first 256 ids are the bytes.</summary>
    private static int[] Bytes(string text) => [.. Encoding.UTF8.GetBytes(text).Select(value => (int)value)];

    [Fact]
    public void A_character_comes_when_its_last_byte_does_and_not_before()
    {
        var stream = new TextStream(tokenizer);

        Assert.Equal(["", "", "", "🦙", "", "é", "x"], Bytes("🦙éx").Select(stream.Append));
        Assert.Equal("", stream.Complete());
    }

    [Fact]
    public void A_character_that_is_never_completed_shows_as_a_replacement_at_the_end()
    {
        var stream = new TextStream(tokenizer);

        Assert.Equal(["a", "", ""], new[] { 'a', 0xF0, 0x9F }.Select(stream.Append));
        Assert.Equal("\uFFFD", stream.Complete());
    }

    [Fact]
    public void Piece_by_piece_is_the_same_as_all_at_once_for_any_bytes()
    {
        var random = new Random(1);
        for (var round = 0; round < 2_000; round++)
        {
            // Half noise, half well-formed characters, so that byte sequences break at every position.
            int[] tokens = [
                .. Enumerable.Range(0, 12)
                .SelectMany(_ => random.Next(2) == 0 ? [random.Next(TinyBpe.Tag + 1)] : Bytes("é日🦙"[..random.Next(1, 3)]))
            ];
            var stream = new TextStream(tokenizer);
            var pieces = tokens.Select(stream.Append).ToArray();

            var bytes = tokens.SelectMany(token => tokenizer.Bytes(token).ToArray()).ToArray();
            Assert.Equal(Encoding.UTF8.GetString(bytes), string.Concat(pieces) + stream.Complete());
            Assert.Equal(Encoding.UTF8.GetString(bytes), tokenizer.Decode(tokens));
            Assert.DoesNotContain(pieces, piece => piece.Length > 0 && (char.IsLowSurrogate(piece[0]) || char.IsHighSurrogate(piece[^1])));
        }
    }

    [Fact]
    public void An_id_that_no_token_has_shows_as_a_replacement() => Assert.Equal("a\uFFFDb", tokenizer.Decode(['a', 5000, 'b']));
}
