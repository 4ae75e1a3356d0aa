using System.Text;

namespace Course.Core;

/// <summary>Writes files that exist completely or not at all.</summary>
public static class AtomicFile
{
    /// <summary>
    /// Writes to a temporary file beside <paramref name="path"/>, flushes it to disk and renames it, so an existing
    /// file survives a failure.
    /// </summary>
    /// <exception cref="FileException">The disk is full, or the folder cannot be written.</exception>
    public static void Write(string path, Action<Stream> write) => Write(path, write, ownerOnly: false);

    /// <summary>As <see cref="Write(string, Action{Stream})"/>, but readable only by its owner: for files about a person.</summary>
    /// <exception cref="FileException">The disk is full, or the folder cannot be written.</exception>
    public static void WritePrivate(string path, Action<Stream> write) => Write(path, write, ownerOnly: true);

    /// <summary>Writes text as UTF-8 to a file that only its owner can read.</summary>
    /// <exception cref="FileException">The disk is full, or the folder cannot be written.</exception>
    public static void WritePrivate(string path, string text) => WritePrivate(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private static void Write(string path, Action<Stream> write, bool ownerOnly)
    {
        var beside = path + ".part";
        try
        {
            File.Delete(beside); // an existing file would keep its access mode
            using (var stream = new FileStream(beside, Options(ownerOnly)))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch (Exception e)
        {
            TryDelete(beside);
            if (e is IOException or UnauthorizedAccessException)
                throw NotWritten(path, e);
            throw;
        }
    }

    private static FileStreamOptions Options(bool ownerOnly)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 1 << 16
        };
        if (ownerOnly && !OperatingSystem.IsWindows()) // on Windows, files inherit the access rights of their folder
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    /// <summary>Creates a folder and its parents, unless it exists.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="ownerOnly">Whether a new folder is accessible to its owner only; an existing folder is left unchanged.</param>
    /// <exception cref="FileException">The folder cannot be created.</exception>
    public static void CreateFolder(string path, bool ownerOnly = false)
    {
        try
        {
            if (ownerOnly && !OperatingSystem.IsWindows())
                Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            else
                Directory.CreateDirectory(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw NotWritten(path, e);
        }
    }

    private static FileException NotWritten(string path, Exception e) =>
        new(path, $"it cannot be written ({e.Message.TrimEnd('.')}).", "Check free space and permissions, or choose another folder.", e);

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Only the first failure is worth reporting.
        }
    }
}
