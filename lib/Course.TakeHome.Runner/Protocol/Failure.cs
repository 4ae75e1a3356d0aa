using Course.TakeHome.Contracts;

namespace Course.TakeHome.Runner.Protocol;

/// <summary>
/// An exception, as one side tells it to the other: its kind and its words. Only kinds that a contract names arrive as themselves.
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

    /// <param name="message">Gets it.</param>
    /// <param name="e">What was thrown.</param>
    /// <param name="saysWhere">Whether the line is told that threw it.</param>
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

    /// <summary>A message is code of whoever wrote the exception.</summary>
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
