using System.Text.Json.Nodes;
using Course.Kernel.Notebooks;

namespace Course.Kernel.Jupyter;

/// <summary>The content of kernel_info_reply.</summary>
internal static class KernelInfo
{
    private static readonly string Version = typeof(KernelInfo).Assembly.GetName().Version!.ToString(3);

    public static JsonObject Content => new()
    {
        ["status"] = "ok",
        ["protocol_version"] = JupyterMessage.ProtocolVersion,
        ["implementation"] = "course",
        ["implementation_version"] = Version,
        ["language_info"] = NotebookMetadata.LanguageInfo(),
        ["banner"] = $"C# on .NET {Environment.Version}: the course's kernel {Version}",
        ["debugger"] = false,
        ["help_links"] = new JsonArray(
            Link("C#", "https://learn.microsoft.com/dotnet/csharp/"), Link(".NET API", "https://learn.microsoft.com/dotnet/api/")),
    };

    private static JsonObject Link(string text, string url) => new() { ["text"] = text, ["url"] = url };
}
