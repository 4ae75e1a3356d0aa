using System.Text;
using System.Text.Json.Nodes;
using Course.Kernel.Notebooks;

namespace Course.Kernel.Tests.Notebooks;

public sealed class NotebookFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Cells_are_read_with_kind_source_tags_and_id()
    {
        var notebook = NotebookFile.Read(folder.Write("a.ipynb", NotebookText.Of("md:# Title", "\n1 + 1\n2 //tag:raises-exception")));

        Assert.Equal([CellKind.Markdown, CellKind.Code], notebook.Cells.Select(cell => cell.Kind));
        Assert.Equal(["c1", "c2"], notebook.Cells.Select(cell => cell.Id));
        Assert.Equal("1 + 1", notebook.Cells[1].FirstLine);
        Assert.True(notebook.Cells[1].MayFail);
        Assert.False(notebook.Cells[0].MayFail);
    }

    [Fact]
    public void Source_may_be_one_string_or_an_array_of_lines()
    {
        var text = NotebookText.Of("a\nb").Replace("\"a\\nb\"", "[\"a\\n\", \"b\"]", StringComparison.Ordinal);

        Assert.Equal("a\nb", NotebookFile.Read(folder.Write("a.ipynb", text)).Cells[0].Source);
    }

    [Fact]
    public void Unknown_fields_survive_reading_and_writing()
    {
        var text = NotebookText.Of("1")
            .Replace("\"nbformat\":4", "\"nbformat\":4,\"future\":{\"π\":[1,2.50,\"é😀\"]}", StringComparison.Ordinal);
        var notebook = NotebookFile.Read(folder.Write("a.ipynb", text));

        NotebookFile.Write(folder.File("out/b.ipynb"), notebook);

        var written = File.ReadAllText(folder.File("out/b.ipynb"));
        Assert.Contains("2.50", written, StringComparison.Ordinal);
        Assert.Contains("\"π\"", written, StringComparison.Ordinal);
        Assert.Contains("é", written, StringComparison.Ordinal);
        Assert.EndsWith("}\n", written, StringComparison.Ordinal);
        var back = NotebookFile.Read(folder.File("out/b.ipynb"));
        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(notebook.Json, back.Json));
        Assert.Single(Directory.GetFiles(folder.File("out")));
    }

    [Fact]
    public void A_byte_order_mark_is_no_error() =>
        Assert.Single(NotebookFile.Read(folder.Write("a.ipynb", "\uFEFF" + NotebookText.Of("1"))).Cells);

    [Fact]
    public void A_missing_id_is_added_if_the_format_requires_it()
    {
        var text = NotebookText.Of("1", "2").Replace("\"id\":\"c2\",", "", StringComparison.Ordinal);

        Assert.Equal(["c1", "cell-2"], NotebookFile.Read(folder.Write("a.ipynb", text)).Cells.Select(cell => cell.Id));
    }

    [Theory]
    [InlineData(".net-csharp")]
    [InlineData("course-csharp")]
    public void A_notebook_of_either_name_of_the_kernel_is_read_and_cleaned_to_the_first(string name)
    {
        var notebook = NotebookFile.Parse(
            $$$"""{"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": {"name": "{{{name}}}"}}, "cells": []}""", "a notebook");
        NotebookCleaning.Clean(notebook);
        Assert.Equal(".net-csharp", (string?)notebook.Metadata["kernelspec"]!["name"]);
    }

    [Theory]
    [InlineData("", "is empty", "Fetch it again")]
    [InlineData("hello", "is not JSON (line 1, column 1)", "Repair")]
    [InlineData("{\"cells\": [", "is not JSON", "Repair")]
    [InlineData("{\"nbformat\":4,\"nbformat\":4}", "is not JSON", "Repair")]
    [InlineData("[1, 2]", "not a notebook", "save it again")]
    [InlineData("{\"cells\": []}", "\"nbformat\"", "save it again")]
    [InlineData("{\"nbformat\": \"4\"}", "\"nbformat\"", "save it again")]
    [InlineData("{\"nbformat\": 3, \"worksheets\": []}", "is nbformat 3; expected nbformat 4", "nbconvert")]
    [InlineData("{\"nbformat\": 4, \"metadata\": {}, \"cells\": []}", "names no kernel; expected '.net-csharp'", "Choose")]
    [InlineData("{\"nbformat\": 4, \"metadata\": [], \"cells\": []}", "names no kernel; expected '.net-csharp'", "Choose")]
    [InlineData(
        "{\"nbformat\":4,\"metadata\":{\"kernelspec\":{\"name\":\"python3\"}},\"cells\":[]}", "is for the kernel \"python3\"", "Choose")]
    [InlineData(
        "{\"nbformat\":4,\"metadata\":{\"kernelspec\":{\"name\":\".net-csharp\"}},\"cells\":{}}", "no list of cells", "save it again")]
    [InlineData("{\"\\ud800\":1,\"nbformat\":4}", "not Unicode", "Fetch it again")]
    public void A_file_that_is_not_a_notebook_for_this_kernel_is_named_with_what_was_expected(string text, string wrong, string remedy)
    {
        var path = folder.Write("bad.ipynb", text);

        var error = Assert.Throws<NotebookException>(() => NotebookFile.Read(path));

        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(wrong, error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
        Assert.IsAssignableFrom<CourseException>(error);
    }

    [Theory]
    [InlineData("{\"cell_type\":\"code\",\"source\":\"c1\"}", "\"hello\"")]
    [InlineData("\"cell_type\":\"code\"", "\"cell_type\":\"query\"")]
    [InlineData("\"cell_type\":\"code\"", "\"cell_type\":7")]
    [InlineData("\"source\":\"1\"", "\"source\":7")]
    [InlineData("\"source\":\"1\"", "\"source\":[1]")]
    [InlineData("\"source\":\"1\"", "\"source\":\"\\ud800\"")]
    [InlineData("\"metadata\":{}", "\"metadata\":[]")]
    [InlineData("\"id\":\"c1\"", "\"id\":[]")]
    public void A_malformed_cell_is_named(string good, string bad)
    {
        var text = NotebookText.Of("1");
        text = text.Contains(good, StringComparison.Ordinal)
            ? text.Replace(good, bad, StringComparison.Ordinal)
            : text.Replace("\"cells\":[", "\"cells\":[" + bad + ",", StringComparison.Ordinal);

        var error = Assert.Throws<NotebookException>(() => NotebookFile.Read(folder.Write("bad.ipynb", text)));

        Assert.Contains("a cell 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_rejected_and_does_not_overflow_the_stack()
    {
        var path = folder.Write("deep.ipynb", new string('[', 100_000) + new string(']', 100_000));

        Assert.Contains("is not JSON", Assert.Throws<NotebookException>(() => NotebookFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_huge_file_is_rejected_without_being_read()
    {
        var path = folder.File("huge.ipynb");
        using (var file = File.Create(path))
            file.SetLength(NotebookFile.MaximumSize + 1); // sparse: takes no room

        Assert.Contains(
            "expected at most 64 MiB", Assert.Throws<NotebookException>(() => NotebookFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_located()
    {
        var path = folder.File("latin1.ipynb");
        File.WriteAllBytes(path, Encoding.Latin1.GetBytes(NotebookText.Of("1") + "é"));

        Assert.Contains(
            "is not UTF-8 (byte", Assert.Throws<NotebookException>(() => NotebookFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_and_a_folder_have_different_errors()
    {
        var missing = Assert.Throws<NotebookException>(() => NotebookFile.Read(folder.File("none.ipynb")));
        var directory = Assert.Throws<NotebookException>(() => NotebookFile.Read(folder.Path));

        Assert.Contains("does not exist", missing.Message, StringComparison.Ordinal);
        Assert.Contains("is a folder", directory.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60, 1, "could not be read again")]
    [InlineData(1, 70 << 20, "expected at most 64 MiB")]
    public void A_notebook_that_could_not_be_read_again_is_not_written(int depth, int length, string expected)
    {
        var notebook = NotebookFile.Read(folder.Write("a.ipynb", NotebookText.Of("1")));
        JsonNode value = new string('x', length);
        for (var i = 0; i < depth; i++)
            value = new JsonArray(value);

        notebook.CodeCells.Single().Outputs = [new JsonObject { ["data"] = new JsonObject { ["application/json"] = value } }];

        var error = Assert.Throws<NotebookException>(() => NotebookFile.Write(folder.File("out.ipynb"), notebook));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("out.ipynb")));
    }
}
