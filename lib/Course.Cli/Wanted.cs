using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Course.Cli;

/// <summary>
/// Parsers of single values for all verbs. Their messages say in words what is expected, where the library would name a .NET type.
/// </summary>
internal static partial class Wanted
{
    private const NumberStyles Real = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>
    /// A whole number in a range, in digits only: a comma between them means thousands to some readers and a fraction to others.
    /// </summary>
    /// <param name="result">The given value.</param>
    /// <param name="least">The smallest valid number.</param>
    /// <param name="most">The largest valid number.</param>
    /// <param name="otherwise">A word that is valid too.</param>
    public static T Whole<T>(ArgumentResult result, T least, T most, string? otherwise = null)
        where T : struct, IBinaryInteger<T>
    {
        if (TryWhole<T>(Token(result), out var value) && value >= least && value <= most)
            return value;
        var expected = $"a whole number from {least} to {most}";
        Refuse(result, otherwise is null ? expected : $"{otherwise} or {expected}", Thousands().Replace(Token(result), ""));
        return default;
    }

    /// <summary>A finite number in a range, with a decimal point, whatever the machine's language.</summary>
    /// <param name="result">The given value.</param>
    /// <param name="expected">The range, in words.</param>
    /// <param name="inRange">Whether a number is in the range.</param>
    public static double Number(ArgumentResult result, string expected, Func<double, bool> inRange)
    {
        if (double.TryParse(Token(result), Real, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && inRange(value))
            return value;
        Refuse(result, expected, Token(result).Replace(',', '.'));
        return default;
    }

    /// <summary>One of an enumeration's names, in upper or lower case.</summary>
    public static T Word<T>(ArgumentResult result)
        where T : struct, Enum
    {
        // Enum.TryParse would also accept a number.
        var name = Enum.GetNames<T>().FirstOrDefault(name => name.Equals(Token(result), StringComparison.OrdinalIgnoreCase));
        if (name is not null)
            return Enum.Parse<T>(name);
        Refuse(result, Words<T>(", "));
        return default;
    }

    /// <summary>One of these words, case-sensitive.</summary>
    public static string OneOf(ArgumentResult result, IReadOnlyList<string> words)
    {
        if (!words.Contains(Token(result)))
            Refuse(result, words.Count == 1 ? words[0] : $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}");
        return Token(result);
    }

    /// <summary>An enumeration's names, for a help text.</summary>
    public static string Words<T>(string between)
        where T : struct, Enum => string.Join(between, Enum.GetNames<T>()).ToLowerInvariant();

    /// <summary>Checks that a text, such as a name or a path, is not empty.</summary>
    public static void Something(SymbolResult result, string expected)
    {
        if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value) || token.Value.Contains('\0', StringComparison.Ordinal)))
            result.AddError($"{Name(result)} \"\": expected {expected}.");
    }

    /// <summary>Commas between groups of three digits. Another comma may be a decimal comma: without it, "1,5" would become 15.</summary>
    [GeneratedRegex("(?<=^-?[0-9]{1,3}(,[0-9]{3})*),(?=[0-9]{3}(,[0-9]{3})*$)", RegexOptions.ExplicitCapture)]
    private static partial Regex Thousands();

    private static bool TryWhole<T>(string token, out T value)
        where T : struct, IBinaryInteger<T> => T.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>Adds the error for a value.</summary>
    /// <param name="result">The given value.</param>
    /// <param name="expected">The valid values, in words.</param>
    /// <param name="meant">The number as it has to be written, which is suggested if it differs and is a number.</param>
    private static void Refuse(ArgumentResult result, string expected, string? meant = null)
    {
        var differs = meant is not null && meant != Token(result) && double.TryParse(meant, Real, CultureInfo.InvariantCulture, out _);
        var hint = differs ? $" Write {meant}." : "";
        result.AddError($"{Name(result)} {(Token(result).Length > 0 ? Token(result) : "\"\"")}: expected {expected}.{hint}");
    }

    private static string Token(ArgumentResult result) => result.Tokens[^1].Value;

    /// <summary>The name of an option as it was typed (it may have two), or of an argument.</summary>
    public static string Name(SymbolResult? result) => result switch
    {
        OptionResult option => option.IdentifierToken?.Value ?? option.Option.Name,
        ArgumentResult { Parent: OptionResult option } => Name(option),
        ArgumentResult argument => argument.Argument.Name,
        _ => "",
    };
}
