using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Course.TakeHome.Contracts;

namespace Course.TakeHome.Runner;

/// <summary>What the runner is asked.</summary>
/// <param name="Key">For <see cref="SignedLine"/>, in hexadecimal: another one for every run.</param>
/// <param name="Assembly">The candidate's, compiled.</param>
/// <param name="Exercise">Which to check.</param>
/// <param name="Seed">Of the candidate's folder.</param>
/// <param name="Trial">Of the data.</param>
/// <param name="SecondsPerCheck">How long one check may take.</param>
public sealed record RunnerRequest(string Key, string Assembly, string Exercise, ulong Seed, string Trial, double SecondsPerCheck);

/// <summary>One statement of the runner's.</summary>
/// <param name="Number">From 0, without gaps.</param>
/// <param name="Outcome">Of a check; null in the last line, which says that there is no more.</param>
/// <param name="Hidden">Whether the check was a hidden one.</param>
public sealed record RunnerLine(int Number, CheckOutcome? Outcome, bool Hidden);

/// <summary>
/// A line of text that begins with a code over itself (HMAC-SHA256). Whoever does not know the key can print what he likes: it is not read.
/// The key comes on standard input before the candidate's code is loaded, and lies in the runner's memory alone.
/// </summary>
public static class SignedLine
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static string Of(RunnerLine line, byte[] key)
    {
        var text = JsonSerializer.Serialize(line, Options);
        return $"{Code(text, key)} {text}";
    }

    /// <summary>The statement; null where the line is anybody's.</summary>
    public static RunnerLine? Read(string line, byte[] key)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        return space > 0 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(line[..space]), Encoding.UTF8.GetBytes(Code(line[(space + 1)..], key)))
            ? JsonSerializer.Deserialize<RunnerLine>(line[(space + 1)..], Options)
            : null;
    }

    private static string Code(string text, byte[] key) => string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)))}");
}
