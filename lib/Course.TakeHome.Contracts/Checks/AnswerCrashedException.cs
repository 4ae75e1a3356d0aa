namespace Course.TakeHome.Contracts;

/// <summary>An answer threw in a process of its own; the message holds the exception's type, its message and where it was thrown.</summary>
public sealed class AnswerCrashedException(string message) : Exception(message);
