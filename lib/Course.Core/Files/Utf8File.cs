using System.Text;

namespace Course.Core;

/// <summary>Reads UTF-8 files; the error names the first invalid byte.</summary>
public static class Utf8File
{
    /// <summary>Reads a whole file, without its byte order mark.</summary>
    /// <exception cref="CourseException">The file is missing, unreadable, or not UTF-8.</exception>
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

    /// <summary>Decodes the bytes as UTF-8, without a byte order mark.</summary>
    /// <exception cref="CourseException">The bytes are not UTF-8.</exception>
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
