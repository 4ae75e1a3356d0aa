namespace Course.Inference.Devices;

/// <summary>Finds the folder of libtorch's shared libraries below the path that <see cref="LibTorch.PathVariable"/> names.</summary>
public static class LibTorchFolder
{
    /// <summary>The file name of the library that every libtorch has.</summary>
    public static string CoreLibrary { get; } = NativeProbing.FileName("torch_cpu");

    /// <summary>
    /// Takes the folder itself, an unpacked libtorch, a <c>torch</c> package, a <c>site-packages</c> folder, or the prefix of a Python
    /// installation (system, venv or conda).
    /// </summary>
    /// <exception cref="CourseException">There is no libtorch.</exception>
    public static string Find(string path)
    {
        if (Candidates(path).FirstOrDefault(folder => File.Exists(Path.Combine(folder, CoreLibrary))) is { } found)
            return Path.GetFullPath(found);
        throw new CourseException(
            $"{LibTorch.PathVariable} is '{path}', but there is no {CoreLibrary} in it, nor in its lib, torch/lib or " +
            "lib/python3.*/site-packages/torch/lib. Name libtorch's lib folder, or a Python installation that has torch.");
    }

    private static IEnumerable<string> Candidates(string path)
    {
        yield return path;
        yield return Path.Combine(path, "lib");
        yield return Path.Combine(path, "torch", "lib");
        foreach (var python in PythonFolders(Path.Combine(path, "lib")))
            foreach (var packages in new[] { "site-packages", "dist-packages" })
                yield return Path.Combine(python, packages, "torch", "lib");
        yield return Path.Combine(path, "Lib", "site-packages", "torch", "lib"); // Windows
    }

    private static string[] PythonFolders(string lib) =>
        Directory.Exists(lib) ? [.. Directory.GetDirectories(lib, "python3*").Order(StringComparer.Ordinal)] : [];
}
