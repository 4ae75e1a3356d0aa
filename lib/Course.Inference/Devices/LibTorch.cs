using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Course.Inference.Devices;

/// <summary>
/// Makes libtorch loadable before it is first used: either the packaged one (<c>-p:TorchBackend=cpu|cuda-linux|cuda-windows</c>), or one
/// that is already on the machine (<c>-p:TorchBackend=none</c> and <c>COURSE_LIBTORCH=path</c>).
/// One process may hold only one libtorch: a second copy registers the same operators again and aborts.
/// </summary>
public static class LibTorch
{
    /// <summary>The environment variable that names a libtorch folder or a Python installation to use instead of a package.</summary>
    public const string PathVariable = "COURSE_LIBTORCH";

    /// <summary>
    /// The symbol version of GCC 13's runtime that TorchSharp's native library needs; Debian 12 and Ubuntu 22.04 have older runtimes. The
    /// library uses one symbol of that version, <c>ios_base_library_init</c>. It has no relocation, so nothing ever looks it up, and the
    /// need can safely be marked weak.
    /// </summary>
    internal const string NeededRuntime = "GLIBCXX_3.4.32";

    private const string Package = "package";

    private const string Remedy =
        "TorchSharp 0.107 needs libtorch 2.10: build with -p:TorchBackend=cpu, cuda-linux or cuda-windows, " +
        $"or with -p:TorchBackend=none and {PathVariable} set to a libtorch folder or a Python installation that has it.";

    private static CourseException? problem;

    /// <summary>Where libtorch comes from: the word "package", or a folder.</summary>
    public static string Source { get; private set; } = Package;

    /// <summary>
    /// Runs before any other code of this library, so that it covers every process: commands, tests, notebook kernels, published programs.
    /// </summary>
#pragma warning disable CA2255 // A module initializer in a library: TorchSharp's own loader runs at first use, so later is too late.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Prepare()
    {
        OpenMp.WaitAsleep();
        NativeProbing.ResolveOnceLoaded("SkiaSharp"); // draws the PNG of a figure
        try
        {
            if (Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } path)
                Preload(path);
            MakeLoadable();
            NativeProbing.ResolveFor(typeof(torch).Assembly, LoadAll);
        }
        catch (CourseException e)
        {
            problem = e; // thrown when libtorch is first required: an exception from an initializer would reach the reader wrapped twice
        }
    }

    /// <summary>Loads libtorch.</summary>
    /// <exception cref="CourseException">libtorch is missing or does not load; the message says why.</exception>
    public static void Require()
    {
        if (problem is null && Source == Package && Packaged() is null)
            // checked first, because TorchSharp would print a page of its own about it
            problem = new CourseException($"There is no libtorch beside this program. {Remedy}");
        if (problem is not null)
            throw problem;
        try
        {
            torch.InitializeDeviceType(DeviceType.CPU);
        }
        catch (Exception e) when (e is NotSupportedException or TypeInitializationException or DllNotFoundException)
        {
            throw problem = new CourseException($"libtorch does not load (source: {Source}). {Remedy}", e);
        }
    }

    private static void Preload(string path)
    {
        var folder = LibTorchFolder.Find(path);
        if (Packaged() is { } packaged)
            throw new CourseException(
                $"{PathVariable} names {folder}, but this build carries its own libtorch in {packaged}, and two in one process abort. " +
                $"Build with -p:TorchBackend=none, or unset {PathVariable}.");
        LoadAll(folder);
        Source = folder;
    }

    /// <summary>
    /// Loads libtorch's libraries in the order of their dependencies. Later requests by bare name, TorchSharp's among
    /// them, find these copies.
    /// </summary>
    private static void LoadAll(string folder)
    {
        foreach (var name in new[] { "c10", "torch_cpu", "c10_cuda", "torch_cuda", "torch" })
            if (Path.Combine(folder, NativeProbing.FileName(name)) is var file && File.Exists(file))
                Load(file);
    }

    /// <summary>The folder of the libtorch that this build brings along; null if it brings none.</summary>
    private static string? Packaged() =>
        NativeFolders().FirstOrDefault(folder => File.Exists(Path.Combine(folder, LibTorchFolder.CoreLibrary)));

    private static void Load(string file)
    {
        try
        {
            NativeLibrary.Load(file);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new CourseException($"{PathVariable} led to {file}, which does not load: {e.Message}", e);
        }
    }

    private static void MakeLoadable()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            return;
        var library = NativeFolders().Select(folder => Path.Combine(folder, "libLibTorchSharp.so")).FirstOrDefault(File.Exists);
        if (library is null || !ElfVersionNeeds.Insists(File.ReadAllBytes(library), NeededRuntime) || SystemRuntime.Provides(NeededRuntime))
            return;
        var image = File.ReadAllBytes(library);
        ElfVersionNeeds.Weaken(image, NeededRuntime);
        if (!TryReplace(library, image))
            LoadFromElsewhere(library, image);
    }

    /// <summary>
    /// Writes a new file beside the library and renames it: the library may be a hard link into the package cache, which must not change.
    /// </summary>
    private static bool TryReplace(string library, byte[] image)
    {
        var beside = $"{library}.{Environment.ProcessId}.tmp";
        try
        {
            File.WriteAllBytes(beside, image);
            File.Move(beside, library, overwrite: true);
            return true;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }

    /// <summary>For a read-only installation: loads a private copy now, after libtorch, which later requests find by name.</summary>
    private static void LoadFromElsewhere(string library, byte[] image)
    {
        LoadAll(Path.GetDirectoryName(library)!);
        var folder = Directory.CreateTempSubdirectory("course-libtorch-");
        var copy = Path.Combine(folder.FullName, Path.GetFileName(library));
        File.WriteAllBytes(copy, image);
        Load(copy);
        folder.Delete(recursive: true); // the mapping keeps what it needs
    }

    private static IEnumerable<string> NativeFolders() => NativeProbing.Folders(typeof(torch).Assembly);
}
