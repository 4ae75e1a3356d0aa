using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Course.Kernel.Notebooks;

namespace Course.Kernel.Running;

/// <summary>
/// The record of a run, in the metadata of the executed notebook under "course". With it a copy is self-describing, and a site can be built
/// from copies of several runs. <c>Source</c> is the path of the notebook, relative to the copy; <c>Failure</c> says which cell failed and
/// why, and is null if none did.
/// </summary>
public sealed record RunRecord(
    string Source, string Machine, string Device, bool Quick, double Seconds, DateTimeOffset Finished, string? Failure)
{
    private const string Key = "course";

    public bool Passed => Failure is null;

    public void WriteTo(Notebook notebook) => notebook.Metadata[Key] = new JsonObject
    {
        ["source"] = Source.Replace(Path.DirectorySeparatorChar, '/'),
        ["machine"] = Machine,
        ["device"] = Device,
        ["quick"] = Quick,
        ["seconds"] = Math.Round(Seconds, 3),
        ["finished"] = Finished.ToString("O", CultureInfo.InvariantCulture),
        ["failure"] = Failure,
    };

    /// <summary>Reads the record of an executed copy; null for a notebook that this course did not execute.</summary>
    public static RunRecord? From(Notebook notebook)
    {
        if (notebook.Metadata[Key] is not JsonObject record)
            return null;

        try
        {
            return new RunRecord(
                (string)record["source"]!,
                (string)record["machine"]!,
                (string)record["device"]!,
                (bool)record["quick"]!,
                (double)record["seconds"]!,
                DateTimeOffset.Parse((string)record["finished"]!, CultureInfo.InvariantCulture),
                (string?)record["failure"]);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException or JsonException)
        {
            return null;
        }
    }
}
