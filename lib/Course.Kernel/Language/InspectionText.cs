using Course.Kernel.Execution;
using Microsoft.CodeAnalysis.QuickInfo;

namespace Course.Kernel.Language;

/// <summary>Formats Roslyn's quick info as plain text, and as Markdown with the signature as code.</summary>
internal static class InspectionText
{
    public static MimeBundle Of(QuickInfoItem info)
    {
        var sections = info.Sections.Where(s => s.Text.Length > 0).ToList();
        var markdown = sections.Select(s => s.Kind == QuickInfoSectionKinds.Description ? $"```csharp\n{s.Text}\n```" : s.Text);
        return MimeBundle.Of(
            (MimeBundle.PlainText, string.Join("\n\n", sections.Select(s => s.Text))),
            ("text/markdown", string.Join("\n\n", markdown)));
    }
}
