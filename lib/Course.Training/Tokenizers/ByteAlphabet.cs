namespace Course.Training.Tokenizers;

/// <summary>
/// GPT-2's printable stand-ins for the 256 bytes: printable Latin-1 characters stand for themselves,
/// the rest for U+0100 and up in order. So a vocabulary of byte strings can be written as JSON text.
/// </summary>
public static class ByteAlphabet
{
    private static readonly char[] ToCharacter = Build();
    private static readonly Dictionary<char, byte> ToByte = Enumerable.Range(0, 256).ToDictionary(b => ToCharacter[b], b => (byte)b);

    public static char Character(byte value) => ToCharacter[value];

    public static byte Byte(char character) => ToByte[character];

    private static char[] Build()
    {
        var next = 256;
        return [.. Enumerable.Range(0, 256).Select(b => IsPrintable(b) ? (char)b : (char)next++)];
    }

    private static bool IsPrintable(int b) => b is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF);
}
