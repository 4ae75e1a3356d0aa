using System.Collections;
using System.Text;

namespace Course.Inference.Decoding;

/// <summary>
/// A <see cref="DecodingRun"/> as text: enumerate it, once, to get the text as it comes, in pieces that never split a character and are
/// never empty. Joined together they are <see cref="Text"/>.
/// </summary>
public sealed class GenerationRun : IEnumerable<string>
{
    private readonly GeneratedText generated;
    private readonly StringBuilder text = new();

    internal GenerationRun(DecodingRun tokens, GeneratedText generated) => (Decoding, this.generated) = (tokens, generated);

    /// <summary>The tokens, why they ended, what they cost and when they came.</summary>
    public DecodingRun Decoding { get; }

    /// <summary>The text so far, without the prompt.</summary>
    public string Text => text.ToString();

    public IEnumerator<string> GetEnumerator() => Pieces().Where(piece => piece.Length > 0).Select(Record).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<string> Pieces()
    {
        foreach (var token in Decoding)
            yield return generated.Append(token.Token);
        if (!generated.Reached)
            yield return generated.Complete();
    }

    private string Record(string piece)
    {
        text.Append(piece);
        return piece;
    }
}
