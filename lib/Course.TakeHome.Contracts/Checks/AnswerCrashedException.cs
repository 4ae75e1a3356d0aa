namespace Course.TakeHome.Contracts;

/// <summary>An answer threw an exception in its own process. The message holds the exception's type, message and location.</summary>
public sealed class AnswerCrashedException(string message) : Exception(message);
