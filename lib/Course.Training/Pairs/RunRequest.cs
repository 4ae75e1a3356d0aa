namespace Course.Training.Pairs;

/// <param name="Resume">Go on with the run that the folder holds, if it holds one.</param>
/// <param name="Command">The command line that asks for this, for the record.</param>
/// <param name="From">A trained model to begin with, grown where the wanted one is larger; null for random weights.</param>
public sealed record RunRequest(bool Resume, string Command, string? From = null);
