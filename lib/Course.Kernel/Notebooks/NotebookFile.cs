using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Course.Kernel.Notebooks;

/// <summary>Reads and writes .ipynb files. A file is untrusted until <see cref="NotebookValidation"/> has accepted it.</summary>
public static class NotebookFile
{
    /// <summary>The maximum size in bytes. An executed notebook with a dozen charts stays under 10 MB.</summary>
    public const long MaximumSize = 64L << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // Without this, a duplicate property would throw only when it is first read, far from here.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    // As nbformat writes: indented by one space, one property per line, text not escaped.
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads and validates a notebook.</summary>
    /// <exception cref="NotebookException">The file is missing, unreadable, or not a notebook for this kernel.</exception>
    public static Notebook Read(string path) => Parse(ReadText(path), path);

    /// <summary>Parses and validates a notebook.</summary>
    /// <param name="text">The content of the file.</param>
    /// <param name="path">The name of the notebook in messages.</param>
    /// <exception cref="NotebookException">The text is not a notebook for this kernel.</exception>
    public static Notebook Parse(string text, string path)
    {
        try
        {
            return NotebookValidation.Validate(JsonNode.Parse(text, documentOptions: Strict));
        }
        catch (JsonException e)
        {
            var where = e.LineNumber is { } line ? $" (line {line + 1}, column {e.BytePositionInLine + 1})" : "";
            throw new NotebookException(path, $"is not JSON{where}, so it is not a notebook. Repair it there, or fetch it again.", e);
        }
        catch (InvalidOperationException e)
        {
            // An escaped lone surrogate is valid JSON to the parser, but not valid text.
            throw new NotebookException(path, $"holds text that is not Unicode ({e.Message}). Fetch it again.", e);
        }
        catch (FormatException e)
        {
            throw new NotebookException(path, e.Message, e);
        }
    }

    /// <summary>
    /// Writes a temporary file and renames it, so a reader never sees half a notebook. The written file is checked to be readable.
    /// </summary>
    /// <exception cref="NotebookException">The notebook is too large or nested too deeply to be read again.</exception>
    public static void Write(string path, Notebook notebook)
    {
        var bytes = Encode(path, notebook);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var beside = path + ".tmp";
        File.WriteAllBytes(beside, bytes);
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>Returns the content of the notebook's file.</summary>
    public static string Text(Notebook notebook) => notebook.Json.ToJsonString(Layout) + "\n";

    private static byte[] Encode(string path, Notebook notebook)
    {
        try
        {
            var bytes = StrictUtf8.GetBytes(Text(notebook));
            // Outputs come from the cells, so JSON that no reader accepts is possible: too deep, or with duplicate names.
            using var _ = JsonDocument.Parse(bytes, Strict);
            return bytes.Length <= MaximumSize
                ? bytes
                : throw new NotebookException(
                    path, $"would have {bytes.Length >> 20} MiB; expected at most {MaximumSize >> 20} MiB. Show less in its cells.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new NotebookException(path, $"has outputs that could not be read again: {SafeText.Line(e.Message)}", e);
        }
    }

    private static string ReadText(string path)
    {
        if (Directory.Exists(path))
            throw new NotebookException(path, "is a folder; expected a notebook. `course run FOLDER` runs those in it.");

        try
        {
            return StrictUtf8.GetString(ReadBytes(path)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            throw new NotebookException(path, $"is not UTF-8 (byte {e.Index}). Save it again as UTF-8.", e);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new NotebookException(
                path, "does not exist. Check the path; `course run` alone runs everything under notebooks/.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new NotebookException(path, $"cannot be read ({e.Message}). Check its permissions.", e);
        }
    }

    private static byte[] ReadBytes(string path)
    {
        // The length is checked first: pipes and devices have length 0, and reading them might never end.
        var length = new FileInfo(path).Length;
        if (length == 0)
            throw new NotebookException(path, "is empty; expected a notebook. Fetch it again or delete it.");

        if (length > MaximumSize)
            throw new NotebookException(
                path,
                $"has {length >> 20} MiB; expected at most {MaximumSize >> 20} MiB. "
                + "Clear its outputs (jupyter nbconvert --clear-output --inplace).");

        return File.ReadAllBytes(path);
    }
}
