using System.Runtime.InteropServices;
using System.Text.Json;

namespace Course.Kernel.Running;

/// <summary>
/// The size of an output in bytes of the notebook file, for streams, displays and results. Worker and runner count in the same way: the
/// worker limits what it sends, and the runner what it keeps.
/// </summary>
internal static class OutputSize
{
    /// <summary>The limit for all output of one cell. Output beyond it is left out, with a note.</summary>
    public const long CellLimit = 16 << 20;

    /// <summary>
    /// The limit for a notebook. It is below <see cref="Notebooks.NotebookFile.MaximumSize"/>, so the file can be read again.
    /// </summary>
    public const long NotebookLimit = 48 << 20;

    /// <summary>The overhead of an output besides its content: its fields in the file and its objects in memory.</summary>
    public const int Overhead = 256;

    // In the file every element begins a new line, and every line of text is an element.
    private const int NewLine = 10, Escaped = 6;

    public static long Of(IReadOnlyDictionary<string, JsonElement> data, JsonElement metadata) =>
        Overhead + Of(metadata) + data.Sum(form => form.Key.Length + Of(form.Value));

    public static long Of(ReadOnlySpan<char> text)
    {
        var bytes = 0L;
        foreach (var character in text)
            bytes += Of(character);

        return bytes;
    }

    /// <summary>Returns how many characters of the text fit into the room.</summary>
    public static int Fitting(ReadOnlySpan<char> text, long room)
    {
        var count = 0;
        while (count < text.Length && (room -= Of(text[count])) >= 0)
            count++;

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
            bytes += letter is (byte)',' or (byte)'[' or (byte)'{' ? NewLine : 0;

        return bytes;
    }
}
