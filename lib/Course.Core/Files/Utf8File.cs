using System.Text;

namespace Course.Core;

/// <summary>Reads files that must be UTF-8, and says where they are not.</summary>
public static class Utf8File
{
    /// <exception cref="CourseException">There is no such file, it cannot be read, or it is not UTF-8.</exception>
    public static string ReadAllText(string path)
    {
        try
        {
            return Decode(File.ReadAllBytes(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CourseException($"{path} cannot be read: {e.Message} Check the path and its permissions.", e);
        }
    }

    /// <summary>The text of the bytes, without a byte order mark.</summary>
    /// <exception cref="CourseException">They are not UTF-8.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes, string source)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new CourseException(
                $"{source} is not UTF-8 text: byte {e.Index} does not belong to a character. Convert it to UTF-8.", e);
        }
    }
}
