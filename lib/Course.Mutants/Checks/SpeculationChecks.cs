namespace Course.Mutants.Checks;

/// <summary>The suite: together the checks find every planted bug, and object to nothing that is right.</summary>
public static class SpeculationChecks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new("law, one token", "The first token follows the target's law exactly, whatever the draft.", LawChecks.OneToken),
        new("law, three tokens", "So do the first three together.", LawChecks.ThreeTokens),
        new("law, truncated", "So they do under temperature, top-k, top-p and min-p.", LawChecks.Truncated),
        new("law, stop tokens", "A stop token ends the text wherever it comes, and only there.", LawChecks.StopTokens),
        new("law, full context", "The text ends where the target's context does, and not before.", LawChecks.FullContext),
        new("limit", "As many tokens as were asked for, and never more.", RunChecks.Limit),
        new("greedy", "Greedy speculation writes what greedy decoding writes.", RunChecks.Greedy),
        new("greedy acceptance", "What the draft guesses right stands: of every greedy draft just the part that agrees with the target.", RunChecks.GreedyAcceptance),
        new("no token twice", "Neither model is fed again what it has kept.", RunChecks.NoTokenTwice),
        new("batch law", "Every row of a batch follows its own target's law, independently.", BatchChecks.Law),
        new("batch alone", "Every row draws what it would draw alone from its own seed and options.", BatchChecks.Alone),
        new("tree law, siblings", "Several candidates at a place leave the target's law, however they were drawn.", TreeChecks.Siblings),
        new("tree law, depths", "So do candidates behind candidates.", TreeChecks.Depths),
        new("tree as chains", "Every node of a tree is judged as if its path had been fed alone.", TreeChecks.AsChains),
        new("tree paths", "Of a tree the path that stood is kept, by the target and by the draft.", TreeChecks.Paths),
        new("figures", "What is said of a run is what a run by hand comes to.", MeasurementChecks.Figures),
    ];
}
