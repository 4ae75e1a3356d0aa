namespace Course.Cli;

/// <summary>
/// A folder for large temporary files. It is deleted when it is disposed of, and also when the process is ended in the middle of its work.
/// </summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly DirectoryInfo folder;

    /// <param name="prefix">The beginning of the folder's name.</param>
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
