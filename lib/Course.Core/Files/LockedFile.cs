namespace Course.Core;

/// <summary>Serialises changes that several processes make to one file.</summary>
public static class LockedFile
{
    /// <summary>How long a process waits for another one to release the lock.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    /// <summary>Runs the action while holding the file's lock. Creates the file's folder if it does not exist.</summary>
    /// <exception cref="CourseException">Another process holds the lock too long, or the folder cannot be written.</exception>
    public static T WithLock<T>(string path, Func<T> act)
    {
        AtomicFile.CreateFolder(Path.GetDirectoryName(path)!);
        using var held = Acquire(path + ".lock");
        return act();
    }

    private static FileStream Acquire(string path)
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
                    $"{path} cannot be locked ({e.Message.TrimEnd('.')}). Check whether another command is using " +
                    "it and whether the folder is writable.", e);
            }
        }
    }
}
