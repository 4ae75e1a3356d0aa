using System.CommandLine;
using System.Numerics;

namespace Course.Cli;

/// <summary>Makes options whose values are checked while they are parsed, with the same messages for every verb.</summary>
internal static class Options
{
    /// <summary>A whole number with a default.</summary>
    public static Option<T> Whole<T>(string name, string description, T byDefault, T least, T most)
        where T : struct, IBinaryInteger<T> =>
        new(name)
        {
            Description = description,
            DefaultValueFactory = _ => byDefault,
            CustomParser = result => Wanted.Whole(result, least, most),
        };

    /// <summary>A whole number, or null if the option is absent.</summary>
    public static Option<T?> Whole<T>(string name, string description, T least, T most)
        where T : struct, IBinaryInteger<T> =>
        new(name) { Description = description, CustomParser = result => Wanted.Whole(result, least, most) };

    /// <inheritdoc cref="Wanted.Number"/>
    public static Option<double> Number(string name, string description, double byDefault, string expected, Func<double, bool> inRange) =>
        new(name)
        {
            Description = description,
            DefaultValueFactory = _ => byDefault,
            CustomParser = result => Wanted.Number(result, expected, inRange),
        };

    /// <summary>A number, or null if the option is absent.</summary>
    public static Option<double?> Number(string name, string description, string expected, Func<double, bool> inRange) =>
        new(name) { Description = description, CustomParser = result => Wanted.Number(result, expected, inRange) };

    /// <summary>One of an enumeration's names.</summary>
    public static Option<T> Word<T>(string name, string description, T byDefault)
        where T : struct, Enum =>
        new(name)
        {
            Description = description,
            DefaultValueFactory = _ => byDefault,
            CustomParser = Wanted.Word<T>,
            HelpName = Wanted.Words<T>("|"),
        };

    /// <summary>One of a few words, or null if the option is absent.</summary>
    public static Option<string?> OneOf(string name, string description, params IReadOnlyList<string> words) =>
        new(name) { Description = description, CustomParser = result => Wanted.OneOf(result, words), HelpName = string.Join('|', words) };

    /// <summary>A file or folder, or null if the option is absent.</summary>
    public static Option<string?> Path(string name, string description) =>
        Named(new Option<string?>(name) { Description = description }, "the name of a file or folder");

    /// <summary>A file or folder that must be given.</summary>
    public static Option<string> RequiredPath(string name, string description) =>
        Named(new Option<string>(name) { Description = description, Required = true }, "the name of a file or folder");

    /// <summary>The device; null for that of the environment variable, or the best one.</summary>
    public static Option<string?> Device() =>
        Named(new Option<string?>("--device") { Description = "auto, cpu, cuda or cuda:N." }, "auto, cpu, cuda or cuda:N");

    /// <summary>Refuses an empty value.</summary>
    public static TOption Named<TOption>(TOption option, string expected)
        where TOption : Option
    {
        option.Validators.Add(result => Wanted.Something(result, expected));
        return option;
    }

    /// <summary>Refuses an empty value.</summary>
    public static Argument<T> Named<T>(Argument<T> argument, string expected)
    {
        argument.Validators.Add(result => Wanted.Something(result, expected));
        return argument;
    }
}
