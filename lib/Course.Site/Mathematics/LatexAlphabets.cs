namespace Course.Site.Mathematics;

/// <summary>Mathematical letters as Unicode characters, because MathML Core has no attribute for them.</summary>
internal static class LatexAlphabets
{
    // The letters that Unicode already had before the block of mathematical alphabets, which leaves them out.
    private const string EarlyScript = "BℬEℰFℱHℋIℐLℒMℳRℛ";
    private const string EarlyBlackboard = "CℂHℍNℕPℙQℚRℝZℤ";

    public static string Script(char letter) => Letter(letter, EarlyScript, 0x1D49C);

    public static string Blackboard(char letter) => letter == '1' ? "𝟙" : Letter(letter, EarlyBlackboard, 0x1D538);

    private static string Letter(char letter, string early, int block)
    {
        if (!char.IsAsciiLetterUpper(letter))
            throw new FormatException($"no such letter: {letter}");

        var known = early.IndexOf(letter, StringComparison.Ordinal);
        return known >= 0 ? early[known + 1].ToString() : char.ConvertFromUtf32(block + letter - 'A');
    }
}
