using System.Text.Json.Serialization;
using Course.TakeHome.Contracts;

namespace Course.TakeHome.Grading.Reports;

/// <summary>An exercise at a glance.</summary>
public enum Standing
{
    /// <summary>Every check passed.</summary>
    Holds,

    /// <summary>Some of what it does is credited.</summary>
    Partly,

    /// <summary>There is code, and nothing of what it does shows understanding.</summary>
    NothingCredited,

    /// <summary>The stub, or what says as little.</summary>
    NoAnswer,
}

/// <summary>What became of one check.</summary>
/// <param name="Name">The mechanism.</param>
/// <param name="Hidden">Whether the candidate could not run it.</param>
/// <param name="Verdict">Null where the process had ended before.</param>
/// <param name="Credited">Whether it passed and speaks for the candidate: see <see cref="Credit"/>.</param>
public sealed record CheckGrade(string Name, bool Hidden, Verdict? Verdict, bool Credited);

/// <summary>One exercise of a hand-in.</summary>
/// <param name="Id">The exercise's.</param>
/// <param name="Title">The card's.</param>
/// <param name="Standing">At a glance.</param>
/// <param name="Checks">All of them, visible ones first.</param>
/// <param name="HintsTaken">As stated in the manifest.</param>
/// <param name="Predicted">As stated in the manifest.</param>
/// <param name="Suspects">What the candidate's tests made of decoders; null where the exercise is another.</param>
/// <param name="Written">The candidate's words.</param>
/// <param name="SpeaksTo">Indicators of the rubric that these words may show; whether they do, a human judges.</param>
public sealed record ExerciseGrade(
    string Id, string Title, Standing Standing, IReadOnlyList<CheckGrade> Checks, int HintsTaken, bool Predicted, SuspectsGrade? Suspects,
    IReadOnlyList<WrittenAnswer> Written, IReadOnlyList<string> SpeaksTo)
{
    /// <summary>The answer's chart as SVG, drawn by the runner on grading's numbers; null where there is none.</summary>
    public string? Picture { get; init; }

    /// <summary>The code that was judged.</summary>
    public IReadOnlyList<JudgedSource> Code { get; init; } = [];

    /// <summary>What the folder says of the work on it; null where it says nothing.</summary>
    public StatedExercise? Stated { get; init; }

    public int Passed => Checks.Count(check => check.Verdict == Verdict.Passed);

    public int Credited => Checks.Count(check => check.Credited);
}

/// <summary>What a candidate's tests made of decoders with planted bugs, and of decoders that are right.</summary>
/// <param name="Decoders">Each of them.</param>
public sealed record SuspectsGrade(IReadOnlyList<SuspectGrade> Decoders)
{
    /// <summary>Decoders with a bug.</summary>
    public int Planted => Decoders.Count(decoder => !decoder.Right);

    /// <summary>Of these, how many some test objects to.</summary>
    public int Killed => Decoders.Count(decoder => !decoder.Right && decoder.ObjectedTo);

    /// <summary>Right decoders.</summary>
    public int Correct => Decoders.Count(decoder => decoder.Right);

    /// <summary>Of these, how many some test objects to.</summary>
    public int Flagged => Decoders.Count(decoder => decoder.Right && decoder.ObjectedTo);
}

/// <summary>What a candidate's tests made of one decoder.</summary>
/// <param name="Name">The planted bug's.</param>
/// <param name="Mechanism">What it gets wrong.</param>
/// <param name="What">In a sentence.</param>
/// <param name="Right">Whether it is right.</param>
/// <param name="Objecting">The tests that object, by name.</param>
/// <param name="Objection">What the first of them says.</param>
/// <param name="Ended">Whether all tests came to an end.</param>
public sealed record SuspectGrade(string Name, string Mechanism, string What, bool Right, IReadOnlyList<string> Objecting, string Objection, bool Ended)
{
    [JsonIgnore]
    public bool ObjectedTo => Objecting.Count > 0;
}

/// <summary>A part of <c>answers.md</c>.</summary>
/// <param name="Heading">Its heading.</param>
/// <param name="Asked">What the sheet asks there.</param>
/// <param name="Text">What the candidate wrote; empty where nothing.</param>
public sealed record WrittenAnswer(string Heading, string Asked, string Text);
