using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Course.Kernel.Notebooks;

namespace Course.Kernel.Running;

/// <summary>
/// The results of the checks of an exercise in an executed notebook. A notebook passes if all its cells ran, even if the exercise in it
/// is not solved yet.
/// </summary>
public readonly partial record struct ExerciseChecks(int Passed, int All)
{
    public bool IsSolved => Passed == All;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Passed} of {All} checks pass");

    /// <summary>Reads the last report of checks in the outputs, in plain text; null if there is none.</summary>
    public static ExerciseChecks? In(Notebook notebook) => notebook.CodeCells
        .SelectMany(cell => cell.Outputs)
        .Select(output => Report().Match(Plain(output)))
        .LastOrDefault(report => report.Success) is { } last
            ? new ExerciseChecks(Number(last.Groups["passed"]), Number(last.Groups["all"]))
            : null;

    private static string Plain(JsonNode? output) =>
        ((output as JsonObject)?["data"] as JsonObject)?["text/plain"] switch
        {
            JsonArray lines => string.Concat(lines.Select(Line)),
            var text => Line(text),
        };

    private static string Line(JsonNode? text) => text?.GetValueKind() == JsonValueKind.String ? text.GetValue<string>() : "";

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[\w-]+: (?<passed>[0-9]{1,4}) of (?<all>[0-9]{1,4}) checks pass\r?$", RegexOptions.Multiline)]
    private static partial Regex Report();
}
