namespace Course.TakeHome;

/// <summary>Files that are named to us: a pipe or a device looks like one, and whoever opens it waits for ever.</summary>
internal static class PlainFile
{
    /// <summary>
    /// Whether something lies there to be read. Pipes and devices have no length, and no file of ours is empty, so none is opened to
    /// find out.
    /// </summary>
    public static bool HoldsSomething(string path)
    {
        var file = new FileInfo(path);
        var meant = file.LinkTarget is null ? file : file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
        return meant is { Exists: true, Length: > 0 };
    }
}
