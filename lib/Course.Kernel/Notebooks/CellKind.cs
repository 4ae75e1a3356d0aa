namespace Course.Kernel.Notebooks;

/// <summary>The three cell types of nbformat 4.</summary>
public enum CellKind
{
    Code,
    Markdown,
    Raw,
}
