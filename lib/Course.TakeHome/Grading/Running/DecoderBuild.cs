using System.Runtime.Loader;
using System.Text;
using Course.TakeHome.Contracts;
using Course.TakeHome.Exercises;

namespace Course.TakeHome.Grading.Running;

/// <summary>
/// Compiles the suspects, once for all archives, because they do not depend on the seed. They are loaded only into the judging process.
/// </summary>
internal sealed class DecoderBuild(Compiler compiler)
{
    /// <summary>An adapter for the decoders that a candidate's loop is timed against: the reference, and the target alone.</summary>
    private const string Yardsticks = """
        public sealed class Yardsticks : Course.TakeHome.Contracts.IAdapter
        {
            public object AnswerTo(string exercise) => exercise == "loop" ? new SpeculativeDecoder() : new Plain();
        }

        public sealed class Plain : Course.TakeHome.Contracts.ISpeculativeDecoder
        {
            public System.Collections.Generic.IReadOnlyList<int> Decode(
                Course.TakeHome.Contracts.ILanguageModel target, Course.TakeHome.Contracts.ILanguageModel draft,
                System.Collections.Generic.IReadOnlyList<int> prompt,
                Course.TakeHome.Contracts.DecodingRequest request, Course.TakeHome.Contracts.IRandomness randomness)
            {
                System.Collections.Generic.List<int> text = [.. prompt];
                for (var cache = target.CreateCache(); text.Count < prompt.Count + request.MaxTokens;)
                    text.Add(randomness.Draw(request.Distribution(target.Forward(text[cache.Length..], cache)[^1])));
                return text[prompt.Count..];
            }
        }
        """;

    private readonly Lock building = new();
    private Dictionary<string, Type>? types;
    private byte[]? yardsticks;

    /// <summary>A function that creates a decoder from a suspect.</summary>
    public Func<Suspect, ISpeculativeDecoder> New(CancellationToken cancel)
    {
        lock (building)
            types ??= Loaded(Built(
                Suspects.All.ToDictionary(
                    suspect => $"{suspect.Namespace}.cs", suspect => $"namespace {suspect.Namespace}\n{{\n{suspect.Text}\n}}\n"),
                cancel));
        return suspect => (ISpeculativeDecoder)Activator.CreateInstance(types[suspect.Namespace])!;
    }

    /// <summary>The assembly of an adapter that answers "loop" with the reference, and everything else with the target alone.</summary>
    public byte[] Reference(CancellationToken cancel)
    {
        lock (building)
            return yardsticks ??= Built(
                new() { ["Reference.cs"] = Exercise.Named("loop").Reference, ["Yardsticks.cs"] = Yardsticks }, cancel);
    }

    private static Dictionary<string, Type> Loaded(byte[] assembly)
    {
        // A separate load context that shares this program's contracts.
        var context = new AssemblyLoadContext("decoders");
        context.Resolving += (_, name) => name.Name == typeof(IAdapter).Assembly.GetName().Name ? typeof(IAdapter).Assembly : null;
        using var image = new MemoryStream(assembly);
        return context.LoadFromStream(image).GetTypes().Where(type => type.IsPublic && type.IsAssignableTo(typeof(ISpeculativeDecoder)))
            .ToDictionary(type => type.Namespace!);
    }

    private byte[] Built(Dictionary<string, string> sources, CancellationToken cancel)
    {
        using var place = new Workplace();
        var built = compiler.Run(
            "Decoders", sources.ToDictionary(source => source.Key, source => Encoding.UTF8.GetBytes(source.Value)), place, cancel);
        return built.Errors.Count == 0
            ? built.Assembly
            : throw new InvalidOperationException($"The decoders for the exercise \"tests\" do not compile: {built.Errors[0]}");
    }
}
