namespace Course.Kernel.Language;

/// <summary>One completion.</summary>
/// <param name="Text">The text that replaces the typed prefix.</param>
/// <param name="Kind">Roslyn's tag in lower case: method, property, class, keyword, …</param>
public readonly record struct Completion(string Text, string Kind);

/// <summary>The completions at a position.</summary>
/// <param name="Start">The offset of the typed prefix in the code, in UTF-16 code units.</param>
/// <param name="End">The offset of the end of the prefix.</param>
/// <param name="Items">The completions, most likely first, limited to a number that a user can look through; empty if none.</param>
public sealed record Completions(int Start, int End, IReadOnlyList<Completion> Items);
