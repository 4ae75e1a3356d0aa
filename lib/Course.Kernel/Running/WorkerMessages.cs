using System.Text.Json;
using System.Text.Json.Serialization;

namespace Course.Kernel.Running;

/// <summary>What the runner asks of the process that executes a notebook.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "ask")]
[JsonDerivedType(typeof(Execute), "execute")]
[JsonDerivedType(typeof(Interrupt), "interrupt")]
internal abstract record WorkerRequest
{
    /// <summary><c>Fence</c> is written to stdout and stderr when the cell is done: what native code wrote comes before it.</summary>
    public sealed record Execute(string Code, string Fence) : WorkerRequest;

    public sealed record Interrupt : WorkerRequest;
}

/// <summary>What that process tells, in the order in which it happened.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "tell")]
[JsonDerivedType(typeof(Ready), "ready")]
[JsonDerivedType(typeof(Streamed), "streamed")]
[JsonDerivedType(typeof(Displayed), "displayed")]
[JsonDerivedType(typeof(Returned), "returned")]
[JsonDerivedType(typeof(Cleared), "cleared")]
[JsonDerivedType(typeof(Cut), "cut")]
[JsonDerivedType(typeof(Succeeded), "succeeded")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(Interrupted), "interrupted")]
internal abstract record WorkerReply
{
    public sealed record Ready : WorkerReply;

    public sealed record Streamed(bool Error, string Text) : WorkerReply;

    /// <summary><c>Update</c> replaces what was displayed under the id instead of adding to it.</summary>
    public sealed record Displayed(
        IReadOnlyDictionary<string, JsonElement> Data, JsonElement Metadata, string DisplayId, bool Update) : WorkerReply;

    public sealed record Returned(IReadOnlyDictionary<string, JsonElement> Data, JsonElement Metadata) : WorkerReply;

    public sealed record Cleared(bool Wait) : WorkerReply;

    /// <summary>The cell shows more than a cell may: the rest is left out.</summary>
    public sealed record Cut : WorkerReply;

    public sealed record Succeeded : WorkerReply;

    public sealed record Failed(string Name, string Message, IReadOnlyList<string> Traceback) : WorkerReply;

    public sealed record Interrupted : WorkerReply;
}
