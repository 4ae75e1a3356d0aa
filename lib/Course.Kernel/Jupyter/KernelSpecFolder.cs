using System.Text.Json;
using System.Text.Json.Nodes;

namespace Course.Kernel.Jupyter;

/// <summary>The program whose kernelspec a folder contains.</summary>
internal enum KernelSpecOwner
{
    None,
    Course,
    Other,
}

/// <summary>
/// The folder of one kernelspec. While ours replaces that of another program, the other is kept in a subfolder: Jupyter looks for
/// kernel.json in <c>kernels/NAME</c> and no deeper.
/// </summary>
internal sealed class KernelSpecFolder(string path)
{
    public const string FileName = "kernel.json";

    private const string Kept = "kept";

    public string Path => path;

    public KernelSpecOwner Owner =>
        !File.Exists(Inside(FileName)) ? KernelSpecOwner.None : IsOurs() ? KernelSpecOwner.Course : KernelSpecOwner.Other;

    /// <summary>Moves the kernelspec of another program into a subfolder, replacing one that was kept there before.</summary>
    public void SetAside()
    {
        if (Directory.Exists(Inside(Kept)))
            Directory.Delete(Inside(Kept), recursive: true);
        Directory.Move(path, Aside);
        Directory.CreateDirectory(path);
        Directory.Move(Aside, Inside(Kept));
    }

    /// <summary>Deletes the folder if it contains the course's kernelspec, and restores the kernelspec that was kept.</summary>
    public bool Remove()
    {
        if (Owner != KernelSpecOwner.Course)
            return false;
        var kept = Directory.Exists(Inside(Kept));
        if (kept)
            Directory.Move(Inside(Kept), Aside);
        Directory.Delete(path, recursive: true);
        if (kept)
            Directory.Move(Aside, path);
        return true;
    }

    private string Aside => path + "-" + Kept;

    private string Inside(string name) => System.IO.Path.Combine(path, name);

    /// <summary>Recognises our kernelspec by its command. One that cannot be read belongs to another program and is left alone.</summary>
    private bool IsOurs()
    {
        try
        {
            var command = JsonNode.Parse(File.ReadAllText(Inside(FileName)))?["argv"]?.AsArray().Select(word => word?.ToString()) ?? [];
            return command.TakeLast(4).SequenceEqual(KernelSpec.Start);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
