using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Course.Kernel.Notebooks;

namespace Course.Notebooks.Tests;

/// <summary>What every notebook of the course promises its reader, and the kernels it opens in.</summary>
public sealed partial class NotebookConventionTests
{
    private const int Glance = 25;

    /// <summary>A front-end writes what the kernelspec and the kernel say: where that is there already, opening a notebook changes nothing.</summary>
    [Fact]
    public void The_metadata_are_those_that_the_kernel_writes() => RepositoryNotebooks.Hold(notebook =>
        JsonNode.DeepEquals(notebook.Metadata, new JsonObject { ["kernelspec"] = NotebookMetadata.KernelSpec(), ["language_info"] = NotebookMetadata.LanguageInfo() })
            ? []
            : [$"the metadata are {notebook.Metadata.ToJsonString()}; `course clean` puts them right"]);

    [Fact]
    public void Cleaning_changes_nothing_but_what_running_left()
    {
        foreach (var path in NotebookFinder.In(RepositoryNotebooks.Folder))
        {
            var copy = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.ipynb");
            var notebook = NotebookFile.Read(path);
            foreach (var (index, cell) in notebook.CodeCells.Index())
            {
                cell.ExecutionCount = index;
                cell.Outputs = [new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = "said" }];
            }
            notebook.Metadata["language_info"] = new JsonObject { ["name"] = "polyglot-notebook" };
            NotebookCleaning.Clean(notebook);
            NotebookFile.Write(copy, notebook);
            Assert.Equal(File.ReadAllText(path), File.ReadAllText(copy));
            File.Delete(copy);
        }
    }

    [Fact]
    public void No_outputs_and_no_execution_counts_are_in_git() => RepositoryNotebooks.Hold(notebook =>
        notebook.CodeCells.Where(cell => cell.Outputs.Count > 0 || cell.ExecutionCount is not null).Select(At));

    [Fact]
    public void Cell_ids_are_there_and_unique() => RepositoryNotebooks.Hold(notebook =>
        notebook.Cells.GroupBy(cell => cell.Id ?? "").Where(cells => cells.Key.Length == 0 || cells.Count() > 1).Select(cells => $"id '{cells.Key}'"));

    [Fact]
    public void The_only_directive_is_a_reference() => RepositoryNotebooks.Hold(notebook =>
        from cell in notebook.CodeCells
        from line in cell.Source.Split('\n')
        where Directive().IsMatch(line) && !line.StartsWith("#r ", StringComparison.Ordinal)
        select $"{At(cell)}: {line}");

    [Fact]
    public void It_begins_with_a_title_and_the_question() => RepositoryNotebooks.Hold(notebook =>
        notebook.Cells is [{ Kind: CellKind.Markdown } first, ..] && first.Source.StartsWith("# ", StringComparison.Ordinal)
        && first.Source.Contains('?', StringComparison.Ordinal)
            ? []
            : ["the first cell is no title with a question"]);

    [Fact]
    public void It_asks_for_a_prediction_and_ends_in_exercises() => RepositoryNotebooks.Hold(notebook =>
        new[] { "predict first", "exercises" }
            .Where(title => !Headings(notebook).Any(heading => heading.Contains(title, StringComparison.OrdinalIgnoreCase)))
            .Select(title => $"no section '{title}'"));

    [Fact]
    public void No_code_cell_is_longer_than_a_glance() => RepositoryNotebooks.Hold(notebook =>
        notebook.CodeCells.Where(cell => cell.Source.TrimEnd().Split('\n').Length > Glance).Select(At));

    [Fact]
    public void Notebooks_that_are_linked_exist()
    {
        var names = RepositoryNotebooks.Read().Select(found => Path.GetFullPath(Path.Combine(RepositoryNotebooks.Folder, found.Name))).ToHashSet();
        Assert.Empty(
            from found in RepositoryNotebooks.Read()
            from cell in found.Notebook.Cells
            from Match link in NotebookLink().Matches(cell.Source)
            where !names.Contains(Path.GetFullPath(Path.Combine(RepositoryNotebooks.Folder, Path.GetDirectoryName(found.Name)!, link.Groups[1].Value)))
            select $"{found.Name}: {At(cell)}: {link.Value}");
    }

    [Fact]
    public void Lessons_that_are_named_exist() => RepositoryNotebooks.Hold(notebook =>
        from cell in notebook.Cells
        from Match named in LessonName().Matches(cell.Source)
        let number = named.Groups[1].Value + named.Groups[2].Value
        where !RepositoryNotebooks.Read().Any(found => found.Name.StartsWith(number + "-", StringComparison.Ordinal))
        select $"{At(cell)}: {named.Value}");

    private static string At(NotebookCell cell) => $"cell '{cell.Id}' ({cell.FirstLine})";

    private static IEnumerable<string> Headings(Notebook notebook) => notebook.Cells
        .Where(cell => cell.Kind == CellKind.Markdown)
        .SelectMany(cell => cell.Source.Split('\n'))
        .Where(line => line.StartsWith('#'));

    [GeneratedRegex(@"\]\(([^)#:]+\.ipynb)")]
    private static partial Regex NotebookLink();

    // "lesson 07", and "07 · Serving" as the ends of lessons announce the next.
    [GeneratedRegex(@"\b[Ll]esson (\d\d)\b|\*\*Next:\*\* \[?(\d\d) ·")]
    private static partial Regex LessonName();

    // Line directives of C# itself (#if, #region, #pragma) are as unwelcome: cells stay plain.
    [GeneratedRegex(@"^\s*(#|%%?[a-z])")]
    private static partial Regex Directive();
}
