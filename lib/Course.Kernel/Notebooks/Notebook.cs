using System.Text.Json.Nodes;

namespace Course.Kernel.Notebooks;

/// <summary>
/// A validated nbformat 4 notebook for the course's kernel. It is a view of the JSON document, so unknown fields survive reading and
/// writing. Source: the nbformat 4.5 schema.
/// </summary>
public sealed class Notebook
{
    /// <summary>The kernel name that .NET Interactive registers, so notebooks open in either kernel.</summary>
    public const string KernelName = ".net-csharp";

    /// <summary>
    /// A second name of the course's kernel, which no other program uses: VS Code's Polyglot Notebooks claims every notebook whose kernel
    /// name begins with <c>.net-</c>. A front-end in which this kernel was chosen writes this name into the notebook.
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

    /// <summary>Returns a copy that can be executed without changing this one.</summary>
    public Notebook Copy() => NotebookValidation.Validate((JsonObject)Json.DeepClone());
}
