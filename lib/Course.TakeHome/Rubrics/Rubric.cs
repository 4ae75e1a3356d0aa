using System.Security.Cryptography;
using System.Text.Json;

namespace Course.TakeHome.Rubrics;

/// <summary>The rubric of an interview: its parts, each scored from 0 to 5, and the number of points that pass.</summary>
/// <param name="Threshold">The points of all parts together that are needed to pass.</param>
/// <param name="Parts">The parts, in the order in which they are asked.</param>
public sealed record Rubric(int Threshold, IReadOnlyList<RubricPart> Parts)
{
    /// <summary>The largest possible number of points.</summary>
    public int Most => Parts.Count * RubricPart.HighestScore;

    /// <summary>All indicators and red flags, with their part and level.</summary>
    public IEnumerable<(RubricPart Part, Level Level, Indicator Indicator)> Indicators =>
        from part in Parts
        from level in part.Levels
        from indicator in level.Indicators.Concat(level.RedFlags)
        select (part, level, indicator);

    /// <summary>The SHA-256 of its content, in lower-case hexadecimal. Comments, line ends and YAML quoting do not matter.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { Threshold, Parts })));

    /// <summary>Finds an indicator or a red flag by its id, with its part and level; null if there is none.</summary>
    public (RubricPart Part, Level Level, Indicator Indicator)? Find(string id) =>
        Indicators.Where(at => at.Indicator.Id == id).Select(at => ((RubricPart, Level, Indicator)?)at).FirstOrDefault();
}

/// <summary>One part of the interview.</summary>
/// <param name="Id">A unique id.</param>
/// <param name="Title">The title.</param>
/// <param name="Asks">What the candidate is asked.</param>
/// <param name="Looks">What the part is meant to show about the candidate.</param>
/// <param name="Needed">The number of indicators of a level, or of higher levels, that reach the level.</param>
/// <param name="Levels">The levels 0 to 5, in this order.</param>
public sealed record RubricPart(string Id, string Title, string Asks, string Looks, int Needed, IReadOnlyList<Level> Levels)
{
    public const int HighestScore = 5;
}

/// <summary>What a score means.</summary>
/// <param name="Score">The score, 0 to 5.</param>
/// <param name="Title">The level in a few words.</param>
/// <param name="Indicators">Observations that are typical of this level.</param>
/// <param name="RedFlags">Observations that cap the score at this level, whatever else was said.</param>
/// <param name="Evidence">Sentences and lines of code as examples.</param>
public sealed record Level(
    int Score, string Title, IReadOnlyList<Indicator> Indicators, IReadOnlyList<Indicator> RedFlags, IReadOnlyList<string> Evidence);

/// <summary>Something that an interviewer observes or does not observe.</summary>
public sealed record Indicator(string Id, string Text);
