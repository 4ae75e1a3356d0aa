namespace Course.TakeHome.Interview;

/// <summary>What the grading of a take-home found.</summary>
/// <param name="Id">A check, a planted bug, an exercise, or <c>exercise/check</c>.</param>
/// <param name="Failed">Whether it failed.</param>
/// <param name="Summary">What was seen.</param>
public sealed record Finding(string Id, bool Failed, string Summary)
{
    /// <summary>Whether a question that names <paramref name="name"/> is suggested: by the whole id, or by a part of it.</summary>
    public bool Concerns(string name) => Id == name || Id.Split('/').Contains(name);
}
