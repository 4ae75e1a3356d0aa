using Course.TakeHome.Rubrics;

namespace Course.TakeHome.Interview;

/// <summary>The rubric that a session is held under: ticks are ids of it, and mean nothing under another.</summary>
/// <param name="Folder">Full path of the folder that holds it; empty for the course's own.</param>
/// <param name="Sha256">Of its content: see <see cref="Rubrics.Rubric.Fingerprint"/>.</param>
public sealed record SessionRubric(string Folder, string Sha256)
{
    public bool Is(Rubric rubric) => rubric.Fingerprint == Sha256;

    /// <summary>For messages.</summary>
    public override string ToString() => Folder.Length > 0 ? $"the rubric in {Folder}" : "the course's own rubric";
}
