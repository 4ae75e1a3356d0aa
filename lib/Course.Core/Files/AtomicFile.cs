using System.Text;

namespace Course.Core;

/// <summary>Files that are there whole or not at all.</summary>
public static class AtomicFile
{
    /// <summary>Writes beside <paramref name="path"/>, to the disk, then renames; what was there before survives a failure.</summary>
    /// <exception cref="FileException">The disk is full, or the folder cannot be written.</exception>
    public static void Write(string path, Action<Stream> write) => Write(path, write, ownerOnly: false);

    /// <summary>As <see cref="Write(string, Action{Stream})"/>, and readable by its owner only: for what is about a person.</summary>
    /// <exception cref="FileException">The disk is full, or the folder cannot be written.</exception>
    public static void WritePrivate(string path, Action<Stream> write) => Write(path, write, ownerOnly: true);

    /// <summary>A text in UTF-8, readable by its owner only.</summary>
    /// <exception cref="FileException">The disk is full, or the folder cannot be written.</exception>
    public static void WritePrivate(string path, string text) => WritePrivate(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private static void Write(string path, Action<Stream> write, bool ownerOnly)
    {
        var beside = path + ".part";
        try
        {
            File.Delete(beside); // a file that is there keeps its mode
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
            Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 1 << 16
        };
        if (ownerOnly && !OperatingSystem.IsWindows()) // there, files inherit the access rights of their folder
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    /// <param name="path">The folder.</param>
    /// <param name="ownerOnly">Whether a folder that is new is closed to others; one that exists stays as it is.</param>
    /// <exception cref="FileException">It cannot be created.</exception>
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
            // The first failure is the one worth reporting.
        }
    }
}
