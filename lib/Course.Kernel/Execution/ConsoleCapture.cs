using System.Text;

namespace Course.Kernel.Execution;

/// <summary>Routes console output to the cell that wrote it; other output stays on the real console.</summary>
internal static class ConsoleCapture
{
    private static readonly Lock Gate = new();
    private static bool installed;

    public static void Install()
    {
        lock (Gate)
        {
            if (installed)
                return;
            Console.SetOut(new CellWriter(OutputStream.Out, Console.Out));
            Console.SetError(new CellWriter(OutputStream.Error, Console.Error));
            Console.SetIn(new CellReader(Console.In));
            installed = true;
        }
    }

    /// <summary>
    /// The current console streams. A cell may replace them; they are restored after it, or the text of later cells would be lost.
    /// </summary>
    public static Streams Current() => new(Console.Out, Console.Error, Console.In);

    public sealed record Streams(TextWriter Out, TextWriter Error, TextReader In)
    {
        /// <summary>Restores the streams.</summary>
        /// <returns>The names of the streams that had been replaced; empty if none.</returns>
        public string Restore()
        {
            var replaced = new List<string>();
            if (Console.Out != Out)
                Put(replaced, nameof(Console.Out), () => Console.SetOut(Out));
            if (Console.Error != Error)
                Put(replaced, nameof(Console.Error), () => Console.SetError(Error));
            if (Console.In != In)
                Put(replaced, nameof(Console.In), () => Console.SetIn(In));
            return string.Join(" and ", replaced);
        }

        private static void Put(List<string> replaced, string what, Action set)
        {
            set();
            replaced.Add($"Console.{what}");
        }
    }

    private sealed class CellWriter(OutputStream stream, TextWriter outside) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

        public override void WriteLine() => Write("\n");

        public override void WriteLine(string? value) => Write(value + "\n");

        public override void WriteLine(ReadOnlySpan<char> buffer) => Write(buffer.ToString() + "\n");

        public override void Write(string? value)
        {
            if (string.IsNullOrEmpty(value))
                return;
            if (CellContext.Current is { } cell)
                cell.Output.Write(stream, value);
            else
                outside.Write(value);
        }
    }

    /// <summary>Makes <c>Console.ReadLine()</c> in a cell ask the user of the notebook.</summary>
    private sealed class CellReader(TextReader outside) : TextReader
    {
        public override string? ReadLine() => CellContext.Current is { } cell
            ? cell.Output.RequestInputAsync("", password: false, cell.Cancel).GetAwaiter().GetResult()
            : outside.ReadLine();

        public override int Read() => CellContext.Current is null ? outside.Read() : throw new InputUnavailableException(
            "A cell can ask for a whole line only: use Console.ReadLine() or GetInputAsync(\"prompt\").");
    }
}
