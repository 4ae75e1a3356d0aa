namespace Course.Kernel.Jupyter;

/// <summary>
/// Converts cursor positions between the protocol's code points and .NET's UTF-16 code units, which differ after an emoji.
/// </summary>
internal static class CodeOffsets
{
    public static int ToUtf16(string code, int codePoints)
    {
        var offset = 0;
        for (var i = 0; i < codePoints && offset < code.Length; i++)
            offset += char.IsSurrogatePair(code, offset) ? 2 : 1;
        return offset;
    }

    public static int ToCodePoints(string code, int utf16) => utf16 - code.AsSpan(0, utf16).Count(char.IsLowSurrogate);

    private static int Count(this ReadOnlySpan<char> span, Func<char, bool> predicate)
    {
        var count = 0;
        foreach (var c in span)
            count += predicate(c) ? 1 : 0;
        return count;
    }
}
