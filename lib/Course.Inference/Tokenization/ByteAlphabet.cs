using System.Text;

namespace Course.Inference.Tokenization;

/// <summary>
/// The letters in which byte-level BPE writes bytes (Radford et al. 2019): printable Latin-1 bytes as themselves, the other 68 as
/// U+0100 and up in byte order, so that a space is Ġ and a line end Ċ.
/// </summary>
public static class ByteAlphabet
{
    private static readonly char[] Letters = [.. Enumerable.Range(0, 256).Select(value => Letter(value))];
    private static readonly Dictionary<char, byte> Values = Enumerable.Range(0, 256)
        .ToDictionary(value => Letters[value], value => (byte)value);

    public static char Of(byte value) => Letters[value];

    /// <summary>
    /// The bytes that a token of the vocabulary represents. A token with letters outside the alphabet represents its own UTF-8.
    /// </summary>
    public static byte[] Bytes(string token) =>
        token.All(Values.ContainsKey) ? [.. token.Select(letter => Values[letter])] : Encoding.UTF8.GetBytes(token);

    /// <summary>The UTF-8 bytes of a text, written in letters of the alphabet.</summary>
    public static string Spell(ReadOnlySpan<char> text)
    {
        var spelled = new StringBuilder();
        foreach (var value in Encoding.UTF8.GetBytes(text.ToArray()))
            spelled.Append(Letters[value]);
        return spelled.ToString();
    }

    private static bool IsPrintable(int value) => value is >= '!' and <= '~' or >= 0xA1 and <= 0xAC or >= 0xAE and <= 0xFF;

    private static char Letter(int value) =>
        (char)(IsPrintable(value) ? value : 0x100 + Enumerable.Range(0, value).Count(earlier => !IsPrintable(earlier)));
}
