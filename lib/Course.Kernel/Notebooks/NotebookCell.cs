using System.Text.Json.Nodes;

namespace Course.Kernel.Notebooks;

/// <summary>A view of the JSON of one cell. Fields without a property here are left unchanged.</summary>
public sealed class NotebookCell
{
    /// <summary>The tag with which Jupyter, nbclient and this course allow a cell to fail.</summary>
    public const string RaisesException = "raises-exception";

    /// <summary>Reads every property that is used later, so malformed cells throw here.</summary>
    internal NotebookCell(JsonObject json, CellKind kind)
    {
        Json = json;
        Kind = kind;
        Source = MultilineText.Read(json["source"]);
        Tags = [.. (json["metadata"]?["tags"] as JsonArray ?? []).Select(tag => (string?)tag ?? "")];
        _ = Id;
    }

    public JsonObject Json { get; }

    public CellKind Kind { get; }

    public string Source { get; }

    public IReadOnlyList<string> Tags { get; }

    /// <summary>The id, unique within a notebook since nbformat 4.5; null in older notebooks.</summary>
    public string? Id => (string?)Json["id"];

    public bool MayFail => Tags.Contains(RaisesException);

    /// <summary>The first line that is not blank, by which messages name the cell.</summary>
    public string FirstLine =>
        Source.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "";

    public int? ExecutionCount
    {
        get => (int?)Json["execution_count"];
        set => Json["execution_count"] = value;
    }

    /// <summary>The outputs in nbformat's form; empty for cells that are not code.</summary>
    public JsonArray Outputs
    {
        get => Json["outputs"] as JsonArray ?? [];
        set => Json["outputs"] = value;
    }

    public JsonObject Metadata => Json["metadata"] as JsonObject ?? Attach();

    private JsonObject Attach()
    {
        var metadata = new JsonObject();
        Json["metadata"] = metadata;
        return metadata;
    }
}
