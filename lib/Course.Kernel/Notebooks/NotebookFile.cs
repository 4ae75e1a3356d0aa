using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Course.Kernel.Notebooks;

/// <summary>Reads and writes .ipynb files. A file from outside is hostile until <see cref="NotebookValidation"/> has passed it.</summary>
public static class NotebookFile
{
    /// <summary>Bytes. An executed notebook with a dozen charts stays under 10 MB; one far larger is not a lesson.</summary>
    public const long MaximumSize = 64L << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // A duplicate property would surface only when it is first touched, far from here.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    // As nbformat writes: one space, one property a line, text as it is.
    private static readonly JsonSerializerOptions Layout = new()
    {
        WriteIndented = true,
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <exception cref="NotebookException">The file is missing, unreadable, or no notebook for this kernel.</exception>
    public static Notebook Read(string path) => Parse(ReadText(path), path);

    /// <summary>A notebook from its text.</summary>
    /// <param name="text">The file's content.</param>
    /// <param name="path">What messages call it.</param>
    /// <exception cref="NotebookException">It is no notebook for this kernel.</exception>
    public static Notebook Parse(string text, string path)
    {
        try
        {
            return NotebookValidation.Validate(JsonNode.Parse(text, documentOptions: Strict));
        }
        catch (JsonException e)
        {
            var where = e.LineNumber is { } line ? $" (line {line + 1}, column {e.BytePositionInLine + 1})" : "";
            throw new NotebookException(path, $"is not JSON{where}; a notebook is. Repair that place, or fetch it again.", e);
        }
        catch (InvalidOperationException e)
        {
            // Half a surrogate pair, escaped, is JSON to the parser and no text to anybody.
            throw new NotebookException(path, $"holds text that is not Unicode ({e.Message}). Fetch it again.", e);
        }
        catch (FormatException e)
        {
            throw new NotebookException(path, e.Message, e);
        }
    }

    /// <summary>Writes beside and renames, so that a reader never sees half a notebook. What is written can be read again.</summary>
    /// <exception cref="NotebookException">It cannot: it is too large, or nested too deeply.</exception>
    public static void Write(string path, Notebook notebook)
    {
        var bytes = Encode(path, notebook);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var beside = path + ".tmp";
        File.WriteAllBytes(beside, bytes);
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>The file's content.</summary>
    public static string Text(Notebook notebook) => notebook.Json.ToJsonString(Layout) + "\n";

    private static byte[] Encode(string path, Notebook notebook)
    {
        try
        {
            var bytes = StrictUtf8.GetBytes(Text(notebook));
            // Outputs come from the cells: JSON that no reader takes, too deep or with a name twice, is possible.
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
        {
            throw new NotebookException(path, "is a folder; expected a notebook. `course run FOLDER` runs those in it.");
        }

        try
        {
            return StrictUtf8.GetString(ReadBytes(path)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            throw new NotebookException(path, $"is not UTF-8 (byte {e.Index}); a notebook is. Save it again as UTF-8.", e);
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
        // The length is asked for first: pipes and devices have none, and would never end.
        var length = new FileInfo(path).Length;
        if (length == 0)
        {
            throw new NotebookException(path, "is empty; expected a notebook. Fetch it again or delete it.");
        }

        if (length > MaximumSize)
        {
            throw new NotebookException(
                path,
                $"has {length >> 20} MiB; expected at most {MaximumSize >> 20} MiB. "
                + "Clear its outputs (jupyter nbconvert --clear-output --inplace).");
        }

        return File.ReadAllBytes(path);
    }
}
