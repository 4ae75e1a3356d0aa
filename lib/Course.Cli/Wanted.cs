using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Course.Cli;

/// <summary>Parsers that say what they want where something else comes; the library's own message names a .NET type.</summary>
internal static class Wanted
{
    /// <summary>A whole number in a range.</summary>
    public static T Whole<T>(ArgumentResult result, T least, T most)
        where T : struct, IBinaryInteger<T>
    {
        if (T.TryParse(Token(result), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            return value;
        result.AddError($"{Name(result)} {Token(result)}: expected a whole number from {least} to {most}.");
        return default;
    }

    /// <summary>One of a few words, in any case.</summary>
    public static T Word<T>(ArgumentResult result)
        where T : struct, Enum
    {
        var name = Enum.GetNames<T>().FirstOrDefault(name => name.Equals(Token(result), StringComparison.OrdinalIgnoreCase)); // a number is a value, too, and no word
        if (name is not null)
            return Enum.Parse<T>(name);
        result.AddError($"{Name(result)} {Token(result)}: expected {Words<T>(", ")}.");
        return default;
    }

    /// <summary>The words, for a help text.</summary>
    public static string Words<T>(string between)
        where T : struct, Enum => string.Join(between, Enum.GetNames<T>()).ToLowerInvariant();

    private static string Token(ArgumentResult result) => result.Tokens[^1].Value;

    private static string Name(ArgumentResult result) => result.Parent is OptionResult option ? option.Option.Name : result.Argument.Name;
}
