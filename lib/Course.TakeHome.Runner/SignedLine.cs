using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Course.TakeHome.Runner;

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
