using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Course.Cli;

/// <summary>
/// Parsers of single values for all verbs. They say what they want where something else comes; the library would name a .NET type.
/// </summary>
internal static partial class Wanted
{
    private const NumberStyles Real = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>
    /// A whole number in a range: digits alone, for a comma between them means thousands to some and a fraction to others.
    /// </summary>
    /// <param name="result">What was given.</param>
    /// <param name="least">The range's lower end.</param>
    /// <param name="most">Its upper end.</param>
    /// <param name="otherwise">A word that is taken as well.</param>
    public static T Whole<T>(ArgumentResult result, T least, T most, string? otherwise = null)
        where T : struct, IBinaryInteger<T>
    {
        if (TryWhole<T>(Token(result), out var value) && value >= least && value <= most)
            return value;
        var expected = $"a whole number from {least} to {most}";
        Refuse(result, otherwise is null ? expected : $"{otherwise} or {expected}", Thousands().Replace(Token(result), ""));
        return default;
    }

    /// <summary>A finite number in a range, with a point before its decimals, whatever the machine's language.</summary>
    /// <param name="result">What was given.</param>
    /// <param name="expected">The range, in words.</param>
    /// <param name="inRange">The range.</param>
    public static double Number(ArgumentResult result, string expected, Func<double, bool> inRange)
    {
        if (double.TryParse(Token(result), Real, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && inRange(value))
            return value;
        Refuse(result, expected, Token(result).Replace(',', '.'));
        return default;
    }

    /// <summary>One of a few words, in any case.</summary>
    public static T Word<T>(ArgumentResult result)
        where T : struct, Enum
    {
        // A number would be a value of it, too, and is no word.
        var name = Enum.GetNames<T>().FirstOrDefault(name => name.Equals(Token(result), StringComparison.OrdinalIgnoreCase));
        if (name is not null)
            return Enum.Parse<T>(name);
        Refuse(result, Words<T>(", "));
        return default;
    }

    /// <summary>One of these words, as they are written.</summary>
    public static string OneOf(ArgumentResult result, IReadOnlyList<string> words)
    {
        if (!words.Contains(Token(result)))
            Refuse(result, words.Count == 1 ? words[0] : $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}");
        return Token(result);
    }

    /// <summary>The words, for a help text.</summary>
    public static string Words<T>(string between)
        where T : struct, Enum => string.Join(between, Enum.GetNames<T>()).ToLowerInvariant();

    /// <summary>A text that is not empty: a name, a path, what a verb cannot do without.</summary>
    public static void Something(SymbolResult result, string expected)
    {
        if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value) || token.Value.Contains('\0', StringComparison.Ordinal)))
            result.AddError($"{Name(result)} \"\": expected {expected}.");
    }

    /// <summary>Commas between groups of three. Another one may be a decimal comma: without it "1,5" would be 15.</summary>
    [GeneratedRegex("(?<=^-?[0-9]{1,3}(,[0-9]{3})*),(?=[0-9]{3}(,[0-9]{3})*$)", RegexOptions.ExplicitCapture)]
    private static partial Regex Thousands();

    private static bool TryWhole<T>(string token, out T value)
        where T : struct, IBinaryInteger<T> => T.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <param name="result">What was given.</param>
    /// <param name="expected">What would have been right.</param>
    /// <param name="meant">The same number as it is written here; said where it differs and is one.</param>
    private static void Refuse(ArgumentResult result, string expected, string? meant = null)
    {
        var differs = meant is not null && meant != Token(result) && double.TryParse(meant, Real, CultureInfo.InvariantCulture, out _);
        var hint = differs ? $" Write {meant}." : "";
        result.AddError($"{Name(result)} {(Token(result).Length > 0 ? Token(result) : "\"\"")}: expected {expected}.{hint}");
    }

    private static string Token(ArgumentResult result) => result.Tokens[^1].Value;

    /// <summary>As it was typed: an option may have two names.</summary>
    public static string Name(SymbolResult? result) => result switch
    {
        OptionResult option => option.IdentifierToken?.Value ?? option.Option.Name,
        ArgumentResult { Parent: OptionResult option } => Name(option),
        ArgumentResult argument => argument.Argument.Name,
        _ => "",
    };
}
