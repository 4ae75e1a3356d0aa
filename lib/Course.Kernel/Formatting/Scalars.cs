using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Course.Kernel.Formatting;

/// <summary>Values that are one piece of text, in the invariant culture.</summary>
internal static class Scalars
{
    /// <summary>The value as text, or null if it is to be shown by its parts.</summary>
    public static View.Scalar? TryDescribe(object value) => value switch
    {
        string text => new(text),
        Type type => new(TypeNames.Of(type)),
        Exception e => new($"{TypeNames.Of(e.GetType())}: {e.Message}"),
        Delegate or Task => new(TypeNames.Of(value.GetType())),
        bool or char or Enum => new(value.ToString()!),
        IEnumerable or ITuple => null,
        IFormattable formattable => new(Text(() => formattable.ToString(null, CultureInfo.InvariantCulture)), IsNumber(value)),
        _ => SpeaksForItself(value.GetType()) ? new(Text(() => value.ToString() ?? "")) : null,
    };

    private static bool IsNumber(object value) =>
        value.GetType().IsPrimitive || value is decimal or BigInteger or Half or Int128 or UInt128 or TimeSpan;

    /// <summary>Whether someone wrote a ToString for it: those of records and anonymous types come from the compiler.</summary>
    private static bool SpeaksForItself(Type type)
    {
        var method = type.GetMethod(nameof(ToString), Type.EmptyTypes)!;
        return method.DeclaringType != typeof(object) && method.DeclaringType != typeof(ValueType)
            && !method.IsDefined(typeof(CompilerGeneratedAttribute)) && !type.IsDefined(typeof(CompilerGeneratedAttribute));
    }

    private static string Text(Func<string> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return $"({TypeNames.Of(e.GetType())}: {e.Message})";
        }
    }
}
