using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using Course.Kernel.Formatting;
using Course.Kernel.Scripting;
using Microsoft.CodeAnalysis.Text;

namespace Course.Kernel.Execution;

/// <summary>
/// The calls that led to an exception, innermost first, down to the outermost cell: cells with their source lines, libraries by name.
/// </summary>
internal static partial class Traceback
{
    private const int Head = 12, Tail = 4;

    public static IEnumerable<string> Of(Exception e, IReadOnlyDictionary<string, SourceText> sources)
    {
        var frames = new StackTrace(e, fNeedFileInfo: true).GetFrames();
        // The frames below the outermost cell belong to the engine.
        var outermost = Array.FindLastIndex(frames, IsCell);
        var own = frames[..(outermost < 0 ? frames.Length : outermost + 1)];
        var lines = own.Where(IsInformative).Select(f => "   " + Line(f, sources)).ToList();
        return lines.Count <= Head + Tail
            ? lines
            : [.. lines[..Head], $"   … {lines.Count - Head - Tail} more calls …", .. lines[^Tail..]];
    }

    private static bool IsCell(StackFrame frame) => Owners(frame).Any(CellNames.IsCellClass);

    private static bool IsInformative(StackFrame frame) =>
        frame.GetMethod() is { DeclaringType: { } type } method
        && !method.IsDefined(typeof(StackTraceHiddenAttribute)) && !type.IsDefined(typeof(StackTraceHiddenAttribute))
        && type.Namespace is not ("System.Runtime.CompilerServices" or "System.Runtime.ExceptionServices");

    private static IEnumerable<Type> Owners(StackFrame frame)
    {
        for (var type = frame.GetMethod()?.DeclaringType; type is not null; type = type.DeclaringType)
            yield return type;
    }

    private static string Line(StackFrame frame, IReadOnlyDictionary<string, SourceText> sources)
    {
        var call = Call(frame.GetMethod()!);
        var location = frame.GetFileName() is { } file ? $"{file}, line {frame.GetFileLineNumber()}" : "";
        var text = Source(frame, sources);
        return (call, location) switch
        {
            ("", _) => $"at {location}{text}",
            (_, "") => $"at {call}",
            _ => $"at {call} in {location}{text}",
        };
    }

    private static string Source(StackFrame frame, IReadOnlyDictionary<string, SourceText> sources) =>
        frame.GetFileName() is { } file && sources.TryGetValue(file, out var source)
        && frame.GetFileLineNumber() is var line && line > 0 && line <= source.Lines.Count
            ? $": {SafeText.Line(source.Lines[line - 1].ToString().Trim())}"
            : "";

    /// <summary>Returns the method's name as in the source; empty for the cell itself.</summary>
    private static string Call(MethodBase method)
    {
        var type = method.DeclaringType!;
        var written = Compiled().Match(method.Name == "MoveNext" ? type.Name : method.Name);
        if (written.Success)
            return written.Groups["local"] is { Success: true, Value: var local } ? local
                : written.Groups["kind"].Value == "b" ? "lambda"
                : written.Groups["outer"].Value is "<Initialize>" or "<Factory>" ? "" : written.Groups["outer"].Value;
        var owner = CellNames.IsCellClass(type) ? "" : CellNames.Strip(type.FullName ?? type.Name) + ".";
        return $"{owner}{method.Name}({string.Join(", ", method.GetParameters().Select(p => TypeNames.Of(p.ParameterType)))})";
    }

    /// <summary>
    /// Names that the compiler generates: <c>&lt;M&gt;d__1</c> for a state machine, <c>&lt;M&gt;b__0</c> for a lambda, and
    /// <c>&lt;M&gt;g__Local|0</c> for a local function.
    /// </summary>
    [GeneratedRegex(@"^<(?<outer>.*)>(?<kind>[bdg])__((?<local>\w+)\|)?")]
    private static partial Regex Compiled();
}
