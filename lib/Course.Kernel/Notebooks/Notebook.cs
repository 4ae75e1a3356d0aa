using System.Text.Json.Nodes;

namespace Course.Kernel.Notebooks;

/// <summary>
/// A validated nbformat 4 notebook for the course's kernel. It is a view over the JSON document, so a field that this
/// course does not know survives reading and writing.
/// Source: the nbformat 4.5 schema.
/// </summary>
public sealed class Notebook
{
    /// <summary>The name that .NET Interactive registers, so notebooks open in either kernel.</summary>
    public const string KernelName = ".net-csharp";

    /// <summary>
    /// A second name of the course's kernel, which no other program claims: VS Code's Polyglot Notebooks takes every notebook whose
    /// kernel's name begins with <c>.net-</c> for its own. A front-end in which it was chosen writes it into the notebook.
    /// </summary>
    public const string OwnKernelName = "course-csharp";

    public const string Language = "C#";

    internal Notebook(JsonObject json, IReadOnlyList<NotebookCell> cells)
    {
        Json = json;
        Cells = cells;
    }

    public JsonObject Json { get; }

    public IReadOnlyList<NotebookCell> Cells { get; }

    public IEnumerable<NotebookCell> CodeCells => Cells.Where(cell => cell.Kind == CellKind.Code);

    public JsonObject Metadata => (JsonObject)Json["metadata"]!;

    /// <summary>A copy that can be executed without touching this one.</summary>
    public Notebook Copy() => NotebookValidation.Validate((JsonObject)Json.DeepClone());
}
