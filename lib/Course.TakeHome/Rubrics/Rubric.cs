using System.Security.Cryptography;
using System.Text.Json;

namespace Course.TakeHome.Rubrics;

/// <summary>What excellent means here: two parts of an interview, each scored 0 to 5, and how many points pass.</summary>
/// <param name="Threshold">Points of all parts together that pass.</param>
/// <param name="Parts">In the order in which they are asked.</param>
public sealed record Rubric(int Threshold, IReadOnlyList<RubricPart> Parts)
{
    /// <summary>The most points that there are.</summary>
    public int Most => Parts.Count * RubricPart.HighestScore;

    /// <summary>Everything that can be ticked, with the part and the level that it stands in.</summary>
    public IEnumerable<(RubricPart Part, Level Level, Indicator Indicator)> Indicators =>
        from part in Parts
        from level in part.Levels
        from indicator in level.Indicators.Concat(level.RedFlags)
        select (part, level, indicator);

    /// <summary>SHA-256 of what it says, in lower-case hexadecimal: comments, line ends and the way it is quoted do not matter.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new { Threshold, Parts })));

    /// <summary>Where an indicator or a red flag stands; null if there is none of that id.</summary>
    public (RubricPart Part, Level Level, Indicator Indicator)? Find(string id) =>
        Indicators.Where(at => at.Indicator.Id == id).Select(at => ((RubricPart, Level, Indicator)?)at).FirstOrDefault();
}

/// <summary>One part of the interview.</summary>
/// <param name="Id">A handle.</param>
/// <param name="Title">Its name.</param>
/// <param name="Asks">What the candidate is asked.</param>
/// <param name="Looks">What it is to show.</param>
/// <param name="Needed">How many indicators of a level, or of levels above it, reach the level.</param>
/// <param name="Levels">Of 0 to 5, in this order.</param>
public sealed record RubricPart(string Id, string Title, string Asks, string Looks, int Needed, IReadOnlyList<Level> Levels)
{
    public const int HighestScore = 5;
}

/// <summary>What a score means.</summary>
/// <param name="Score">0 to 5.</param>
/// <param name="Title">In a few words.</param>
/// <param name="Indicators">What one hears or reads at this level.</param>
/// <param name="RedFlags">What caps the score at this level, whatever else was said.</param>
/// <param name="Evidence">Sentences and lines of code that would be examples.</param>
public sealed record Level(
    int Score, string Title, IReadOnlyList<Indicator> Indicators, IReadOnlyList<Indicator> RedFlags, IReadOnlyList<string> Evidence);

/// <summary>Something that is observed or not.</summary>
public sealed record Indicator(string Id, string Text);
