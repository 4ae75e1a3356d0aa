namespace Course.Kernel.Jupyter;

/// <summary>The protocol counts cursor positions in code points, .NET in UTF-16 units; they differ behind an emoji.</summary>
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
