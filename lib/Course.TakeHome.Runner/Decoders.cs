using System.Runtime.Loader;
using Course.TakeHome.Contracts;

namespace Course.TakeHome.Runner;

/// <summary>Decoders that the grader compiled, by the namespace that each has for itself.</summary>
internal static class Decoders
{
    /// <summary>The namespace of the decoder that is right and fast.</summary>
    public const string Reference = "reference";

    public static IEnumerable<(string Name, Func<ISpeculativeDecoder> New)> In(string assembly) =>
        from type in AssemblyLoadContext.Default.LoadFromAssemblyPath(assembly).GetTypes()
        where type.IsPublic && type.IsAssignableTo(typeof(ISpeculativeDecoder))
        orderby type.Namespace
        select (type.Namespace!, (Func<ISpeculativeDecoder>)(() => new Nameless((ISpeculativeDecoder)Activator.CreateInstance(type)!)));

    /// <summary>A decoder whose type says nothing about it.</summary>
    private sealed class Nameless(ISpeculativeDecoder decoder) : ISpeculativeDecoder
    {
        public IReadOnlyList<int> Decode(ILanguageModel target, ILanguageModel draft, IReadOnlyList<int> prompt, DecodingRequest request, IRandomness randomness) =>
            decoder.Decode(target, draft, prompt, request, randomness);
    }
}
