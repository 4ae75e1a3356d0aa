using System.Text.Json;
using System.Text.Json.Nodes;

namespace Course.Kernel.Jupyter;

/// <summary>Whose kernelspec a folder holds.</summary>
internal enum KernelSpecHolder
{
    Nobody,
    Course,
    Another,
}

/// <summary>
/// One kernelspec's folder. That of another program is kept inside ours while ours has its place: Jupyter looks for kernel.json
/// in <c>kernels/NAME</c> and no deeper.
/// </summary>
internal sealed class KernelSpecFolder(string path)
{
    public const string FileName = "kernel.json";

    private const string Kept = "kept";

    public string Path => path;

    public KernelSpecHolder Holder =>
        !File.Exists(Inside(FileName)) ? KernelSpecHolder.Nobody : IsOurs() ? KernelSpecHolder.Course : KernelSpecHolder.Another;

    /// <summary>Moves what is there into a folder of its own; what was kept before gives way.</summary>
    public void Keep()
    {
        if (Directory.Exists(Inside(Kept)))
            Directory.Delete(Inside(Kept), recursive: true);
        Directory.Move(path, Aside);
        Directory.CreateDirectory(path);
        Directory.Move(Aside, Inside(Kept));
    }

    /// <summary>Deletes the course's kernelspec, if it is one, and puts back what was kept.</summary>
    public bool Remove()
    {
        if (Holder != KernelSpecHolder.Course)
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

    /// <summary>By the command that it starts; one that cannot be read is somebody else's, and is left alone.</summary>
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
