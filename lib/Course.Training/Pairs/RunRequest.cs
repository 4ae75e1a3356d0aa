namespace Course.Training.Pairs;

/// <summary>A request to train a model.</summary>
/// <param name="Resume">Whether to continue the run in the folder, if there is one.</param>
/// <param name="Command">The command line of the request, for the training record.</param>
/// <param name="From">A trained model to begin with, which is grown if the new one is larger; null for random weights.</param>
public sealed record RunRequest(bool Resume, string Command, string? From = null);
