namespace Course.Cli;

/// <summary>
/// A folder for what is too large to be left behind: it goes when it is disposed of, and when the process is ended
/// in the middle of its work.
/// </summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo folder;

    /// <param name="prefix">Of its name.</param>
    public ScratchFolder(string prefix)
    {
        folder = Directory.CreateTempSubdirectory(prefix);
        Interruption.Leaving += Delete;
    }

    public string FullName => folder.FullName;

    public void Dispose()
    {
        Interruption.Leaving -= Delete;
        Delete();
    }

    private void Delete() => folder.Delete(recursive: true);
}
