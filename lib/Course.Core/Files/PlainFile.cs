using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Course.Core;

/// <summary>
/// Opens files that a person named. A folder, a pipe, a terminal or a pointer of Git LFS in a file's place is refused at once:
/// to open a pipe the usual way waits until somebody writes into it.
/// </summary>
public static partial class PlainFile
{
    private static ReadOnlySpan<byte> PointerBegin => "version https://git-lfs.github.com/spec/v1"u8;

    /// <summary>A pointer has less.</summary>
    private const int MostPointerBytes = 1024;

    /// <exception cref="CourseException">It is not there, not readable, or no plain file.</exception>
    public static FileStream Open(string path) =>
        Open(path, (problem, remedy, inner) => new($"{SafeText.Line(path)}: {problem} {remedy}", inner!));

    /// <param name="path">The file.</param>
    /// <param name="error">Makes the error of a problem, a remedy and perhaps a cause.</param>
    /// <exception cref="CourseException">The error that was made.</exception>
    public static FileStream Open(string path, Func<string, string, Exception?, CourseException> error)
    {
        try
        {
            if (Directory.Exists(path))
                throw error("this is a folder, where a file was expected.", "Name a file in it.", null);
            if (!CanSeek(path))
                throw error(
                    "this is a pipe, a terminal or a device, where a file was expected.", "Write it to a file first, and name that.", null);
            if (IsPointer(path))
                throw error(
                    "this is a pointer of Git LFS, not the file itself.",
                    "Fetch the file with `git lfs pull` (Git LFS must be installed), or download it.", null);
            return OpenPlain(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw error("the file cannot be read.", $"Check that it is there and readable ({Reason(e)}).", e);
        }
    }

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

    private static string Reason(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "it does not exist",
        UnauthorizedAccessException => "access is denied",
        _ => SafeText.Line(e.Message),
    };

    private static FileStream OpenPlain(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);

    private static bool IsPointer(string path)
    {
        using var stream = OpenPlain(path);
        if (stream.Length > MostPointerBytes)
            return false;
        Span<byte> begin = stackalloc byte[PointerBegin.Length];
        return stream.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false) == begin.Length && begin.SequenceEqual(PointerBegin);
    }

    private static bool CanSeek(string path)
    {
        if (OperatingSystem.IsWindows())
            return true; // its pipes have names of their own
        var (nonBlocking, closeOnExec) = OperatingSystem.IsMacOS() ? (0x4, 0x1000000) : (0x800, 0x80000);
        try
        {
            using var handle = new SafeFileHandle(OpenFile(path, nonBlocking | closeOnExec), ownsHandle: true);
            return handle.IsInvalid || Seek(handle, 0, SeekEnd) >= 0; // what is wrong with an invalid one is said when it is opened
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return true; // a system that calls its library otherwise: nothing is lost but the quick answer
        }
    }

    private const int SeekEnd = 2;

    // Read-only is 0 everywhere. Without blocking, so that a pipe without a writer opens.
    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "lseek")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial long Seek(SafeFileHandle file, long offset, int from);
}
