using System.Text.Json;

namespace Course.Cli.Tests;

/// <summary>A notebook of a few cells.</summary>
internal static class TinyNotebook
{
    public static string Of(params string[] cells) => JsonSerializer.Serialize(new
    {
        cells = cells.Select(
            (source, index) => new
            {
                cell_type = "code",
                id = $"cell-{index}",
                metadata = new { },
                execution_count = (int?)null,
                outputs = Array.Empty<object>(),
                source
            }),
        metadata = new { kernelspec = new { display_name = ".NET (C#)", language = "C#", name = ".net-csharp" } },
        nbformat = 4,
        nbformat_minor = 5,
    });
}
