using System.Text.Json.Nodes;

namespace Course.Kernel.Notebooks;

/// <summary>A view of one cell over its JSON: whatever it holds beyond these properties is left as it was.</summary>
public sealed class NotebookCell
{
    /// <summary>The tag by which Jupyter, nbclient and this course allow a cell to fail.</summary>
    public const string RaisesException = "raises-exception";

    /// <summary>Touches every property it will be asked for later, so that what is malformed throws here.</summary>
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

    /// <summary>Unique within a notebook from nbformat 4.5 on; null before.</summary>
    public string? Id => (string?)Json["id"];

    public bool MayFail => Tags.Contains(RaisesException);

    /// <summary>The first line with something on it: how a message names a cell.</summary>
    public string FirstLine =>
        Source.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "";

    public int? ExecutionCount
    {
        get => (int?)Json["execution_count"];
        set => Json["execution_count"] = value;
    }

    /// <summary>Outputs as nbformat has them; empty for cells that are not code.</summary>
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
