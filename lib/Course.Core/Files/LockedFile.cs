namespace Course.Core;

/// <summary>A file about people that several actions change: one at a time, and readable by its owner only.</summary>
public static class LockedFile
{
    /// <summary>How long two actions at once wait for each other.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Acts while no other action on the file does. Its folder is made where there is none.</summary>
    /// <exception cref="CourseException">Another action does not end, or the folder cannot be written.</exception>
    public static T Alone<T>(string path, Func<T> act)
    {
        AtomicFile.CreateFolder(Path.GetDirectoryName(path)!);
        using var held = Held(path + ".lock");
        return act();
    }

    private static FileStream Held(string path)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(began) < Timeout)
            {
                Thread.Sleep(20);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CourseException(
                    $"{path} cannot be taken ({e.Message.TrimEnd('.')}). Is another action under way, or the folder read-only?", e);
            }
        }
    }
}
