using System.Collections;
using System.Text;
using Course.Inference.Tokenization;

namespace Course.Inference.Decoding;

/// <summary>
/// A <see cref="DecodingRun"/> as text: enumerate it, once, to get the text as it comes, in pieces that never split a character
/// and are never empty. Joined together they are <see cref="Text"/>.
/// </summary>
public sealed class GenerationRun : IEnumerable<string>
{
    private readonly ITokenizer tokenizer;
    private readonly IReadOnlySet<int> silent;
    private readonly StopTexts stopTexts;
    private readonly StringBuilder text = new();

    internal GenerationRun(DecodingRun tokens, ITokenizer tokenizer, IReadOnlySet<int> silent, IReadOnlyList<string> stopTexts) =>
        (Decoding, this.tokenizer, this.silent, this.stopTexts) = (tokens, tokenizer, silent, new(stopTexts));

    /// <summary>The tokens, why they ended, what they cost and when they came.</summary>
    public DecodingRun Decoding { get; }

    /// <summary>The text so far, without the prompt.</summary>
    public string Text => text.ToString();

    public IEnumerator<string> GetEnumerator() => Pieces().Where(piece => piece.Length > 0).Select(Record).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<string> Pieces()
    {
        var stream = new TextStream(tokenizer, continues: Decoding.Prompt.Any(token => !tokenizer.Bytes(token).IsEmpty));
        foreach (var token in Decoding)
        {
            if (silent.Contains(token.Token))
                continue;
            yield return stopTexts.Append(stream.Append(token.Token));
            if (stopTexts.Reached)
            {
                Decoding.StopFor(StopReason.StopText);
                yield break;
            }
        }
        yield return stopTexts.Append(stream.Complete()) + stopTexts.Complete();
    }

    private string Record(string piece)
    {
        text.Append(piece);
        return piece;
    }
}
