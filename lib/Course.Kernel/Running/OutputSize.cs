using System.Runtime.InteropServices;
using System.Text.Json;

namespace Course.Kernel.Running;

/// <summary>
/// What an output weighs, in bytes of the notebook's file: streams, displays and results alike. Worker and runner count in
/// the same way, the one to send no more, the other to keep no more.
/// </summary>
internal static class OutputSize
{
    /// <summary>Of everything that one cell shows. What comes after it is left out, and the cell says so.</summary>
    public const long CellLimit = 16 << 20;

    /// <summary>Of a notebook: below <see cref="Notebooks.NotebookFile.MaximumSize"/>, so that what passes can be read again.</summary>
    public const long NotebookLimit = 48 << 20;

    /// <summary>Of an output beside what it shows: its type and fields in the file, its objects in memory.</summary>
    public const int Overhead = 256;

    // In the file an element begins a line of its own, and a line of text an element.
    private const int NewLine = 10, Escaped = 6;

    public static long Of(IReadOnlyDictionary<string, JsonElement> data, JsonElement metadata) =>
        Overhead + Of(metadata) + data.Sum(form => form.Key.Length + Of(form.Value));

    public static long Of(ReadOnlySpan<char> text)
    {
        var bytes = 0L;
        foreach (var character in text)
        {
            bytes += Of(character);
        }

        return bytes;
    }

    /// <summary>How many characters of the text have room.</summary>
    public static int Fitting(ReadOnlySpan<char> text, long room)
    {
        var count = 0;
        while (count < text.Length && (room -= Of(text[count])) >= 0)
        {
            count++;
        }

        return count;
    }

    private static long Of(char character) => character switch
    {
        '\n' => NewLine,
        '"' or '\\' => 2,
        < ' ' => Escaped,
        < '\x80' => 1,
        < '\u0800' => 2,
        _ => 3,
    };

    private static long Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined => 0,
        JsonValueKind.String => Of(value.GetString()),
        _ => Of(JsonMarshal.GetRawUtf8Value(value)),
    };

    private static long Of(ReadOnlySpan<byte> json)
    {
        var bytes = (long)json.Length;
        foreach (var letter in json)
        {
            bytes += letter is (byte)',' or (byte)'[' or (byte)'{' ? NewLine : 0;
        }

        return bytes;
    }
}
