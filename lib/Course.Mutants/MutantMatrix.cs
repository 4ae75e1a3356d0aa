using System.Text.Json;
using System.Text.Json.Serialization;
using Course.Mutants.Checks;

namespace Course.Mutants;

/// <summary>What every check says of one subject.</summary>
/// <param name="Name">Of the mutant or variant.</param>
/// <param name="Area">Where the bug sits; null for what is right.</param>
/// <param name="Objections">Of every check, in order: null where it has none.</param>
public sealed record MatrixRow(string Name, Area? Area, IReadOnlyList<string?> Objections)
{
    /// <summary>Whether some check objects.</summary>
    public bool Killed => Objections.Any(objection => objection is not null);

    /// <summary>As it should be: bugs are found, and what is right is left alone.</summary>
    public bool Settled => Killed == Area is not null;
}

/// <summary>Every planted bug and every right variant against every check.</summary>
[TypeFormatterSource(typeof(RichDisplayFormatters), PreferredMimeTypes = [RichDisplayFormatters.Html, RichDisplayFormatters.Plain])]
public sealed record MutantMatrix(IReadOnlyList<string> Checks, IReadOnlyList<MatrixRow> Rows) : IRichDisplay
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public bool Settled => Rows.All(row => row.Settled);

    public static MutantMatrix Of(IReadOnlyList<Check>? checks = null)
    {
        checks ??= SpeculationChecks.All;
        MatrixRow Row(string name, Area? area, Func<Check, string?> objection) => new(name, area, [.. checks.Select(objection)]);
        return new(
            [.. checks.Select(check => check.Name)],
            [
                Row("the library", null, check => check.Objection(Subject.Right)),
                .. CorrectVariants.All.Select(variant => Row(variant.Name, null, variant.Objection)),
                .. SpeculationMutants.All.Select(mutant => Row(mutant.Name, mutant.Area, check => check.Objection(mutant.Subject))),
            ]);
    }

    public string ToHtml() => MutantMatrixTable.Of(this);

    public override string ToString() => MutantMatrixTable.Text(this);

    /// <summary>One sentence: whether all is as it should be, and what is not.</summary>
    public string Verdict => MutantMatrixTable.Verdict(this);

    public string ToJson() => JsonSerializer.Serialize(this, Format);
}
