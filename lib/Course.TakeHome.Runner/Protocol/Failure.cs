using Course.TakeHome.Contracts;

namespace Course.TakeHome.Runner.Protocol;

/// <summary>
/// Sends an exception to the other side, as its kind and its message. Only kinds that a contract names arrive as the same type.
/// </summary>
internal static class Failure
{
    private enum Kind : byte
    {
        Other,
        Unfinished,
        Refused,
        Wrong,
        OutOfRange,
    }

    /// <summary>Writes an exception.</summary>
    /// <param name="message">The message to write to.</param>
    /// <param name="e">The exception.</param>
    /// <param name="saysWhere">Whether the location is included.</param>
    public static void Write(MessageWriter message, Exception e, bool saysWhere) => message.Byte((byte)KindOf(e)).Text(Words(e, saysWhere));

    public static Exception Read(MessageReader message)
    {
        var (kind, words) = ((Kind)message.Byte(), message.Text());
        return kind switch
        {
            Kind.Unfinished => new NotImplementedException(words),
            Kind.Refused => new CourseException(words),
            Kind.Wrong => new CheckFailedException(words),
            Kind.OutOfRange => new ArgumentOutOfRangeException(null, words),
            _ => new AnswerCrashedException(words),
        };
    }

    private static Kind KindOf(Exception e) => e switch
    {
        NotImplementedException => Kind.Unfinished,
        CourseException => Kind.Refused,
        CheckFailedException => Kind.Wrong,
        ArgumentOutOfRangeException => Kind.OutOfRange,
        _ => Kind.Other,
    };

    /// <summary>The message of an exception. It is code of the exception's author, so it may throw, too.</summary>
    private static string Words(Exception e, bool saysWhere)
    {
        try
        {
            return KindOf(e) == Kind.Other && e is not AnswerCrashedException
                ? $"{e.GetType().Name}: {e.Message}{(saysWhere ? $" ({e.StackTrace?.Split('\n')[0].Trim() ?? "no stack trace"})" : "")}"
                : e.Message ?? "";
        }
        catch (Exception thrown)
        {
            return $"{e.GetType().Name}, whose message throws {thrown.GetType().Name}.";
        }
    }
}
