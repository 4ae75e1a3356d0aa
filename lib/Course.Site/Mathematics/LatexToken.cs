namespace Course.Site.Mathematics;

internal enum LatexTokenKind
{
    /// <summary>A backslash with letters or with one other character. Text excludes the backslash.</summary>
    Command,
    Number,
    Letter,
    Symbol,
    Open,
    Close,
    Superscript,
    Subscript,
    Column,
    Space,
    End,
}

/// <summary>A token of a formula. Spaces are tokens, because <c>\text{}</c> shows them.</summary>
internal readonly record struct LatexToken(LatexTokenKind Kind, string Text)
{
    public static List<LatexToken> Split(string latex)
    {
        var tokens = new List<LatexToken>();
        for (var i = 0; i < latex.Length;)
        {
            var token = At(latex, i, out var length);
            tokens.Add(token);
            i += length;
        }

        return tokens;
    }

    private static LatexToken At(string latex, int i, out int length)
    {
        var c = latex[i];
        if (c == '\\')
        {
            var letters = Count(latex, i + 1, char.IsAsciiLetter);
            length = 1 + Math.Max(letters, i + 1 < latex.Length ? 1 : 0);
            return new(LatexTokenKind.Command, latex[(i + 1)..(i + length)]);
        }

        if (char.IsAsciiDigit(c))
        {
            length = Count(latex, i, char.IsAsciiDigit);
            // A decimal point belongs to its number, a full stop does not.
            if (i + length + 1 < latex.Length && latex[i + length] == '.' && char.IsAsciiDigit(latex[i + length + 1]))
                length += 1 + Count(latex, i + length + 1, char.IsAsciiDigit);

            return new(LatexTokenKind.Number, latex[i..(i + length)]);
        }

        length = char.IsHighSurrogate(c) && i + 1 < latex.Length ? 2 : 1;
        return new(KindOf(c), latex[i..(i + length)]);
    }

    private static LatexTokenKind KindOf(char c) => c switch
    {
        '{' => LatexTokenKind.Open,
        '}' => LatexTokenKind.Close,
        '^' => LatexTokenKind.Superscript,
        '_' => LatexTokenKind.Subscript,
        '&' => LatexTokenKind.Column,
        _ when char.IsWhiteSpace(c) => LatexTokenKind.Space,
        _ when char.IsLetter(c) => LatexTokenKind.Letter,
        _ => LatexTokenKind.Symbol,
    };

    private static int Count(string text, int start, Func<char, bool> belongs)
    {
        var end = start;
        while (end < text.Length && belongs(text[end]))
            end++;

        return end - start;
    }
}
