using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Course.Core;

/// <summary>
/// Opens files that a user named. Folders, pipes, terminals and Git LFS pointers are rejected at once: opening a pipe in the usual way
/// would block until someone writes to it.
/// </summary>
public static partial class PlainFile
{
    private static ReadOnlySpan<byte> PointerBegin => "version https://git-lfs.github.com/spec/v1"u8;

    /// <summary>Git LFS pointers are shorter than this.</summary>
    private const int MostPointerBytes = 1024;

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="CourseException">The file is missing, unreadable, or not a regular file.</exception>
    public static FileStream Open(string path) =>
        Open(path, (problem, remedy, inner) => new($"{SafeText.Line(path)}: {problem} {remedy}", inner!));

    /// <summary>Opens a file for reading, with errors of the caller's own type.</summary>
    /// <param name="path">The file.</param>
    /// <param name="error">Creates the exception from the problem, the remedy and an optional cause.</param>
    /// <exception cref="CourseException">The exception that <paramref name="error"/> created.</exception>
    public static FileStream Open(string path, Func<string, string, Exception?, CourseException> error)
    {
        try
        {
            if (Directory.Exists(path))
                throw error("this is a folder, where a file was expected.", "Name a file in this folder.", null);
            if (!CanSeek(path))
                throw error(
                    "this is a pipe, a terminal or a device, where a file was expected.",
                    "Write the data to a file first, and name that file.", null);
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
    /// Whether the path is a file with content. Pipes and devices have length 0, so they are told apart without being opened.
    /// </summary>
    public static bool HasContent(string path)
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
            return true; // Windows keeps pipes in a namespace of their own
        var (nonBlocking, closeOnExec) = OperatingSystem.IsMacOS() ? (0x4, 0x1000000) : (0x800, 0x80000);
        try
        {
            using var handle = new SafeFileHandle(OpenFile(path, nonBlocking | closeOnExec), ownsHandle: true);
            return handle.IsInvalid || Seek(handle, 0, SeekEnd) >= 0; // OpenPlain reports why an invalid one cannot be opened
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return true; // the C library has another name here: only the quick check is lost
        }
    }

    private const int SeekEnd = 2;

    // Read-only is 0 everywhere. Non-blocking, so that opening a pipe without a writer returns.
    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "lseek")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial long Seek(SafeFileHandle file, long offset, int from);
}
