namespace Course.TakeHome.Exercises;

internal sealed class FilterBugs : BugFolder
{
    private const string Reserve = "int room = state.Limits.CachedTokens - state.Running.Sum(request => request.Room);";

    public override string Exercise => "filter";

    public override IReadOnlyList<PlantedBug> Bugs { get; } =
    [
        new(
            "one-at-a-time", "batching", "Serves one request after the other.", "int rows = state.Limits.Rows - state.Running.Count;",
            "int rows = 1 - state.Running.Count;"),
        new(
            "one-start-a-step", "batching", "Starts one request a step.", "int rows = state.Limits.Rows - state.Running.Count;",
            "int rows = Math.Min(1, state.Limits.Rows - state.Running.Count);"),
        new(
            "whole-batches", "continuous batching", "Starts no request before the whole batch has finished.",
            "int rows = state.Limits.Rows - state.Running.Count;", "int rows = state.Running.Count > 0 ? 0 : state.Limits.Rows;"),
        new(
            "prompts-only", "memory", "Reserves memory for prompts, and not for answers.",
            "request.Room > room)\n                break;\n            room -= request.Room;",
            "request.PromptTokens > room)\n                break;\n            room -= request.PromptTokens;"),
        new("no-account-of-memory", "memory", "Starts every request for which there is a free slot.", "request.Room > room)", "rows == 0)"),
        new(
            "half-of-memory", "memory", "Never uses more than half of the memory.", Reserve,
            "int room = state.Limits.CachedTokens / 2 - state.Running.Sum(request => request.Room);"),
        new("last-come-first-served", "order", "Starts the newest first.", "in state.Waiting)", "in state.Waiting.Reverse())"),
        new(
            "shortest-first", "order", "Starts the shortest first.", "in state.Waiting)",
            "in state.Waiting.OrderBy(waiting => waiting.MaxTokens))"),
        new("endless-queue", "overload", "Admits every request.", " && state.Waiting.Count < state.Limits.Waiting", ""),
        new(
            "one-over", "overload", "Lets one request too many wait.", "state.Waiting.Count < state.Limits.Waiting",
            "state.Waiting.Count <= state.Limits.Waiting"),
        new(
            "refuses-early", "overload", "Counts running requests against the limit of the queue.",
            "state.Waiting.Count < state.Limits.Waiting",
            "state.Waiting.Count + state.Running.Count < state.Limits.Rows"),
        new(
            "prompt-fits", "impossible requests", "Looks at the prompt alone, not at the tokens to be generated.",
            "request.Room <= Math.Min",
            "request.PromptTokens <= Math.Min"),
        new(
            "context-only", "impossible requests", "Forgets that all caches together may be smaller than the context.",
            "Math.Min(state.Limits.Context, state.Limits.CachedTokens)", "state.Limits.Context"),
        new("never-drops", "gone clients", "Goes on serving clients who have hung up.", "request.GivesUp <= state.Now", "false"),
        new(
            "drops-who-waits", "gone clients", "Drops waiting requests only, not running ones.", "state.Waiting.Concat(state.Running)",
            "state.Waiting"),
        new(
            "impatient", "patient clients", "Drops every request after the first second.", "request.GivesUp <= state.Now",
            "request.GivesUp <= state.Now || state.Now > 1"),
        new(
            "null-is-now", "patient clients", "Drops clients without a time limit.", "request.GivesUp <= state.Now",
            "(request.GivesUp ?? 0) <= state.Now"),
    ];
}
