namespace Course.Kernel.Language;

/// <param name="Text">What replaces the typed prefix.</param>
/// <param name="Kind">Roslyn's tag for it, in lower case: method, property, class, keyword, …</param>
public readonly record struct Completion(string Text, string Kind);

/// <param name="Start">Offset of the typed prefix in the code, in UTF-16 units.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Items">The likeliest first, and no more than a reader looks through; empty if nothing fits.</param>
public sealed record Completions(int Start, int End, IReadOnlyList<Completion> Items);
