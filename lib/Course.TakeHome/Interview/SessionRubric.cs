using Course.TakeHome.Rubrics;

namespace Course.TakeHome.Interview;

/// <summary>Identifies the rubric of a session. Ticks are ids of this rubric, and have no meaning in another.</summary>
/// <param name="Folder">The full path of the folder that holds it; empty for the course's own rubric.</param>
/// <param name="Sha256">The hash of its content: see <see cref="Rubrics.Rubric.Fingerprint"/>.</param>
public sealed record SessionRubric(string Folder, string Sha256)
{
    public bool Is(Rubric rubric) => rubric.Fingerprint == Sha256;

    /// <summary>The rubric as a message names it.</summary>
    public override string ToString() => Folder.Length > 0 ? $"the rubric in {Folder}" : "the course's own rubric";
}
